"""Rules about quality circles: nothing is judged of a day to come, nor moves to another council."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from services.kit.errors import Rejected


def demand_past(judged_on: date | None, today: date) -> None:
    """Rejected for a day to come."""
    if judged_on is not None and judged_on > today:
        raise Rejected("that day has not come", field="judged_on", reason="in_the_future")


def demand_its_council(before: Mapping[str, Any], council_id: Any) -> None:
    """Rejected where it would go to another council."""
    if council_id not in (None, before["council_id"]):
        raise Rejected("it stays where it is", field="council_id", reason="fixed")
