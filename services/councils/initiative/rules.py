"""Rules about initiatives: which way one may go, and what each turn needs."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from services.councils.contract.initiative import InitiativeDraft, InitiativeStatus
from services.kit.errors import Conflict, FieldError, Rejected

_Status = InitiativeStatus
MOVES = {
    "decide": (frozenset({_Status.proposed}), _Status.decided),
    "start": (frozenset({_Status.decided}), _Status.running),
    "finish": (frozenset({_Status.running}), _Status.done),
    "stop": (frozenset({_Status.proposed, _Status.decided, _Status.running}), _Status.stopped),
}
BACK = {
    _Status.decided: (_Status.proposed, "decided_on"),
    _Status.running: (_Status.decided, "started_on"),
}
MONEY = ("budget", "actual")
CLOSED = frozenset({_Status.done, _Status.stopped})


def moved_to(action: str, status: str) -> InitiativeStatus:
    """The status after an action. Conflict where the present one does not allow it."""
    allowed, after = MOVES[action]
    if status not in allowed:
        raise Conflict(
            f"{action}: the initiative is {status}", field="status", reason="wrong_status"
        )
    return after


def resumed(initiative: Mapping[str, Any]) -> InitiativeStatus:
    """Where a closed initiative goes on: as far as it had come."""
    if initiative["status"] not in CLOSED:
        raise Conflict("it is not closed", field="status", reason="wrong_status")
    if initiative["started_on"]:
        return _Status.running
    return _Status.decided if initiative["decided_on"] else _Status.proposed


def stepped_back(status: str) -> tuple[InitiativeStatus, str]:
    """Where an initiative was before its last turn, and the day that said so."""
    if status not in BACK:
        raise Conflict(f"the initiative is {status}", field="status", reason="wrong_status")
    return BACK[_Status(status)]


def demand_nothing_came(outcomes: int) -> None:
    """Conflict where a turn would be taken back that something has come of."""
    if outcomes:
        raise Conflict("something has come of it", field="status", reason="has_outcomes")


def demand_proposed(status: str) -> None:
    """Conflict where an initiative that is more than a proposal would be removed."""
    if status != _Status.proposed:
        raise Conflict(f"the initiative is {status}", field="status", reason="wrong_status")


def demand_reached(before: date | None, day: date | None, *, field: str) -> None:
    """Rejected where a day of a turn is left out, or is told of a turn that was not taken."""
    if (before is None) != (day is None):
        reason = "missing" if day is None else "not_reached"
        raise Rejected("the days of the turns that it has taken", field=field, reason=reason)


def demand_result(*, outcomes: int, reason: str | None) -> None:
    """Conflict where an initiative would be done without anything to show or say."""
    if not outcomes and reason is None:
        raise Conflict("an outcome, or a reason", field="reason", reason="no_outcome")


def demand_result_left(initiative: Mapping[str, Any], *, left: int, field: str) -> None:
    """Conflict where an initiative would be done with nothing left to show or say."""
    if initiative["status"] == _Status.done and initiative["closing_reason"] is None and not left:
        raise Conflict("the initiative is done by it", field=field, reason="only_outcome")


def demand_as_lines(draft: InitiativeDraft, sums: Mapping[str, Any] | None) -> None:
    """Rejected where one figure would say something else than the budget lines do."""
    said = {name: getattr(draft, name) for name in MONEY} if sums else {}
    told = "its budget lines tell it"
    wrong = [
        FieldError(name, "told_by_lines", told)
        for name, figure in said.items()
        if figure is not None and figure != (sums or {})[name]
    ]
    if wrong:
        raise Rejected(told, errors=wrong)


def demand_equality_check(*, due: bool, checked: bool) -> None:
    """Rejected where a need has under 40 % of one sex and nobody has looked at it."""
    if due and not checked:
        raise Rejected(
            "a need has under 40 % of one sex", field="equality_check", reason="required"
        )


def demand_decided_first(decision: Any, day: Any) -> None:
    """Rejected where an initiative would be decided before the decision that it rests on."""
    if None not in (decision, day) and day < decision:
        told = "the decision that it rests on was made later"
        raise Rejected(told, field="decided_on", reason="before_decision")


def demand_order(begun: Any, ended: Any, *, field: str) -> None:
    """Rejected where something ends before it began."""
    if None not in (begun, ended) and ended < begun:
        raise Rejected("earlier than it began", field=field, reason="too_early")


def begins(initiative: Mapping[str, Any]) -> date | None:
    """The day from which something may come of an initiative: its start, else the planned one.

    Nothing has begun before it was decided. None: nobody said any of it.
    """
    said = ("started_on",) if initiative["started_on"] else ("starts_on", "decided_on")
    known: list[date] = [initiative[name] for name in said if initiative[name]]
    return max(known, default=None)


def came_to(initiative: Mapping[str, Any], decision: Mapping[str, Any]) -> date | None:
    """The last day that says how far an initiative has come; None: nobody told any."""
    return initiative["started_on"] or initiative["decided_on"] or decision.get("decided_on")


def demand_ran(initiative: Mapping[str, Any] | None) -> None:
    """Conflict where nothing can have come of an initiative: nobody decided it, or it never ran."""
    if initiative is None:
        return
    status, begun = initiative["status"], initiative["started_on"]
    if status == _Status.proposed or (status == _Status.stopped and not begun):
        told = f"the initiative is {status} and never began"
        raise Conflict(told, field="initiative_id", reason="never_begun")


def demand_begun(initiative: Mapping[str, Any] | None, day: date | None) -> None:
    """Rejected where an initiative is said to have changed something before it began."""
    begun = initiative and begins(initiative)
    if begun and day and day < begun:
        raise Rejected("the initiative began later", field="happened_on", reason="before_start")


def demand_before_outcomes(day: date | None, first: date | None, *, field: str) -> None:
    """Rejected where an initiative would begin after what came of it."""
    if day and first and first < day:
        raise Rejected("something came of it earlier", field=field, reason="after_outcome")


def leaders(initiative: Mapping[str, Any]) -> dict[tuple[str, UUID], str]:
    """Who leads an initiative, each with the field that says so."""
    said = {initiative.get("lead_actor_id"): "lead_actor_id"}
    for place, partner in enumerate(initiative.get("partners", ())):
        if partner.get("leads"):
            said[UUID(str(partner["actor_id"]))] = f"partners.{place}.actor_id"
    return {("actor", one): field for one, field in said.items() if one is not None}


def demand_leads(owner: str | None, code: str | None, *, field: str) -> None:
    """Rejected where a municipality's key would say what another municipality's actor leads."""
    if code is not None and owner not in (None, code):
        told = "only your own municipality's, or one that no municipality manages"
        raise Rejected(told, field=field, reason="other_municipality")


def demand_running(status: str | None, *, field: str = "status") -> None:
    """Conflict where the initiative is closed and its facts are settled."""
    if status in CLOSED:
        raise Conflict(f"the initiative is {status}; resume it first", field=field, reason="closed")
