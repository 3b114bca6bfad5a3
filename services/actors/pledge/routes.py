"""Where pledges are asked for and changed over HTTP."""

from fastapi import APIRouter, Response

from services.actors.contract.pledge import Pledge, PledgeDelivery
from services.actors.pledge import actions
from services.actors.pledge.queries import PLEDGES
from services.kit.http import Calling, uuid_or_missing
from services.kit.judging import judged
from services.kit.openapi import action_doc
from services.kit.resources import resource, shown

pledges = resource(PLEDGES, judge=actions.judge)
router = APIRouter(tags=["pledge"])


@router.post(
    "/pledges/{id}/deliver", **action_doc("A pledge is delivered", "pledge.deliver", Pledge)
)
@judged("pledge", "deliver", PledgeDelivery, actions.judge_delivery)
async def deliver(call: Calling, id: str, delivery: PledgeDelivery) -> Response:
    """With the day, and what it was."""
    call.demand("pledge", "deliver")
    asked = uuid_or_missing(id), delivery, call.version_if_given
    return await call.perform(actions.deliver, *asked, show=shown(PLEDGES, call))
