"""Questions about indicators."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import CTE, ColumnElement, func, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.analysis.contract.classification import CodeSystem
from services.analysis.contract.indicator import Indicator, IndicatorDraft, Unit
from services.analysis.contract.source import AreaLevel
from services.analysis.tables import (
    CodeRow,
    CorrespondenceRow,
    IndicatorRow,
    SnapshotRow,
    SourceRow,
)
from services.kit.collection import Collection, When
from services.kit.contract import Reference
from services.kit.paging import same
from services.kit.store import Record, table_of


def _known_about(columns: Any, when: When) -> list[ColumnElement[Any]]:
    """The periods that its source has told of, and the snapshot that says so now."""
    snapshot, source = when.table(SnapshotRow), when.table(SourceRow)
    of_it = snapshot.c.source_id == columns.source_id
    first = select(func.min(snapshot.c.first_period)).where(of_it)
    last = select(func.max(snapshot.c.last_period)).where(of_it)
    now = select(source.c.latest_snapshot_id).where(source.c.id == columns.source_id)
    return [
        first.scalar_subquery().label("first_period"),
        last.scalar_subquery().label("last_period"),
        now.scalar_subquery().label("latest_snapshot_id"),
    ]


INDICATORS = Collection(
    row=IndicatorRow,
    draft=IndicatorDraft,
    answer=Indicator,
    path="/indicators",
    filters={
        "key": same("key"),
        "unit": same("unit", Unit),
        "source_id": same("source_id", Reference),
        "area_level": same("area_level", AreaLevel),
    },
    sorts=("name", "key", "created_at"),
    derive=_known_about,
)

OCCUPATIONS = (CodeSystem.ssyk2012_scb, CodeSystem.ssyk2012)
FROM = (CodeSystem.ssyk2012_scb, CodeSystem.ssyk96)
# How far successors are followed; those that lead round end there too.
SUCCESSORS_MOST = 9
Counted = tuple[str, Decimal]


@dataclass(frozen=True)
class Facts:
    """What the database knows about the figures that are asked for."""

    indicators: list[Record]
    snapshots: dict[Any, list[Record]]
    area_names: dict[str, str]
    occupation_names: dict[str, str]
    counted_to: dict[str, dict[str, list[Counted]]]
    systems: dict[str, set[str]]
    keyed: frozenset[str]


async def facts_for(db: AsyncConnection, keys: Sequence[str], occupations: Sequence[str]) -> Facts:
    """The indicators with these keys (none: all), with what their figures are made of."""
    indicators = await _measured(db, keys)
    if not indicators:
        return Facts([], {}, {}, {}, {}, {}, keyed=frozenset())
    counted_to = await _counted_to(db, occupations)
    groups = [code[:3] for code in occupations]
    finer = counted_to[CodeSystem.ssyk2012_scb]
    groups += [part[:3] for parts in finer.values() for part, _ in parts]
    return Facts(
        indicators,
        await _snapshots(db, [one["source_id"] for one in indicators]),
        await names_of(db, (CodeSystem.municipality, CodeSystem.county)),
        await names_of(db, OCCUPATIONS, [*occupations, *groups]),
        counted_to,
        await _systems(db, occupations),
        await _keyed(db) if occupations else frozenset(),
    )


async def _systems(db: AsyncConnection, occupations: Sequence[str]) -> dict[str, set[str]]:
    """The classifications of occupations that have each code."""
    code = table_of(CodeRow)
    asked = select(code.c.code, code.c.system).where(
        code.c.system.in_(OCCUPATIONS), code.c.code.in_(occupations)
    )
    found: dict[str, set[str]] = defaultdict(set)
    for row in await db.execute(asked):
        found[row.code].add(row.system)
    return found


async def _keyed(db: AsyncConnection) -> frozenset[str]:
    """The systems that an imported key leads from to the taxonomy's occupations."""
    pair = table_of(CorrespondenceRow)
    asked = select(pair.c.from_system).where(
        pair.c.from_system.in_(FROM), pair.c.to_system.in_(OCCUPATIONS)
    )
    return frozenset((await db.execute(asked.distinct())).scalars())


async def columns_now(db: AsyncConnection, source_id: Any) -> list[str]:
    """The columns of what a source says now; none where it has said nothing."""
    snapshot, source = table_of(SnapshotRow), table_of(SourceRow)
    asked = (
        select(snapshot.c.columns)
        .join(source, source.c.latest_snapshot_id == snapshot.c.id)
        .where(source.c.id == source_id)
    )
    return list(await db.scalar(asked) or [])


async def known_keys(db: AsyncConnection, keys: Sequence[str]) -> set[str]:
    """Those of the keys that an indicator has."""
    indicator = table_of(IndicatorRow)
    asked = select(indicator.c.key).where(indicator.c.key.in_(keys))
    return set((await db.execute(asked)).scalars())


async def _measured(db: AsyncConnection, keys: Sequence[str]) -> list[Record]:
    """Indicators with what a reader must know of their sources, by name."""
    indicator, source = table_of(IndicatorRow), table_of(SourceRow)
    asked = (
        select(
            *(indicator.c[name] for name in ("key", "name", "unit", "area_level", "layout")),
            source.c.id.label("source_id"),
            source.c.key.label("source_key"),
            source.c.name.label("source_name"),
            *(source.c[name] for name in ("publisher", "licence", "method_breaks")),
            source.c.latest_snapshot_id,
        )
        .join(source, source.c.id == indicator.c.source_id)
        .order_by(indicator.c.name, indicator.c.key)
    )
    if keys:
        asked = asked.where(indicator.c.key.in_(keys))
    return [dict(row) for row in (await db.execute(asked)).mappings()]


async def _snapshots(db: AsyncConnection, source_ids: Sequence[Any]) -> dict[Any, list[Record]]:
    """The snapshots of each source and of those that took its place, with whose they are.

    The last successor's first; of each what it says now, then the newest first.
    """
    snapshot, source, chain = table_of(SnapshotRow), table_of(SourceRow), _successors(source_ids)
    names = ("id", "content_hash", "fetched_at", "columns", "first_period", "last_period")
    asked = (
        select(
            chain.c.root,
            *(snapshot.c[name] for name in names),
            source.c.id.label("source_id"),
            source.c.key.label("source_key"),
            source.c.name.label("source_name"),
            *(source.c[name] for name in ("publisher", "licence", "method_breaks")),
        )
        .join(source, source.c.id == chain.c.id)
        .join(snapshot, snapshot.c.source_id == source.c.id)
        .order_by(
            chain.c.step.desc(),
            (source.c.latest_snapshot_id == snapshot.c.id).desc(),
            snapshot.c.created_at.desc(),
        )
    )
    found: dict[Any, list[Record]] = defaultdict(list)
    for row in (await db.execute(asked)).mappings():
        found[row["root"]].append({name: row[name] for name in row if name != "root"})
    return found


def _successors(source_ids: Sequence[Any]) -> CTE:
    """Each source, and in steps from it whatever took its place."""
    source = table_of(SourceRow)
    roots = select(source.c.id.label("root"), source.c.id, literal(0).label("step"))
    chain = roots.where(source.c.id.in_(source_ids)).cte("chain", recursive=True)
    following = (
        select(chain.c.root, source.c.successor_id, chain.c.step + 1)
        .join(source, source.c.id == chain.c.id)
        .where(source.c.successor_id.is_not(None), chain.c.step < SUCCESSORS_MOST)
    )
    return chain.union_all(following)


async def names_of(
    db: AsyncConnection, systems: Sequence[CodeSystem], codes: Sequence[str] = ()
) -> dict[str, str]:
    """What codes are called; a later system's word counts. No codes: all of them."""
    code = table_of(CodeRow)
    asked = select(code.c.system, code.c.code, code.c.name).where(code.c.system.in_(systems))
    if codes or CodeSystem.ssyk2012 in systems:
        asked = asked.where(code.c.code.in_(codes))
    rows = sorted((await db.execute(asked)).all(), key=lambda row: systems.index(row.system))
    return {row.code: row.name for row in rows}


async def _counted_to(
    db: AsyncConnection, occupations: Sequence[str]
) -> dict[str, dict[str, list[Counted]]]:
    """The groups of each system that are counted to each occupation, and their weights.

    A key to SCB's groups leads on by SCB's own key: the weights are multiplied.
    """
    found: dict[str, dict[str, list[Counted]]] = defaultdict(lambda: defaultdict(list))
    for row in await _pairs(db, CodeSystem.ssyk2012, occupations):
        found[row.from_system][row.to_code].append((row.from_code, row.weight))
    finer = found[CodeSystem.ssyk2012_scb]
    codes = {code for one in occupations for code, _ in finer.get(one, [(one, Decimal(1))])}
    before: dict[tuple[str, str], list[Counted]] = defaultdict(list)
    for row in await _pairs(db, CodeSystem.ssyk2012_scb, sorted(codes)):
        before[row.from_system, row.to_code].append((row.from_code, row.weight))
    for (system, code), parts in before.items():
        for one in occupations:
            for part, weight in finer.get(one, [(one, Decimal(1))]):
                if part == code:
                    found[system][one] += [(old, share * weight) for old, share in parts]
    return found


async def _pairs(db: AsyncConnection, system: CodeSystem, codes: Sequence[str]) -> list[Any]:
    pair = table_of(CorrespondenceRow)
    asked = select(pair.c.from_system, pair.c.to_code, pair.c.from_code, pair.c.weight).where(
        pair.c.from_system.in_(FROM), pair.c.to_system == system, pair.c.to_code.in_(codes)
    )
    return [*(await db.execute(asked))]
