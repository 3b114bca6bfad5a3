"""Rules about dialogue maps: what may be published, and that it then stays."""

from collections.abc import Sequence
from typing import Any

from services.councils.contract.interview import MapStatus
from services.kit.errors import Conflict


def demand_unpublished(status: str) -> None:
    """Conflict where it has been published: interviews rest on it."""
    if status == MapStatus.published:
        raise Conflict("published; make a new edition", field="status", reason="published")


def demand_content(parts: Sequence[Any], *, field: str) -> None:
    """Conflict where there is nothing to publish."""
    if not parts:
        raise Conflict("there is nothing to publish", field=field, reason="empty")
