"""Questions about health checks."""

from collections.abc import Collection as Ids
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.contract.health_check import HealthCheck, HealthCheckDraft
from services.councils.council.queries import below_council_seen
from services.councils.tables.council import CouncilRow
from services.councils.tables.health import HealthCheckRow
from services.councils.tables.meeting import ActionItemRow
from services.kit.collection import Collection, When
from services.kit.contract import Reference
from services.kit.hindsight import had_come, true_of
from services.kit.paging import same, since, until
from services.kit.store import table_of


def _overdue(columns: Any, when: When) -> ColumnElement[bool]:
    later = when.table(HealthCheckRow).alias("looked_again")
    council = when.table(CouncilRow).alias("reviewed")
    again = later.c.council_id == columns.council_id, later.c.reviewed_on > columns.reviewed_on
    open_one = council.c.id == columns.council_id, ~had_come(council.c.closed_on, when)
    return and_(
        columns.next_review_on.is_not(None),
        columns.next_review_on < when.day,
        ~select(later.c.id).where(*again, later.c.reviewed_on <= when.day).exists(),
        select(council.c.id).where(*open_one).exists(),
    )


def _derived(columns: Any, when: When) -> Sequence[ColumnElement[Any]]:
    return (_overdue(columns, when).label("overdue"),)


HEALTH_CHECKS = Collection(
    row=HealthCheckRow,
    draft=HealthCheckDraft,
    answer=HealthCheck,
    path="/health-checks",
    filters={
        "council_id": same("council_id", Reference),
        "overdue": true_of(_overdue),
        "reviewed_from": since("reviewed_on"),
        "reviewed_until": until("reviewed_on"),
    },
    sorts=("-reviewed_on", "next_review_on", "created_at", "updated_at"),
    derive=_derived,
    parent=("/councils", "council_id"),
    visible=below_council_seen,
    on=lambda columns, _: columns.reviewed_on,
)


async def action_items_of(db: AsyncConnection, council_id: UUID, ids: Ids[UUID]) -> set[UUID]:
    """Those of some action items that are the council's."""
    if not ids:
        return set()
    item = table_of(ActionItemRow)
    found = select(item.c.id).where(item.c.council_id == council_id, item.c.id.in_(ids))
    return set((await db.execute(found)).scalars())
