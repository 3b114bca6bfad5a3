"""What can be done with attendance."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, update

from services.councils.attendance import rules
from services.councils.attendance.queries import (
    ATTENDANCES,
    council_of_seat,
    noted_of,
    seats_of,
    uninvited,
)
from services.councils.contract.meeting import AttendanceDraft, AttendanceNote, AttendanceNotes
from services.councils.meeting.actions import taking_meeting, unlocked_meeting
from services.councils.meeting.queries import day_of
from services.councils.meeting.rules import demand_not_cancelled, demand_same, demand_unlocked
from services.councils.tables.meeting import AttendanceRow, MeetingRow
from services.kit import clock
from services.kit.elsewhere import demand_named, learn
from services.kit.errors import Refusals
from services.kit.http import Work
from services.kit.keeping import remove_thing, replace_thing
from services.kit.store import Record, get_row, insert_rows

Known = dict[Any, Record]


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


async def judge_notes(work: Work, notes: AttendanceNotes, id: UUID) -> tuple[Record, Known]:
    """All that forbids to note who came; answers the meeting, locked, and what is known of each."""
    refused = Refusals()
    with refused:
        await _demand_guests(work, notes, await noted_of(work.db, id))
    meeting = await get_row(work.db, MeetingRow, id, lock=True)
    known = {(one["seat_id"], one["actor_id"]): one for one in await noted_of(work.db, id)}
    with refused:
        demand_unlocked(meeting)
    with refused:
        demand_not_cancelled(meeting)
    seats = await seats_of(work.db, meeting["council_id"])
    with refused:
        begun = day_of(meeting["starts_at"]) <= clock.today()
        rules.demand_notes(notes, known, seats, begun=begun)
    refused.demand_none()
    return meeting, known


async def _demand_guests(work: Work, notes: AttendanceNotes, there: Iterable[Record]) -> None:
    """Rejected for a guest that the registry does not know; who was one stays one."""
    metadata = ATTENDANCES.table.metadata
    kept = {"actor_ids": [one["actor_id"] for one in there if one["actor_id"] is not None]}
    await learn(work, metadata, notes, kept=kept)
    demand_named(work, metadata, notes)


async def note_attendance(work: Work, id: UUID, notes: AttendanceNotes) -> UUID:
    """Note of many at once who came, or will; answers the meeting's id."""
    meeting, known = await judge_notes(work, notes, id)
    marks = {name: meeting[name] for name in ("source", "example")}
    new = [
        AttendanceDraft(**note.model_dump(), **marks, meeting_id=id)
        for note in notes.items
        if note.of not in known and rules.told_after(rules.NOTHING, note) != rules.NOTHING
    ]
    await insert_rows(work.db, AttendanceRow, list(new))
    changed = [_changed(known[note.of], note) for note in notes.items if note.of in known]
    await _change(work, [one for one in changed if one])
    return id


def _changed(before: Record, note: AttendanceNote) -> Record:
    """What is to be stored of a note, nothing where it is so. An answer is to the present time."""
    told = rules.told_after(before, note)
    told["answered_for"] = None if "answer" in note.model_fields_set else before["answered_for"]
    if all(told[name] == before[name] for name in told):
        return {}
    return {"of": before["id"]} | {f"new_{name}": told[name] for name in told}


async def _change(work: Work, changed: list[Record]) -> None:
    table = ATTENDANCES.table
    names = (*rules.TOLD, "answered_for")
    values = {name: bindparam(f"new_{name}", type_=table.c[name].type) for name in names}
    counted = {"version": table.c.version + 1, "updated_at": clock.now()}
    if changed:
        statement = update(table).where(table.c.id == bindparam("of"))
        await work.db.execute(statement.values(values | counted), changed)
