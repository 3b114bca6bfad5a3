"""Recipients: who is called for a seat, as the registry says it today."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from services.councils.contract.invitation import Recipient, UncalledWhy
from services.councils.registry import things_of_actors
from services.kit import clock
from services.kit.errors import Problem, Unavailable
from services.kit.identity import Caller
from services.kit.log import log
from services.kit.store import Record
from services.kit.switchboard import Switchboard

PATIENCE_SECONDS = 4.0
_HANDS = ("substitute_person_id", "holder_person_id")


async def recipients(
    wire: Switchboard | None,
    asking: Caller,
    seats: Sequence[Any],
    called: set[tuple[UUID, UUID]],
) -> list[Recipient]:
    """For each seat whoever covers its post today, else holds it. Unavailable: nobody says who."""
    posts = await _things(wire, asking, "/posts", [s.post_id for s in seats if s.post_id])
    held = {named: _acting(post) for named, post in posts.items()}
    people = await _things(wire, asking, "/people", [one for one in held.values() if one])
    return [_of_seat(seat, held, people, called) for seat in seats]


async def title_of(wire: Switchboard | None, asking: Caller, post_id: UUID | None) -> str | None:
    """What a post is called; null where it is gone. Unavailable."""
    posts = await _things(wire, asking, "/posts", [post_id] if post_id else [])
    return next((str(one["title"]) for one in posts.values()), None)


async def has_the_seat(wire: Switchboard | None, asking: Caller, letter: Record) -> bool:
    """As `holds_the_seat`; where the registry is silent whoever has a link keeps it."""
    try:
        return await holds_the_seat(wire, asking, letter)
    except Unavailable:
        return True


async def holds_the_seat(wire: Switchboard | None, asking: Caller, letter: Record) -> bool:
    """Whether a seat lasts on the meeting's day, and its post is held or covered by who was called.

    Unavailable: nobody says who.
    """
    if not letter["lasts"] or letter["post_id"] is None:
        return False
    posts = await _things(wire, asking, "/posts", [letter["post_id"]])
    mine = str(letter["person_id"])
    return any(mine in (one[name] for name in _HANDS) for one in posts.values())


def _acting(post: Record) -> UUID | None:
    """Whoever covers the post while its holder is away, else its holder."""
    told = post["substitute_person_id"] or post["holder_person_id"]
    return UUID(told) if told else None


async def _things(
    wire: Switchboard | None, asking: Caller, path: str, ids: Sequence[UUID]
) -> Mapping[UUID, Record]:
    if not ids:
        return {}
    silent = Unavailable("the registry does not say whom to write to", reason="keeper_silent")
    if wire is None or not wire.reaches("actors"):
        raise silent
    asked, today = list(dict.fromkeys(ids)), clock.today().isoformat()
    try:
        found = await things_of_actors(
            wire, asking, path, "id", asked, patience=PATIENCE_SECONDS, as_of=today
        )
    except Problem:
        log.error("invitations.registry_silent", service="councils")
        raise silent from None
    return {UUID(one["id"]): one for one in found}


def _of_seat(
    seat: Any,
    held: Mapping[UUID, UUID | None],
    people: Mapping[UUID, Record],
    called: set[tuple[UUID, UUID]],
) -> Recipient:
    person_id = held.get(seat.post_id)
    person = people.get(person_id) if person_id else None
    email = person["email"] if person else None
    return Recipient(
        seat_id=seat.id,
        actor_id=seat.actor_id,
        post_id=seat.post_id,
        person_id=person_id if person else None,
        name=person["name"] if person else None,
        email=email,
        called=person_id is not None and (seat.id, person_id) in called,
        why_not=_why_not(seat.post_id, person, email),
    )


def _why_not(post_id: UUID | None, person: Record | None, email: str | None) -> UncalledWhy | None:
    if post_id is None:
        return UncalledWhy.no_post
    if person is None:
        return UncalledWhy.vacant
    return None if email else UncalledWhy.no_address
