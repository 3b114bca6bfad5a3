"""Rules about feedback: asked for once an event has been held."""

from collections.abc import Mapping
from typing import Any

from services.councils.contract.event import EventStatus
from services.kit.errors import Conflict


def demand_held(event: Mapping[str, Any]) -> None:
    """Conflict where an event has not been held."""
    if event["status"] != EventStatus.held:
        raise Conflict("it has not been held", field="", reason="event_not_held")


def demand_untold(*, told: bool) -> None:
    """Conflict where what somebody thought is told with four others': a change would show it."""
    if told:
        raise Conflict("it is told with others' already", field="", reason="feedback_told")
