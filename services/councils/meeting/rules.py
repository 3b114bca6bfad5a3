"""Rules about meetings: what can have been held, and what approved minutes lock."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from services.councils.contract.meeting import MeetingStatus, MinutesState
from services.kit.errors import Conflict, Rejected


def demand_possible(status: MeetingStatus, day: date, today: date) -> None:
    """Rejected for a meeting that has been held on a day to come."""
    if status is MeetingStatus.held and day > today:
        raise Rejected("that day has not come", field="status", reason="in_the_future")


def demand_unlocked(meeting: Mapping[str, Any], *, field: str = "minutes_state") -> None:
    """Conflict where the minutes are approved."""
    if meeting["minutes_state"] == MinutesState.approved:
        raise Conflict("the minutes are approved", field=field, reason="locked")


def demand_not_cancelled(meeting: Mapping[str, Any]) -> None:
    """Conflict where the meeting will not be: nothing more is planned, answered or noted there."""
    if meeting["status"] == MeetingStatus.cancelled:
        raise Conflict("the meeting was cancelled", field="meeting_id", reason="cancelled")


def needs_council(before: MeetingStatus, after: MeetingStatus) -> bool:
    """Whether only an open council may say so: a meeting is planned, or a cancelled one changed.

    What was held on a council's last day after all is told of a closed one too.
    """
    if after is MeetingStatus.planned:
        return before != after
    return before == after == MeetingStatus.cancelled


def demand_same(before: Any, after: Any, *, field: str) -> None:
    """Rejected where a thing would go to another council or meeting."""
    if before != after:
        raise Rejected("it stays where it is", field=field, reason="fixed")


def demand_undecided(*, decided: bool) -> None:
    """Conflict where a meeting that decided would not have been."""
    if decided:
        raise Conflict("it has decisions", field="status", reason="decided")


def demand_before_decisions(was: date, day: date, decided: Sequence[date]) -> None:
    """Rejected where a meeting would move to a day after one that it decided something on."""
    if decided and day > max(was, decided[0]):
        raise Rejected("it decided earlier", field="starts_at", reason="decided_earlier")


def demand_held(meeting: Mapping[str, Any]) -> None:
    """Conflict unless the meeting was held."""
    if meeting["status"] != MeetingStatus.held:
        raise Conflict("the meeting was not held", field="status", reason="not_held")


def demand_read(mark: str, there: str) -> None:
    """Conflict where the minutes are others than those that were read."""
    if mark != there:
        raise Conflict("the minutes were changed since", field="mark", reason="minutes_changed")


def demand_approval_day(on: date, *, last: date, today: date) -> None:
    """Rejected for a day before the meeting or the last that it decided, or one to come."""
    if on < last:
        raise Rejected("what they tell was later", field="approved_on", reason="too_early")
    if on > today:
        raise Rejected("that day has not come", field="approved_on", reason="in_the_future")
