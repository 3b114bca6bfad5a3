"""Questions about criteria."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.actors.contract.priority import Criterion, CriterionDraft
from services.actors.tables import CriterionRow, PriorityRow
from services.kit.collection import Collection
from services.kit.store import table_of

CRITERIA = Collection(
    row=CriterionRow,
    draft=CriterionDraft,
    answer=Criterion,
    path="/criteria",
    sorts=("name", "weight", "valid_from", "valid_to", "created_at", "updated_at"),
    search=("name", "description"),
)


async def days_weighed(db: AsyncConnection, id: UUID) -> set[date]:
    """The days of the decisions that weighed an actor by a criterion, also where it is unknown."""
    priority = table_of(PriorityRow)
    found = select(priority.c.decided_on).where(priority.c.criterion_ids.contains([id]))
    return set((await db.execute(found.distinct())).scalars())
