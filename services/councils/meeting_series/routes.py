"""Where series of meetings are asked for and changed over HTTP."""

from fastapi import APIRouter, Response

from services.councils.contract.meeting_series import (
    MeetingSeries,
    MeetingSeriesCancelling,
    MeetingSeriesDays,
    MeetingSeriesDraft,
    MeetingSeriesExtension,
    MeetingSeriesMove,
)
from services.councils.meeting_series import actions
from services.councils.meeting_series.queries import MEETING_SERIES
from services.kit.http import Calling, Work, answer, uuid_or_missing
from services.kit.judging import judged
from services.kit.openapi import action_doc
from services.kit.resources import resource, shown

meeting_series = resource(MEETING_SERIES, writable=False)
router = APIRouter(tags=["meeting_series"])
RIGHT = "meeting_series.write"


@router.post(
    "/meeting-series/days",
    **action_doc("The days a series would have", RIGHT, MeetingSeriesDays),
)
@judged("meeting_series", "write", MeetingSeriesDraft, actions.judge)
async def days(call: Calling, draft: MeetingSeriesDraft) -> Response:
    """Nothing is made: each day with whether it is a holiday and which meetings are there."""
    call.demand("meeting_series", "write")
    async with call.reading() as db:
        found = await actions.days(Work(db, call.caller, call.request.app.state.wire), draft)
    return answer(found)


@router.post(
    "/meeting-series",
    **action_doc("Plan a series of meetings", RIGHT, MeetingSeries, status=201, makes=True),
)
@judged("meeting_series", "write", MeetingSeriesDraft, actions.judge)
async def plan(call: Calling, draft: MeetingSeriesDraft) -> Response:
    """All its meetings, or none of them."""
    call.demand("meeting_series", "write")
    show = shown(MEETING_SERIES, call, status=201)
    return await call.perform(actions.plan_series, draft, show=show)


@router.post(
    "/meeting-series/{id}/extension-days",
    **action_doc("The days that more meetings would have", RIGHT, MeetingSeriesDays),
)
@judged("meeting_series", "write", MeetingSeriesExtension, actions.judge_extension)
async def days_extended(call: Calling, id: str, more: MeetingSeriesExtension) -> Response:
    """Nothing is made: each day with what speaks against it."""
    call.demand("meeting_series", "write")
    async with call.reading() as db:
        work = Work(db, call.caller, call.request.app.state.wire)
        found = await actions.days_extended(work, uuid_or_missing(id), more)
    return answer(found)


@router.post(
    "/meeting-series/{id}/extend",
    **action_doc("Plan more meetings of a series", RIGHT, MeetingSeries, makes=True),
)
@judged("meeting_series", "write", MeetingSeriesExtension, actions.judge_extension)
async def extend(call: Calling, id: str, more: MeetingSeriesExtension) -> Response:
    """In its rhythm, after those that it has; all of them, or none."""
    call.demand("meeting_series", "write")
    asked = uuid_or_missing(id), more, call.version_if_given
    return await call.perform(actions.extend_series, *asked, show=shown(MEETING_SERIES, call))


@router.post(
    "/meeting-series/{id}/days",
    **action_doc("The days a move would give", RIGHT, MeetingSeriesDays),
)
@judged("meeting_series", "write", MeetingSeriesMove, actions.judge_move)
async def days_moved(call: Calling, id: str, wanted: MeetingSeriesMove) -> Response:
    """Nothing is moved: each day with what speaks against it."""
    call.demand("meeting_series", "write")
    async with call.reading() as db:
        work = Work(db, call.caller, call.request.app.state.wire)
        found = await actions.days_moved(work, uuid_or_missing(id), wanted)
    return answer(found)


@router.post(
    "/meeting-series/{id}/move",
    **action_doc("Another time or place for what is to come", RIGHT, MeetingSeries),
)
@judged("meeting_series", "write", MeetingSeriesMove, actions.judge_move)
async def move(call: Calling, id: str, wanted: MeetingSeriesMove) -> Response:
    """Also for those that were moved by themselves; who has been called is told."""
    call.demand("meeting_series", "write")
    asked = uuid_or_missing(id), wanted
    return await call.perform(actions.move_series, *asked, show=shown(MEETING_SERIES, call))


@router.post(
    "/meeting-series/{id}/cancel",
    **action_doc("Cancel what is to come", RIGHT, MeetingSeries),
)
@judged("meeting_series", "write", MeetingSeriesCancelling, actions.judge_cancelling)
async def cancel(call: Calling, id: str, cancelling: MeetingSeriesCancelling) -> Response:
    """What was held stays; who has been called is told."""
    call.demand("meeting_series", "write")
    asked = uuid_or_missing(id), cancelling
    return await call.perform(actions.cancel_series, *asked, show=shown(MEETING_SERIES, call))
