"""Questions about quarantine: what a source says now, beside the classifications there are."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.analysis.contract.classification import CodeSystem
from services.analysis.contract.indicator import Layout
from services.analysis.indicator.engine import Engine
from services.analysis.quarantine.rules import Coded, coded_columns, in_quarantine
from services.analysis.source.known import BY_KEY
from services.analysis.tables import (
    CodeRow,
    CorrespondenceRow,
    IndicatorRow,
    SnapshotRow,
    SourceRow,
)
from services.kit.db import Database
from services.kit.store import get_row, table_of

MOST, GROUP_DIGITS = 500, 3
AREAS = (CodeSystem.municipality, CodeSystem.county)


async def quarantine_of(database: Database, engine: Engine, source_id: UUID) -> dict[str, Any]:
    """The codes of a source's newest snapshot that are joined with nothing."""
    async with database.reading() as db:
        source = await get_row(db, SourceRow, source_id)
        nothing: dict[str, Any] = {
            "items": [],
            "next": None,
            "snapshot_id": None,
            "count": 0,
            "unclassified_systems": [],
        }
        if source["latest_snapshot_id"] is None:
            return nothing
        snapshot = await get_row(db, SnapshotRow, source["latest_snapshot_id"])
        coded = await _coded(db, source["id"], source["key"], snapshot["columns"])
        known = await _codes(db, {one.system for one in coded})
        matched = await _matched(db)
    some = [one for one in coded if known[one.system]]

    def read() -> list[dict[str, Any]]:
        return [
            told
            for one in some
            for told in in_quarantine(
                _counted(engine, snapshot["content_hash"], one.column), one, known[one.system],
                matched if one.system is CodeSystem.ssyk2012_scb and matched else None,
            )
        ]  # fmt: skip

    found = sorted(await asyncio.to_thread(read), key=_place)
    unknown = {one.system for one in coded} - {one.system for one in some}
    return nothing | {
        "items": found[:MOST],
        "count": len(found),
        "snapshot_id": snapshot["id"],
        "unclassified_systems": sorted(unknown),
    }


def _place(told: dict[str, Any]) -> tuple[int, str]:
    """Most rows first, then by the code."""
    return -told["rows"], told["code"] or ""


async def _coded(
    db: AsyncConnection, source_id: UUID, key: str, columns: Iterable[str]
) -> list[Coded]:
    indicator = table_of(IndicatorRow)
    asked = select(indicator.c.layout).where(indicator.c.source_id == source_id)
    layouts = [Layout.model_validate(one) for one in (await db.execute(asked)).scalars()]
    recipe = BY_KEY.get(key)
    there = {*columns}
    found = coded_columns(layouts, recipe.tells if recipe else None)
    return [one for one in found if one.column in there]


async def _codes(db: AsyncConnection, systems: set[CodeSystem]) -> dict[str, set[str]]:
    """The codes of each classification: areas of both levels together, and groups."""
    code = table_of(CodeRow)
    wanted = {*systems, *(AREAS if CodeSystem.municipality in systems else ())}
    asked = select(code.c.system, code.c.code).where(code.c.system.in_(wanted))
    found: dict[str, set[str]] = defaultdict(set)
    for row in await db.execute(asked):
        found[CodeSystem.municipality if row.system in AREAS else row.system].add(row.code)
    found[CodeSystem.ssyk2012_scb] |= {one[:GROUP_DIGITS] for one in found[CodeSystem.ssyk2012_scb]}
    return found


async def _matched(db: AsyncConnection) -> set[str]:
    """SCB's codes that the key leads from, and the groups that they are in."""
    pair = table_of(CorrespondenceRow)
    asked = select(pair.c.from_code).where(
        pair.c.from_system == CodeSystem.ssyk2012_scb, pair.c.to_system == CodeSystem.ssyk2012
    )
    codes = {*(await db.execute(asked)).scalars()}
    return codes | {one[:GROUP_DIGITS] for one in codes}


def _counted(engine: Engine, content_hash: str, column: str) -> list[tuple[str | None, int]]:
    """The values of a column with how many rows have each. Blocks."""

    def answer(table: Any) -> list[tuple[str | None, int]]:
        told = table(0).group_by(column).agg(rows=lambda one: one.count())
        return [(row[column], row["rows"]) for row in engine.read(told)]

    found: list[tuple[str | None, int]] = engine.ask((content_hash, column, "rows"), answer)
    return found
