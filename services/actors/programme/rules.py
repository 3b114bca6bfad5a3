"""Rules about programmes' starts."""

from datetime import date

from services.actors.contract.programme import IntakeFacts
from services.kit.errors import FieldError

RESULTS = ("completed", "employed_after")


def early(intake: IntakeFacts, today: date) -> list[FieldError]:
    """What is wrong with a start of a day to come that is said to have results."""
    if intake.starts_on is None or intake.starts_on <= today:
        return []
    told = [field for field in RESULTS if getattr(intake, field) is not None]
    return [FieldError(field, "not_begun", "a start to come has no results") for field in told]
