"""Where escalations are asked for, changed and answered over HTTP."""

from fastapi import APIRouter, Response

from services.councils.contract.escalation import Escalation, EscalationAnswer
from services.councils.escalation import actions
from services.councils.escalation.queries import ESCALATIONS
from services.kit.http import Calling, uuid_or_missing
from services.kit.judging import judged
from services.kit.openapi import action_doc
from services.kit.resources import resource, shown

escalations = resource(ESCALATIONS, remove=actions.remove_escalation, judge=actions.judge)
router = APIRouter(tags=["escalation"])


@router.post(
    "/escalations/{id}/answer",
    **action_doc("The council that is asked answers", "escalation.answer", Escalation),
)
@judged("escalation", "answer", EscalationAnswer, actions.judge_reply)
async def answered(call: Calling, id: str, reply: EscalationAnswer) -> Response:
    """Also anew: what was answered before is kept in `earlier_answers`."""
    call.demand("escalation", "answer")
    asked = uuid_or_missing(id), reply, call.version_if_given
    return await call.perform(actions.answer_escalation, *asked, show=shown(ESCALATIONS, call))
