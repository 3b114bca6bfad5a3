"""Where initiatives, steps and outcomes are asked for and changed over HTTP."""

from typing import Any

from fastapi import APIRouter, Response

from services.councils.contract.initiative import (
    Initiative,
    InitiativeDays,
    InitiativeDecided,
    InitiativeFinished,
    InitiativeStarted,
    InitiativeStopped,
)
from services.councils.initiative import actions, days
from services.councils.initiative import outcomes as what_came
from services.councils.initiative.queries import INITIATIVES, OUTCOMES, STEPS
from services.kit.http import Calling, uuid_or_missing
from services.kit.judging import judged
from services.kit.openapi import action_doc
from services.kit.resources import resource, shown

initiatives = resource(
    INITIATIVES,
    replace=actions.revise_initiative,
    remove=days.remove_initiative,
    judge=actions.judge,
)
steps = resource(STEPS, judge=actions.judge_step)
outcomes = resource(
    OUTCOMES,
    create=what_came.note_outcome,
    replace=what_came.revise_outcome,
    remove=what_came.remove_outcome,
    judge=what_came.judge_outcome,
)
router = APIRouter(tags=["initiative"])


def _doc(summary: str) -> dict[str, Any]:
    return action_doc(summary, "initiative.decide", Initiative)


@router.post("/initiatives/{id}/decide", **_doc("Decide that it will be done"))
@judged("initiative", "decide", InitiativeDecided, actions.judge_decided)
async def decide(call: Calling, id: str, decided: InitiativeDecided) -> Response:
    """proposed → decided."""
    call.demand("initiative", "decide")
    asked = uuid_or_missing(id), decided, call.version_if_given
    return await call.perform(actions.decide_initiative, *asked, show=shown(INITIATIVES, call))


@router.post("/initiatives/{id}/start", **_doc("Begin"))
@judged("initiative", "decide", InitiativeStarted, actions.judge_started)
async def start(call: Calling, id: str, started: InitiativeStarted) -> Response:
    """decided → running."""
    call.demand("initiative", "decide")
    asked = uuid_or_missing(id), started, call.version_if_given
    return await call.perform(actions.start_initiative, *asked, show=shown(INITIATIVES, call))


@router.post("/initiatives/{id}/finish", **_doc("It is done"))
@judged("initiative", "decide", InitiativeFinished, actions.judge_finished)
async def finish(call: Calling, id: str, finished: InitiativeFinished) -> Response:
    """running → done, with an outcome or a reason."""
    call.demand("initiative", "decide")
    asked = uuid_or_missing(id), finished, call.version_if_given
    return await call.perform(actions.finish_initiative, *asked, show=shown(INITIATIVES, call))


@router.post("/initiatives/{id}/stop", **_doc("Stop before it is done"))
@judged("initiative", "decide", InitiativeStopped, actions.judge_stopped)
async def stop(call: Calling, id: str, stopped: InitiativeStopped) -> Response:
    """proposed, decided or running → stopped, with a reason."""
    call.demand("initiative", "decide")
    asked = uuid_or_missing(id), stopped, call.version_if_given
    return await call.perform(actions.stop_initiative, *asked, show=shown(INITIATIVES, call))


@router.post("/initiatives/{id}/resume", **_doc("Go on with a closed initiative"))
async def resume(call: Calling, id: str) -> Response:
    """done or stopped → as far as it had come."""
    call.demand("initiative", "decide")
    asked = uuid_or_missing(id), call.version_if_given
    return await call.perform(actions.resume_initiative, *asked, show=shown(INITIATIVES, call))


@router.post("/initiatives/{id}/back", **_doc("Take back that it was decided, or has begun"))
async def back(call: Calling, id: str) -> Response:
    """running → decided → proposed, while nothing has come of it."""
    call.demand("initiative", "decide")
    asked = uuid_or_missing(id), call.version_if_given
    return await call.perform(days.step_back, *asked, show=shown(INITIATIVES, call))


@router.post("/initiatives/{id}/days", **_doc("Put the days of its turns right"))
@judged("initiative", "decide", InitiativeDays, days.judge_days)
async def correct(call: Calling, id: str, right: InitiativeDays) -> Response:
    """When it was decided, began and was closed."""
    call.demand("initiative", "decide")
    asked = uuid_or_missing(id), right, call.version_if_given
    return await call.perform(days.correct_days, *asked, show=shown(INITIATIVES, call))
