"""Questions about snapshots."""

from typing import Any

from sqlalchemy import ColumnElement, select

from services.analysis.contract.source import Snapshot, SnapshotDraft
from services.analysis.tables import SnapshotRow, SourceRow
from services.kit.collection import Collection, When
from services.kit.contract import Reference
from services.kit.paging import same


def _still_said(columns: Any, when: When) -> list[ColumnElement[Any]]:
    source = when.table(SourceRow)
    newest = select(source.c.latest_snapshot_id == columns.id).where(
        source.c.id == columns.source_id
    )
    return [newest.scalar_subquery().label("latest")]


SNAPSHOTS = Collection(
    row=SnapshotRow,
    draft=SnapshotDraft,
    answer=Snapshot,
    path="/snapshots",
    filters={
        "source_id": same("source_id", Reference),
        "content_hash": same("content_hash"),
    },
    sorts=("-fetched_at", "row_count", "created_at"),
    derive=_still_said,
    parent=("/sources", "source_id"),
)
