"""Work without a mandate: active councils and initiatives that go on though nobody has one."""

import asyncio
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found, ids_in
from gateway.html import page
from gateway.lookback import Lookback, times_of
from gateway.pages.holdings import things_by_id
from gateway.pages.known_names import labels_then
from services.actors.contract.mandate import HOLDERS
from services.councils.contract.initiative import InitiativeStatus
from services.kit import clock
from services.kit.errors import Unavailable

area = Area("mandates")
UNDER_WAY = (InitiativeStatus.decided, InitiativeStatus.running)


class Work(NamedTuple):
    """What is done without a mandate."""

    councils: list[Found]
    initiatives: list[Found]

    @property
    def leads(self) -> list[str]:
        """Everybody who leads any of it."""
        councils = (council_holders(one) for one in self.councils)
        return ids_in(*councils, *map(initiative_holders, self.initiatives))


async def holding(house: House, mandates: Iterable[Found]) -> set[str]:
    """Everybody who holds one of the mandates, an actor by any of the ids that it has by merges."""
    found = set(ids_in(*([one[name] for name in HOLDERS] for one in mandates)))
    return found | set(await things_by_id(house.actors.actors, found))


def council_holders(council: Found) -> list[str]:
    """Whose mandate is a council's: its own, or that of who leads it."""
    leads = (council["id"], council["process_leader_post_id"])
    return ids_in(leads, council["leader_actor_ids"])


def initiative_holders(initiative: Found) -> list[str]:
    """Whose mandate is an initiative's own: that of who leads it, together, or sees to it."""
    return ids_in(leaders_of(initiative), initiative["owner_post_id"])


def leaders_of(initiative: Found) -> list[str]:
    """The actors that lead an initiative, alone or together."""
    together = [one["actor_id"] for one in initiative["partners"] if one["leads"]]
    return ids_in(initiative["lead_actor_id"], together)


def without_mandate(councils: Iterable[Found], holders: set[str]) -> list[Found]:
    """Those where neither the council, nor who leads it, nor its process leader holds one."""
    return [one for one in councils if holders.isdisjoint(council_holders(one))]


def begun_without(
    initiatives: Iterable[Found], councils: Mapping[str, Found], holders: set[str], day: date
) -> list[Found]:
    """Those under way on a day that neither have one of their own nor are a council's with one."""

    def has_none(one: Found) -> bool:
        council = councils.get(one["council_id"] or "")
        its = council_holders(council) if council else []
        return holders.isdisjoint([*initiative_holders(one), *its])

    return [one for one in initiatives if goes_on(one, day.isoformat()) and has_none(one)]


def goes_on(initiative: Found, day: str) -> bool:
    """Whether an initiative was decided or begun by a day, and not closed."""
    begun, closed = initiative["decided_on"] or initiative["started_on"], initiative["closed_on"]
    return bool(begun) and begun <= day and (closed is None or closed > day)


@area.show("/arbete-utan-mandat", "without")
async def show_work(request: Request, house: Services) -> Response:
    """The councils and initiatives, with who leads each; None where a service is away."""
    look = times_of(request)
    work = await _found(house, look)
    labels = await labels_then(house, work.leads if work else [], look)
    return page(
        request, "mandates/without.html", work=work, labels=labels, leads=initiative_holders
    )


async def _found(house: House, look: Lookback) -> Work | None:
    today = clock.today()
    day = date.fromisoformat(look.day) if look.day else today
    # Who looks back asks also for what has ended since.
    status = list(UNDER_WAY) if day == today else []
    try:
        councils, mandates, initiatives = await asyncio.gather(
            house.councils.councils.whole(sort="name", phase="active", **look.times),
            house.actors.mandates.whole(sort="valid_from", **{"as_of": today} | look.times),
            house.councils.initiatives.whole(sort="title", status=status, **look.known),
        )
        named = ids_in([one["council_id"] for one in initiatives])
        theirs, holders = await asyncio.gather(
            things_by_id(house.councils.councils, named), holding(house, mandates)
        )
    except Unavailable:
        return None
    alone = begun_without(initiatives, theirs, holders, day)
    return Work(without_mandate(councils, holders), alone)
