"""Questions about indicators."""

from typing import Any

from sqlalchemy import ColumnElement, func, select

from services.analysis.contract.indicator import Indicator, IndicatorDraft, Unit
from services.analysis.contract.source import AreaLevel
from services.analysis.tables import IndicatorRow, SnapshotRow, SourceRow
from services.kit.collection import Collection, When
from services.kit.contract import Reference
from services.kit.paging import same


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
