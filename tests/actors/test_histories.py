"""Ten thousand random histories of actors, asked by day and by what was known, beside an oracle.

Each history is an actor's with a post: people come, cover for each other, leave, come back, are
moved back and forth in time by later corrections, and are taken away again; so are the actor's
levels; and it is merged with the one beside it, and parted. After every step the oracle copies what
then stood; asked for a day and a moment it looks through that copy. The service is asked by its own
queries. It is written past the rules, for speed: test_family_histories.py goes by the actions.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, text, update
from sqlalchemy.exc import IntegrityError

from services.actors.actor.queries import ACTORS
from services.actors.post.queries import HOLDINGS, POSTS
from services.actors.tables import ActorRow, HoldingRow, PersonRow, PostRow, StandingRow
from services.kit import clock
from services.kit.listing import count_statement, list_things
from services.kit.paging import Asked
from services.kit.rows import new_id
from services.kit.store import insert_rows, table_of
from tests.callers import LEADER, Signed

HISTORIES, STEPS, QUESTIONS = 10_000, 5, 4
FIRST = date(2015, 1, 1)
DAYS = 3000
Term = tuple[date, date | None, Any, str]
State = dict[UUID, Term]  # by holding, or by standing
LEVELS = ("strategic", "bridging", "operative")
# Of each table: whose a row is, and what is said of a period: who or what, and in which way.
SAID = {
    HoldingRow: ("post_id", "person_id", "cover"),
    StandingRow: ("actor_id", "level", "status"),
}


@dataclass(frozen=True)
class Change:
    """One write: something of a period is made, given other values, or taken away (no term)."""

    whose: UUID
    holding: UUID
    term: Term | None
    new: bool = False


def clashes(state: State, term: Term, but: UUID | None = None) -> bool:
    """Whether a term overlaps another of the same post and cover."""
    start, end, _, cover = term
    return any(
        cover == other[3]
        and (end is None or other[0] < end)
        and (other[1] is None or start < other[1])
        for holding, other in state.items()
        if holding != but
    )


def a_term(chance: random.Random, said: Sequence[Any]) -> Term:
    """A term of somebody's, or on a level, now and then without end."""
    start = FIRST + timedelta(days=chance.randrange(DAYS))
    length = chance.choice((1, 2, 30, 200, 400, 1000))
    end = None if chance.random() < 0.2 else start + timedelta(days=length)
    cover = "active" if said is LEVELS else chance.choice(("substitute", "ordinary", "ordinary"))
    return start, end, chance.choice(said), cover


def a_change(
    chance: random.Random, whose: UUID, state: State, said: Sequence[Any]
) -> Change | None:
    """What somebody does next; None where it would be refused."""
    if state and chance.random() < 0.6:
        holding = chance.choice(sorted(state))
        if chance.random() < 0.25:
            return Change(whose, holding, None)
        start, end, who, cover = state[holding]
        fresh = a_term(chance, said)
        moved, handed = (*fresh[:2], who, cover), (start, end, fresh[2], cover)
        term = chance.choice((moved, handed, (start, end, who, fresh[3]), fresh))
        return None if clashes(state, term, holding) else Change(whose, holding, term)
    term = a_term(chance, said)
    return None if clashes(state, term) else Change(whose, new_id(), term, new=True)


async def write(db: Any, changes: list[Change], row: Any = HoldingRow) -> None:
    """All of a step's writes, kind by kind."""
    held, (whose, *said) = table_of(row), SAID[row]
    names = ("valid_from", "valid_to", *said)
    plain = {"source": None, "example": False}
    plain |= {"handover": None} if row is HoldingRow else {"reason": None}
    made = [
        plain | {"id": c.holding, whose: c.whose} | dict(zip(names, c.term, strict=True))
        for c in changes if c.new and c.term
    ]  # fmt: skip
    await insert_rows(db, row, made)
    statement = update(held).where(held.c.id == bindparam("b_id")).values(
        {name: bindparam(f"b_{name}") for name in names},
    ).values(version=held.c.version + 1, updated_at=clock.now())  # fmt: skip
    rows = [
        {"b_id": c.holding} | {f"b_{n}": v for n, v in zip(names, c.term, strict=True)}
        for c in changes if not c.new and c.term
    ]  # fmt: skip
    if rows:
        await db.execute(statement, rows)
    gone = [{"b_id": c.holding} for c in changes if c.term is None]
    if gone:
        await db.execute(delete(held).where(held.c.id == bindparam("b_id")), gone)


async def turn(db: Any, pairs: dict[UUID, UUID | None]) -> None:
    """Merge actors into others, or part them."""
    actor = table_of(ActorRow)
    into = {name: bindparam("b_into") for name in ("merged_into_id", "merged_first_id")}
    statement = update(actor).where(actor.c.id == bindparam("b_id"))
    statement = statement.values(into).values(version=actor.c.version + 1)
    rows = [{"b_id": one, "b_into": other} for one, other in pairs.items()]
    if rows:
        await db.execute(statement, rows)


def holders(states: dict[UUID, State], day: date) -> dict[tuple[UUID, str], UUID]:
    """The oracle: who holds, and who covers, each post on a day."""
    return {
        (post, cover): who
        for post, state in states.items()
        for start, end, who, cover in state.values()
        if start <= day and (end is None or day < end)
    }


def named(text: str, **more: Any) -> dict[str, Any]:
    """What every row of an example has."""
    return {"source": None, "example": True, "name": text} | more


async def asked(db: Any, things: Any, day: date, known: datetime | None) -> list[dict[str, Any]]:
    """Everything the service answers for a day, as known at a moment."""
    question = Asked(limit=HISTORIES * 20, as_of=day, known_at=known)
    return await list_things(db, things, question, LEADER)


def levels(
    states: dict[UUID, State], merged: dict[UUID, UUID], day: date
) -> dict[UUID, tuple[str, list[UUID]]]:
    """The oracle: the level of each living actor on a day, and who lives on in it."""
    own = {
        actor: what
        for actor, state in states.items()
        for start, end, what, _ in state.values()
        if start <= day and (end is None or day < end)
    }
    others = {into: one for one, into in merged.items()}
    return {
        one: (own.get(one, own.get(others.get(one, one))), [others[one]] if one in others else [])
        for one in states if one not in merged
    }  # fmt: skip


@dataclass
class Told:
    """The oracle: holdings by post, standings by actor, and who lives on in whom."""

    held: dict[UUID, State]
    placed: dict[UUID, State]
    merged: dict[UUID, UUID]

    def copy(self) -> "Told":
        """As it stands."""
        held, placed = ({one: dict(s) for one, s in x.items()} for x in (self.held, self.placed))
        return Told(held, placed, dict(self.merged))


def take_in(states: dict[UUID, State], changes: list[Change]) -> int:
    """The oracle learns of changes; how many there were."""
    for change in changes:
        if change.term is None:
            del states[change.whose][change.holding]
        else:
            states[change.whose][change.holding] = change.term
    return len(changes)


async def began(db: Any) -> tuple[list[UUID], list[UUID], list[UUID]]:
    """Actors, the post of each, and people."""
    kind = {"kind": "other", "sni_codes": [], "given_fields": []}
    rows = [named(f"Exempelaktör {n}", **kind) for n in range(HISTORIES)]
    owners = await insert_rows(db, ActorRow, rows)
    post = {"title": "Post", "function": "other", "is_key": False, "source": None, "example": True}
    posts = await insert_rows(db, PostRow, [post | {"actor_id": one} for one in owners])
    five = [named(f"Exempelperson {n}", language="sv") for n in range(5)]
    return owners, posts, await insert_rows(db, PersonRow, five)


async def step(db: Any, chance: random.Random, told: Told, people: list[UUID]) -> int:
    """Something happens in each history; how many things did."""
    held, placed, turned = [], [], dict[UUID, UUID | None]()
    before = None
    for (post, terms), (actor, levels) in zip(told.held.items(), told.placed.items(), strict=True):
        what = chance.random()
        if what < 0.7:
            held.append(a_change(chance, post, terms, people))
        elif what < 0.9:
            placed.append(a_change(chance, actor, levels, LEVELS))
        elif before:  # each second one is merged with the one before it, or parted
            turned[actor] = None if actor in told.merged else before
        before = None if before else actor
    some = [[c for c in changes if c] for changes in (held, placed)]
    await write(db, some[0])
    await write(db, some[1], StandingRow)
    await turn(db, turned)
    for one, into in turned.items():
        told.merged.pop(one, None)
        told.merged |= {one: into} if into else {}
    return take_in(told.held, some[0]) + take_in(told.placed, some[1]) + len(turned)


async def counted(db: Any, things: Any, day: date, known: datetime, **filters: Any) -> int:
    """How many things the service finds for a day, as known at a moment."""
    chosen = tuple((name, (value,)) for name, value in filters.items())
    question = Asked(as_of=day, known_at=known, filters=chosen)
    return int(await db.scalar(count_statement(things, question, LEADER)))


async def test_ten_thousand_histories_agree_with_a_naive_oracle(actors: Signed) -> None:
    chance = random.Random(20261127)  # noqa: S311 - nobody's secret
    database = actors.app.state.database
    async with database.writing(LEADER) as db:
        owners, posts, people = await began(db)
    told = Told({one: {} for one in posts}, {one: {} for one in owners}, {})
    moments: list[tuple[datetime, Told]] = []
    written = 0
    for _ in range(STEPS):
        async with database.writing(LEADER) as db:
            written += await step(db, chance, told, people)
        moments.append((clock.now(), told.copy()))
    assert written > HISTORIES * 3, "histories that are histories"
    async with database.engine.begin() as db:
        await db.execute(text("ANALYZE"))  # as PostgreSQL's own upkeep does within a minute

    async with database.reading() as db:
        for number in range(QUESTIONS):
            day = FIRST + timedelta(days=chance.randrange(-10, DAYS + 500))
            moment, then = moments[number % STEPS]
            held = {
                (row["post_id"], row["cover"]): row["person_id"]
                for row in await asked(db, HOLDINGS, day, moment)
            }
            assert held == holders(then.held, day), (day, moment)
            anybody = {post for post, _ in held}
            vacant = await counted(db, POSTS, day, moment, vacant=True)
            assert vacant == HISTORIES - len(anybody), (day, moment)
            said = levels(then.placed, then.merged, day)
            strategic = await counted(db, ACTORS, day, moment, level="strategic")
            assert strategic == sum(level == "strategic" for level, _ in said.values())
        day = FIRST + timedelta(days=chance.randrange(DAYS))
        found = await asked(db, POSTS, day, None)
        expected = holders(told.held, day)
        for name, cover in (("holder", "ordinary"), ("substitute", "substitute")):
            assert {row["id"]: row[f"{name}_person_id"] for row in found} == {
                post: expected.get((post, cover)) for post in posts
            }
        anybody = {post for post, _ in expected}
        assert all(row["vacant"] == (row["id"] not in anybody) for row in found), "is derived"
        assert {
            row["id"]: (row["level"], row["merged_ids"])
            for row in await asked(db, ACTORS, day, None)
        } == levels(told.placed, told.merged, day), "one series of two that are one"


async def test_what_the_oracle_refuses_the_database_refuses(actors: Signed) -> None:
    chance = random.Random(7)  # noqa: S311 - nobody's secret
    database = actors.app.state.database
    owner = await actors.made("/actors", {"name": "Exempelaktör 1", "kind": "other"})
    post = UUID((await actors.made("/posts", {"actor_id": owner["id"], "title": "Post"}))["id"])
    people = [
        UUID((await actors.made("/people", {"name": f"Exempelperson {n}"}))["id"]) for n in range(2)
    ]
    state: State = {}
    tried = {True: 0, False: 0}
    for _ in range(200):
        term = a_term(chance, people)
        change, refused = Change(post, new_id(), term, new=True), clashes(state, term)
        try:
            async with database.writing(LEADER) as db:
                await write(db, [change])
        except IntegrityError:
            assert refused, (term, state)
        else:
            assert not refused, (term, state)
            state[change.holding] = term
            if len(state) > 6:
                state.clear()
                async with database.writing(LEADER) as db:
                    await db.execute(delete(table_of(HoldingRow)))
        tried[refused] += 1
    assert min(tried.values()) > 20, "both happened"
