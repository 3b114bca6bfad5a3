"""Erasing: what somebody may have forgotten goes from the ledger, and from answers that are kept.

The chain stays whole: an entry's hash is of a salted digest of what it held, and another entry says
of which entries the contents are gone, and why.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import ARRAY, Text, cast, or_, select, text
from sqlalchemy.dialects.postgresql import array
from sqlalchemy.ext.asyncio import AsyncConnection

from services.kit.ledger import ledger
from services.kit.rows import Row, new_id
from services.kit.store import Record, table_of

_OPEN = text("SELECT set_config('app.redact', :to, true)")
_EMPTY = text("UPDATE ledger SET before = NULL, after = NULL, salt = NULL WHERE seq = ANY(:seqs)")
_TELL = text("SELECT ledger_append('redaction', :key, 'R', NULL, CAST(:told AS jsonb))")
_FORGET = text(
    "DELETE FROM idempotency WHERE body IS NOT NULL AND EXISTS "
    "(SELECT 1 FROM unnest(CAST(:ids AS text[])) AS id "
    "WHERE position(convert_to(id, 'UTF8') in body) > 0)"
)


def images(entry: Record) -> list[Record]:
    """What an entry says of its row, before and after."""
    return [image for image in (entry["before"], entry["after"]) if image]


async def entries_of(db: AsyncConnection, entity: str, ids: Iterable[UUID]) -> list[Record]:
    """All that the ledger says of some rows, also what is written in this transaction."""
    await _flush(db)
    columns = (ledger.c[name] for name in ("seq", "key", "before", "after"))
    asked = select(*columns).where(ledger.c.entity == entity, ledger.c.key.in_(map(str, ids)))
    return [dict(row) for row in (await db.execute(asked.order_by(ledger.c.seq))).mappings()]


async def _flush(db: AsyncConnection) -> None:
    """The ledger is written at the end of a transaction: now, and from here on then again."""
    await db.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    await db.execute(text("SET CONSTRAINTS ALL DEFERRED"))


async def naming(
    db: AsyncConnection, row: type[Row], field: str, ids: Sequence[UUID]
) -> list[UUID]:
    """The rows that name any of some things, or ever did, as the ledger has it."""
    if not ids:
        return []
    await _flush(db)
    named = cast(array(list(map(str, ids))), ARRAY(Text))
    either = or_(*(image[field].op("?|")(named) for image in (ledger.c.before, ledger.c.after)))
    asked = select(ledger.c.key).distinct().where(ledger.c.entity == table_of(row).name, either)
    return sorted(UUID(key) for key in (await db.execute(asked)).scalars())


async def redact(db: AsyncConnection, seqs: Sequence[int], why: str) -> None:
    """Take the contents of entries away, and say so."""
    if not seqs:
        return
    await db.execute(_OPEN, {"to": "on"})
    await db.execute(_EMPTY, {"seqs": sorted(seqs)})
    await db.execute(_OPEN, {"to": "off"})
    told = orjson.dumps({"seqs": sorted(seqs), "why": why}).decode()
    await db.execute(_TELL, {"key": str(new_id()), "told": told})


async def forget_answers(db: AsyncConnection, ids: Iterable[Any]) -> None:
    """Drop what is kept for repeated requests wherever it tells of some things."""
    await db.execute(_FORGET, {"ids": list(map(str, ids))})
