"""Where process leaders' assignments are asked for and changed over HTTP."""

from fastapi import APIRouter, Response

from services.actors.contract.leadership import LeaderAssignment, LeaderHandover
from services.actors.leader_assignment import actions
from services.actors.leader_assignment.queries import LEADER_ASSIGNMENTS
from services.kit.http import Calling, uuid_or_missing
from services.kit.judging import judged
from services.kit.openapi import action_doc
from services.kit.resources import resource, shown

leader_assignments = resource(LEADER_ASSIGNMENTS, judge=actions.judge)
router = APIRouter(tags=["leader_assignment"])


@router.post(
    "/leader-assignments/{id}/hand-over",
    **action_doc("Another post leads it", "leader_assignment.write", LeaderAssignment, makes=True),
)
@judged("leader_assignment", "write", LeaderHandover, actions.judge_handover)
async def hand_over(call: Calling, id: str, handed: LeaderHandover) -> Response:
    """From a day on; answers what the other post leads."""
    call.demand("leader_assignment", "write")
    asked = uuid_or_missing(id), handed, call.version_if_given
    return await call.perform(actions.hand_over, *asked, show=shown(LEADER_ASSIGNMENTS, call))
