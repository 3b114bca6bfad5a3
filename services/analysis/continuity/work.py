"""Work: what the parties of councils did together in twelve months, council by council."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from services.analysis.continuity.queries import Actors, actors_known, fields
from services.analysis.continuity.rules import (
    CONTACT,
    INITIATIVE,
    MEETING,
    Deed,
    Party,
    Reading,
    Work,
    read,
    went_on,
)
from services.analysis.following.queries import known
from services.analysis.tables.following import PROJECTED
from services.kit import clock
from services.kit.clock import STOCKHOLM

Fact = dict[str, Any]
UNDER_WAY = ("decided", "running", "done", "stopped")


@dataclass(frozen=True)
class Span:
    """The days that are looked at."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        """Whether a day is one of them."""
        return self.first <= day <= self.last


@dataclass
class Council:
    """A council, its leader, and what is gathered of its work."""

    leader_post: str | None
    leader_actor: str | None  # whose post it is
    example: bool
    parties: set[Party] = field(default_factory=set)
    seats: dict[str, Party] = field(default_factory=dict)
    deeds: list[Deed] = field(default_factory=list)
    meetings: list[frozenset[Party] | None] = field(default_factory=list)
    undated: int = 0

    @property
    def leader(self) -> Party | None:
        """The process leader, by its post."""
        return Party("posts", self.leader_post) if self.leader_post else None

    def party(self, actor: str, post: str | None = None) -> Party:
        """Who does something: the leader by its post, everybody else by their actor."""
        if post is not None and post == self.leader_post:
            return Party("posts", post)
        return Party("actors", actor)

    def add(self, deed: Deed, *, example: bool) -> None:
        """Something that was done here by at least two."""
        if len(deed.parties) > 1:
            self.deeds.append(deed)
            self.parties |= deed.parties
            self.example |= example

    def work(self) -> Work:
        """All of it, for the rules."""
        told = [present for present in self.meetings if present is not None]
        return Work(
            self.leader, self.deeds, len(told), sum(self.leader in one for one in told),
            len(self.meetings) - len(told), self.undated, self.example,
        )  # fmt: skip


async def readings(db: AsyncConnection, span: Span) -> dict[str, Reading]:
    """Every council that lives on the last day, by id; the same few questions for any number."""
    actors = await actors_known(db)
    councils = await _living(db, actors, span.last)
    await _seated(db, actors, councils, span)
    await _met(db, actors, councils, span)
    await _shared_initiatives(db, actors, councils, span)
    await _talked(db, actors, councils, span)
    return {one: read(council.work()) for one, council in councils.items()}


async def _living(db: AsyncConnection, actors: Actors, day: date) -> dict[str, Council]:
    posts = await fields(db, "post", "id", "actor_id")
    owners = {post: actors.living(actor) for post, actor in posts}
    found = {}
    for one in await known(db, ("council",)):
        began, ended = _day(one["starts_on"]), _day(one["closed_on"])
        # One that is to begin is proposed already.
        there = began is None or began <= day or began > clock.today()
        if there and (ended is None or ended >= day):
            post = one["process_leader_post_id"]
            found[one["id"]] = Council(post, owners.get(post), one["example"])
    return found


async def _seated(
    db: AsyncConnection, actors: Actors, councils: Mapping[str, Council], span: Span
) -> None:
    """Who sits there: a process leader's seat without a post is the leader's own."""
    for seat in await known(db, ("seat",)):
        council = councils.get(seat["council_id"])
        if council is None:
            continue
        actor, post = actors.living(seat["actor_id"]), seat["post_id"]
        if post is None and seat["role"] == "process_leader" and actor == council.leader_actor:
            post = council.leader_post
        party = council.seats[seat["id"]] = council.party(actor, post)
        begins, ends = _day(seat["valid_from"]), _day(seat["valid_to"])
        if begins and begins <= span.last and (ends is None or ends > span.first):
            council.parties.add(party)


async def _met(
    db: AsyncConnection, actors: Actors, councils: Mapping[str, Council], span: Span
) -> None:
    """Held meetings, with all who were there; of a meeting where nobody has said, None."""
    attended = defaultdict(list)
    for one in await known(db, ("attendance",)):
        if one["attended"] is not None:
            attended[one["meeting_id"]].append(one)
    held = PROJECTED.c.data["status"].astext == "held"
    for meeting in await known(db, ("meeting",), held):
        council = councils.get(meeting["council_id"])
        day = datetime.fromisoformat(meeting["starts_at"]).astimezone(STOCKHOLM).date()
        if council is None or not span.holds(day):
            continue
        told = attended.get(meeting["id"])
        present = None if told is None else frozenset(_present(actors, council, told))
        council.meetings.append(present)
        council.example |= meeting["example"]
        if present:
            invented = any(one["example"] for one in told or ())
            council.add(Deed(MEETING, present, day), example=invented)


def _present(actors: Actors, council: Council, told: Iterable[Fact]) -> Iterator[Party]:
    for one in told:
        if one["attended"] and one["seat_id"] in council.seats:
            yield council.seats[one["seat_id"]]
        elif one["attended"] and one["actor_id"]:
            yield council.party(actors.living(one["actor_id"]))


async def _shared_initiatives(
    db: AsyncConnection, actors: Actors, councils: Mapping[str, Council], span: Span
) -> None:
    """Initiatives that went on; who leads and takes part, and the leader where it owns them."""
    for one in await known(db, ("initiative",)):
        council = councils.get(one["council_id"])
        if council is None or one["status"] not in UNDER_WAY:
            continue
        parties = _sharing(actors, council, one)
        began = one["started_on"] or one["decided_on"] or one["starts_on"]
        within = went_on(_day(began), _day(one["closed_on"]), span.first, span.last)
        if within is None and len(parties) > 1:
            council.undated += 1
        elif within:
            council.add(Deed(INITIATIVE, parties), example=one["example"])


def _sharing(actors: Actors, council: Council, one: Fact) -> frozenset[Party]:
    """Where the leader owns it, the leader's actor takes part by the leader."""
    named = [one["lead_actor_id"], *(partner["actor_id"] for partner in one["partners"])]
    found = {actors.living(actor) for actor in named}
    if council.leader is None or one["owner_post_id"] != council.leader_post:
        return frozenset(council.party(actor) for actor in found)
    rest = found - {council.leader_actor}
    return frozenset({council.leader, *(council.party(actor) for actor in rest)})


async def _talked(
    db: AsyncConnection, actors: Actors, councils: Mapping[str, Council], span: Span
) -> None:
    """Contacts of those who work in a council, also such as were about something else."""
    held_on = PROJECTED.c.data["held_on"].astext
    within = held_on.between(span.first.isoformat(), span.last.isoformat())
    contacts = await known(db, ("contact",), within)
    sides = [_sides(actors, one) for one in contacts]
    for council in councils.values():
        here = council.parties | ({council.leader} if council.leader else set())
        for one, (ours, theirs) in zip(contacts, sides, strict=True):
            parties = frozenset((council.party(*ours), council.party(*theirs)))
            if parties <= here:
                deed = Deed(CONTACT, parties, _day(one["held_on"]))
                council.add(deed, example=one["example"])


def _sides(actors: Actors, one: Fact) -> Sequence[tuple[str, str | None]]:
    return (
        (actors.living(one["our_actor_id"]), one["our_post_id"]),
        (actors.living(one["actor_id"]), one["post_id"]),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
