"""Rules about series of meetings: which days one has."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import islice, takewhile
from typing import Any

from services.councils.contract.meeting_series import MOST, MeetingSeriesDraft, Rhythm
from services.councils.council.rules import demand_within
from services.kit.errors import Conflict, Rejected

_WEEK, _LAST, _SATURDAY = 7, 5, 5
LATEST = date(2200, 12, 31)


def days_of(draft: MeetingSeriesDraft) -> list[date]:
    """The days of a series, those that are left out too. Rejected where they are too many."""
    if draft.rhythm is Rhythm.days:
        return sorted({*draft.days})
    if draft.begins_on is None or (draft.until is None and draft.count is None):
        return []
    last = min(draft.until or LATEST, LATEST)
    within = takewhile(lambda day: day <= last, _endless(draft.begins_on, draft))
    found = list(islice(within, draft.count or MOST + 1))
    if len(found) > MOST:
        raise Rejected(f"at most {MOST} meetings", field="until", reason="too_many_meetings")
    return found


def _endless(first: date, draft: MeetingSeriesDraft) -> Iterator[date]:
    if draft.rhythm is Rhythm.weeks:
        step = timedelta(days=_WEEK * draft.every)
        while True:
            yield first
            first += step
    month = first.year * 12 + first.month - 1
    while True:
        yield same_weekday(first, *divmod(month, 12))
        month += draft.every


def same_weekday(first: date, year: int, month: int) -> date:
    """The day that is in another month (0 is January) what the first is in its own."""
    begins = date(year, month + 1, 1)
    place = (first.day - 1) // _WEEK
    day = begins + timedelta(days=(first.weekday() - begins.weekday()) % _WEEK + _WEEK * place)
    if place + 1 == _LAST and (day.year, day.month) != (year, month + 1):
        day -= timedelta(days=_WEEK)
    return day


def kept(draft: MeetingSeriesDraft) -> list[date]:
    """The days that meetings are made for. Rejected where none is left."""
    found = [day for day in days_of(draft) if day not in draft.skipped_days]
    if not found:
        raise Rejected("no day is left", field="skipped_days", reason="no_day_left")
    return found


def at(day: date, text: str | None, zone: tzinfo) -> datetime | None:
    """A moment of a day by a clock."""
    return datetime.combine(day, time.fromisoformat(text), zone) if text else None


def demand_coming(many: int) -> None:
    """Conflict where nothing is to come."""
    if not many:
        raise Conflict("no meeting of it is to come", field="from_on", reason="none_coming")


def demand_its_time(
    council: Mapping[str, Any], draft: MeetingSeriesDraft, days: Sequence[date]
) -> None:
    """Rejected for days outside the council's time, at the field that says them."""
    listed = "days" if draft.rhythm is Rhythm.days else ""
    last = listed or ("count" if draft.until is None else "until")
    if days:
        demand_within(council, days[0], days[-1], early=listed or "begins_on", late=last)


def demand_to_come(starts: Sequence[datetime], now: datetime, *, field: str) -> None:
    """Rejected where a meeting that is to come would have begun."""
    if any(one < now for one in starts):
        raise Rejected("it would be over already", field=field, reason="in_the_past")


def is_weekend(day: date) -> bool:
    """Whether it is a Saturday or Sunday."""
    return day.weekday() >= _SATURDAY
