"""Rules about standing items: on which days one lasts, and what it puts on an agenda."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from services.councils.contract.meeting import AgendaItemDraft
from services.kit.errors import Rejected

Row = Mapping[str, Any]
GIVEN = ("title", "kind", "example")  # what a point has of its standing item


def demand_its_council(before: Row, council_id: Any) -> None:
    """Rejected where it would go to another council."""
    if council_id not in (None, before["council_id"]):
        raise Rejected("it stays where it is", field="council_id", reason="fixed")


def lasts(item: Row, day: date) -> bool:
    """Whether a meeting of the day has it."""
    begun: bool = item["valid_from"] <= day
    return begun and (item["valid_to"] is None or day < item["valid_to"])


def point(item: Row, meeting_id: Any, position: int) -> dict[str, Any]:
    """The point that it is on a meeting's agenda."""
    given = {name: item[name] for name in GIVEN}
    draft = AgendaItemDraft(meeting_id=meeting_id, position=position, **given)
    return draft.model_dump() | {"standing_item_id": item["id"]}
