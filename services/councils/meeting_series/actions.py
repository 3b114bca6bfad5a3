"""What can be done with series of meetings."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, update

from services.councils.calling import MEETING, ask_anew, tell_changes
from services.councils.contract.meeting import MeetingDraft, MeetingStatus
from services.councils.contract.meeting_series import (
    MeetingSeriesCancelling,
    MeetingSeriesDraft,
    MeetingSeriesExtension,
    MeetingSeriesFacts,
    MeetingSeriesMove,
    MeetingTimes,
)
from services.councils.council.actions import open_council
from services.councils.council.rules import demand_open, demand_within
from services.councils.meeting_series import rules
from services.councils.meeting_series.holidays import holiday
from services.councils.meeting_series.queries import coming, days_there, meetings_on
from services.councils.standing_item.actions import put_on
from services.councils.tables.council import CouncilRow
from services.councils.tables.meeting import MeetingRow, MeetingSeriesRow
from services.kit import clock
from services.kit.clock import STOCKHOLM, day_of
from services.kit.errors import NotFound, Refusals, Rejected
from services.kit.http import Work
from services.kit.store import Record, change_row, get_row, insert_row, insert_rows


async def judge(work: Work, draft: MeetingSeriesDraft, _id: UUID | None = None) -> None:
    """All that forbids a series."""
    refused, council = Refusals(), None
    with refused:
        if draft.council_id is not None:
            council = await open_council(work, draft.council_id)
    with refused:
        kept = rules.kept(draft) if rules.days_of(draft) else []
        if council is not None:
            rules.demand_its_time(council, draft, kept)
    refused.demand_none()


async def days(work: Work, draft: MeetingSeriesDraft) -> Record:
    """The days that a series would have, and what speaks against each."""
    refused, council = Refusals(), None
    found: list[date] = []
    with refused:
        council = await _council(work, draft.council_id)
        demand_open(council, field="council_id")
    with refused:
        found = rules.days_of(draft)
        if council is not None:
            kept = [day for day in found if day not in draft.skipped_days]
            rules.demand_its_time(council, draft, kept)
    refused.demand_none()
    return await _all_told(work, draft, found)


async def _all_told(work: Work, draft: MeetingSeriesDraft, found: list[date]) -> Record:
    there = await meetings_on(work.db, draft.council_id, found)
    return _with_mark(
        one | {"skipped": one["day"] in draft.skipped_days} for one in _each(draft, found, there)
    )


def _each(
    draft: MeetingSeriesDraft, found: Iterable[date], there: Mapping[date, list[UUID]]
) -> Iterator[Record]:
    for day in found:
        yield _told(day, rules.at(day, draft.from_time, STOCKHOLM), there.get(day, []))


def _with_mark(told: Iterable[Record]) -> Record:
    items = list(told)
    return {"items": items, "mark": rules.mark_of(items)}


def _told(day: date, starts_at: datetime | None, meeting_ids: list[UUID]) -> Record:
    """A day, and what speaks against it."""
    return {
        "day": day,
        "starts_at": starts_at,
        "was_on": None,
        "skipped": False,
        "holiday": holiday(day),
        "weekend": rules.is_weekend(day),
        "meeting_ids": meeting_ids,
    }


async def _council(work: Work, id: UUID) -> Record:
    try:
        return await get_row(work.db, CouncilRow, id)
    except NotFound as unknown:
        raise Rejected(unknown.detail, field="council_id", reason="unknown_reference") from None


async def plan_series(work: Work, draft: MeetingSeriesDraft) -> Record:
    """All its meetings, each with what stands on all its council's agendas."""
    await judge(work, draft)
    rules.demand_shown(draft.mark, _each(draft, rules.days_of(draft), {}))
    facts = {name: getattr(draft, name) for name in MeetingSeriesFacts.model_fields}
    series = await insert_row(work.db, MeetingSeriesRow, facts)
    await _plan(work, series, draft, rules.kept(draft))
    return series


async def _plan(work: Work, series: Record, draft: MeetingSeriesDraft, days: list[date]) -> None:
    meetings = [_meeting(draft, day) for day in days]
    ids = await insert_rows(work.db, MeetingRow, [*meetings], series_id=series["id"])
    made = (one.model_dump() | {"id": key} for one, key in zip(meetings, ids, strict=True))
    await put_on(work, *made)


async def judge_extension(
    work: Work, more: MeetingSeriesExtension, id: UUID
) -> tuple[MeetingSeriesDraft, list[date]]:
    """All that forbids more meetings; answers them as a series of their own, and its days."""
    series = await get_row(work.db, MeetingSeriesRow, id)
    council = await open_council(work, series["council_id"], field="begins_on")
    draft, there = rules.extended(series, more), await days_there(work.db, id)
    if more.is_part and not rules.days_of(draft, there):
        return draft, []
    rules.demand_more(draft, there)
    kept = rules.kept(draft, there)
    rules.demand_its_time(council, draft, kept)
    return draft, kept


async def days_extended(work: Work, id: UUID, more: MeetingSeriesExtension) -> Record:
    """The days that more meetings would have, and what speaks against each."""
    series = await get_row(work.db, MeetingSeriesRow, id)
    council = await _council(work, series["council_id"])
    demand_open(council, field="begins_on")
    draft, there = rules.extended(series, more), await days_there(work.db, id)
    rules.demand_more(draft, there)
    found = rules.days_of(draft, there)
    kept = [day for day in found if day not in draft.skipped_days]
    rules.demand_its_time(council, draft, kept)
    return await _all_told(work, draft, found)


async def extend_series(
    work: Work, id: UUID, more: MeetingSeriesExtension, version: int | None
) -> Record:
    """More meetings in it; another version, so that nobody adds the same from an older page."""
    draft, kept = await judge_extension(work, more, id)
    found = rules.days_of(draft, await days_there(work.db, id))
    rules.demand_shown(more.mark, _each(draft, found, {}))
    series = await change_row(work.db, MeetingSeriesRow, id, version=version)
    await _plan(work, series, draft, kept)
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


async def _coming(
    work: Work, id: UUID, from_on: date | None, *, lock: bool = True
) -> tuple[Record, list[Record]]:
    """The council and what is to come, it locked first, as where one meeting is changed."""
    series = await get_row(work.db, MeetingSeriesRow, id)
    if lock:
        council = await open_council(work, series["council_id"], field="from_on")
    else:
        council = await _council(work, series["council_id"])
        demand_open(council, field="from_on")
    found = await coming(work.db, id, from_on, lock=lock)
    rules.demand_coming(len(found))
    return council, found


async def judge_cancelling(work: Work, asked: MeetingSeriesCancelling, id: UUID) -> None:
    """Conflict where the council is closed or nothing is to come."""
    await _coming(work, id, asked.from_on)


async def judge_move(work: Work, move: MeetingSeriesMove, id: UUID) -> None:
    """All that forbids another time; what the part of a move says is read as far as it can be."""
    if move.from_time is None:
        await _coming(work, id, move.from_on)
    else:
        await _moved(work, id, move)


async def _moved(
    work: Work, id: UUID, move: MeetingSeriesMove, *, lock: bool = True
) -> list[tuple[Record, Record]]:
    """What is to come, each as it is and as it would be."""
    council, meetings = await _coming(work, id, move.from_on, lock=lock)
    span = timedelta(days=move.shift_days or 0)
    moved = [
        one | _when_and_where(move, clock.from_day(day_of(one["starts_at"]), span))
        for one in meetings
    ]
    starts = [one["starts_at"] for one in moved]
    field = "shift_days" if span else "from_time"
    rules.demand_to_come(starts, clock.now(), field=field)
    if span:
        first, last = day_of(min(starts)), day_of(max(starts))
        demand_within(council, first, last, early=field, late=field)
    return list(zip(meetings, moved, strict=True))


async def days_moved(work: Work, id: UUID, move: MeetingSeriesMove) -> Record:
    """The days that what is to come would have, and what speaks against each."""
    pairs = await _moved(work, id, move, lock=False)
    own = {was["id"] for was, _ in pairs}
    council_id, days = pairs[0][0]["council_id"], [day_of(now["starts_at"]) for _, now in pairs]
    there = await meetings_on(work.db, council_id, days)
    others = {day: [one for one in found if one not in own] for day, found in there.items()}
    return _with_mark(_each_moved(pairs, others))


def _each_moved(
    pairs: Iterable[tuple[Record, Record]], there: Mapping[date, list[UUID]]
) -> Iterator[Record]:
    for was, now in pairs:
        day = day_of(now["starts_at"])
        yield _told(day, now["starts_at"], there.get(day, [])) | {
            "was_on": day_of(was["starts_at"])
        }


async def move_series(work: Work, id: UUID, move: MeetingSeriesMove) -> Record:
    """Another time or place for all that are to come; who has been called is told."""
    pairs = await _moved(work, id, move)
    rules.demand_shown(move.mark, _each_moved(pairs, {}))
    moved = [now for _, now in pairs]
    await ask_anew(work.db, pairs)
    await _change(work, moved, "starts_at", "ends_at", "place", "link")
    if move.shift_days:
        await put_on(work, *moved)
    return await get_row(work.db, MeetingSeriesRow, id)


async def cancel_series(work: Work, id: UUID, cancelling: MeetingSeriesCancelling) -> Record:
    """What is to come will not be; who has been called is told."""
    _, meetings = await _coming(work, id, cancelling.from_on)
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
