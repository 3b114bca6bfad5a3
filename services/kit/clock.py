"""The clock: the only place that looks at it, so that a test can set it."""

from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")
_fixed: ContextVar[datetime | None] = ContextVar("fixed_clock", default=None)


def now() -> datetime:
    """This moment in UTC."""
    return _fixed.get() or datetime.now(UTC)


def today() -> date:
    """Today's date in Sweden, which is the date people here mean."""
    return now().astimezone(STOCKHOLM).date()


def fix(moment: datetime | None) -> None:
    """Stop the clock at a moment in this context (tests); None lets it go again."""
    _fixed.set(moment)
