"""Rules about decision reviews: one stays with its decision, and is of no day to come."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from services.kit.errors import Rejected


def demand_its_decision(before: Mapping[str, Any], decision_id: Any) -> None:
    """Rejected where it would go to another decision."""
    if before and decision_id not in (None, before["decision_id"]):
        raise Rejected("it stays where it is", field="decision_id", reason="fixed")


def demand_past(reviewed_on: date | None, today: date) -> None:
    """Rejected for a day to come."""
    if reviewed_on is not None and reviewed_on > today:
        raise Rejected("that day has not come", field="reviewed_on", reason="in_the_future")
