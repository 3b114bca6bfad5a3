"""Questions about differences: two snapshots of one source, and how their rows are read."""

import asyncio
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.analysis.contract.difference import RowChange
from services.analysis.contract.indicator import Layout
from services.analysis.difference.engine import SIDES, Compared, compared
from services.analysis.difference.rules import Split, new_breaks, split_of
from services.analysis.indicator.engine import Engine
from services.analysis.source.known import BY_KEY
from services.analysis.source.queries import is_withheld
from services.analysis.tables import IndicatorRow, SnapshotRow, SourceRow
from services.kit.db import Database
from services.kit.errors import Malformed, NotFound
from services.kit.store import Record, get_row, table_of


async def difference_of(
    database: Database, engine: Engine, id: UUID, since: UUID | None, below: int
) -> dict[str, Any]:
    """A snapshot beside the one before it, or beside another of its source."""
    async with database.reading() as db:
        after = await get_row(db, SnapshotRow, id)
        before = await _before(db, after, since)
        source = await get_row(db, SourceRow, after["source_id"])
        layouts = await _measured(db, source["id"])
        hidden = await is_withheld(db, source["id"], below)
    shared = [name for name in after["columns"] if name in before["columns"]]
    split = split_of(shared, BY_KEY.get(source["key"]), layouts)
    hashes = before["content_hash"], after["content_hash"]
    found = await asyncio.to_thread(compared, engine, *hashes, split)
    return _shown(found, split, before, after, source, hidden=hidden)


async def _before(db: AsyncConnection, after: Record, since: UUID | None) -> Record:
    other = since or after["previous_id"]
    if other is None:
        raise NotFound("there is no earlier snapshot of this source")
    before = await get_row(db, SnapshotRow, other)
    if before["source_id"] != after["source_id"]:
        text = "both snapshots must be of the same source"
        raise Malformed(text, field="since", reason="another_source")
    return before


async def _measured(db: AsyncConnection, source_id: UUID) -> list[Layout]:
    """How its indicators read a source."""
    indicator = table_of(IndicatorRow)
    asked = select(indicator.c.layout).where(indicator.c.source_id == source_id)
    return [Layout.model_validate(one) for one in (await db.execute(asked)).scalars()]


def _shown(
    found: Compared, split: Split, before: Record, after: Record, source: Record, *, hidden: bool
) -> dict[str, Any]:
    old, new = before["columns"], after["columns"]
    counts = {f"{name}_count": found.counts.get(name, 0) for name in (*RowChange, "same")}
    breaks = new_breaks(source["method_breaks"], before["last_period"], after["last_period"])
    return counts | {
        "source_id": source["id"],
        "before_id": before["id"],
        "before_fetched_at": before["fetched_at"],
        "after_id": after["id"],
        "after_fetched_at": after["fetched_at"],
        "total_column": split.number,
        "before_total": found.totals[0],
        "after_total": found.totals[1],
        "added_columns": [name for name in new if name not in old],
        "gone_columns": [name for name in old if name not in new],
        "method_breaks": breaks,
        "items": [] if hidden else [_row(one, split) for one in found.rows],
        "withheld": hidden,
    }


def _row(row: dict[str, Any], split: Split) -> dict[str, Any]:
    change = RowChange(row["change"])
    was = None if change is RowChange.added else _side(row, split, "before")
    now = None if change is RowChange.gone else _side(row, split, "after")
    keys = {
        name: row[f"{name}_{'before' if change is RowChange.gone else 'after'}"]
        for name in split.keys
    }
    return {"change": change, "keys": keys, "before": was, "after": now, "by": _by(was, now, split)}


def _side(row: dict[str, Any], split: Split, side: str) -> dict[str, str | None]:
    return {name: row[f"{name}_{side}"] for name in split.told}


def _by(
    was: dict[str, str | None] | None, now: dict[str, str | None] | None, split: Split
) -> int | None:
    """How much; unknown where either number is, or it was or is not there."""
    numbers = [side.get(split.number or "") for side in (was, now) if side is not None]
    known = [int(one) for one in numbers if one is not None and one.lstrip("-").isdigit()]
    return known[1] - known[0] if len(known) == len(SIDES) else None
