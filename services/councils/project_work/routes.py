"""Where activities and budget lines of projects are asked for and changed over HTTP."""

from uuid import UUID

from fastapi import APIRouter, Response
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.contract.project_work import CheckInPlan, CheckIns
from services.councils.project_work import actions
from services.councils.project_work.queries import PROJECT_ACTIVITIES, PROJECT_BUDGET_LINES
from services.kit.http import Calling, answer, uuid_or_missing
from services.kit.judging import judged
from services.kit.openapi import action_doc
from services.kit.resources import resource

project_activities = resource(PROJECT_ACTIVITIES, judge=actions.judge_activity)
project_budget_lines = resource(PROJECT_BUDGET_LINES, judge=actions.judge_line)
router = APIRouter(tags=["project_activity"])


@router.post(
    "/projects/{id}/check-ins",
    **action_doc("Plan check-ins that come again", "project.turn", CheckIns, makes=True),
)
@judged("project", "turn", CheckInPlan, actions.judge_plan)
async def plan_check_ins(call: Calling, id: str, plan: CheckInPlan) -> Response:
    """Every so many weeks or months: each becomes an activity, all of them or none."""
    call.demand("project", "turn")

    async def show(_db: AsyncConnection, ids: list[UUID]) -> Response:
        return answer({"ids": ids})

    return await call.perform(actions.plan_check_ins, uuid_or_missing(id), plan, show=show)
