"""Questions about continuity: who held what when, a question for each kind of thing."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.analysis.continuity.turnover import Span, Whose, Years, years_of
from services.analysis.following.queries import known
from services.analysis.following.sight import seen_by
from services.analysis.tables.following import PROJECTED
from services.kit.identity import Caller
from services.kit.rows import alphabetical

Row = Sequence[Any]
Period = tuple[Any, date, date | None, bool]  # who, from when, until when, invented
SUBSTITUTE, YES = "substitute", "true"


@dataclass(frozen=True)
class Named:
    """What an actor or a council is called, where it is, and whether it is invented."""

    name: str
    municipality_code: str | None = None
    example: bool = False


@dataclass
class Actors:
    """The living actors, and which of them each merged one lives on as."""

    named: dict[str, Named] = field(default_factory=dict)
    heirs: dict[str, str] = field(default_factory=dict)

    def living(self, id: str) -> str:
        """The actor that one lives on as: itself unless it was merged."""
        return self.heirs.get(id, id)


@dataclass(frozen=True)
class Told:
    """Everybody's years up to a day, whoever may know of them.

    `order`: the latest year first, and then by name. `places`: where actors are, and where those
    who have sat in councils are.
    """

    day: date
    years: Years
    named: Mapping[Whose, Named]
    heirs: Mapping[str, str]
    places: Mapping[Whose, set[str]]
    ranks: Mapping[Whose, int]
    order: Sequence[tuple[Whose, int]]


async def fields(db: AsyncConnection, entity: str, *names: str, **holds: Any) -> list[Row]:
    """Some fields of all living things of a kind, as text."""
    thing = PROJECTED
    statement = select(*(thing.c.data[name].astext for name in names)).where(
        thing.c.entity == entity, thing.c.gone.is_(False)
    )
    for name, value in holds.items():
        statement = statement.where(thing.c.data[name].astext == value)
    return list(await db.execute(statement))


async def actors_known(db: AsyncConnection) -> Actors:
    """All actors; the merged by their heirs."""
    found = Actors()
    rows = await fields(db, "actor", "id", "name", "municipality_code", "example", "merged_into_id")
    for actor, name, place, example, heir in rows:
        if heir:
            found.heirs[actor] = heir
        else:
            found.named[actor] = Named(name, place, example == YES)
    return found


async def councils_seen(db: AsyncConnection, caller: Caller) -> dict[str, Named]:
    """The councils that a caller may know of."""
    return await _councils(db, seen_by(caller))


async def _councils(db: AsyncConnection, *conditions: Any) -> dict[str, Named]:
    found = await known(db, ("council",), *conditions)
    return {one["id"]: Named(one["name"], example=one["example"]) for one in found}


async def turnover_told(db: AsyncConnection, day: date) -> Told:
    """The years of every actor and council up to a day: five questions, however many there are."""
    actors = await actors_known(db)
    posts = {
        post: (actors.living(actor), key == YES, example == YES)
        for post, actor, key, example in await fields(
            db, "post", "id", "actor_id", "is_key", "example"
        )
    }
    holdings: dict[str, list[Period]] = defaultdict(list)
    period = ("valid_from", "valid_to", "example")
    for post, who, *when in await fields(
        db, "holding", "post_id", "person_id", *period, cover="ordinary"
    ):
        if post in posts:
            holdings[post].append((who, *_period(when)))
    seats = [
        row
        for row in await fields(
            db, "seat", "council_id", "actor_id", "post_id", "role", "ended_with_council", *period
        )
        if row[3] != SUBSTITUTE
    ]
    spans = [*_of_actors(posts, holdings), *_of_councils(actors, posts, holdings, seats)]
    named = {Whose.actor(one): known for one, known in actors.named.items()}
    for one, it in (await _councils(db)).items():
        named[Whose.council(one)] = it
    # Aside: others are answered meanwhile, where there is much to count.
    return await asyncio.to_thread(_told, day, spans, named, actors, seats)


def _told(
    day: date,
    spans: Iterable[Span],
    named: Mapping[Whose, Named],
    actors: Actors,
    seats: Iterable[Row],
) -> Told:
    years = years_of(spans, day)
    by_name = sorted(named, key=lambda whose: (alphabetical(named[whose].name), whose))
    ranks = {whose: rank for rank, whose in enumerate(by_name)}
    order = sorted(
        (place for place in years if place[0] in ranks),
        key=lambda place: (-place[1], ranks[place[0]]),
    )
    return Told(day, years, named, actors.heirs, _places(named, actors, seats), ranks, order)


def _period(row: Row) -> tuple[date, date | None, bool]:
    begins, ends, example = row
    return date.fromisoformat(begins), date.fromisoformat(ends) if ends else None, example == YES


def _of_actors(posts: Mapping[str, Row], holdings: Mapping[str, list[Period]]) -> Iterator[Span]:
    for post, held in holdings.items():
        actor, key, invented = posts[post]
        whose = Whose.actor(actor)
        for who, begins, ends, example in held:
            yield Span(
                whose, f"{post} {who}", begins, ends, is_key=key, example=example or invented
            )


def _of_councils(
    actors: Actors,
    posts: Mapping[str, Row],
    holdings: Mapping[str, list[Period]],
    seats: Iterable[Row],
) -> Iterator[Span]:
    """A person sits while both the seat and the holding of its post last."""
    for council, actor, post, _, closed, *when in seats:
        whose, (begins, ends, example) = Whose.council(council), _period(when)
        with_council = closed == YES
        if post is None:
            who = actors.living(actor)
            yield Span(whose, who, begins, ends, closed=with_council, example=example)
            continue
        _, key, invented = posts.get(post, (None, False, False))
        for who, first, until, assumed in holdings.get(post, ()):
            sits, leaves = max(begins, first), _earlier(ends, until)
            if leaves is None or sits < leaves:
                yield Span(
                    whose, who, sits, leaves, is_key=key,
                    closed=with_council and leaves == ends,
                    example=example or invented or assumed,
                )  # fmt: skip


def _earlier(one: date | None, other: date | None) -> date | None:
    return min((end for end in (one, other) if end is not None), default=None)


def _places(
    named: Mapping[Whose, Named], actors: Actors, seats: Iterable[Row]
) -> Mapping[Whose, set[str]]:
    found: dict[Whose, set[str]] = defaultdict(set)
    for whose, it in named.items():
        if it.municipality_code:
            found[whose].add(it.municipality_code)
    for council, actor, *_ in seats:
        sitting = Whose.actor(actors.living(actor))
        found[Whose.council(council)] |= found.get(sitting, set())
    return found
