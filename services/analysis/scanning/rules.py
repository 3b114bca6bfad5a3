"""Rules about scanning: nothing is seen on a day to come, ends twice, or bears before it is."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from services.kit.errors import Conflict, Rejected


def demand_come(day: date | None, today: date, *, field: str) -> None:
    """Rejected for something that is said to have happened on a day to come."""
    if day is not None and day > today:
        raise Rejected("that day has not come", field=field, reason="in_the_future")


def demand_going_on(kept: Mapping[str, Any]) -> None:
    """Conflict where it has been ended already."""
    if kept["ended_on"] is not None:
        raise Conflict("it has been ended already", field="ended_on", reason="done")


def demand_ended(kept: Mapping[str, Any]) -> None:
    """Conflict where it has not been ended."""
    if kept["ended_on"] is None:
        raise Conflict("it has not been ended", field="ended_on", reason="not_done")


def demand_begun(began: date | None, ended: date | None, *, field: str) -> None:
    """Rejected where it would end before it began."""
    if began is not None and ended is not None and ended < began:
        raise Rejected("it would end before it began", field=field, reason="before_beginning")


def demand_noted(day: date | None, noted: date | None, *, field: str) -> None:
    """Rejected where something would bear on a challenge before either had been noted."""
    if day is not None and noted is not None and day < noted:
        raise Rejected(f"it was noted on {noted}", field=field, reason="before_noted")


def demand_unlinked(noted: date | None, first: date | None, *, field: str) -> None:
    """Rejected where it would be noted after something is linked with it."""
    if noted is not None and first is not None and first < noted:
        raise Rejected(f"it is linked from {first}", field=field, reason="linked_earlier")
