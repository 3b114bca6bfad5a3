"""The parties of mandates: what issuers, holders and ambassadors are called."""

import asyncio
from typing import NamedTuple

from gateway.clients.house import House
from gateway.clients.service import Found, ids_in
from gateway.lookback import Lookback
from gateway.pages.holdings import holders_of
from gateway.pages.known_names import TODAY, named_then, read_then
from services.actors.contract.mandate import HOLDERS
from services.kit import clock
from services.kit.errors import Unavailable

MOST = 100


class Parties(NamedTuple):
    """Some mandates, their parties' names, and who holds or covers each post among them."""

    rows: list[Found]
    labels: dict[str, Found]
    people: dict[str, str]

    def holder(self, mandate: Found) -> str:
        """The id of whatever holds a mandate."""
        return next(str(mandate[name]) for name in HOLDERS if mandate[name])

    def name(self, id: str, otherwise: str = "Okänd") -> str:
        """What one of the parties is called."""
        return str(self.labels[id]["label"]) if id in self.labels else otherwise


async def parties_of(house: House, mandates: list[Found], look: Lookback = TODAY) -> Parties:
    """The mandates with everything that names those around them, as a page looks."""
    wanted = ids_in([one["holder_post_id"] for one in mandates])
    wanted = ids_in(wanted, *(one["ambassador_post_ids"] for one in mandates))
    others = ("issuer_actor_id", "holder_actor_id", "holder_council_id")
    named, posts = await asyncio.gather(
        house.analysis.labels(ids_in(*([one[name] for one in mandates] for name in others))),
        read_then(house.actors.posts, wanted, look.times),
    )
    people = {key: next(iter(holders_of([post])), None) for key, post in posts.items()}
    around = ids_in([post["actor_id"] for post in posts.values()], people.values())
    known = named | await house.analysis.labels(around)
    if look.known:
        known |= await named_then(house, known, look)
    held = {key: {"noun": "post", "label": _titled(post, known)} for key, post in posts.items()}
    return Parties(mandates, known | held, {key: who for key, who in people.items() if who})


def _titled(post: Found, known: dict[str, Found]) -> str:
    owner = known.get(post["actor_id"])
    return f"{post['title']}, {owner['label']}" if owner else str(post["title"])


async def mandates_of_council(house: House, council: Found) -> Parties | None:
    """A council's own mandates, and those in force of who leads it; None: nobody could say.

    In force today, or on its last day.
    """
    mandates, day = house.actors.mandates, council["closed_on"] or clock.today()
    leads = ids_in(council["leader_actor_ids"], council["process_leader_post_id"])
    asked = [mandates.asked(holder_id=council["id"], limit=MOST)]
    if leads:
        asked.append(mandates.asked(holder_id=leads, as_of=day, limit=MOST))
    try:
        found = await house.actors.whole(*asked)
    except Unavailable:
        return None
    return await parties_of(house, [one for part in found for one in part["items"]])
