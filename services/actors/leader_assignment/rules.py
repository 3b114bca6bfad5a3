"""Rules about process leaders' assignments that another post takes over."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from services.actors.contract.leadership import LeaderAssignmentDraft, LeaderHandover
from services.kit.errors import Conflict


def demand_lasting(led: Mapping[str, Any], day: date | None) -> None:
    """Conflict where it is over by a day: nothing is left to lead."""
    if None not in (day, led["valid_to"]) and day >= led["valid_to"]:
        raise Conflict("it is over by then", field="valid_from", reason="too_late")


def onwards(led: Mapping[str, Any], handed: LeaderHandover) -> dict[str, Any]:
    """The same, as it is handed over from a day on; not from before it was led at all."""
    same = {name: led[name] for name in LeaderAssignmentDraft.model_fields}
    day: date | None = handed.valid_from
    begins = max(day, led["valid_from"]) if day else None
    return same | handed.funding | {"post_id": handed.post_id, "valid_from": begins}
