"""Questions about criteria."""

from typing import Any
from uuid import UUID

from sqlalchemy import exists, literal, select
from sqlalchemy.dialects.postgresql import JSONB
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


async def is_scored_by(db: AsyncConnection, id: UUID) -> bool:
    """Whether any decision has scored an actor by a criterion, also as unknown."""
    priority, scored = table_of(PriorityRow), literal([{"criterion_id": str(id)}], JSONB)
    found: Any = await db.scalar(select(exists().where(priority.c.scores.contains(scored))))
    return bool(found)
