"""Rules about methods: what has been used stays, and nothing is retired before it was used."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from services.kit.errors import Conflict, Rejected


def demand_in_use(method: Mapping[str, Any]) -> None:
    """Conflict where it is retired already."""
    if method["retired_on"] is not None:
        raise Conflict("it is retired already", field="retired_on", reason="done")


def demand_retired(method: Mapping[str, Any]) -> None:
    """Conflict where it is not retired."""
    if method["retired_on"] is None:
        raise Conflict("it is not retired", field="retired_on", reason="not_done")


def demand_after_use(used: date | None, day: date | None) -> None:
    """Rejected where it was used on that day, or later."""
    if used is not None and day is not None and day <= used:
        raise Rejected("it was used later", field="retired_on", reason="too_early")


def demand_unused(used: date | None) -> None:
    """Conflict where it has been used: who used it finds it still."""
    if used is not None:
        raise Conflict("it has been used; retire it", field="id", reason="used")
