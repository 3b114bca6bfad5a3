"""Ten thousand random histories of posts, asked by day and by what was known, beside an oracle.

Each history is a post's: people come, cover for each other, leave, come back, are moved back and
forth in time by later corrections, and are taken away again. After every step the oracle copies
what then stood; asked for a day and a moment it looks through that copy. The service is asked by
its own queries.
"""

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, text, update
from sqlalchemy.exc import IntegrityError

from services.actors.post.queries import HOLDINGS, POSTS
from services.actors.tables import ActorRow, HoldingRow, PersonRow, PostRow
from services.kit import clock
from services.kit.collection import list_things
from services.kit.paging import Asked
from services.kit.rows import new_id
from services.kit.store import insert_rows, table_of
from tests.callers import LEADER, Signed

HISTORIES, STEPS, QUESTIONS = 10_000, 5, 12
FIRST = date(2015, 1, 1)
DAYS = 3000
Term = tuple[date, date | None, UUID, str]
State = dict[UUID, Term]  # by holding


@dataclass(frozen=True)
class Change:
    """One write: a holding is made, given other values, or taken away (no term)."""

    post: UUID
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


def a_term(chance: random.Random, people: list[UUID]) -> Term:
    """A term of somebody's, now and then without end."""
    start = FIRST + timedelta(days=chance.randrange(DAYS))
    length = chance.choice((1, 2, 30, 200, 400, 1000))
    end = None if chance.random() < 0.2 else start + timedelta(days=length)
    cover = "substitute" if chance.random() < 0.3 else "ordinary"
    return start, end, chance.choice(people), cover


def a_change(chance: random.Random, post: UUID, state: State, people: list[UUID]) -> Change | None:
    """What somebody does next; None where it would be refused."""
    if state and chance.random() < 0.6:
        holding = chance.choice(sorted(state))
        if chance.random() < 0.25:
            return Change(post, holding, None)
        start, end, who, cover = state[holding]
        fresh = a_term(chance, people)
        moved, handed = (*fresh[:2], who, cover), (start, end, fresh[2], cover)
        term = chance.choice((moved, handed, (start, end, who, fresh[3]), fresh))
        return None if clashes(state, term, holding) else Change(post, holding, term)
    term = a_term(chance, people)
    return None if clashes(state, term) else Change(post, new_id(), term, new=True)


def _values(one: Change) -> dict[str, Any]:
    assert one.term is not None
    start, end, who, cover = one.term
    return {"valid_from": start, "valid_to": end, "person_id": who, "cover": cover}


async def write(db: Any, changes: list[Change]) -> None:
    """All of a step's writes, kind by kind."""
    held = table_of(HoldingRow)
    made = [{"id": c.holding, "post_id": c.post} | _values(c) for c in changes if c.new]
    plain = {"source": None, "example": False, "handover": None}
    await insert_rows(db, HoldingRow, [plain | one for one in made])
    moved = [c for c in changes if not c.new and c.term]
    statement = update(held).where(held.c.id == bindparam("b_id"))
    statement = statement.values(
        valid_from=bindparam("b_from"), valid_to=bindparam("b_to"),
        person_id=bindparam("b_who"), cover=bindparam("b_cover"),
        version=held.c.version + 1, updated_at=clock.now(),
    )  # fmt: skip
    rows = [
        {"b_id": c.holding, "b_from": v["valid_from"], "b_to": v["valid_to"],
         "b_who": v["person_id"], "b_cover": v["cover"]}
        for c in moved
        for v in (_values(c),)
    ]  # fmt: skip
    if rows:
        await db.execute(statement, rows)
    gone = [{"b_id": c.holding} for c in changes if c.term is None]
    if gone:
        await db.execute(delete(held).where(held.c.id == bindparam("b_id")), gone)


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


async def test_ten_thousand_histories_agree_with_a_naive_oracle(actors: Signed) -> None:
    chance = random.Random(20261127)  # noqa: S311 - nobody's secret
    database = actors.app.state.database
    async with database.writing(LEADER) as db:
        actor = named("Exempelaktör 1", kind="other", sni_codes=[], given_fields=[])
        owner = (await insert_rows(db, ActorRow, [actor]))[0]
        five = [named(f"Exempelperson {n}", language="sv") for n in range(5)]
        people = await insert_rows(db, PersonRow, list(five))
        post = {"actor_id": owner, "title": "Post", "function": "other", "is_key": False}
        posts = await insert_rows(
            db, PostRow, [post | {"source": None, "example": True} for _ in range(HISTORIES)]
        )
    states: dict[UUID, State] = {one: {} for one in posts}
    moments: list[tuple[datetime, dict[UUID, State]]] = []
    written = 0
    for _ in range(STEPS):
        changes = [c for one in posts if (c := a_change(chance, one, states[one], people))]
        async with database.writing(LEADER) as db:
            await write(db, changes)
        for change in changes:
            if change.term is None:
                del states[change.post][change.holding]
            else:
                states[change.post][change.holding] = change.term
        moments.append((clock.now(), {post: dict(state) for post, state in states.items()}))
        written += len(changes)
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
            assert held == holders(then, day), (day, moment)
        for _ in range(2):
            day = FIRST + timedelta(days=chance.randrange(DAYS))
            told = await asked(db, POSTS, day, None)
            expected = holders(states, day)
            for name, cover in (("holder", "ordinary"), ("substitute", "substitute")):
                assert {row["id"]: row[f"{name}_person_id"] for row in told} == {
                    post: expected.get((post, cover)) for post in posts
                }
            anybody = {post for post, _ in expected}
            assert all(row["vacant"] == (row["id"] not in anybody) for row in told), "is derived"


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
    for _ in range(300):
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
