"""What can be done with attendance."""

from uuid import UUID

from services.councils.attendance import rules
from services.councils.attendance.queries import ATTENDANCES, council_of_seat, uninvited
from services.councils.contract.meeting import AttendanceDraft
from services.councils.meeting.actions import taking_meeting, unlocked_meeting
from services.councils.meeting.queries import day_of
from services.councils.meeting.rules import demand_not_cancelled, demand_same, demand_unlocked
from services.councils.tables.meeting import AttendanceRow, MeetingRow
from services.kit import clock
from services.kit.errors import Refusals
from services.kit.http import Work
from services.kit.keeping import remove_thing, replace_thing
from services.kit.store import Record, get_row, insert_rows


async def judge(work: Work, draft: AttendanceDraft, id: UUID | None = None) -> None:
    """All that forbids to ask somebody to a meeting, or to note who came."""
    refused = Refusals()
    with refused:
        if id is not None:
            before = await get_row(work.db, AttendanceRow, id)
            demand_same(before["meeting_id"], draft.meeting_id, field="meeting_id")
    with refused:
        await _judge_seat(work, draft)
    refused.demand_none()


async def _judge_seat(work: Work, draft: AttendanceDraft) -> None:
    if draft.meeting_id is None:
        return
    meeting = await taking_meeting(work, draft.meeting_id)
    rules.demand_begun(draft.attended, day_of(meeting["starts_at"]), clock.today())
    if draft.seat_id is not None:
        rules.demand_seat(await council_of_seat(work.db, draft.seat_id), meeting["council_id"])


async def replace_attendance(work: Work, id: UUID, draft: AttendanceDraft, version: int) -> Record:
    """Give an attendance all new values: what is answered now is to the meeting's present time."""
    return await replace_thing(work, ATTENDANCES, id, draft, version=version, answered_for=None)


async def remove_attendance(work: Work, id: UUID, version: int) -> None:
    """Take somebody off a meeting."""
    before = await get_row(work.db, AttendanceRow, id)
    await unlocked_meeting(work, before["meeting_id"])
    await remove_thing(work, ATTENDANCES, id, version=version)


async def invite_seats(work: Work, meeting_id: UUID) -> list[UUID]:
    """Ask every seat of the council that has not been asked; answers the new ids."""
    meeting = await get_row(work.db, MeetingRow, meeting_id, lock=True)
    demand_unlocked(meeting)
    demand_not_cancelled(meeting)
    marks = {name: meeting[name] for name in ("source", "example")}
    asked = [
        AttendanceDraft(meeting_id=meeting_id, seat_id=seat_id, **marks)
        for seat_id in await uninvited(work.db, meeting)
    ]
    return await insert_rows(work.db, AttendanceRow, list(asked))
