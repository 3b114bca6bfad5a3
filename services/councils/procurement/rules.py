"""Rules about procurements: one to an initiative, by the points of its template."""

from collections.abc import Mapping
from typing import Any

from services.councils.contract.procurement import ProcurementDraft
from services.kit.errors import Conflict, FieldError, Rejected


def demand_none_begun(steps: int) -> None:
    """Conflict where the initiative has the steps of a procurement."""
    if steps:
        told = "the initiative has the steps of a procurement"
        raise Conflict(told, field="steps", reason="already_procured")


def demand_points_of(template: Mapping[str, Any], draft: ProcurementDraft) -> None:
    """Rejected where a day is told of what is no point of the template."""
    keys = {point["key"] for point in template["items"]}
    wrong = [
        FieldError(f"steps.{place}.key", "unknown_point", "no point of this template")
        for place, step in enumerate(draft.steps or ())
        if step.key not in (None, *keys)
    ]
    if wrong:
        raise Rejected(wrong[0].message, errors=wrong)
