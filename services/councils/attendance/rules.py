"""Rules about attendance: a seat is asked to its own council's meetings."""

from typing import Any
from uuid import UUID

from services.kit.errors import Rejected


def demand_seat(council_of_seat: Any, council_of_meeting: UUID) -> None:
    """Rejected where the seat is unknown or another council's."""
    if council_of_seat != council_of_meeting:
        raise Rejected("not a seat of the council", field="seat_id", reason="unknown_reference")
