"""Rules about seats: each stays in its council."""

from collections.abc import Mapping
from typing import Any

from services.councils.contract.council import SeatDraft
from services.kit.errors import Rejected


def demand_same_council(seat: Mapping[str, Any], draft: SeatDraft) -> None:
    """Rejected where a seat would go to another council: end it, and make a new one."""
    if seat["council_id"] != draft.council_id:
        raise Rejected("a seat stays in its council", field="council_id", reason="fixed")
