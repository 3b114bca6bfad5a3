"""Questions asked when a procurement begins."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.contract.checklist import TemplateKind
from services.councils.contract.interview import MapStatus
from services.councils.tables.initiative import ChecklistTemplateRow, StepRow
from services.kit.store import table_of


async def latest_template(db: AsyncConnection, kind: TemplateKind) -> UUID | None:
    """The last published template of a kind."""
    template = table_of(ChecklistTemplateRow)
    its = template.c.kind == kind, template.c.status == MapStatus.published
    newest = template.c.published_on.desc(), template.c.edition.desc(), template.c.id
    found: UUID | None = await db.scalar(select(template.c.id).where(*its).order_by(*newest))
    return found


async def last_position(db: AsyncConnection, initiative_id: UUID) -> int:
    """The last place among an initiative's steps; one before the first where there are none."""
    step = table_of(StepRow)
    last = select(func.max(step.c.position)).where(step.c.initiative_id == initiative_id)
    found = await db.scalar(last)
    return -1 if found is None else int(found)
