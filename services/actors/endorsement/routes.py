"""Where endorsements are asked for and recorded over HTTP."""

from fastapi import APIRouter, Response
from sqlalchemy.ext.asyncio import AsyncConnection

from services.actors.contract.mandate import Endorsements, EndorsementsDraft
from services.actors.endorsement import actions
from services.actors.endorsement.queries import ENDORSEMENTS
from services.kit.http import Calling, Record, answer, uuid_or_missing
from services.kit.judging import judged
from services.kit.openapi import action_doc
from services.kit.resources import resource

endorsements = resource(ENDORSEMENTS, judge=actions.judge)
router = APIRouter(tags=["endorsement"])


async def _told(_db: AsyncConnection, items: list[Record]) -> Response:
    return answer({"items": items})


@router.post(
    "/mandates/{id}/endorse",
    **action_doc("Record several municipalities at once", "endorsement.write", Endorsements),
)
@judged("endorsement", "write", EndorsementsDraft, actions.judge_news, of_others=True)
async def endorse(call: Calling, id: str, news: EndorsementsDraft) -> Response:
    """Each municipality has one endorsement; the newest news replaces it."""
    call.demand("endorsement", "write")
    return await call.perform(actions.endorse, uuid_or_missing(id), news, show=_told)
