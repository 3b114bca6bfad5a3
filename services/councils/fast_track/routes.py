"""Where the fast track is taken and its clock is read over HTTP."""

from fastapi import APIRouter, Response
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.contract.fast_track import (
    Clock,
    FastTrack,
    FastTrackDraft,
    FastTracked,
    FastTracks,
    ShortageSignal,
)
from services.councils.council.queries import COUNCILS
from services.councils.fast_track import actions
from services.councils.fast_track.clocks import clock_of, fast_tracks
from services.councils.fast_track.queries import SHORTAGES
from services.kit import clock, export
from services.kit.collection import get_thing
from services.kit.http import Calling, Record, answer, uuid_or_missing
from services.kit.judging import judged
from services.kit.openapi import action_doc, also_as_files, read_doc, replace_doc
from services.kit.resources import as_file, file_wanted, resource, shown

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


@router.put("/shortage-signals/{id}", **replace_doc(SHORTAGES))
@judged("shortage_signal", "write", ShortageSignal, actions.judge_signal)
async def corrected(call: Calling, id: str, signal: ShortageSignal) -> Response:
    """What was said is known as of earlier moments; the clock goes by what is right."""
    call.demand("shortage_signal", "write")
    asked = uuid_or_missing(id), signal, call.version
    return await call.perform(actions.correct_signal, *asked, show=shown(SHORTAGES, call))


@router.get("/councils/{id}/clock", **read_doc("From signal to met need", "council.read", Clock))
async def council_clock(call: Calling, id: str) -> Response:
    """signal → convened → first measure → seats filled → need met, with the days between."""
    call.demand("council", "read")
    wanted = uuid_or_missing(id)
    async with call.reading() as db:
        await get_thing(db, COUNCILS, wanted, call.caller)
        return answer(await clock_of(db, wanted, call.caller, clock.today()))


@router.get(
    "/fast-tracks",
    **also_as_files(read_doc("All fast tracks beside each other", "council.read", FastTracks)),
)
async def compared(call: Calling) -> Response:
    """The newest signal first, and how long it usually takes; as CSV or Excel where asked for."""
    call.demand("council", "read")
    async with call.reading() as db:
        found = await fast_tracks(db, call.caller, clock.today())
    if file := file_wanted(call):
        names = list(FastTrack.model_fields)
        return as_file("fast-tracks", names, found["items"], excel=file == export.EXCEL)
    return answer(found)
