"""Rules about escalations: they go upward, and who is asked answers."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from services.councils.contract.council import UPWARD
from services.kit.errors import Conflict, Rejected


def demand_higher(council: Mapping[str, Any] | None, asked: Mapping[str, Any] | None) -> None:
    """Rejected unless the one that is asked is of a higher level."""
    if council and asked and UPWARD.index(asked["level"]) <= UPWARD.index(council["level"]):
        told = "it is lifted to a higher level"
        raise Rejected(told, field="to_council_id", reason="not_higher")


def demand_waiting(before: Mapping[str, Any]) -> None:
    """Conflict where an answer would go with the question."""
    if before["answer"] is not None:
        raise Conflict("it is answered", field="answer", reason="has_answered")


def demand_unanswered(before: Mapping[str, Any], after: Any) -> None:
    """Conflict where who has answered would not have been asked."""
    if before["answer"] is not None and after not in (None, before["to_council_id"]):
        raise Conflict("it has answered", field="to_council_id", reason="has_answered")


def demand_lifted_first(raised_on: date, day: date | None, *, field: str) -> None:
    """Rejected for an answer before the question."""
    if day is not None and day < raised_on:
        raise Rejected("it was lifted later", field=field, reason="too_early")


def demand_before_answer(answered_on: date | None, day: date | None) -> None:
    """Rejected where the question would come after its answer."""
    if answered_on is not None and day is not None and day > answered_on:
        raise Rejected("it was answered before", field="raised_on", reason="too_late")
