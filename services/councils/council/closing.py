"""What can be done with a council's end: it is closed in an orderly way, and opened again."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import or_, update

from services.councils.calling import tell_changes
from services.councils.contract.council import CouncilClosing, CouncilPhase, CouncilReopening
from services.councils.contract.meeting import MeetingStatus
from services.councils.council import rules
from services.councils.council.actions import enter
from services.councils.council.queries import changes, last_change, last_work, open_needs_of
from services.councils.council.relied import seat_after
from services.councils.membership import day_in_sweden
from services.councils.tables.council import CouncilRow, SeatRow
from services.councils.tables.meeting import MeetingRow
from services.kit import clock
from services.kit.errors import Refusals
from services.kit.http import Work
from services.kit.store import Record, change_row, get_row, table_of


async def judge_closing(work: Work, closing: CouncilClosing, id: UUID) -> Record:
    """All that forbids to close a council; answers the last change of phase, the council locked."""
    council = await get_row(work.db, CouncilRow, id, lock=True)
    last, day, refused = await last_change(work.db, id), closing.closed_on, Refusals()
    with refused:
        rules.demand_open(council, field="phase")
    with refused:
        rules.demand_day(day, last=last["on"], today=clock.today(), field="closed_on")
    with refused:
        rules.demand_goal_met(closing.reason, await open_needs_of(work.db, id))
    with refused:
        rules.demand_work_done(day, await last_work(work.db, id))
    with refused:
        if day is not None:
            rules.demand_no_later_seat(await seat_after(work.db, id, day))
    refused.demand_none(type(closing).model_fields)
    return last


async def close_council(
    work: Work, id: UUID, closing: CouncilClosing, version: int | None
) -> Record:
    """A council is closed: its seats last that day out, meetings not held by then are cancelled."""
    last, phase = await judge_closing(work, closing, id), CouncilPhase.closed
    await enter(work, last, phase, closing, on=closing.closed_on, reason=closing.reason)
    await _end_seats(work, id, closing)
    await _cancel_meetings(work, id, closing)
    told = closing.model_dump(include={"closed_on", "result", "lessons"})
    values = told | {"closing_reason": closing.reason}
    return await change_row(work.db, CouncilRow, id, version=version, **values)


def _changed(row: Any, **values: Any) -> Any:
    """An update of many rows that counts as a change of each."""
    table = table_of(row)
    return update(table).values(version=table.c.version + 1, updated_at=clock.now(), **values)


async def _end_seats(work: Work, id: UUID, closing: CouncilClosing) -> None:
    """The closing day is the last of every seat that would have lasted longer."""
    seat, after = table_of(SeatRow), clock.from_day(closing.closed_on, timedelta(days=1))
    ended = _changed(
        SeatRow, ended_with_council=True, ended_before_closing=seat.c.valid_to, valid_to=after
    )
    lasts = or_(seat.c.valid_to.is_(None), seat.c.valid_to > after)
    await work.db.execute(ended.where(seat.c.council_id == id, lasts))


async def _cancel_meetings(work: Work, id: UUID, closing: CouncilClosing) -> None:
    meeting = table_of(MeetingRow)
    cancelled = _changed(MeetingRow, status=MeetingStatus.cancelled, cancelled_with_council=True)
    # Also those of the last day: one that was held after all may still be told so.
    coming = day_in_sweden(meeting.c.starts_at) >= closing.closed_on
    planned = meeting.c.status == MeetingStatus.planned
    await work.db.execute(cancelled.where(meeting.c.council_id == id, coming, planned))
    await tell_changes(work.db, meeting.c.council_id == id)


async def judge_reopening(work: Work, _reopening: CouncilReopening, id: UUID) -> None:
    """All that forbids to take a closing back; the council locked."""
    rules.demand_closed(await get_row(work.db, CouncilRow, id, lock=True))


async def reopen_council(
    work: Work, id: UUID, reopening: CouncilReopening, version: int | None
) -> Record:
    """A closing is undone from its own day on: the phase, the seats and meetings come back."""
    await judge_reopening(work, reopening, id)
    *_earlier, before, last = await changes(work.db, id)
    phase = CouncilPhase(before["phase"])
    await enter(work, last, phase, reopening, on=last["on"], reason=reopening.reason)
    await _take_back(work, id)
    gone = dict.fromkeys(("closed_on", "closing_reason", "result", "lessons"))
    return await change_row(work.db, CouncilRow, id, version=version, **gone)


async def _take_back(work: Work, id: UUID) -> None:
    seat, meeting = table_of(SeatRow), table_of(MeetingRow)
    seats = _changed(
        SeatRow,
        valid_to=seat.c.ended_before_closing,
        ended_before_closing=None,
        ended_with_council=False,
    )
    await work.db.execute(seats.where(seat.c.council_id == id, seat.c.ended_with_council))
    meetings = _changed(MeetingRow, status=MeetingStatus.planned, cancelled_with_council=False)
    closed = meeting.c.cancelled_with_council
    await work.db.execute(meetings.where(meeting.c.council_id == id, closed))
    await tell_changes(work.db, meeting.c.council_id == id)
