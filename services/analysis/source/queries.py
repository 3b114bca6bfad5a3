"""Questions about sources."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, cast, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.analysis.contract.source import AreaLevel, Source, SourceDraft, SourceKind
from services.analysis.source.rules import hides_small
from services.analysis.tables import IndicatorRow, SnapshotRow, SourceRow
from services.kit.collection import Collection, When
from services.kit.paging import same
from services.kit.store import Record, table_of


def _counted(columns: Any, when: When) -> list[ColumnElement[Any]]:
    """How many snapshots it has, and how old what it says is."""
    taken = when.table(SnapshotRow)
    of_it = select(func.count()).where(taken.c.source_id == columns.id)
    age = cast(func.date_part("day", func.now() - columns.fetched_at), Integer)
    return [of_it.scalar_subquery().label("snapshot_count"), age.label("age_days")]


SOURCES = Collection(
    row=SourceRow,
    draft=SourceDraft,
    answer=Source,
    path="/sources",
    filters={
        "key": same("key"),
        "kind": same("kind", SourceKind),
        "area_level": same("area_level", AreaLevel),
    },
    sorts=("name", "key", "created_at", "updated_at"),
    search=("name", "publisher"),
    derive=_counted,
)


async def source_called(db: AsyncConnection, key: str) -> Record | None:
    """The source with a key."""
    source = SOURCES.table
    found = (await db.execute(select(source).where(source.c.key == key))).mappings().one_or_none()
    return dict(found) if found else None


async def is_withheld(db: AsyncConnection, source_id: UUID, below: int) -> bool:
    """Whether a source's rows are not to be shown: they count people, and nobody has opened them.

    `below`: the count from which on people are told of.
    """
    indicator, source = table_of(IndicatorRow), table_of(SourceRow)
    asked = (
        select(indicator.c.unit, source.c.licence)
        .join(source, source.c.id == indicator.c.source_id)
        .where(source.c.id == source_id)
    )
    return any(hides_small(unit, licence, below) for unit, licence in await db.execute(asked))
