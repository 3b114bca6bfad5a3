"""The feed: the ledger in order, as the contract shows it, for whoever keeps a copy."""

from collections.abc import Iterable, Mapping
from typing import Any

from fastapi import APIRouter, Request, Response
from sqlalchemy import Column, Select, func, literal, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from services.kit import clock, ledger
from services.kit.collection import Collection, When
from services.kit.errors import Conflict, Malformed
from services.kit.http import Call, Record, answer
from services.kit.identity import Caller
from services.kit.ledger import ledger as entries
from services.kit.openapi import read_doc
from services.kit.rights import permits

MOST = 1000
_VERBS = {"I": "created", "U": "changed", "D": "removed", "R": "redacted", "A": "noted"}


def feed_routes(collections: Iterable[Collection]) -> APIRouter:
    """GET /feed?after=&hash=&limit=&entities= for the given collections."""
    known = {things.noun: things for things in collections}
    router = APIRouter(tags=["feed"])

    @router.get("/feed", **read_doc("Every change in order", "feed.read"))
    async def feed(request: Request) -> Response:
        call = Call.of(request)
        call.demand("feed", "read")
        asked = _read(request, known)
        if call.caller.kind != "service":
            # Programs of the house follow everything; others what they may list.
            asked["nouns"] = [
                n for n in asked["nouns"] if permits(call.rights, call.caller, n, "read")
            ]
        async with call.reading() as db:
            return answer(await _page(db, known, call.caller, **asked))

    return router


def _read(request: Request, known: Mapping[str, Collection]) -> Record:
    said = dict(request.query_params)
    try:
        if set(said) - {"after", "hash", "limit", "entities"}:
            raise ValueError
        after, limit = int(said.get("after", "0")), int(said.get("limit", "500"))
        seen = bytes.fromhex(said.get("hash", ""))
    except ValueError:
        raise Malformed("after and limit are numbers, hash is hexadecimal") from None
    if not (0 <= after < 2**62 and 1 <= limit <= MOST):
        raise Malformed(f"limit is 1 to {MOST}", field="limit", reason="out_of_range")
    nouns = [noun for noun in said.get("entities", "").split(",") if noun] or list(known)
    return {"after": after, "limit": limit, "seen": seen, "nouns": nouns}


async def _page(
    db: AsyncConnection,
    known: Mapping[str, Collection],
    caller: Caller,
    *,
    after: int,
    limit: int,
    seen: bytes,
    nouns: list[str],
) -> Record:
    head = await ledger.head(db)
    if after > head.seq or (seen and not await _agrees(db, head, after, seen)):
        raise Conflict("this ledger is not the one you followed", reason="feed_diverged", field="")
    rows = await _entries(db, head, after, limit)
    readable = await _readable(db, known, caller, rows)
    events = [
        _event(row, known, caller, readable[row.seq])
        for row in rows
        if row.entity in nouns and row.entity in known and row.seq in readable
    ]
    last = rows[-1] if rows else None
    feed_id = await db.scalar(select(ledger.ledger_head.c.feed_id))
    return {
        "feed_id": feed_id,
        "events": events,
        "next": last.seq if last else after,
        "hash": (last.hash if last else seen).hex(),
        "head": head.seq,
    }


async def _agrees(db: AsyncConnection, head: ledger.Head, seq: int, seen: bytes) -> bool:
    if seq in {0, head.seq}:  # who has everything is asked for no more
        return seq == 0 or head.hash == seen
    return bool(await db.scalar(select(entries.c.hash).where(entries.c.seq == seq)) == seen)


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
    """Which entries of a noun the caller may read, and what less they hold; None: all, whole."""
    image = func.jsonb_populate_record(
        text(f"NULL::{things.noun}"), func.coalesce(entries.c.after, entries.c.before)
    )
    columns = things.table.columns
    typed = image.table_valued(*(Column(c.name, c.type) for c in columns), name="image")
    seen = things.visible(caller, typed.c)
    stored = things.narrower(caller, typed.c, When(clock.today()))
    less = [one for name, one in stored.items() if name in things.fields]
    if seen is None and not less:
        return None
    found = select(entries.c.seq.label("_seq"), *less)
    found = found.select_from(entries.join(typed, literal(True))).where(entries.c.seq.in_(seqs))
    return found if seen is None else found.where(seen)


def _event(row: Any, known: Mapping[str, Collection], caller: Caller, less: Record) -> Record:
    things = known[row.entity]
    data = None
    if row.after is not None:
        data = things.hide({name: row.after.get(name) for name in things.fields} | less, caller)
    return {
        "seq": row.seq,
        "at": row.at,
        "entity": row.entity,
        "key": row.key,
        "verb": _VERBS[row.op],
        "row_version": row.row_version,
        "schema_version": row.schema_version,
        "data": data,
    }
