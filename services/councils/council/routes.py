"""Where councils are asked for and changed over HTTP."""

from fastapi import APIRouter, Response

from services.councils.contract.council import (
    Council,
    CouncilClosing,
    CouncilMove,
    CouncilReopening,
    Vacuums,
)
from services.councils.council import actions, closing
from services.councils.council.queries import COUNCILS, PHASES
from services.councils.council.vacuum import vacuums
from services.kit.http import Calling, answer, uuid_or_missing
from services.kit.judging import judged
from services.kit.openapi import action_doc, read_doc
from services.kit.resources import resource, shown

councils = resource(
    COUNCILS,
    create=actions.found_council,
    replace=actions.revise_council,
    remove=actions.remove_council,
    judge=actions.judge,
)
phases = resource(PHASES, writable=False)
router = APIRouter(tags=["council"])


@router.get("/councils/vacuum", **read_doc("Industries without a council", "council.read", Vacuums))
async def vacuum(call: Calling) -> Response:
    """Industries whose last council is closed."""
    call.demand("council", "read")
    async with call.reading() as db:
        return answer({"items": await vacuums(db, call.caller)})


@router.post("/councils/{id}/move", **action_doc("Enter another phase", "council.write", Council))
@judged("council", "write", CouncilMove, actions.judge_move)
async def move(call: Calling, id: str, wanted: CouncilMove) -> Response:
    """proposed → forming → active ⇄ dormant."""
    call.demand("council", "write")
    asked = uuid_or_missing(id), wanted, call.version_if_given
    return await call.perform(actions.move_council, *asked, show=shown(COUNCILS, call))


@router.post("/councils/{id}/close", **action_doc("Close a council", "council.write", Council))
@judged("council", "write", CouncilClosing, closing.judge_closing)
async def close(call: Calling, id: str, end: CouncilClosing) -> Response:
    """Seats last that day out; nothing is added any more. No goal is met with needs open."""
    call.demand("council", "write")
    asked = uuid_or_missing(id), end, call.version_if_given
    return await call.perform(closing.close_council, *asked, show=shown(COUNCILS, call))


@router.post("/councils/{id}/reopen", **action_doc("Undo a closing", "council.write", Council))
@judged("council", "write", CouncilReopening, closing.judge_reopening)
async def reopen(call: Calling, id: str, reopening: CouncilReopening) -> Response:
    """As if it had not been closed; to found a closed council anew, make a new one."""
    call.demand("council", "write")
    asked = uuid_or_missing(id), reopening, call.version_if_given
    return await call.perform(closing.reopen_council, *asked, show=shown(COUNCILS, call))
