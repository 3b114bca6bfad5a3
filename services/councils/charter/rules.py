"""Rules about charters: one stays with its council."""

from collections.abc import Mapping
from typing import Any

from services.kit.errors import Rejected


def demand_its_council(before: Mapping[str, Any], council_id: Any) -> None:
    """Rejected where it would go to another council."""
    if council_id not in (None, before["council_id"]):
        raise Rejected("it stays where it is", field="council_id", reason="fixed")
