"""Where meetings are asked for and changed over HTTP."""

from fastapi import APIRouter, Response

from services.councils.contract.meeting import Meeting, MinutesApproval
from services.councils.council.queries import COUNCILS
from services.councils.meeting import actions
from services.councils.meeting.queries import MEETINGS, meetings_led, meetings_of
from services.kit.collection import get_thing
from services.kit.http import Calling, etag_of, uuid_or_missing
from services.kit.judging import judged
from services.kit.openapi import action_doc, file_doc
from services.kit.resources import resource, shown
from services.kit.store import Record

meetings = resource(
    MEETINGS,
    create=actions.call_meeting,
    replace=actions.revise_meeting,
    remove=actions.remove_meeting,
    judge=actions.judge,
)
router = APIRouter(tags=["meeting"])
_CALENDAR = "meeting.read", "text/calendar"


def _ical(found: list[Record], council_name: str, **headers: str) -> Response:
    from services.councils.meeting.calendar import MEDIA, calendar_of  # noqa: PLC0415 - heavy

    disposition = {"Content-Disposition": 'attachment; filename="meetings.ics"'}
    return Response(calendar_of(found, council_name), 200, disposition | headers, MEDIA)


@router.post("/meetings/{id}/approve", **action_doc("Approve minutes", "meeting.write", Meeting))
@judged("meeting", "write", MinutesApproval, actions.judge_approval)
async def approve(call: Calling, id: str, approval: MinutesApproval) -> Response:
    """From then on the meeting, its agenda and its decisions are locked."""
    call.demand("meeting", "write")
    asked = uuid_or_missing(id), approval, call.version_if_given
    return await call.perform(actions.approve_minutes, *asked, show=shown(MEETINGS, call))


@router.get("/meetings/led/ical", **file_doc("Meetings of what one leads", *_CALENDAR))
async def led_ical(call: Calling) -> Response:
    """Those of all councils whose process leader the caller's post is."""
    call.demand("meeting", "read")
    async with call.reading() as db:
        found = await meetings_led(db, call.caller)
    return _ical(found, "Möten i råd som jag leder")


@router.get("/meetings/{id}/ical", **file_doc("A meeting as iCalendar", *_CALENDAR))
async def ical(call: Calling, id: str) -> Response:
    """One event; its UID stays and its SEQUENCE is the meeting's version."""
    call.demand("meeting", "read")
    async with call.reading() as db:
        meeting = await get_thing(db, MEETINGS, uuid_or_missing(id), call.caller)
        council = await get_thing(db, COUNCILS, meeting["council_id"], call.caller)
    return _ical([meeting], council["name"], ETag=etag_of(meeting))


@router.get("/councils/{id}/ical", **file_doc("A council's meetings as iCalendar", *_CALENDAR))
async def council_ical(call: Calling, id: str) -> Response:
    """All meetings of a council; a calendar program may follow it."""
    call.demand("meeting", "read")
    async with call.reading() as db:
        council = await get_thing(db, COUNCILS, uuid_or_missing(id), call.caller)
        found = await meetings_of(db, council["id"], call.caller)
    return _ical(found, council["name"])
