"""Rules about projects: which way one may go, and what is settled."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from services.councils.contract.project import PROJECT_ENDS, ProjectStatus
from services.kit.errors import Conflict, Rejected

_Status = ProjectStatus
MOVES = {
    "start": (frozenset({_Status.planned}), _Status.running),
    "end": (frozenset({_Status.running}), _Status.ended),
    "stop": (frozenset({_Status.planned, _Status.running}), _Status.stopped),
}
# What is asked about before a project ends; what differs unexplained is explained first.
ASKED_ABOUT = ("activities", "questions", "continuations", "deviations")


def moved_to(action: str, status: str) -> ProjectStatus:
    """The status after an action. Conflict where the present one does not allow it."""
    allowed, after = MOVES[action]
    if status not in allowed:
        raise Conflict(f"{action}: the project is {status}", field="status", reason="wrong_status")
    return after


def demand_going(status: str | None, *, field: str) -> None:
    """Conflict where the project has ended and takes nothing new of this."""
    if status in PROJECT_ENDS:
        raise Conflict(f"the project is {status}; resume it first", field=field, reason="closed")


def demand_ended(status: str) -> None:
    """Conflict where a project that has not ended would be resumed."""
    if status not in PROJECT_ENDS:
        raise Conflict("it has not ended", field="status", reason="wrong_status")


def demand_reached(status: str, day: date | None, *, field: str) -> None:
    """Rejected where a day is told of a turn that the project has not taken."""
    reached = status in PROJECT_ENDS or (status == _Status.running and field == "started_on")
    if day is not None and not reached:
        raise Rejected(f"the project is {status}", field=field, reason="not_reached")


def demand_order(begun: date | None, ended: date | None, *, field: str) -> None:
    """Rejected where something ends before it began."""
    if begun and ended and ended < begun:
        raise Rejected("earlier than it began", field=field, reason="too_early")


def demand_reason(left: Mapping[str, Any], reason: str | None) -> None:
    """Conflict where a project would end with something open and nobody says why."""
    if reason is None and any(left[name] for name in ASKED_ABOUT):
        raise Conflict("something is open", field="reason", reason="something_open")


def demand_explained(left: Mapping[str, Any]) -> None:
    """Conflict where a project would end with sums that differ and nobody says why."""
    if left["unexplained_lines"]:
        told = "budget lines differ from the plan without a cause"
        raise Conflict(told, field="ended_on", reason="unexplained_variance")


def demand_undecided(before: Mapping[str, Any]) -> None:
    """Conflict where a version that is decided would change."""
    if before["decided_on"] is not None:
        told = "it is decided; write a new version"
        raise Conflict(told, field="decided_on", reason="assignment_decided")


def demand_last_decided(last: Mapping[str, Any] | None) -> None:
    """Conflict where a version would begin while the one before is not decided."""
    if last and last["decided_on"] is None:
        told = "the version before is not decided yet"
        raise Conflict(told, field="project_id", reason="undecided_version")


def demand_change_reason(last: Mapping[str, Any] | None, reason: str | None) -> None:
    """Rejected where a version does not say why it differs from the one before."""
    if last and reason is None:
        raise Rejected("say why it is changed", field="change_reason", reason="unexplained_change")


def demand_after(earlier: date | None, day: date | None) -> None:
    """Rejected where a version would be decided before the one that it follows, or its decision."""
    if earlier and day and day < earlier:
        raise Rejected(f"not before {earlier}", field="decided_on", reason="too_early")
