"""Rules about events: which way one may go, and when somebody can sign up."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from services.councils.contract.event import EventStatus, SignUpWindow
from services.kit.errors import Conflict, Rejected

_Status = EventStatus
MOVES = {
    "open": (frozenset({_Status.planned}), _Status.open),
    "hold": (frozenset({_Status.planned, _Status.open}), _Status.held),
    "cancel": (frozenset({_Status.planned, _Status.open}), _Status.cancelled),
    "resume": (frozenset({_Status.held, _Status.cancelled}), _Status.planned),
}


def moved_to(action: str, status: str) -> EventStatus:
    """The status after an action. Conflict where the present one does not allow it."""
    allowed, after = MOVES[action]
    if status not in allowed:
        raise Conflict(f"{action}: the event is {status}", field="status", reason="wrong_status")
    return after


def has_begun(event: Mapping[str, Any], now: datetime) -> bool:
    """Whether its time has come; what has no time may have been held."""
    return event["starts_at"] is None or event["starts_at"] <= now


def demand_begun(event: Mapping[str, Any], now: datetime) -> None:
    """Conflict where what is still to come would be said to have been held."""
    if not has_begun(event, now):
        raise Conflict("it has not begun", field="starts_at", reason="in_the_future")


def demand_not_postponed(before: Mapping[str, Any], starts_at: Any, now: datetime) -> None:
    """Rejected where what was held would be moved to a time to come."""
    held = before["status"] == _Status.held and starts_at != before["starts_at"]
    if held and starts_at is not None and starts_at > now:
        raise Rejected("it has been held", field="starts_at", reason="in_the_future")


def demand_time(event: Mapping[str, Any]) -> None:
    """Rejected where people would sign up to what has no time."""
    if event["starts_at"] is None:
        raise Rejected("people ask when it is", field="starts_at", reason="missing")


def demand_time_kept(before: Mapping[str, Any], starts_at: datetime | None) -> None:
    """Rejected where what is more than planned loses its time: it says when names are forgotten."""
    if starts_at is None and before["starts_at"] and before["status"] != _Status.planned:
        raise Rejected("people know when it is", field="starts_at", reason="missing")


def end_of(event: Mapping[str, Any]) -> datetime | None:
    """When an event is over: half a day after it began where nobody has said."""
    starts = event["starts_at"]
    ends: datetime | None = event["ends_at"] or (starts and starts + timedelta(hours=12))
    return ends


def places_left(event: Mapping[str, Any], coming: int) -> int | None:
    """How many more have room; None: all."""
    return None if event["places"] is None else max(event["places"] - coming, 0)


def window(event: Mapping[str, Any], coming: int, waiting: int, now: datetime) -> SignUpWindow:
    """Whether somebody can sign up: those who wait come before who is new."""
    end = end_of(event)
    if event["status"] != _Status.open or (end is not None and end <= now):
        return SignUpWindow.closed
    full = waiting > 0 or places_left(event, coming) == 0
    return SignUpWindow.full if full else SignUpWindow.open


def demand_open(found: SignUpWindow) -> None:
    """Conflict where nobody can sign up."""
    if found is SignUpWindow.closed:
        raise Conflict("nobody can sign up", field="", reason="sign_up_closed")
