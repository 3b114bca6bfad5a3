"""The clock: the only place that looks at it, so that a test can set it."""

from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")
_fixed: ContextVar[datetime | None] = ContextVar("fixed_clock", default=None)


def now() -> datetime:
    """This moment in UTC."""
    return _fixed.get() or datetime.now(UTC)


def today() -> date:
    """Today's date in Sweden, which is the date people here mean."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """The date of a moment in Sweden."""
    return moment.astimezone(STOCKHOLM).date()


def from_day(day: date, span: timedelta) -> date:
    """The day this long after (or before) another: the calendar's last (or first) beyond its end.

    Days that a caller chose are counted from here only: date + timedelta fails at the ends.
    """
    try:
        return day + span
    except OverflowError:
        return date.max if span > timedelta() else date.min


def year_before(day: date) -> date:
    """The same day of the year before; 28 February for the day that a year may lack."""
    earlier = day.replace(day=28) if (day.month, day.day) == (2, 29) else day
    return earlier.replace(year=max(day.year - 1, date.min.year))


def fix(moment: datetime | None) -> None:
    """Stop the clock at a moment in this context (tests); None lets it go again."""
    _fixed.set(moment)
