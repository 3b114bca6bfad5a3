"""Rules about seats: each stays in its council, and an active one takes those who are ready."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from services.councils.contract.council import CouncilPhase, SeatDraft
from services.kit.errors import Rejected

READY = "ready"


def demand_same_council(seat: Mapping[str, Any], draft: SeatDraft) -> None:
    """Rejected where a seat would go to another council: end it, and make a new one."""
    if seat["council_id"] != draft.council_id:
        raise Rejected("a seat stays in its council", field="council_id", reason="fixed")


def is_active(changes: Sequence[Mapping[str, Any]], day: date) -> bool:
    """Whether a council is active on a day, by its changes from the first on.

    A seat from before the council began meets it in its first phase.
    """
    begun = [change for change in changes if change["on"] <= day] or changes[:1]
    return bool(begun[-1]["phase"] == CouncilPhase.active)


def demand_begun(valid_from: date | None, starts_on: date | None) -> None:
    """Rejected for a seat in a council that had not begun; where nobody knows when, any day is."""
    if valid_from is not None and starts_on is not None and valid_from < starts_on:
        raise Rejected("the council began later", field="valid_from", reason="before_council")


def lasts(begun: date | None, ended: date | None, day: date) -> bool:
    """Whether a seat with these days is somebody's on a day."""
    return begun is not None and begun <= day and (ended is None or ended > day)


def days_of_gate(draft: SeatDraft, today: date) -> set[date]:
    """When who is seated must be ready: on the first day, and today where the seat lasts today.

    Else whoever is not ready today would sit all the same, from some day of last year.
    """
    first = draft.valid_from
    return {first, today} if lasts(first, draft.valid_to, today) else {first}


def asks_again(seat: Mapping[str, Any], draft: SeatDraft, today: date) -> bool:
    """Whether a changed seat is taken anew: by another actor, from another day, without its reason.

    So it is where one that was over lasts today; ending a seat or changing its role is not.
    """
    if seat["readiness_exception"] is not None and draft.readiness_exception is None:
        return True
    now = lasts(draft.valid_from, draft.valid_to, today)
    if now and not lasts(seat["valid_from"], seat["valid_to"], today):
        return True
    return bool(seat["actor_id"] != draft.actor_id or seat["valid_from"] != draft.valid_from)


def demand_ready(state: str) -> None:
    """Rejected unless the actor is ready: the reason to seat it all the same is to be told."""
    if state != READY:
        sentence = f"the actor is {state.replace('_', ' ')}; say why it sits all the same"
        raise Rejected(sentence, field="readiness_exception", reason=state)
