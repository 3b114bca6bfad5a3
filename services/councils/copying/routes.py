"""Where a council is copied over HTTP."""

from fastapi import APIRouter, Response

from services.councils.contract.copying import CouncilCopyDraft, CouncilCopyPreview
from services.councils.contract.council import Council
from services.councils.copying import actions
from services.councils.council.queries import COUNCILS
from services.kit.http import Calling, Work, answer, uuid_or_missing
from services.kit.judging import judged
from services.kit.openapi import action_doc, read_doc
from services.kit.resources import shown

router = APIRouter(tags=["council"])


@router.get(
    "/councils/{id}/copy",
    **read_doc("What a copy would take along", "council.write", CouncilCopyPreview),
)
async def preview(call: Calling, id: str) -> Response:
    """Its texts, each with whom of the original it names; its seats without holders; the rest."""
    call.demand("council", "write")
    async with call.reading() as db:
        work = Work(db, call.caller, call.request.app.state.wire)
        found = await actions.preview(work, uuid_or_missing(id))
    return answer(found.model_dump(mode="json"))


@router.post(
    "/councils/{id}/copy",
    **action_doc("Begin a council from another", "council.write", Council, status=201, makes=True),
)
@judged("council", "write", CouncilCopyDraft, actions.judge)
async def copy(call: Calling, id: str, draft: CouncilCopyDraft) -> Response:
    """A proposed council with the workings of this one: no meetings, decisions, people or actors.

    A text that names somebody of this one is changed, left out or confirmed (`texts`).
    """
    call.demand("council", "write")
    show = shown(COUNCILS, call, status=201)
    return await call.perform(actions.copy_council, uuid_or_missing(id), draft, show=show)
