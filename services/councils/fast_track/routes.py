"""Where the fast track is taken and its clock is read over HTTP."""

from fastapi import APIRouter, Response
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.contract.fast_track import Clock, FastTrackDraft, FastTracked
from services.councils.council.queries import COUNCILS
from services.councils.fast_track import actions
from services.councils.fast_track.queries import SHORTAGES, clock_of
from services.kit import clock
from services.kit.collection import get_thing
from services.kit.http import Calling, Record, answer, uuid_or_missing
from services.kit.judging import judged
from services.kit.openapi import action_doc, read_doc
from services.kit.resources import resource

shortages = resource(SHORTAGES, writable=False)
router = APIRouter(tags=["fast_track"])


DOES = "A council, a need and a meeting in one call"


@router.post(
    "/councils/fast-track",
    **action_doc(DOES, "fast_track.write", FastTracked, status=201, makes=True),
)
@judged("fast_track", "write", FastTrackDraft, actions.judge)
async def fast_track(call: Calling, draft: FastTrackDraft) -> Response:
    """All of it, or nothing where a field is wrong."""
    call.demand("fast_track", "write")

    async def show(_db: AsyncConnection, made: Record) -> Response:
        place = {"Location": f"/councils/{made['council_id']}"}
        return answer(made, status=201, headers=place)

    return await call.perform(actions.fast_track, draft, show=show)


@router.get("/councils/{id}/clock", **read_doc("From signal to met need", "council.read", Clock))
async def council_clock(call: Calling, id: str) -> Response:
    """signal → convened → first measure → seats filled → need met, with the days between."""
    call.demand("council", "read")
    wanted = uuid_or_missing(id)
    async with call.reading() as db:
        await get_thing(db, COUNCILS, wanted, call.caller)
        return answer(await clock_of(db, wanted, call.caller, clock.today()))
