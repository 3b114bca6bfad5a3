"""Duration: when those who begin are out, as it is known, worked out or unknown.

The last day is the start's own. Where nobody gave it, the programme's weeks from the first day say
it: an assumption, for a course may have holidays. Without weeks it is any day from the first on,
but not later than the longest that a programme may be.
"""

from datetime import date, timedelta

from services.analysis.verdict.arithmetic import Fact, Period

LONGEST = timedelta(weeks=520)  # no programme has more weeks
DAY = timedelta(days=1)


def out_on(programme: Fact, intake: Fact) -> date | None:
    """The last day, known or worked out; None where it is neither."""
    begins, ends = _day(intake["starts_on"]), _day(intake["ends_on"])
    weeks = programme.get("weeks")
    return begins + timedelta(weeks=weeks) - DAY if begins and weeks and not ends else ends


def may_be_out_in(period: Period, programme: Fact, intake: Fact) -> bool:
    """Whether those who begin may be out in the time."""
    if intake["completed"] is not None and not intake["ends_on"]:
        return False  # how many completed is known once they have
    if day := out_on(programme, intake):
        return period.holds(day)
    begins = _day(intake["starts_on"])
    return not begins or period.first - LONGEST < begins <= period.last


def length(programme: Fact, intake: Fact) -> timedelta | None:
    """How long it takes from the first day; None where nobody knows."""
    begins, ends = _day(intake["starts_on"]), _day(intake["ends_on"])
    if begins and ends:
        return ends - begins
    weeks = programme.get("weeks")
    return timedelta(weeks=weeks) - DAY if weeks else None


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None
