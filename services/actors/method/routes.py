"""Where methods are asked for and changed over HTTP."""

from fastapi import APIRouter, Response

from services.actors.contract.method import Method, MethodRetirement
from services.actors.method import actions
from services.actors.method.queries import METHODS
from services.kit.http import Calling, uuid_or_missing
from services.kit.judging import judged
from services.kit.openapi import action_doc
from services.kit.resources import resource, shown

methods = resource(METHODS, remove=actions.remove)
router = APIRouter(tags=["method"])


@router.post("/methods/{id}/retire", **action_doc("A method is retired", "method.write", Method))
@judged("method", "write", MethodRetirement, actions.judge_retirement)
async def retire(call: Calling, id: str, retirement: MethodRetirement) -> Response:
    """From a day on; it stays readable."""
    call.demand("method", "write")
    asked = uuid_or_missing(id), retirement, call.version_if_given
    return await call.perform(actions.retire, *asked, show=shown(METHODS, call))


@router.post(
    "/methods/{id}/restore", **action_doc("A retired method is back", "method.write", Method)
)
async def restore(call: Calling, id: str) -> Response:
    """It is taken up again."""
    call.demand("method", "write")
    asked = uuid_or_missing(id), call.version_if_given
    return await call.perform(actions.restore, *asked, show=shown(METHODS, call))
