"""Rules about process leaders' assignments that another post takes over."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from services.actors.contract.leadership import LeaderAssignmentDraft
from services.kit.errors import Conflict


def demand_lasting(led: Mapping[str, Any], day: date | None) -> None:
    """Conflict where it is over by a day: nothing is left to lead."""
    if None not in (day, led["valid_to"]) and day >= led["valid_to"]:
        raise Conflict("it is over by then", field="valid_from", reason="too_late")


def onwards(led: Mapping[str, Any], post_id: UUID | None, day: date | None) -> dict[str, Any]:
    """The same, led by a post from a day on; not from before it was led at all."""
    same = {name: led[name] for name in LeaderAssignmentDraft.model_fields}
    begins = max(day, led["valid_from"]) if day else None
    return same | {"post_id": post_id, "valid_from": begins}
