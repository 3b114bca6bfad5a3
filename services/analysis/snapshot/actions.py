"""What can be done with snapshots: a file becomes what its source says now."""

import asyncio
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.analysis.contract.indicator import Layout
from services.analysis.contract.source import SnapshotDraft
from services.analysis.snapshot.canonical import Canonical, canonical
from services.analysis.snapshot.files import read_sheet, write_parquet
from services.analysis.snapshot.fitting import dated, demand_fit
from services.analysis.snapshot.rules import UNKNOWN_FILE
from services.analysis.snapshot.shelf import Kept, Shelf
from services.analysis.source.actions import settle_source
from services.analysis.source.known import BY_KEY, recipe_for
from services.analysis.source.queries import source_called
from services.analysis.source.recipes import Recipe
from services.analysis.tables import IndicatorRow, SnapshotRow, SourceRow
from services.kit import clock
from services.kit.db import Database
from services.kit.errors import NotFound, Rejected
from services.kit.http import Work
from services.kit.identity import Caller
from services.kit.store import Record, change_row, get_row, insert_row, table_of


@dataclass(frozen=True)
class Handed:
    """What was handed in or fetched, and read; not yet on the shelf."""

    file_name: str | None
    rows: Canonical
    recipe: Recipe | None
    key: str


@dataclass(frozen=True)
class Said:
    """What became of a file: the snapshot, whether it is new, and what the source said until now.

    `before` is None where the source said nothing, or the same.
    """

    source_key: str
    snapshot: Record
    new: bool
    before: Record | None = None


def read_file(path: Path, *, most: int, key: str | None = None) -> Handed:
    """A file and its canonical form. Rejected, TooLarge; blocks.

    Without a key the file must be one that a recipe knows.
    """
    sheet = read_sheet(path, most)
    recipe = BY_KEY.get(key) if key else recipe_for(list(sheet.names))
    if recipe is None and key is None:
        text = f"no recipe knows these columns: {', '.join(sheet.names)}"
        raise Rejected(text, field="file", reason=UNKNOWN_FILE)
    of = key or (recipe.key if recipe else "")
    return Handed(path.name[:200], canonical(sheet, recipe), recipe, of)


async def import_file(
    database: Database,
    shelf: Shelf,
    caller: Caller,
    path: Path,
    *,
    most: int,
    key: str | None = None,
    published_on: date | None = None,
) -> Said:
    """One file becomes what its source says now: all of it, or nothing.

    The file stands on the shelf before its row is written. Where we are stopped between the two,
    a file without a row is left; the next import of the same content takes it up.
    """
    handed = await asyncio.to_thread(read_file, path, most=most, key=key)
    kept = await shelve(database, shelf, handed)
    async with database.writing(caller) as db:
        return await keep_snapshot(Work(db, caller), handed, kept, published_on)


async def shelve(database: Database, shelf: Shelf, handed: Handed) -> Kept:
    """Put what its source's indicators can read on the shelf. Rejected, NotFound."""
    async with database.reading() as db:
        await _demand_fit(db, handed)
    return await asyncio.to_thread(shelf.keep, lambda part: write_parquet(part, handed.rows))


async def _demand_fit(db: AsyncConnection, handed: Handed) -> None:
    """There is such a source, and its indicators find their columns."""
    source = await source_called(db, handed.key)
    if source is not None:
        await _demand_layouts(db, source["id"], handed.rows)
    elif handed.recipe is None:
        known = ", ".join(BY_KEY)
        text = f"no source has the key {handed.key}; known without being described: {known}"
        raise NotFound(text, field="source")


async def keep_snapshot(
    work: Work, handed: Handed, kept: Kept, published_on: date | None = None
) -> Said:
    """A file on the shelf becomes what its source says now; said before, it is the same one."""
    source_id = await _source_of(work, handed)
    source = await get_row(work.db, SourceRow, source_id, lock=True)
    layouts = await _demand_layouts(work.db, source_id, handed.rows)
    snapshot = await _said_before(work, source_id, kept.content_hash)
    new = snapshot is None
    if snapshot is None:
        told = replace(handed, rows=dated(handed.rows, layouts))
        draft = _draft(source_id, told, kept, published_on)
        previous = source["latest_snapshot_id"]
        snapshot = await insert_row(work.db, SnapshotRow, draft, previous_id=previous)
    before = None
    if source["latest_snapshot_id"] != snapshot["id"]:
        if source["latest_snapshot_id"]:
            before = await get_row(work.db, SnapshotRow, source["latest_snapshot_id"])
        now = {"latest_snapshot_id": snapshot["id"], "fetched_at": clock.now()}
        await change_row(work.db, SourceRow, source_id, **now, failed_at=None, failure=None)
    return Said(handed.key, snapshot, new, before)


async def _source_of(work: Work, handed: Handed) -> UUID:
    if handed.recipe is not None:
        return UUID(str((await settle_source(work, handed.recipe))["id"]))
    found = await source_called(work.db, handed.key)
    if found is None:
        raise NotFound(f"no source has the key {handed.key}", field="source")
    return UUID(str(found["id"]))


async def _demand_layouts(db: AsyncConnection, source_id: UUID, rows: Canonical) -> list[Layout]:
    """The indicators of the source must be able to read what it says now."""
    indicator = table_of(IndicatorRow)
    asked = select(indicator.c.key, indicator.c.layout).where(indicator.c.source_id == source_id)
    layouts = []
    for key, told in await db.execute(asked):
        layouts.append(Layout.model_validate(told))
        demand_fit(rows, key, layouts[-1])
    return layouts


async def _said_before(work: Work, source_id: UUID, content_hash: str) -> Record | None:
    snapshot = table_of(SnapshotRow)
    asked = select(snapshot).where(
        snapshot.c.source_id == source_id, snapshot.c.content_hash == content_hash
    )
    found = (await work.db.execute(asked)).mappings().one_or_none()
    return dict(found) if found else None


def _draft(source_id: UUID, handed: Handed, kept: Kept, published_on: date | None) -> SnapshotDraft:
    facts: dict[str, Any] = {
        "source_id": source_id,
        "content_hash": kept.content_hash,
        "fetched_at": clock.now(),
        "first_period": handed.rows.first_period,
        "last_period": handed.rows.last_period,
        "published_on": published_on,
        "row_count": len(handed.rows.rows),
        "byte_count": kept.byte_count,
        "columns": list(handed.rows.names),
        "file_name": handed.file_name,
    }
    return SnapshotDraft.model_validate(facts)
