"""Rules about method uses: what is retired is not used, and a use stays with its method."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from services.kit.errors import Conflict, Rejected


def demand_taken_up(method: Mapping[str, Any], day: date | None) -> None:
    """Conflict where the method is retired that day."""
    retired = method["retired_on"]
    if retired is not None and day is not None and day >= retired:
        raise Conflict("it is retired", field="used_on", reason="retired")


def demand_same_method(before: Mapping[str, Any], method_id: UUID | None) -> None:
    """Rejected where a use that is noted would go to another method."""
    if method_id not in (None, before["method_id"]):
        raise Rejected("it stays with its method", field="method_id", reason="fixed")
