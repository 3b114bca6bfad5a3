"""Rules about invitations: when somebody is called, a letter sent again, and a link answered."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from services.councils.contract.invitation import TO_SEND_AGAIN, LinkState
from services.councils.contract.meeting import MeetingStatus, MinutesState
from services.kit.errors import Conflict

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
    if held or locked or meeting["starts_at"] <= now:
        return LinkState.over
    return LinkState.open if theirs else LinkState.left


def demand_open(state: LinkState) -> None:
    """Conflict where a link takes no answer any more."""
    if state is not LinkState.open:
        raise Conflict("the link takes no answer", field="answer", reason=f"link_{state}")
