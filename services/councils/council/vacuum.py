"""Vacuum: industries that have had councils and have none now."""

from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.contract.council import CouncilPhase
from services.councils.council.queries import councils_seen
from services.councils.tables.council import CouncilRow, PhaseChangeRow
from services.kit.identity import Caller
from services.kit.store import Record, table_of


def _last_change(council_id: Any, name: str) -> ColumnElement[Any]:
    change = table_of(PhaseChangeRow)
    newest = select(change.c[name]).where(change.c.council_id == council_id)
    return newest.order_by(change.c.number.desc()).limit(1).scalar_subquery()


def _proposed(key: ColumnElement[str], name: str, caller: Caller) -> ColumnElement[Any]:
    """Of a council that is proposed for an industry, and that the caller sees."""
    other = table_of(CouncilRow).alias("proposed")
    same_one = func.lower(other.c.industry) == key, other.c.closed_on.is_(None)
    seen = councils_seen(caller, other.c)
    found = select(other.c[name]).where(*same_one, *([] if seen is None else [seen]))
    return found.order_by(other.c.id).limit(1).correlate(table_of(CouncilRow)).scalar_subquery()


async def vacuums(db: AsyncConnection, caller: Caller) -> list[Record]:
    """Industries that have had councils and have none now, with the last one each had."""
    council = table_of(CouncilRow)
    key = func.lower(council.c.industry)
    begun = _last_change(council.c.id, "phase") != CouncilPhase.proposed
    lasts = council.c.industry.is_not(None), council.c.closed_on.is_(None), begun
    living = select(key).where(*lasts)
    count = func.count().over(partition_by=key).label("councils")
    kept = (council.c.name, council.c.kind, council.c.closed_on, council.c.closing_reason)
    example = or_(council.c.example, _last_change(council.c.id, "example")).label("example")
    instead = [
        _proposed(key, name, caller).label(label)
        for name, label in (("id", "proposed_council_id"), ("name", "proposed_name"))
    ]
    told = (*kept, council.c.result, count, example, *instead)
    closed = (
        select(council.c.industry, council.c.id.label("council_id"), *told)
        .ext(distinct_on(key))
        .where(council.c.closed_on.is_not(None), key.is_not(None), key.not_in(living))
        .order_by(key, council.c.closed_on.desc(), council.c.id.desc())
    )
    seen = councils_seen(caller, council.c)
    if seen is not None:
        closed = closed.where(seen)
    return [dict(row) for row in (await db.execute(closed)).mappings()]
