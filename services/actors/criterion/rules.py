"""Rules about criteria: what decisions were weighed by stays as heavy, and in force on their days.

Every field of a draft may be missing.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from services.actors.contract.priority import CriterionDraft
from services.kit.errors import FieldError, Rejected


def demand_kept(before: Mapping[str, Any], draft: CriterionDraft, days: Collection[date]) -> None:
    """Rejected where a decision of one of the days would be weighed by something else."""
    within = [day for day in days if _holds(before["valid_from"], before["valid_to"], day)]
    said: dict[str, Any] = dict(draft)
    start, end, wrong = said["valid_from"], said["valid_to"], []
    if days and said["weight"] not in (None, before["weight"]):
        wrong.append("weight")
    if start and any(day < start for day in within):
        wrong.append("valid_from")
    if end and any(day >= end for day in within):
        wrong.append("valid_to")
    if wrong:
        told = "actors were scored by it"
        raise Rejected(told, errors=[FieldError(field, "scored", told) for field in wrong])


def _holds(start: date, end: date | None, day: date) -> bool:
    return start <= day and (end is None or day < end)
