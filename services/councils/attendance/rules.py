"""Rules about attendance: a seat is asked to its own council's meetings."""

from datetime import date
from typing import Any
from uuid import UUID

from services.kit.errors import Rejected


def demand_begun(attended: bool | None, day: date, today: date) -> None:
    """Rejected where somebody is said to have come, or not, to a meeting on a day to come."""
    if attended is not None and day > today:
        raise Rejected("that day has not come", field="attended", reason="in_the_future")


def demand_seat(council_of_seat: Any, council_of_meeting: UUID) -> None:
    """Rejected where the seat is unknown or another council's."""
    if council_of_seat != council_of_meeting:
        raise Rejected("not a seat of the council", field="seat_id", reason="unknown_reference")
