"""What can be done with series of meetings."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, update

from services.councils.calling import MEETING, ask_anew, tell_changes
from services.councils.contract.meeting import MeetingDraft, MeetingStatus
from services.councils.contract.meeting_series import (
    MeetingSeriesCancelling,
    MeetingSeriesDraft,
    MeetingSeriesFacts,
    MeetingSeriesMove,
    MeetingTimes,
)
from services.councils.council.actions import open_council
from services.councils.council.rules import demand_open
from services.councils.meeting_series import rules
from services.councils.meeting_series.holidays import holiday
from services.councils.meeting_series.queries import coming, meetings_on
from services.councils.standing_item.actions import put_on
from services.councils.tables.council import CouncilRow
from services.councils.tables.meeting import MeetingRow, MeetingSeriesRow
from services.kit import clock
from services.kit.clock import STOCKHOLM, day_of
from services.kit.errors import NotFound, Refusals, Rejected
from services.kit.http import Work
from services.kit.store import Record, get_row, insert_row, insert_rows


async def judge(work: Work, draft: MeetingSeriesDraft, _id: UUID | None = None) -> None:
    """All that forbids a series."""
    refused = Refusals()
    with refused:
        if draft.council_id is not None:
            await open_council(work, draft.council_id)
    with refused:
        if rules.days_of(draft):
            rules.kept(draft)
    refused.demand_none()


async def days(work: Work, draft: MeetingSeriesDraft) -> list[Record]:
    """The days that a series would have, and what speaks against each."""
    refused = Refusals()
    found: list[date] = []
    with refused:
        demand_open(await _council(work, draft.council_id), field="council_id")
    with refused:
        found = rules.days_of(draft)
    refused.demand_none()
    there = await meetings_on(work.db, draft.council_id, found)
    return [
        {
            "day": day,
            "starts_at": rules.at(day, draft.from_time, STOCKHOLM),
            "skipped": day in draft.skipped_days,
            "holiday": holiday(day),
            "meeting_ids": there.get(day, []),
        }
        for day in found
    ]


async def _council(work: Work, id: UUID) -> Record:
    try:
        return await get_row(work.db, CouncilRow, id)
    except NotFound as unknown:
        raise Rejected(unknown.detail, field="council_id", reason="unknown_reference") from None


async def plan_series(work: Work, draft: MeetingSeriesDraft) -> Record:
    """All its meetings, each with what stands on all its council's agendas."""
    await judge(work, draft)
    facts = {name: getattr(draft, name) for name in MeetingSeriesFacts.model_fields}
    series = await insert_row(work.db, MeetingSeriesRow, facts)
    meetings = [_meeting(draft, day) for day in rules.kept(draft)]
    ids = await insert_rows(work.db, MeetingRow, [*meetings], series_id=series["id"])
    made = (one.model_dump() | {"id": key} for one, key in zip(meetings, ids, strict=True))
    await put_on(work, *made)
    return series


def _meeting(draft: MeetingSeriesDraft, day: date) -> MeetingDraft:
    same = {name: getattr(draft, name) for name in ("council_id", "title", "source", "example")}
    return MeetingDraft(**same, **_when_and_where(draft, day))


def _when_and_where(times: MeetingTimes, day: date) -> dict[str, Any]:
    return {
        "starts_at": rules.at(day, times.from_time, STOCKHOLM),
        "ends_at": rules.at(day, times.to_time, STOCKHOLM),
        "place": times.place,
        "link": times.link,
    }


async def _coming(work: Work, id: UUID, from_on: date | None) -> list[Record]:
    """What is to come, its council locked first, as where one meeting is changed."""
    series = await get_row(work.db, MeetingSeriesRow, id)
    await open_council(work, series["council_id"], field="from_on")
    found = await coming(work.db, id, from_on)
    rules.demand_coming(len(found))
    return found


async def judge_coming(
    work: Work, asked: MeetingSeriesMove | MeetingSeriesCancelling, id: UUID
) -> None:
    """Conflict where the council is closed or nothing is to come."""
    await _coming(work, id, asked.from_on)


async def move_series(work: Work, id: UUID, move: MeetingSeriesMove) -> Record:
    """Another time or place for all that are to come; who has been called is told."""
    meetings = await _coming(work, id, move.from_on)
    span = timedelta(days=move.shift_days)
    moved = [
        one | _when_and_where(move, clock.from_day(day_of(one["starts_at"]), span))
        for one in meetings
    ]
    await ask_anew(work.db, list(zip(meetings, moved, strict=True)))
    await _change(work, moved, "starts_at", "ends_at", "place", "link")
    await put_on(work, *moved)
    return await get_row(work.db, MeetingSeriesRow, id)


async def cancel_series(work: Work, id: UUID, cancelling: MeetingSeriesCancelling) -> Record:
    """What is to come will not be; who has been called is told."""
    meetings = await _coming(work, id, cancelling.from_on)
    await _change(work, [one | {"status": MeetingStatus.cancelled} for one in meetings], "status")
    return await get_row(work.db, MeetingSeriesRow, id)


async def _change(work: Work, meetings: Sequence[Record], *names: str) -> None:
    values = {name: bindparam(f"new_{name}", type_=MEETING.c[name].type) for name in names}
    more = {"version": MEETING.c.version + 1, "updated_at": clock.now()}
    statement = update(MEETING).where(MEETING.c.id == bindparam("its_id")).values(values | more)
    told = [
        {"its_id": one["id"]} | {f"new_{name}": one[name] for name in names} for one in meetings
    ]
    await work.db.execute(statement, told)
    await tell_changes(work.db, MEETING.c.id.in_([one["id"] for one in meetings]))
