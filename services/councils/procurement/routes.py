"""Where a procurement begins over HTTP."""

from fastapi import APIRouter, Response

from services.councils.contract.initiative import Initiative
from services.councils.contract.procurement import ProcurementDraft
from services.councils.initiative.queries import INITIATIVES
from services.councils.procurement import actions
from services.kit.http import Calling, uuid_or_missing
from services.kit.judging import judged
from services.kit.openapi import action_doc
from services.kit.resources import shown

router = APIRouter(tags=["initiative"])


@router.post(
    "/initiatives/{id}/procure",
    **action_doc("Make the steps of a procurement from a template", "step.write", Initiative),
)
@judged("step", "write", ProcurementDraft, actions.judge_procurement)
async def procure(call: Calling, id: str, draft: ProcurementDraft) -> Response:
    """Once for an initiative; each point becomes a step that may be worded anew."""
    call.demand("step", "write")
    asked = uuid_or_missing(id), draft
    return await call.perform(actions.begin_procurement, *asked, show=shown(INITIATIVES, call))
