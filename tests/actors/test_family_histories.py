"""Random histories by the program's own actions: merges, their undo, standings, posts, relations.

Families of three actors live beside each other: somebody is appointed, moved or taken away, an
actor is placed, has relations, is merged and parted. A naive oracle keeps rows in lists and walks
them; after each step it copies all of them. Each copy is asked for several days of the lists, and
so is the service, by its own queries and as it was known then. What the oracle refuses, the
service refuses.
"""

import random
from collections.abc import Awaitable, Callable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from services.actors.actor.queries import ACTORS
from services.actors.contract.actor import ActorMerge, StandingDraft
from services.actors.contract.post import HoldingDraft
from services.actors.contract.relation import RelationDraft
from services.actors.merge.actions import merge, part
from services.actors.post.actions import judge_holding
from services.actors.post.queries import HOLDINGS, POSTS
from services.actors.relation.actions import judge as judge_relation
from services.actors.relation.queries import RELATIONS
from services.actors.standing.actions import place_actor
from services.actors.standing.queries import STANDINGS
from services.actors.tables import ActorRow, PersonRow, PostRow
from services.kit import clock
from services.kit.errors import Problem
from services.kit.http import Work
from services.kit.keeping import create_thing, remove_thing, replace_thing
from services.kit.listing import list_things
from services.kit.paging import Asked
from services.kit.store import insert_rows
from tests.callers import LEADER, Signed

FAMILIES, STEPS, DAYS = 40, 7, 1
FIRST, SPAN = date(2015, 1, 1), 2000
STATUSES, LEVELS = ("active", "invited", "mapped"), ("strategic", "bridging", "operative")


@dataclass
class Row:
    """Something during a period; `of` is whose it is, `kind` what may be there once on a day."""

    of: UUID
    kind: str
    said: Any
    start: date
    end: date | None
    id: UUID | None = None
    order: int = 0
    ended_by: UUID | None = None  # who got a standing that ended this one, which was open

    def on(self, day: date) -> bool:
        """Whether it lasts on a day."""
        return self.start <= day and (self.end is None or day < self.end)

    def meets(self, other: "Row") -> bool:
        """Whether the two have a day in common."""
        return (self.end is None or other.start < self.end) and (
            other.end is None or self.start < other.end
        )


class Refused(Exception):
    """What the rules forbid."""


@dataclass
class Registry:
    """The oracle: rows in lists, and whom each actor was merged with."""

    standings: list[Row] = field(default_factory=list)
    holdings: list[Row] = field(default_factory=list)
    relations: list[Row] = field(default_factory=list)
    first: dict[UUID, UUID] = field(default_factory=dict)
    count: int = 0

    def living(self, actor: UUID) -> UUID:
        """Whom an actor lives on in."""
        return self.living(self.first[actor]) if actor in self.first else actor

    def counting(self, living: UUID, day: date) -> Row | None:
        """The standing of a family on a day: its own, or what began last of the others."""
        rows = [one for one in self.standings if one.on(day) and self.living(one.of) == living]
        return max(rows, key=lambda one: (one.of == living, one.start, one.order), default=None)

    def place(self, new: Row) -> None:
        """A standing, and what becomes of the one around it and of its own end."""
        if new.of in self.first:
            raise Refused
        around = self.counting(new.of, new.start)
        later = [o.start for o in self.standings if self.counting(new.of, o.start) is o]
        if new.end is None:
            new.end = min((day for day in later if day > new.start), default=None)
        rest = None
        if around and around.start < new.start:
            old = around.end
            goes_on = new.end is not None and (old is None or new.end < old)
            if around.of == new.of or not goes_on:
                around.end = new.start
                around.ended_by = new.of if old is None else None
            if around.of == new.of and goes_on:
                rest = Row(around.of, "", around.said, new.end or new.start, old)
        for row in filter(None, (new, rest)):
            self.count += 1
            row.order = self.count
            if any(one.of == row.of and one.meets(row) for one in self.standings):
                raise Refused
            self.standings.append(row)

    def appoint(self, new: Row, but: Row | None = None) -> None:
        """A holder or a substitute, each once, and nobody both; `but`: what it stands for."""
        others = [one for one in self.holdings if one is not but and one.of == new.of]
        if any(one.meets(new) and (one.kind == new.kind or one.said == new.said) for one in others):
            raise Refused
        if but:
            self.holdings.remove(but)
        self.holdings.append(new)

    def relate(self, new: Row) -> None:
        """A relation to the one beside; a family has one of a kind."""
        living = self.living(new.of)
        same = [o for o in self.relations if o.kind == new.kind and self.living(o.of) == living]
        if any(one.meets(new) for one in same):
            raise Refused
        self.relations.append(new)

    def merge(self, actor: UUID, into: UUID) -> None:
        """One lives on in another."""
        if actor == into or actor in self.first or into in self.first:
            raise Refused
        self.first[actor] = into

    def part(self, actor: UUID) -> None:
        """Its own again, with what came with it; what others' standings ended lasts again."""
        if self.first.pop(actor, None) is None:
            raise Refused
        for one in self.standings:
            mine = self.living(one.of) == actor
            if mine and one.ended_by and self.living(one.ended_by) != actor:
                one.end = one.ended_by = None


@dataclass
class World:
    """What there is to act on."""

    families: list[list[UUID]]
    posts: dict[UUID, UUID]
    people: list[UUID]
    beside: UUID


def a_period(chance: random.Random) -> tuple[date, date | None]:
    """Some days, now and then without end."""
    start = FIRST + timedelta(days=chance.randrange(SPAN))
    return start, start + timedelta(
        chance.choice((30, 200, 700))
    ) if chance.random() < 0.6 else None


async def both(telling: Callable[[], None], doing: Awaitable[Any]) -> Any:
    """The oracle and the service: Refused where they refuse it, and a fault where only one does."""
    refused = False
    try:
        telling()
    except Refused:
        refused = True
    try:
        done = await doing
    except (Problem, IntegrityError) as wrong:
        if not refused:
            raise AssertionError("the oracle does not refuse it") from wrong
        raise Refused from None
    assert not refused, "the service does not refuse it"
    return done


async def act(work: Work, world: World, told: Registry, chance: random.Random, number: int) -> None:
    """One thing happens in a family."""
    family = world.families[number]
    actor, other = chance.choice(family), chance.choice(family)
    start, end = a_period(chance)
    what = chance.choices(("place", "appoint", "relate", "merge", "part"), (4, 4, 2, 3, 2))[0]
    days: dict[str, Any] = {"valid_from": start, "valid_to": end}
    if what == "merge":
        doing = merge(work, actor, ActorMerge(into_id=other), None)
        await both(lambda: told.merge(actor, other), doing)
    elif what == "part":
        parted = next((one for one in family if one in told.first), actor)
        await both(lambda: told.part(parted), part(work, parted, None))
    elif what == "place":
        said = {"level": chance.choice(LEVELS), "status": chance.choice(STATUSES)}
        draft = StandingDraft.model_validate({"actor_id": actor} | said | days)
        new = Row(actor, "", said, start, end)
        await both(lambda: told.place(new), place_actor(work, actor, draft))
    elif what == "relate":
        new = Row(told.living(actor), chance.choice(("funds", "commissions")), None, start, end)
        sides = {"actor_id": new.of, "other_actor_id": world.beside, "kind": new.kind}
        relation = RelationDraft.model_validate(sides | days)
        new.id = (await both(lambda: told.relate(new), related(work, relation)))["id"]
    else:
        await appoint(work, world, told, chance, Row(world.posts[actor], "", None, start, end))


async def related(work: Work, relation: RelationDraft) -> Any:
    """A new relation, judged by the rules."""
    await judge_relation(work, relation)
    return await create_thing(work, RELATIONS, relation)


async def appoint(
    work: Work, world: World, told: Registry, chance: random.Random, new: Row
) -> None:
    """Somebody comes, is put right, or never was."""
    new.said, new.kind = chance.choice(world.people), chance.choice(("ordinary", "substitute"))
    held = [one for one in told.holdings if one.of == new.of]
    but = chance.choice(held) if held and chance.random() < 0.5 else None
    if but and but.id and chance.random() < 0.3:
        told.holdings.remove(but)
        await remove_thing(work, HOLDINGS, but.id, version=None)
        return
    days = {"valid_from": new.start, "valid_to": new.end}
    draft = HoldingDraft.model_validate(
        {"post_id": new.of, "person_id": new.said, "cover": new.kind} | days
    )
    doing = held_by(work, draft, but.id if but else None)
    new.id = (await both(lambda: told.appoint(new, but), doing))["id"]


async def held_by(work: Work, draft: HoldingDraft, id: UUID | None) -> Any:
    """A holding, new or put right, judged by the rules."""
    await judge_holding(work, draft, id)
    if id is None:
        return await create_thing(work, HOLDINGS, draft)
    return await replace_thing(work, HOLDINGS, id, draft, version=None)


async def began(db: Any) -> World:
    """Actors with a post each, and people."""

    def named(text: str, **more: Any) -> dict[str, Any]:
        return {"source": None, "example": True, "name": text} | more

    kind = {"kind": "other", "sni_codes": [], "given_fields": []}
    rows = [named(f"Exempelaktör {n}", **kind) for n in range(FAMILIES * 3 + 1)]
    *actors, beside = await insert_rows(db, ActorRow, rows)
    post = {"title": "Post", "function": "other", "is_key": False, "source": None, "example": True}
    posts = await insert_rows(db, PostRow, [post | {"actor_id": one} for one in actors])
    five = [named(f"Exempelperson {n}", language="sv") for n in range(5)]
    people = await insert_rows(db, PersonRow, five)
    families = [actors[n : n + 3] for n in range(0, len(actors), 3)]
    return World(families, dict(zip(actors, posts, strict=True)), people, beside)


async def asked(
    db: Any, things: Any, day: date, known: datetime | None, **filters: Any
) -> list[dict[str, Any]]:
    """Everything that the service answers."""
    chosen = tuple((name, (value,)) for name, value in filters.items())
    question = Asked(limit=1000, as_of=day, known_at=known, filters=chosen)
    return await list_things(db, things, question, LEADER)


async def compare(
    db: Any, world: World, told: list[Registry], day: date, known: datetime | None
) -> None:
    """Lists, filters and derived fields of a day, as known at a moment, against the oracle's."""
    where = (day, known)
    of = {one: told[n] for n, family in enumerate(world.families) for one in family}
    alive = [one for one in of if one not in of[one].first]
    said = {one: row.said if (row := of[one].counting(one, day)) else None for one in alive}
    listed = [one for one in await asked(db, ACTORS, day, known) if one["id"] != world.beside]
    assert {
        one["id"]: {"level": one["level"], "status": one["status"]} if one["status"] else None
        for one in listed
    } == said, where
    assert {(one["id"], lost) for one in listed for lost in one["merged_ids"]} == {
        (of[one].living(one), one) for one in of if one in of[one].first
    }, where
    for name, value in (("status", "active"), ("level", "bridging")):
        found = {one["id"] for one in await asked(db, ACTORS, day, known, **{name: value})}
        assert found == {one for one in alive if said[one] and said[one][name] == value}, where
    counts = sum(row is not None for row in said.values())
    assert len(await asked(db, STANDINGS, day, known)) == counts, where

    holdings = [one for each in told for one in each.holdings if one.on(day)]
    held = {(one.of, one.kind): one.said for one in holdings}
    for post in await asked(db, POSTS, day, known):
        for name, cover in (("holder", "ordinary"), ("substitute", "substitute")):
            assert post[f"{name}_person_id"] == held.get((post["id"], cover)), where
    vacant = {one["id"] for one in await asked(db, POSTS, day, known, vacant=True)}
    assert vacant == set(world.posts.values()) - {post for post, _ in held}, where
    there = {one["id"] for one in await asked(db, RELATIONS, day, known)}
    assert there == {one.id for each in told for one in each.relations if one.on(day)}, where
    number = day.toordinal() % FAMILIES
    whose, its = world.families[number][0], told[number]
    theirs = {one["id"] for one in await asked(db, POSTS, day, known, actor_id=whose)}
    family = [o for o in world.families[number] if its.living(o) == its.living(whose)]
    assert theirs == {world.posts[one] for one in family}, where


async def test_families_of_actors_agree_with_a_naive_oracle(actors: Signed) -> None:
    chance = random.Random(20261128)  # noqa: S311 - nobody's secret
    database = actors.app.state.database
    async with database.writing(LEADER) as db:
        world = await began(db)
    told = [Registry() for _ in range(FAMILIES)]
    moments: list[tuple[datetime, list[Registry]]] = []
    done = {"done": 0, "refused": 0}
    for _ in range(STEPS):
        for number in range(FAMILIES):
            before = deepcopy(told[number])
            try:
                async with database.writing(LEADER) as db:
                    await act(Work(db, LEADER), world, told[number], chance, number)
            except Refused:
                told[number] = before
                done["refused"] += 1
            else:
                done["done"] += 1
        moments.append((clock.now(), deepcopy(told)))
    assert min(done.values()) > FAMILIES, "both happened"
    async with database.reading() as db:
        for moment, then in moments:
            for _ in range(DAYS):
                day = FIRST + timedelta(days=chance.randrange(-10, SPAN + 300))
                await compare(db, world, then, day, moment)
        await compare(db, world, told, FIRST + timedelta(days=SPAN // 2), None)
