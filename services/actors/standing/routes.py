"""Where an actor is given a level and status over HTTP."""

from fastapi import APIRouter, Response

from services.actors.contract.actor import Standing, StandingDraft
from services.actors.standing import actions
from services.actors.standing.queries import STANDINGS
from services.kit.http import Calling, uuid_or_missing
from services.kit.judging import judged
from services.kit.openapi import action_doc
from services.kit.resources import shown

router = APIRouter(tags=["actor"])


@router.post(
    "/actors/{id}/place", **action_doc("Give a new level and status", "standing.write", Standing)
)
@judged("standing", "write", StandingDraft, actions.judge_place)
async def place(call: Calling, id: str, draft: StandingDraft) -> Response:
    """The standing the actor had ends the day the new one begins."""
    call.demand("standing", "write")
    show = shown(STANDINGS, call)
    return await call.perform(actions.place_actor, uuid_or_missing(id), draft, show=show)
