"""Rules about sign-ups: who gets a place, and what can be said afterwards."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from services.councils.contract.event import EventStatus, SignUpWindow
from services.councils.contract.event_sign_up import SignUpState
from services.kit.errors import Conflict


def state_of_new(window: SignUpWindow) -> SignUpState:
    """Whether somebody new has a place or waits."""
    return SignUpState.coming if window is SignUpWindow.open else SignUpState.waiting


def may_cancel(one: Mapping[str, Any], event: Mapping[str, Any], now: datetime) -> bool:
    """Whether a sign-up can be taken back: until the event begins."""
    begun = event["starts_at"] is not None and event["starts_at"] <= now
    over = begun or event["status"] in {EventStatus.held, EventStatus.cancelled}
    return one["state"] != SignUpState.cancelled and not over


def demand_cancellable(one: Mapping[str, Any], event: Mapping[str, Any], now: datetime) -> None:
    """Conflict where it is too late."""
    if not may_cancel(one, event, now):
        raise Conflict("it has begun, or is over", field="", reason="event_begun")


def demand_not_cancelled(one: Mapping[str, Any]) -> None:
    """Conflict where it is told whether somebody came who had cancelled."""
    if one["state"] == SignUpState.cancelled:
        raise Conflict("the sign-up is cancelled", field="attended", reason="sign_up_cancelled")


def demand_missed(one: Mapping[str, Any], *, begun: bool) -> None:
    """Conflict where somebody would be said to have missed what is to come, or had no place at."""
    if not begun:
        raise Conflict("it has not begun", field="attended", reason="in_the_future")
    if one["state"] == SignUpState.waiting:
        raise Conflict("there was no place", field="attended", reason="sign_up_waiting")


def demand_new(*, known: bool) -> None:
    """Conflict where the same person signs up again with the same address."""
    if known:
        raise Conflict("it is signed up already", field="email", reason="already_signed_up")
