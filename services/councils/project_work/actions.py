"""What can be done with activities and budget lines of projects."""

from typing import Any
from uuid import UUID

from services.councils.contract.project_work import (
    CheckInPlan,
    ProjectActivityDraft,
    ProjectBudgetLineDraft,
)
from services.councils.decision.rules import demand_past
from services.councils.project.actions import its_project
from services.councils.project.rules import demand_going
from services.councils.project_work import rules
from services.councils.project_work.queries import PROJECT_ACTIVITIES, PROJECT_BUDGET_LINES
from services.councils.tables.project import ProjectActivityRow, ProjectRow
from services.kit import clock
from services.kit.elsewhere import demand_elsewhere
from services.kit.errors import Refusals
from services.kit.http import Work
from services.kit.references import stored
from services.kit.store import Record, get_row, insert_rows


async def judge_activity(work: Work, draft: ProjectActivityDraft, id: UUID | None = None) -> None:
    """All that forbids an activity; one that an ended project has may still be put right."""
    refused, before = Refusals(), dict(await stored(work.db, PROJECT_ACTIVITIES.table, id))
    with refused:
        await its_project(work, draft, before, going=True)
    for field in ("started_on", "done_on"):
        with refused:
            demand_past(getattr(draft, field), clock.today(), field=field)
    refused.demand_none()


async def judge_line(work: Work, draft: ProjectBudgetLineDraft, id: UUID | None = None) -> None:
    """All that forbids a budget line: unexplained in a project that has ended."""
    refused, before = Refusals(), dict(await stored(work.db, PROJECT_BUDGET_LINES.table, id))
    with refused:
        project = await its_project(work, draft, before)
        rules.demand_cause(project["status"] if project else None, draft)
    refused.demand_none()


async def judge_plan(work: Work, plan: CheckInPlan, id: UUID) -> Record:
    """All that forbids check-ins: the project has ended, or no such post is known."""
    project, refused = await get_row(work.db, ProjectRow, id, lock=True), Refusals()
    with refused:
        demand_going(project["status"], field="title")
    with refused:
        await demand_elsewhere(work, PROJECT_ACTIVITIES.table, plan, None)
    with refused:
        rules.demand_days(plan)
    refused.demand_none(type(plan).model_fields)
    return project


async def plan_check_ins(work: Work, id: UUID, plan: CheckInPlan) -> list[UUID]:
    """Each of them, as an activity of its own: all or none."""
    project = await judge_plan(work, plan, id)
    drafts: list[Any] = list(rules.check_ins(project["id"], plan))
    return await insert_rows(work.db, ProjectActivityRow, drafts)
