"""Rules about agendas: an order names each point of the meeting once."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from services.councils.contract.meeting import AgendaKind, MeetingStatus
from services.councils.meeting.rules import demand_not_cancelled
from services.kit.errors import Conflict, Rejected

# Kinds of points where nothing is decided; one where something is becomes one of kind decision.
UNDECIDED = frozenset({AgendaKind.information, AgendaKind.discussion})


def demand_taking(meeting: Mapping[str, Any], *, council: UUID | None) -> None:
    """Conflict where the council is closed, or the meeting cancelled.

    Minutes of a meeting that was held are finished all the same.
    """
    if council is None and meeting["status"] != MeetingStatus.held:
        raise Conflict("the council is closed", field="meeting_id", reason="closed")
    demand_not_cancelled(meeting)


def demand_deciding(kind: AgendaKind | None, *, decided: bool) -> None:
    """Conflict where a point would be for information only though something was decided at it."""
    if decided and kind in UNDECIDED:
        raise Conflict("a decision was made at it", field="kind", reason="has_decision")


def demand_all(wanted: Collection[UUID], there: Collection[UUID]) -> None:
    """Rejected unless the new order holds exactly the points that are there."""
    if set(wanted) != set(there):
        raise Rejected("name each item of the meeting", field="item_ids", reason="not_all")


def written_by(writer: str | None, turn: int, version: int) -> dict[str, Any]:
    """What a point remembers of the typing that its minutes come from."""
    return {"minutes_writer": writer, "minutes_turn": turn, "minutes_version": version}
