"""Rules about series of meetings: which days one has."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import dropwhile, islice, takewhile
from typing import Any

from services.councils import marking
from services.councils.contract.meeting_series import (
    MOST,
    MeetingSeriesDraft,
    MeetingSeriesExtension,
    MeetingSeriesFacts,
    Rhythm,
)
from services.councils.council.rules import demand_within
from services.kit.errors import Conflict, Rejected

_WEEK, _LAST, _SATURDAY, _RECENT = 7, 5, 5, 5
LATEST = date(2200, 12, 31)


def days_of(draft: MeetingSeriesDraft, there: Sequence[date] = ()) -> list[date]:
    """The days of a series, those that are left out too. Rejected where they are too many.

    One that does not say when it begins goes on after those that are there.
    """
    if draft.rhythm is Rhythm.days:
        return sorted({*draft.days})
    begins = draft.begins_on or (_usual_day(draft.rhythm, there) if there else None)
    if begins is None or (draft.until is None and draft.count is None):
        return []
    last, after = min(draft.until or LATEST, LATEST), () if draft.begins_on else there
    latest = max((_turn(draft.rhythm, day) for day in after), default=(0, 0))
    later = dropwhile(lambda day: _turn(draft.rhythm, day) <= latest, _endless(begins, draft))
    within = takewhile(lambda day: day <= last, later)
    found = list(islice(within, draft.count or MOST + 1))
    if len(found) > MOST:
        raise Rejected(f"at most {MOST} meetings", field="until", reason="too_many_meetings")
    return found


def _usual_day(rhythm: Rhythm, there: Sequence[date]) -> date:
    """The latest day, but for those that were moved by themselves: what the others go on from."""
    weekday = _usual(day.weekday() for day in there[-_RECENT:])
    same = [day for day in there if day.weekday() == weekday]
    if rhythm is Rhythm.weeks:
        return same[-1]
    # A fifth one is the last, and so is a fourth where the month has no fifth.
    places = [_place(day) for day in same]
    place = _LAST - 1 if _LAST - 1 in places else _usual(places[-_RECENT:])
    return max(day for day in same if _place(day) == place)


def _turn(rhythm: Rhythm, day: date) -> tuple[int, int]:
    """The week or month of a day: one that was moved by itself took the turn of its own."""
    return day.isocalendar()[:2] if rhythm is Rhythm.weeks else (day.year, day.month)


def _usual(numbers: Iterable[int]) -> int:
    return Counter(numbers).most_common(1)[0][0]


def _place(day: date) -> int:
    """0 is the first of its weekday in its month."""
    return (day.day - 1) // _WEEK


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
    place = _place(first)
    day = begins + timedelta(days=(first.weekday() - begins.weekday()) % _WEEK + _WEEK * place)
    if place + 1 == _LAST and (day.year, day.month) != (year, month + 1):
        day -= timedelta(days=_WEEK)
    return day


def kept(draft: MeetingSeriesDraft, there: Sequence[date] = ()) -> list[date]:
    """The days that meetings are made for. Rejected where none is left."""
    found = [day for day in days_of(draft, there) if day not in draft.skipped_days]
    if not found:
        raise Rejected("no day is left", field="skipped_days", reason="no_day_left")
    return found


def extended(series: Mapping[str, Any], more: MeetingSeriesExtension) -> MeetingSeriesDraft:
    """More meetings of a series, as a series of their own."""
    facts = {name: series[name] for name in MeetingSeriesFacts.model_fields}
    facts |= {name: getattr(more, name) for name in type(more).model_fields}
    return MeetingSeriesDraft.model_construct(**facts | {"rhythm": Rhythm(series["rhythm"])})


def demand_more(draft: MeetingSeriesDraft, there: Sequence[date]) -> None:
    """Rejected where it is not told which days more meetings are on."""
    if draft.rhythm is Rhythm.days:
        if not draft.days:
            raise Rejected("name the days", field="days", reason="missing")
    elif draft.until is None and draft.count is None:
        raise Rejected("a last day, a number, or both", field="until", reason="at_least_one")
    elif draft.begins_on is None and not there:
        raise Rejected("the series has no meeting", field="begins_on", reason="missing")


def at(day: date, text: str | None, zone: tzinfo) -> datetime | None:
    """A moment of a day by a clock."""
    return datetime.combine(day, time.fromisoformat(text), zone) if text else None


def mark_of(told: Iterable[Mapping[str, Any]]) -> str:
    """The mark of some days that a series would have: when each is, and which it was before."""
    return marking.mark_of(f"{one['was_on']} {one['starts_at']}" for one in told)


def demand_shown(mark: str | None, told: Iterable[Mapping[str, Any]]) -> None:
    """Conflict where the days are others than those that were shown."""
    if mark is not None and mark != mark_of(told):
        raise Conflict("the days would be others now", field="mark", reason="days_changed")


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
