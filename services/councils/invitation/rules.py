"""Rules about invitations: when somebody is called, a letter sent again, and a link answered."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from services.councils.contract.invitation import TO_SEND_AGAIN, LinkState
from services.councils.contract.meeting import MeetingStatus, MinutesState
from services.kit.errors import Conflict

STOCKHOLM = ZoneInfo("Europe/Stockholm")
# The first of the tries that a letter makes by itself waits so long, each next one twice as long.
FIRST_WAIT, LONGEST_WAIT, MOST_TRIES = timedelta(minutes=1), timedelta(hours=6), 12


def demand_coming(meeting: Mapping[str, Any], now: datetime) -> None:
    """Conflict unless the meeting is planned, and has not begun."""
    if meeting["status"] != MeetingStatus.planned:
        raise Conflict("the meeting is not planned", field="status", reason="not_planned")
    if meeting["starts_at"] <= now:
        raise Conflict("the meeting has begun", field="starts_at", reason="has_begun")


def may_go_again(letter: Mapping[str, Any], *, so: bool) -> bool:
    """Whether a letter failed, or nobody knows whether it went, and it still says what is so."""
    return so and letter["state"] in TO_SEND_AGAIN


def demand_again(letter: Mapping[str, Any]) -> None:
    """Conflict unless the letter may be sent again."""
    if not letter["may_go_again"]:
        raise Conflict("it has gone, or is not so any more", field="state", reason="not_failed")


def wait_after(tries: int) -> timedelta | None:
    """How long a letter waits after so many tries; None: it has been tried enough."""
    if tries >= MOST_TRIES:
        return None
    return min(FIRST_WAIT * float(2 ** max(tries - 1, 0)), LONGEST_WAIT)


def state_of_link(
    letter: Mapping[str, Any], meeting: Mapping[str, Any], now: datetime, *, theirs: bool
) -> LinkState:
    """Whether a link takes an answer: until the meeting begins, from who has the seat then."""
    if letter["revoked"]:
        return LinkState.revoked
    if meeting["status"] == MeetingStatus.cancelled:
        return LinkState.cancelled
    held = meeting["status"] == MeetingStatus.held
    locked = meeting["minutes_state"] == MinutesState.approved
    if held or locked or _end_of(meeting) <= now:
        return LinkState.over
    if meeting["starts_at"] <= now:
        return LinkState.begun
    return LinkState.open if theirs else LinkState.left


def _end_of(meeting: Mapping[str, Any]) -> datetime:
    """When a meeting is over; with its day where nobody has said."""
    if meeting["ends_at"]:
        end: datetime = meeting["ends_at"]
        return end
    day = meeting["starts_at"].astimezone(STOCKHOLM).date() + timedelta(days=1)
    return datetime.combine(day, time.min, STOCKHOLM)


def demand_open(state: LinkState) -> None:
    """Conflict where a link takes no answer any more."""
    if state is not LinkState.open:
        raise Conflict("the link takes no answer", field="answer", reason=f"link_{state}")
