"""Where takeovers are asked for and changed over HTTP."""

from fastapi import APIRouter, Response

from services.actors.contract.takeover import Takeover, TakeoverDone
from services.actors.takeover import actions
from services.actors.takeover.queries import TAKEOVERS
from services.kit.http import Calling, uuid_or_missing
from services.kit.judging import judged
from services.kit.openapi import action_doc
from services.kit.resources import resource, shown

takeovers = resource(TAKEOVERS, judge=actions.judge)
router = APIRouter(tags=["takeover"])


@router.post(
    "/takeovers/{id}/complete",
    **action_doc("What was taken over is taken care of", "takeover.complete", Takeover),
)
@judged("takeover", "complete", TakeoverDone, actions.judge_done)
async def complete(call: Calling, id: str, done: TakeoverDone) -> Response:
    """With the day from which it had an owner again."""
    call.demand("takeover", "complete")
    asked = uuid_or_missing(id), done, call.version_if_given
    return await call.perform(actions.complete, *asked, show=shown(TAKEOVERS, call))
