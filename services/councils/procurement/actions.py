"""What begins a procurement: the points of a published template become steps."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from services.councils.checklist.actions import make_published, template_to_use
from services.councils.contract.checklist import TemplateKind
from services.councils.contract.initiative import StepDraft
from services.councils.contract.procurement import ProcurementDraft
from services.councils.initiative import rules as initiative_rules
from services.councils.initiative.queries import INITIATIVES
from services.councils.owner import demand_own_post
from services.councils.procurement import rules
from services.councils.procurement.default_template import DEFAULT_PROCUREMENT
from services.councils.procurement.queries import last_position, latest_template
from services.councils.tables.initiative import ChecklistTemplateRow, InitiativeRow, StepRow
from services.kit.elsewhere import demand_elsewhere
from services.kit.errors import Refusals
from services.kit.http import Work
from services.kit.keeping import own
from services.kit.store import Record, get_row, insert_rows, table_of


async def judge_procurement(work: Work, draft: ProcurementDraft, id: UUID) -> Record:
    """All that forbids it: a closed initiative, one that has such steps, or another template."""
    await own(work, INITIATIVES, id)
    initiative, refused = await get_row(work.db, InitiativeRow, id, lock=True), Refusals()
    with refused:
        initiative_rules.demand_running(initiative["status"])
    with refused:
        rules.demand_none_begun(await _procured(work, id))
    with refused:
        await demand_own_post(work, draft.owner_post_id, {})
    with refused:
        await demand_elsewhere(work, table_of(StepRow), draft, None)
    with refused:
        template = await _template(work, draft)
        rules.demand_points_of(template, draft)
    refused.demand_none(type(draft).model_fields)
    return initiative


async def _procured(work: Work, id: UUID) -> int:
    step = table_of(StepRow)
    its = step.c.initiative_id == id, step.c.checklist_template_id.is_not(None)
    return int(await work.db.scalar(select(func.count()).where(*its)) or 0)


async def _template(work: Work, draft: ProcurementDraft) -> Any:
    """The template that was asked for; else the latest published one, else our own."""
    if draft.checklist_template_id is not None:
        return await template_to_use(work, draft.checklist_template_id, TemplateKind.procurement)
    known = await latest_template(work.db, TemplateKind.procurement)
    if known is not None:
        return await get_row(work.db, ChecklistTemplateRow, known)
    return DEFAULT_PROCUREMENT.model_dump(mode="json") | {"id": None}


async def begin_procurement(work: Work, id: UUID, draft: ProcurementDraft) -> Record:
    """Its steps, after those that the initiative has."""
    initiative = await judge_procurement(work, draft, id)
    template = await _template(work, draft)
    if template["id"] is None:
        template = await make_published(work, DEFAULT_PROCUREMENT)
    first, days = await last_position(work.db, id) + 1, {one.key: one.due_on for one in draft.steps}
    steps = [
        StepDraft(
            initiative_id=id,
            title=point["text"][:200],
            position=min(first + place, 10_000),
            due_on=days.get(point["key"]),
            owner_post_id=draft.owner_post_id,
            note=point.get("help"),
            checklist_template_id=template["id"],
            source=draft.source,
            example=draft.example,
        )
        for place, point in enumerate(template["items"])
    ]
    await insert_rows(work.db, StepRow, list(steps))
    return initiative
