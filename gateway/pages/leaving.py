"""Leaving: all that an actor would leave without an owner, or has left, as links under headings."""

import asyncio
from datetime import date
from typing import NamedTuple

from gateway import swedish
from gateway.clients.house import House
from gateway.clients.service import Found, ids_in
from gateway.pages.holdings import MOST, holders_of, names, things_by_id
from gateway.pages.led import noted
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
from gateway.pages.undertakings import MOST_ACTORS, TAKEN_ON, undertakings_of
from services.actors.contract.relation import RelationState

SEATS, PROMISED, JOINS = HEADINGS["seats"], "Har lovat bidrag", "Ska kopplas på"
LED, FUNDS = "Har processledare", "Finansierar processledning"
PARTS = {  # heading: which of the things asked for, what they are called by, and their noun
    JOINS: ("joinings", "why", "joining"),
    "Har inte svarat om en roll": ("role_trials", "role", "role_trial"),
    LED: ("led", "what", "leader_assignment"),
    FUNDS: ("funded", "what", "leader_assignment"),
}
WHOSE = {
    "posts": "actor_id",
    "programmes": "provider_actor_id",
    "held": "holder_actor_id",
    "given": "issuer_actor_id",
    "pledges": "actor_id",
    "joinings": "actor_id",
    "role_trials": "actor_id",
    "led": "actor_id",
    "funded": "funder_actor_id",
}


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
    return (await leavings_of(house, [id], day, worn=worn, known_at=known_at))[id]


async def leavings_of(
    house: House,
    ids: list[str],
    day: date,
    *,
    worn: bool | None = False,
    known_at: str | None = None,
) -> dict[str, Leaving]:
    """What hangs on each of some actors, asked for many together."""
    parts = [ids[start : start + MOST_ACTORS] for start in range(0, len(ids), MOST_ACTORS)]
    found = await asyncio.gather(*(_together(house, part, day, worn, known_at) for part in parts))
    return {actor: leaving for part in found for actor, leaving in part.items()}


async def _together(
    house: House, ids: list[str], day: date, worn: bool | None, known_at: str | None
) -> dict[str, Leaving]:
    hanging = await _registered(house, ids, day, known_at)
    between = [
        one
        for one in hanging.pop("relations")
        if worn is None or (one["state"] == RelationState.rebuild) == worn
    ]
    families = _families(ids, hanging.pop("actors"))
    posts = hanging["posts"]
    led, funded = (noted(house, lasting(hanging[kind], day)) for kind in ("led", "funded"))
    hanging["led"], hanging["funded"] = await asyncio.gather(led, funded)
    taken, losses, people, sides = await asyncio.gather(
        undertakings_of(house, families, day, known_at),
        losses_of(house, ids_in([post["id"] for post in posts]), day, known_at=known_at),
        things_by_id(house.actors.people, holders_of(posts)),
        things_by_id(house.actors.actors, _sides(between)),
    )
    called, holders = names(sides), names(people)
    return {
        one: _of_one(one, family, hanging, taken.get(one, {}), losses, holders, day)._replace(
            relations=[_relation(of, family, called) for of in between if _with(of, family)]
        )
        for one, family in families.items()
    }


async def _registered(
    house: House, ids: list[str], day: date, known_at: str | None
) -> dict[str, list[Found]]:
    """What the registry says hangs on actors, by kind, in one call."""
    actors, known_then = house.actors, {"known_at": known_at}
    then = known_then | {"as_of": day}
    asked = {
        "actors": actors.actors.asked(id=ids, limit=MOST),
        "posts": actors.posts.asked(actor_id=ids, sort="title", limit=MOST, **then),
        "living": actors.relations.asked(actor_id=ids, limit=MOST, **then),
        "coming": actors.relations.asked(
            actor_id=ids, limit=MOST, begins_after=day, **known_then
        ),
        "programmes": actors.programmes.asked(
            provider_actor_id=ids, sort="name", limit=MOST, **known_then
        ),
        "held": actors.mandates.asked(holder_id=ids, limit=MOST, **known_then),
        "given": actors.mandates.asked(issuer_actor_id=ids, limit=MOST, **known_then),
        "pledges": actors.pledges.asked(
            actor_id=ids, open="true", sort="due_on", limit=MOST, **then
        ),
        "joinings": actors.joinings.asked(
            actor_id=ids, open="true", sort="due_on", limit=MOST, **then
        ),
        "role_trials": actors.role_trials.asked(
            actor_id=ids, answer="waiting", sort="role", limit=MOST, **then
        ),
        "led": actors.leader_assignments.asked(actor_id=ids, limit=MOST, **known_then),
        "funded": actors.leader_assignments.asked(funder_actor_id=ids, limit=MOST, **known_then),
    }  # fmt: skip
    answers = await actors.whole(*asked.values())
    found = {kind: part["items"] for kind, part in zip(asked, answers, strict=True)}
    return found | {"relations": [*found.pop("living"), *found.pop("coming")]}


def _families(ids: list[str], known: list[Found]) -> dict[str, list[str]]:
    """Each actor by all its ids, its present one first."""
    merged = {one["id"]: one["merged_ids"] for one in known}
    return {one: [one, *merged.get(one, ())] for one in ids}


def _of_one(  # noqa: PLR0917 - what was found for many, and whose of it is meant
    id: str, family: list[str], hanging: dict[str, list[Found]], taken: dict[str, list[Loss]],
    losses: Losses, people: dict[str, str], day: date,
) -> Leaving:  # fmt: skip
    """One actor's part of what hangs on many; its relations are put in by who knows the sides."""
    own = {
        kind: [one for one in things if _whose(kind, one) in family]
        for kind, things in hanging.items()
    }
    for heading, kind in ((HOLDS, "held"), (GIVEN, "given")):
        if left := lasting(own[kind], day):
            taken[heading] = [mandate_loss(one) for one in left]
    if own["pledges"]:
        taken[PROMISED] = [
            Loss(one["what"], "actors.show", id, "pledge", one["id"], example=one["example"])
            for one in own["pledges"]
        ]
    taken |= _parts_of(own)
    offered = [
        Loss(one["name"], "programmes.show", one["id"], "programme", one["id"], "", one["example"])
        for one in own["programmes"]
    ]
    theirs = losses.only([post["id"] for post in own["posts"]])
    return Leaving(taken, own["posts"], _once(theirs, taken), people, offered, [])


def _parts_of(own: dict[str, list[Found]]) -> dict[str, list[Loss]]:
    """What an actor was asked and has not begun, and who leads it or is funded by it."""
    return {
        heading: [
            Loss(
                one[text][:120], f"{noun}s.show", one["id"], noun, one["id"],
                one.get("told", ""), one["example"],
            )
            for one in own[kind]
        ]
        for heading, (kind, text, noun) in PARTS.items()
        if own[kind]
    }  # fmt: skip


def _whose(kind: str, thing: Found) -> str | None:
    """The actor that a thing of a kind hangs on."""
    found: str | None = thing[WHOSE[kind]]
    return found


def _with(relation: Found, family: list[str]) -> bool:
    return relation["actor_id"] in family or relation["other_actor_id"] in family


def _relation(relation: Found, family: list[str], called: dict[str, str]) -> Loss:
    """A relation by the other side's name."""
    near = relation["actor_id"] in family
    other = relation["other_actor_id"] if near else relation["actor_id"]
    kind = swedish.label(relation["kind"], "RelationKind")
    text = called.get(other, "Okänd aktör")
    it, marked = relation["id"], relation["example"]
    return Loss(text, "actors.show", other, "relation", it, kind, marked)


def _sides(relations: list[Found]) -> list[str]:
    return ids_in(*([one["actor_id"], one["other_actor_id"]] for one in relations))


def _once(losses: Losses, taken: dict[str, list[Loss]]) -> Losses:
    """What is the actor's own, as seats and pledges, and a post of it sees to is told once."""
    told = {HEADINGS["pledges"]: {one.key for one in taken.get(PROMISED, ())}}
    told[HEADINGS["leader_assignments"]] = {
        one.key for heading in (LED, FUNDS) for one in taken.get(heading, ())
    }
    told[HEADINGS["joinings"]] = {one.key for one in taken.get(JOINS, ())}
    told[SEATS] = {seat.key for seat in taken.get(TAKEN_ON["seats"], ())}
    by_post = {
        post: {heading: left for heading, things in parts.items() if (left := [
            thing for thing in things if thing.key not in told.get(heading, ())
        ])}
        for post, parts in losses.by_post.items()
    }  # fmt: skip
    return losses._replace(by_post={post: parts for post, parts in by_post.items() if parts})
