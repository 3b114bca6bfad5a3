"""Leaving: all that an actor would leave without an owner, or has left, as links under headings."""

import asyncio
from datetime import date
from typing import NamedTuple

from gateway import swedish
from gateway.clients.house import House
from gateway.clients.service import Found, ids_in
from gateway.pages.holdings import MOST, holders_of, names, things_by_id
from gateway.pages.losses import (
    GIVEN,
    HEADINGS,
    HOLDS,
    Loss,
    Losses,
    lasting,
    losses_of,
    mandate_loss,
)
from services.actors.contract.relation import RelationState
from services.kit.errors import Forbidden, Unavailable

TAKEN_ON = {
    "councils": "Leder råd",
    "seats": "Har plats i råd",
    "initiatives": "Leder initiativ",
    "partnerships": "Medverkar i initiativ",
}
SEATS, PROMISED = HEADINGS["seats"], "Har lovat bidrag"


class Leaving(NamedTuple):
    """What hangs on an actor: by itself, through its posts, and by its relations."""

    undertakings: dict[str, list[Loss]]
    posts: list[Found]
    losses: Losses
    people: dict[str, str]
    programmes: list[Found]
    relations: list[Found]
    actors: dict[str, str]

    @property
    def anything(self) -> bool:
        """Whether somebody has something to take over."""
        return bool(self.undertakings or self.losses.by_post or self.programmes or self.relations)


async def leaving_of(house: House, id: str, day: date, *, worn: bool = False) -> Leaving:
    """What hangs on an actor on a day; the relations that wear by it, or those `worn` already."""
    actors = house.actors
    known, posts, relations, programmes, held, given, pledges = await actors.whole(
        actors.actors.asked(id=id),
        actors.posts.asked(actor_id=id, sort="title", limit=MOST, as_of=day),
        actors.relations.asked(actor_id=id, limit=MOST, as_of=day),
        actors.programmes.asked(provider_actor_id=id, sort="name", limit=MOST),
        actors.mandates.asked(holder_id=id, limit=MOST),
        actors.mandates.asked(issuer_actor_id=id, limit=MOST),
        actors.pledges.asked(actor_id=id, open="true", as_of=day, sort="due_on", limit=MOST),
    )
    between = [one for one in relations["items"] if (one["state"] == RelationState.rebuild) == worn]
    family = [name for one in known["items"] for name in (one["id"], *one["merged_ids"])]
    taken, losses, people, sides = await asyncio.gather(
        _undertakings(house, family, day),
        losses_of(house, ids_in([post["id"] for post in posts["items"]]), day),
        things_by_id(actors.people, holders_of(posts["items"])),
        things_by_id(actors.actors, _sides(between)),
    )
    for heading, mandates in ((HOLDS, held), (GIVEN, given)):
        if left := lasting(mandates["items"], day):
            taken[heading] = [mandate_loss(one) for one in left]
    if pledges["items"]:
        taken[PROMISED] = [Loss(one["what"], "actors.show", id) for one in pledges["items"]]
    return Leaving(
        taken, posts["items"], _once(losses, taken), names(people), programmes["items"], between,
        names(sides),
    )  # fmt: skip


def _sides(relations: list[Found]) -> list[str]:
    return ids_in(*([one["actor_id"], one["other_actor_id"]] for one in relations))


def _once(losses: Losses, taken: dict[str, list[Loss]]) -> Losses:
    """Seats and pledges are the actor's: one held through a post is not told again with it."""
    told = {HEADINGS["pledges"]: {one.id for one in taken.get(PROMISED, ())}}
    told[SEATS] = {seat.id for seat in taken.get(TAKEN_ON["seats"], ())}
    by_post = {
        post: {heading: left for heading, things in parts.items() if (left := [
            thing for thing in things if thing.id not in told.get(heading, ())
        ])}
        for post, parts in losses.by_post.items()
    }  # fmt: skip
    return losses._replace(by_post={post: parts for post, parts in by_post.items() if parts})


async def _undertakings(house: House, ids: list[str], day: date) -> dict[str, list[Loss]]:
    """Nothing where it cannot be told; then what hangs on the posts cannot either."""
    try:
        found = await house.councils.get("/actor-consequences", actor_id=ids, on=day)
    except (Forbidden, Unavailable):
        return {}
    ids = ids_in([one["council_id"] for kind in TAKEN_ON for one in found[kind]])
    councils = names(await things_by_id(house.councils.councils, ids))
    return {
        heading: [_told(kind, one, councils) for one in found[kind]]
        for kind, heading in TAKEN_ON.items()
        if found[kind]
    }


def _told(kind: str, one: Found, councils: dict[str, str]) -> Loss:
    council = councils.get(one["council_id"] or "", "")
    match kind:
        case "seats":
            role = swedish.label(one["title"], "SeatRole")
            return Loss(council or "Ett råd", "councils.show", one["council_id"], role)
        case "councils":
            note = "Leds tillsammans med andra" if one["shared"] else "Ingen annan leder rådet"
            return Loss(one["title"], "councils.show", one["id"], note)
        case "initiatives":
            note = "Andra medverkar" if one["shared"] else "Ingen annan medverkar"
            return Loss(one["title"], "initiatives.show", one["id"], note)
        case _:
            return Loss(one["title"], "initiatives.show", one["id"], council)
