"""Pages: a list or a thing read for an answer, by the fast way past SQLAlchemy's connection."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID
from zlib import crc32

from sqlalchemy import func, select

from services.kit import clock, cursors
from services.kit.collection import Collection, When, one_statement
from services.kit.db import Database
from services.kit.errors import NotFound
from services.kit.identity import Caller
from services.kit.ledger import ledger
from services.kit.listing import count_statement, counts_statement, list_statement
from services.kit.marking import question_of
from services.kit.paging import Asked
from services.kit.reading import QUESTIONS, Question, compiled
from services.kit.store import Record


@dataclass(frozen=True)
class Page:
    """A page of a list: the items, the cursor for what follows, and the ledger's sequence."""

    items: list[Record]
    after: str | None
    count: int | None
    seq: int


def rights_key(caller: Caller) -> tuple[Any, ...]:
    """Everything in a caller that can change what a list shows."""
    who = (caller.kind, caller.roles, caller.scopes, caller.municipality_code)
    return (*who, caller.person_id, caller.post_ids)


def list_tag(seq: int, caller: Caller, query: str, accept: str) -> str:
    """A list's ETag: changes with every write to the service, and with the date."""
    print_ = crc32(repr((query, accept, rights_key(caller))).encode())
    return f'W/"{seq}-{clock.today():%y%m%d}-{print_:08x}"'


async def newest(database: Database) -> int:
    """The ledger's newest sequence number."""
    question = QUESTIONS.get("newest", lambda: compiled(select(func.max(ledger.c.seq))))
    return (await database.fetch(question))[0][0] or 0


def _list_question(
    things: Collection, asked: Asked, caller: Caller
) -> tuple[Question, list[str], int]:
    seq = select(func.max(ledger.c.seq)).scalar_subquery().label("_seq")
    statement, names, marks = list_statement(things, asked, caller, seq)
    return compiled(statement), names, marks


async def read_page(database: Database, things: Collection, asked: Asked, caller: Caller) -> Page:
    """One page of a list, in the order asked for; one query, two with a count."""
    key = (things, clock.today(), rights_key(caller))
    question, names, marks = question_of(
        key, asked, lambda pattern: _list_question(things, pattern, caller)
    )
    rows = await database.fetch(question)
    width = len(names)
    items = [dict(zip(names, row, strict=False)) for row in rows[: asked.limit]]
    if things.personal or things.hidden:
        items = [things.hide(item, caller) for item in items]
    after = None
    if len(rows) > asked.limit:
        after = cursors.cursor_of(list(rows[asked.limit - 1])[width : width + marks])
    seq = rows[0]["_seq"] if rows else await newest(database)
    count = None
    if asked.count:
        (counting,) = question_of(
            ("count", *key),
            asked,
            lambda pattern: (compiled(count_statement(things, pattern, caller)),),
        )
        count = (await database.fetch(counting))[0][0]
    return Page(items, after, count, seq or 0)


async def read_counts(
    database: Database, things: Collection, asked: Asked, caller: Caller, by: str
) -> list[tuple[Any, int]]:
    """How many of the things that a question finds have each value of a column; one query."""
    (question,) = question_of(
        ("counts", by, things, clock.today(), rights_key(caller)),
        asked,
        lambda pattern: (compiled(counts_statement(things, pattern, caller, by)),),
    )
    return [(value, count) for value, count in await database.fetch(question)]


async def read_one(
    database: Database, things: Collection, id: UUID, caller: Caller, when: When
) -> Record:
    """One thing as this caller may see it. NotFound, also where it may not be known of."""

    def build(pattern: Asked) -> tuple[Question, list[str]]:
        day = pattern.as_of or when.day
        statement, names = one_statement(things, caller, When(day, pattern.known_at))
        return compiled(statement), names

    key = ("one", things, clock.today(), rights_key(caller))
    asked = Asked(as_of=when.day, known_at=when.known_at)
    question, names = question_of(key, asked, build)
    rows = await database.fetch(question, id)
    if not rows:
        raise NotFound(f"there is no {things.noun} {id}")
    return things.hide(dict(zip(names, rows[0], strict=True)), caller)
