"""Questions about records: what the newest snapshots tell of an occupation."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.analysis.contract.classification import CodeSystem
from services.analysis.contract.record import RecordKind
from services.analysis.indicator.engine import Engine
from services.analysis.indicator.queries import names_of
from services.analysis.indicator.rules import NATION, NATION_NAME
from services.analysis.record.rules import MOST, cells_about, in_order, once, places_around
from services.analysis.source.known import BY_KEY
from services.analysis.source.recipes import Telling
from services.analysis.tables import CodeRow, CorrespondenceRow, SnapshotRow, SourceRow
from services.kit.db import Database
from services.kit.store import Record, table_of

PAIR, CODE = table_of(CorrespondenceRow), table_of(CodeRow)
TELLING = {key: recipe.tells for key, recipe in BY_KEY.items() if recipe.tells}
FACTS = ("key", "name", "publisher", "licence", "note", "area_level")
Shown = dict[str, Any]


@dataclass(frozen=True)
class Told:
    """A source that tells of an occupation, and the rows that do."""

    source: Record
    telling: Telling
    rows: list[Any]


async def records_of(
    database: Database, engine: Engine, occupation: str, areas: Sequence[str]
) -> list[Shown]:
    """What each source tells of an occupation, in the order of the kinds."""
    async with database.reading() as db:
        sources = await _sources(db)
        known = await _codes_of(db, occupation)
    told = await asyncio.to_thread(lambda: list(_told(engine, sources, known, areas)))
    async with database.reading() as db:
        leads = await _leads(db, told)
        names = await names_of(db, (CodeSystem.county,))
    return [_shown(one, occupation, leads, names) for one in told]


async def assessments_of(
    database: Database, engine: Engine, occupations: Sequence[str], areas: Sequence[str]
) -> list[Told]:
    """What each source judges of some occupations in words; one query for any number of them."""
    async with database.reading() as db:
        every = await _sources(db)
    sources = [one for one in every if TELLING[one["key"]].kind is RecordKind.assessment]
    known = {CodeSystem.ssyk2012.value: [*occupations]}
    return await asyncio.to_thread(lambda: list(_told(engine, sources, known, areas)))


async def _sources(db: AsyncConnection) -> list[Record]:
    """The sources that tell something, each with what it says now."""
    source, snapshot = table_of(SourceRow), table_of(SnapshotRow)
    asked = (
        select(
            source.c.id.label("source_id"),
            *(source.c[name] for name in FACTS),
            snapshot.c.id.label("snapshot_id"),
            *(snapshot.c[name] for name in ("content_hash", "fetched_at", "columns")),
            *(snapshot.c[name] for name in ("first_period", "last_period")),
        )
        .join(snapshot, snapshot.c.id == source.c.latest_snapshot_id)
        .where(source.c.key.in_(TELLING))
    )
    rows = [dict(row) for row in (await db.execute(asked)).mappings()]
    order = [*TELLING]
    return sorted(rows, key=lambda row: order.index(row["key"]))


async def _codes_of(db: AsyncConnection, occupation: str) -> dict[str, list[str]]:
    """The occupation's codes in each system that files name it by, and what it is called."""
    asked = select(PAIR.c.from_code).where(
        PAIR.c.from_system == CodeSystem.occupation_name,
        PAIR.c.to_system == CodeSystem.ssyk2012,
        PAIR.c.to_code == occupation,
    )
    named = select(CODE.c.name).where(
        CODE.c.system == CodeSystem.ssyk2012, CODE.c.code == occupation
    )
    return {
        CodeSystem.ssyk2012: [occupation],
        CodeSystem.occupation_name: [*(await db.execute(asked)).scalars()],
        "name": [*(await db.execute(named)).scalars(), occupation],
    }


def _told(
    engine: Engine, sources: Sequence[Record], known: dict[str, list[str]], areas: Sequence[str]
) -> Iterator[Told]:
    """Blocks: the engine reads files."""
    for source in sources:
        telling = TELLING[source["key"]]
        column, told = telling.occupation, source["content_hash"]
        codes = known["name" if telling.by_name else telling.system]
        cells = cells_about(engine.column(told, column), codes)
        where = [(column, cells)]
        if telling.area:
            where.append((telling.area, places_around(areas)))
        rows = engine.rows(told, tuple(source["columns"]), tuple(where)) if cells else []
        if rows:
            yield Told(source, telling, in_order(telling, once(rows)))


async def _leads(db: AsyncConnection, told: Sequence[Told]) -> dict[str, tuple[str, str]]:
    """The groups of SSYK 2012 that rows lead to, by what the rows call them."""
    named = {str(row[one.telling.leads_to]) for one in told if one.telling.leads_to
             for row in one.rows[:MOST]}  # fmt: skip
    if not named:
        return {}
    asked = select(PAIR.c.from_code, PAIR.c.to_code).where(
        PAIR.c.from_system == CodeSystem.occupation_name,
        PAIR.c.to_system == CodeSystem.ssyk2012,
        PAIR.c.from_code.in_(named),
    )
    groups = {row.from_code: row.to_code for row in await db.execute(asked)}
    codes = sorted({*groups.values(), *(named - set(groups))})
    called = await names_of(db, (CodeSystem.ssyk2012,), codes)
    return {
        name: (code, called[code]) for name in named if (code := groups.get(name, name)) in called
    }


def _shown(
    told: Told, occupation: str, leads: dict[str, tuple[str, str]], names: dict[str, str]
) -> Shown:
    telling, source = told.telling, told.source
    facts = {name: source[name] for name in source if name not in {*FACTS, "columns"}}
    facts |= {name: source[name] for name in ("publisher", "licence", "note", "area_level")}
    items = []
    for row in told.rows[:MOST]:
        area = row[telling.area] if telling.area else None
        code, name = leads.get(str(row.get(telling.leads_to or "")), (None, None))
        items.append({
            "occupation_code": occupation,
            "area_code": area,
            "area_name": NATION_NAME if area == NATION else names.get(area or ""),
            "cells": [None if row[n] is None else str(row[n]) for n, _ in telling.shown],
            "leads_to_code": code,
            "leads_to_name": name,
        })  # fmt: skip
    return facts | {
        "kind": telling.kind,
        "headings": [heading for _, heading in telling.shown],
        "source_key": source["key"],
        "source_name": source["name"],
        "items": items,
        "count": len(told.rows),
    }
