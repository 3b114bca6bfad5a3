"""Rules about session plans: each is of one meeting, and who was heard is told afterwards."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from services.kit.errors import Rejected


def demand_its_meeting(before: Mapping[str, Any], meeting_id: Any) -> None:
    """Rejected where it would go to another meeting."""
    if meeting_id not in (None, before["meeting_id"]):
        raise Rejected("it stays with its meeting", field="meeting_id", reason="fixed")


def demand_over(held_on: date, today: date, *, told: bool) -> None:
    """Rejected where it is told who was heard at a meeting that is to come."""
    if told and held_on > today:
        raise Rejected("the meeting is to come", field="voices", reason="in_the_future")
