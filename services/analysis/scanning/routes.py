"""Where signals and trends are asked for and changed over HTTP."""

from fastapi import APIRouter, Response

from services.analysis.contract.scanning import ScanningEnd, Signal, Trend
from services.analysis.scanning import actions
from services.analysis.scanning.queries import SIGNALS, TRENDS
from services.kit.http import Calling, uuid_or_missing
from services.kit.judging import judged
from services.kit.openapi import action_doc
from services.kit.resources import resource, shown

signals = resource(SIGNALS, judge=actions.judge_signal, remove=actions.remove_signal)
trends = resource(TRENDS, judge=actions.judge_trend)
router = APIRouter()


@router.post(
    "/signals/{id}/end",
    tags=["signal"],
    **action_doc("A signal does not hold any more", "signal.write", Signal),
)
@judged("signal", "write", ScanningEnd, actions.judge_end(SIGNALS))
async def end_signal(call: Calling, id: str, end: ScanningEnd) -> Response:
    """From a day on; it stays readable, and carries its trends no more."""
    call.demand("signal", "write")
    asked = SIGNALS, uuid_or_missing(id), end, call.version_if_given
    return await call.perform(actions.end, *asked, show=shown(SIGNALS, call))


@router.post(
    "/signals/{id}/reopen",
    tags=["signal"],
    **action_doc("An ended signal holds again", "signal.write", Signal),
)
async def reopen_signal(call: Calling, id: str) -> Response:
    """Its end is taken back; it counts until it expires."""
    call.demand("signal", "write")
    asked = SIGNALS, uuid_or_missing(id), call.version_if_given
    return await call.perform(actions.reopen, *asked, show=shown(SIGNALS, call))


@router.post(
    "/trends/{id}/end",
    tags=["trend"],
    **action_doc("A trend does not hold any more", "trend.write", Trend),
)
@judged("trend", "write", ScanningEnd, actions.judge_end(TRENDS))
async def end_trend(call: Calling, id: str, end: ScanningEnd) -> Response:
    """From a day on; it stays readable."""
    call.demand("trend", "write")
    asked = TRENDS, uuid_or_missing(id), end, call.version_if_given
    return await call.perform(actions.end, *asked, show=shown(TRENDS, call))


@router.post(
    "/trends/{id}/reopen",
    tags=["trend"],
    **action_doc("An ended trend holds again", "trend.write", Trend),
)
async def reopen_trend(call: Calling, id: str) -> Response:
    """Its end is taken back; it counts until it expires."""
    call.demand("trend", "write")
    asked = TRENDS, uuid_or_missing(id), call.version_if_given
    return await call.perform(actions.reopen, *asked, show=shown(TRENDS, call))
