"""Where health checks are asked for and changed over HTTP."""

from fastapi import APIRouter, Response

from services.councils.contract.health_check import HealthEditions
from services.councils.health_check import actions
from services.councils.health_check.criteria import EDITIONS
from services.councils.health_check.queries import HEALTH_CHECKS
from services.kit.http import Calling, answer
from services.kit.openapi import read_doc
from services.kit.resources import resource

health_checks = resource(
    HEALTH_CHECKS, create=actions.make_check, replace=actions.revise_check, judge=actions.judge
)
router = APIRouter(tags=["health_check"])


@router.get(
    "/health-criteria",
    **read_doc("The criteria of health checks", "health_check.read", HealthEditions),
)
async def criteria(call: Calling) -> Response:
    """Every edition, the newest first; one that is published never changes."""
    call.demand("health_check", "read")
    return answer({"items": [one.model_dump(mode="json") for one in reversed(EDITIONS)]})
