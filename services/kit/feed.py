"""The feed: the ledger in order, as the contract shows it, for whoever keeps a copy."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field
from sqlalchemy import (
    Column,
    ColumnElement,
    DateTime,
    Select,
    Table,
    Text,
    and_,
    cast,
    func,
    literal,
    not_,
    or_,
    select,
    text,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from services.kit import clock, ledger
from services.kit.asking import Asking, InQuery
from services.kit.collection import Collection, When
from services.kit.errors import Conflict
from services.kit.http import Calling, Record, answer
from services.kit.identity import Caller
from services.kit.ledger import ledger as entries
from services.kit.openapi import read_doc
from services.kit.problem_docs import problems
from services.kit.rights import permits

MOST = 1000
_VERBS = {"I": "created", "U": "changed", "D": "removed", "R": "redacted", "A": "noted"}


class FeedAsking(Asking):
    """From where the feed is followed."""

    after: int = Field(0, ge=0, lt=2**62, description="The `next` of the answer before")
    hash: str = Field(
        "", pattern="^([0-9a-fA-F]{2})*$", description="The `hash` of the answer before"
    )
    limit: int = Field(500, ge=1, le=MOST, description="How many entries are looked at")
    entities: str = Field(
        "", description="Only of these nouns, commas between; left out: all", examples=["need"]
    )


class FeedEvent(BaseModel):
    """One entry of the ledger, as the contract shows it."""

    seq: int
    at: datetime
    entity: str
    key: str = Field(description="The thing's id")
    verb: str = Field(json_schema_extra={"enum": list(_VERBS.values())})
    row_version: int | None
    schema_version: int
    data: dict[str, Any] | None = Field(
        description="The thing after it; null when gone, also from what the caller may know of"
    )


class FeedPage(BaseModel):
    """Entries of the ledger in order, and the place after them."""

    feed_id: UUID = Field(description="Another where the database was restored")
    events: list[FeedEvent]
    next: int
    hash: str = Field(description="The ledger's hash at `next`")
    head: int = Field(description="The newest entry there is")


def feed_routes(collections: Iterable[Collection]) -> APIRouter:
    """GET /feed for the given collections."""
    known = {things.noun: things for things in collections}
    router = APIRouter(tags=["feed"])

    @router.get("/feed", **feed_doc())
    async def feed(call: Calling, asked: InQuery[FeedAsking]) -> Response:
        call.demand("feed", "read")
        nouns = [noun for noun in asked.entities.split(",") if noun] or list(known)
        if call.caller.kind != "service":
            # Programs of the house follow everything; others what they may list.
            nouns = [n for n in nouns if permits(call.rights, call.caller, n, "read")]
        async with call.reading() as db:
            return answer(await _page(db, known, call.caller, nouns, asked))

    return router


def feed_doc() -> dict[str, Any]:
    """How the feed is described."""
    doc = read_doc("Every change in order", "feed.read", FeedPage)
    doc["responses"] |= problems(409)
    return doc


async def _page(
    db: AsyncConnection,
    known: Mapping[str, Collection],
    caller: Caller,
    nouns: list[str],
    asked: FeedAsking,
) -> Record:
    after, seen = asked.after, bytes.fromhex(asked.hash)
    feed_id, head = await ledger.head(db)
    if after > head.seq or (seen and not await ledger.holds(db, head, ledger.Head(after, seen))):
        raise Conflict("this ledger is not the one you followed", reason="feed_diverged", field="")
    rows = await _entries(db, head, after, asked.limit)
    readable = await _readable(db, known, caller, rows)
    events = [
        _event(row, known, caller, readable[row.seq])
        for row in rows
        if row.entity in nouns and row.entity in known and row.seq in readable
    ]
    last = rows[-1] if rows else None
    return {
        "feed_id": feed_id,
        "events": events,
        "next": last.seq if last else after,
        "hash": (last.hash if last else seen).hex(),
        "head": head.seq,
    }


async def _entries(db: AsyncConnection, head: ledger.Head, after: int, limit: int) -> Any:
    if after == head.seq:
        return []
    statement = select(entries).where(entries.c.seq > after).order_by(entries.c.seq).limit(limit)
    return (await db.execute(statement)).all()


async def _readable(
    db: AsyncConnection, known: Mapping[str, Collection], caller: Caller, rows: Any
) -> dict[int, Record]:
    """The entries this caller may read, each with the fields that hold less for it.

    One query for each noun that narrows at all.
    """
    found: dict[int, Record] = {row.seq: {} for row in rows}
    for noun in {row.entity for row in rows} & set(known):
        mine = [row.seq for row in rows if row.entity == noun]
        statement = _narrowed(known[noun], caller, mine)
        if statement is not None:
            for seq in mine:
                del found[seq]
            told = (await db.execute(statement)).mappings()
            found |= {row["_seq"]: {k: v for k, v in row.items() if k != "_seq"} for row in told}
    return found


def _narrowed(things: Collection, caller: Caller, seqs: list[int]) -> Select[Any] | None:
    """Which entries of a noun the caller may read, and what less they hold; None: all, whole.

    `_away`: the caller may not know of the thing by now, or not after this entry.
    """
    image = _image(things, func.coalesce(entries.c.after, entries.c.before), "image")
    seen = things.visible(caller, image.c)
    stored = things.narrower(caller, image.c, When(clock.today()))
    less = [one for name, one in stored.items() if name in things.fields]
    if seen is None and not less:
        return None
    found = select(entries.c.seq.label("_seq"), *less).where(entries.c.seq.in_(seqs))
    whole = entries.join(image, literal(True))
    if seen is None:
        return found.select_from(whole)
    was = _image(things, entries.c.before, "was")
    left = func.coalesce(things.visible(caller, was.c), literal(False))
    away = and_(entries.c.op != "D", or_(not_(seen), _hidden_now(things, caller)))
    return (
        found.add_columns(func.coalesce(away, literal(True)).label("_away"))
        .select_from(whole.join(was, literal(True)))
        .where(or_(seen, and_(entries.c.before.is_not(None), left)))
    )


def _image(things: Collection, told: Any, name: str) -> Any:
    record = func.jsonb_populate_record(text(f"NULL::{things.noun}"), told)
    columns = things.table.columns
    return record.table_valued(*(Column(c.name, c.type) for c in columns), name=name)


def _hidden_now(things: Collection, caller: Caller) -> ColumnElement[bool]:
    """Whether the thing is there, and is none that the caller may know of."""
    there = things.table.alias("there")
    same = cast(there.c.id, Text) == entries.c.key
    seen = func.coalesce(things.visible(caller, there.c), literal(False))
    return select(there.c.id).where(same, not_(seen)).exists()


def _event(row: Any, known: Mapping[str, Collection], caller: Caller, less: Record) -> Record:
    """What the caller may not know of any more is gone from its copy."""
    things, away = known[row.entity], less.pop("_away", False)
    data = None
    if row.after is not None and not away:
        kept = {name: row.after.get(name) for name in things.fields}
        kept |= {name: _moment(kept[name]) for name in _moments(things.table) & kept.keys()}
        data = things.hide(kept | less, caller)
    return {
        "seq": row.seq,
        "at": row.at,
        "entity": row.entity,
        "key": row.key,
        "verb": _VERBS["D" if away else row.op],
        "row_version": row.row_version,
        "schema_version": row.schema_version,
        "data": data,
    }


@cache
def _moments(table: Table) -> frozenset[str]:
    return frozenset(one.name for one in table.columns if isinstance(one.type, DateTime))


def _moment(told: str | None) -> datetime | None:
    """A moment of the ledger, whose hashed words are PostgreSQL's, as the answers write it."""
    return None if told is None else datetime.fromisoformat(told).astimezone(UTC)
