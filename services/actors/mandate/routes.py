"""Where mandates are asked for and changed over HTTP."""

from fastapi import APIRouter, Response

from services.actors.contract.mandate import Mandate, MandateRenewal
from services.actors.mandate import actions
from services.actors.mandate.queries import MANDATES
from services.kit.http import Calling, uuid_or_missing
from services.kit.judging import judged
from services.kit.openapi import action_doc
from services.kit.resources import resource, shown

mandates = resource(MANDATES, judge=actions.judge)
router = APIRouter(tags=["mandate"])


@router.post(
    "/mandates/{id}/renew",
    **action_doc(
        "Make the mandate that follows, with the same content",
        "mandate.write",
        Mandate,
        makes=True,
    ),
)
@judged("mandate", "write", MandateRenewal, actions.judge_renewal)
async def renew(call: Calling, id: str, wanted: MandateRenewal) -> Response:
    """It begins where this one ends; each decision's day and document are its own."""
    call.demand("mandate", "write")
    show = shown(MANDATES, call)
    return await call.perform(actions.renew_mandate, uuid_or_missing(id), wanted, show=show)
