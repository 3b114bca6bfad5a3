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
    "called_councils": "Sammankallar råd",
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
    programmes: list[Loss]
    relations: list[Loss]

    @property
    def all(self) -> list[Loss]:
        """Everything that somebody has to take over."""
        own = [loss for things in self.undertakings.values() for loss in things]
        return [*own, *self.losses.all, *self.programmes, *self.relations]


async def leaving_of(
    house: House, id: str, day: date, *, worn: bool | None = False, known_at: str | None = None
) -> Leaving:
    """What hangs on an actor on a day, perhaps as it was known at a moment.

    Of its relations those that wear by it, those `worn` already, or (None) all of them.
    """
    actors, known_then = house.actors, {"known_at": known_at}
    known, posts, living, coming, programmes, held, given, pledges = await actors.whole(
        actors.actors.asked(id=id),
        actors.posts.asked(actor_id=id, sort="title", limit=MOST, as_of=day, **known_then),
        actors.relations.asked(actor_id=id, limit=MOST, as_of=day, **known_then),
        actors.relations.asked(actor_id=id, limit=MOST, begins_after=day, **known_then),
        actors.programmes.asked(provider_actor_id=id, sort="name", limit=MOST, **known_then),
        actors.mandates.asked(holder_id=id, limit=MOST, **known_then),
        actors.mandates.asked(issuer_actor_id=id, limit=MOST, **known_then),
        actors.pledges.asked(
            actor_id=id, open="true", as_of=day, sort="due_on", limit=MOST, **known_then
        ),
    )
    between = [
        one
        for one in [*living["items"], *coming["items"]]
        if worn is None or (one["state"] == RelationState.rebuild) == worn
    ]
    family = [name for one in known["items"] for name in (one["id"], *one["merged_ids"])]
    taken, losses, people, sides = await asyncio.gather(
        _undertakings(house, family, day, known_at),
        losses_of(house, ids_in([post["id"] for post in posts["items"]]), day, known_at=known_at),
        things_by_id(actors.people, holders_of(posts["items"])),
        things_by_id(actors.actors, _sides(between)),
    )
    for heading, mandates in ((HOLDS, held), (GIVEN, given)):
        if left := lasting(mandates["items"], day):
            taken[heading] = [mandate_loss(one) for one in left]
    if pledges["items"]:
        taken[PROMISED] = [
            Loss(one["what"], "actors.show", id, "pledge", one["id"]) for one in pledges["items"]
        ]
    offered = [
        Loss(one["name"], "programmes.show", one["id"], "programme", one["id"])
        for one in programmes["items"]
    ]
    called = names(sides)
    return Leaving(
        taken, posts["items"], _once(losses, taken), names(people), offered,
        [_relation(one, family, called) for one in between],
    )  # fmt: skip


def _relation(relation: Found, family: list[str], called: dict[str, str]) -> Loss:
    """A relation by the other side's name."""
    near = relation["actor_id"] in family
    other = relation["other_actor_id"] if near else relation["actor_id"]
    kind = swedish.label(relation["kind"], "RelationKind")
    text = called.get(other, "Okänd aktör")
    return Loss(text, "actors.show", other, "relation", relation["id"], kind)


def _sides(relations: list[Found]) -> list[str]:
    return ids_in(*([one["actor_id"], one["other_actor_id"]] for one in relations))


def _once(losses: Losses, taken: dict[str, list[Loss]]) -> Losses:
    """Seats and pledges are the actor's: one held through a post is not told again with it."""
    told = {HEADINGS["pledges"]: {one.key for one in taken.get(PROMISED, ())}}
    told[SEATS] = {seat.key for seat in taken.get(TAKEN_ON["seats"], ())}
    by_post = {
        post: {heading: left for heading, things in parts.items() if (left := [
            thing for thing in things if thing.key not in told.get(heading, ())
        ])}
        for post, parts in losses.by_post.items()
    }  # fmt: skip
    return losses._replace(by_post={post: parts for post, parts in by_post.items() if parts})


async def _undertakings(
    house: House, ids: list[str], day: date, known_at: str | None
) -> dict[str, list[Loss]]:
    """Nothing where it cannot be told; then what hangs on the posts cannot either."""
    try:
        found = await house.councils.get(
            "/actor-consequences", actor_id=ids, on=day, known_at=known_at
        )
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
    council, it = councils.get(one["council_id"] or "", ""), one["id"]
    match kind:
        case "seats":
            role = swedish.label(one["title"], "SeatRole")
            return Loss(council or "Ett råd", "councils.show", one["council_id"], "seat", it, role)
        case "councils":
            note = "Leds tillsammans med andra" if one["shared"] else "Ingen annan leder rådet"
            return Loss(one["title"], "councils.show", it, "council", it, note)
        case "called_councils":
            return Loss(one["title"], "councils.show", it, "council", it, "Andra leder rådet")
        case "initiatives":
            note = "Andra medverkar" if one["shared"] else "Ingen annan medverkar"
            return Loss(one["title"], "initiatives.show", it, "initiative", it, note)
        case _:
            return Loss(one["title"], "initiatives.show", it, "initiative", it, council)
