"""Where attendance is asked for and changed over HTTP."""

from uuid import UUID

from fastapi import APIRouter, Response
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.attendance import actions
from services.councils.attendance.queries import ATTENDANCES, noted_of
from services.councils.contract.meeting import AttendanceNotes, Attendances, Invited
from services.kit.collection import get_things
from services.kit.http import Call, Calling, answer, uuid_or_missing
from services.kit.judging import judged
from services.kit.openapi import action_doc
from services.kit.resources import resource

attendances = resource(
    ATTENDANCES,
    replace=actions.replace_attendance,
    remove=actions.remove_attendance,
    judge=actions.judge,
)
router = APIRouter(tags=["attendance"])


@router.post(
    "/meetings/{id}/invite", **action_doc("Ask all seats to come", "attendance.write", Invited)
)
async def invite(call: Calling, id: str) -> Response:
    """Each seat that has not been asked gets an attendance without an answer."""
    call.demand("attendance", "write")
    meeting_id = uuid_or_missing(id)

    async def show(db: AsyncConnection, ids: list[UUID]) -> Response:
        return await _answered(db, call, sorted(ids))

    return await call.perform(actions.invite_seats, meeting_id, show=show)


async def _answered(db: AsyncConnection, call: Call, ids: list[UUID]) -> Response:
    return answer({"items": await get_things(db, ATTENDANCES, ids, call.caller)})


@router.put(
    "/meetings/{id}/attendance",
    **action_doc("Note who came", "attendance.write", Attendances),
)
@judged("attendance", "write", AttendanceNotes, actions.judge_notes)
async def note(call: Calling, id: str, notes: AttendanceNotes) -> Response:
    """Of many at once; who is left out stays as they were, and of each what is left out."""
    call.demand("attendance", "write")

    async def show(db: AsyncConnection, meeting_id: UUID) -> Response:
        noted = await noted_of(db, meeting_id)
        return await _answered(db, call, [one["id"] for one in noted])

    return await call.perform(actions.note_attendance, uuid_or_missing(id), notes, show=show)
