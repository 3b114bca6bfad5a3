"""Rules about decisions: what they rest on, and at which meetings they are made."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from services.councils.contract.decision import MINUTES_DAYS, Basis, BasisKind
from services.councils.meeting.rules import demand_not_cancelled, demand_unlocked
from services.kit.errors import Conflict, FieldError, Rejected


def demand_equality(*, due: bool, check: str | None) -> None:
    """Rejected where a need has under 40 % of one sex and equality was not looked at."""
    if due and check is None:
        raise Rejected("a need asks for it", field="equality_check", reason="equality_check_due")


def demand_past(day: date | None, today: date, *, field: str) -> None:
    """Rejected for something that is said to have happened on a day to come."""
    if day is not None and day > today:
        raise Rejected("that day has not come", field=field, reason="in_the_future")


def demand_known_then(
    basis: Sequence[Basis] | None,
    decided_on: date | None,
    today: date,
    before: Mapping[str, Any],
) -> None:
    """Rejected at each part of a basis that nobody knew yet when it was decided.

    What the decision rested on `before` may stay, unless its day moves to an earlier one.
    """
    moved = decided_on is not None and before and decided_on < before["decided_on"]
    kept = [] if moved else [Basis.model_validate(one) for one in before.get("basis", ())]
    wrong = [
        FieldError(f"basis.{place}.as_of", *_TO_COME if one.as_of > today else _AFTER)
        for place, one in enumerate(basis or ())
        if one.as_of is not None and one.as_of > min(_latest(one, decided_on or today), today)
        if one not in kept
    ]
    if wrong:
        raise Rejected(wrong[0].message, errors=wrong)


def _latest(one: Basis, decided_on: date) -> date:
    """The last day that what a decision rests on may be from; docs/decisions/0020."""
    late = one.kind is BasisKind.verdict
    return decided_on + timedelta(days=MINUTES_DAYS if late else 0)


_TO_COME = "in_the_future", "that day has not come"
_AFTER = "after_decision", "it was decided before that day"


def demand_begun(decided_on: date | None, met_on: date | None) -> None:
    """Rejected for a decision that would be made before the meeting that makes it."""
    if decided_on is not None and met_on is not None and decided_on < met_on:
        raise Rejected("the meeting was later", field="decided_on", reason="before_meeting")


def demand_meeting(
    council_id: UUID | None, meeting: Mapping[str, Any] | None, corrected: Mapping[str, Any] | None
) -> None:
    """A decision is made at a meeting of its council that took place and is not locked.

    Approved minutes take one more decision only where it corrects one of the same meeting.
    """
    if meeting is None:
        return
    demand_council(council_id, meeting, field="meeting_id")
    demand_not_cancelled(meeting)
    if corrected is None or corrected["meeting_id"] != meeting["id"]:
        demand_unlocked(meeting, field="meeting_id")


def demand_later(meeting: Mapping[str, Any], before: Mapping[str, Any]) -> None:
    """Rejected where an earlier meeting would replace what a later one decided."""
    if meeting["starts_at"] < before["starts_at"]:
        told = "the meeting that decided it was later"
        raise Rejected(told, field="meeting_id", reason="too_early")


def demand_standing(corrected: Mapping[str, Any] | None, *, replaced: bool) -> None:
    """Conflict where another decision took the place of the one to correct."""
    if corrected and replaced:
        raise Conflict("it is replaced already", field="supersedes_id", reason="taken")


def demand_council(council_id: UUID | None, thing: Mapping[str, Any] | None, *, field: str) -> None:
    """Rejected where what is referred to belongs to another council."""
    if thing and council_id and thing["council_id"] != council_id:
        raise Rejected("it is another council's", field=field, reason="other_council")


def demand_on_agenda(meeting_id: UUID | None, item: Mapping[str, Any] | None) -> None:
    """Rejected where a decision is made at a point of another meeting's agenda."""
    if item and meeting_id and item["meeting_id"] != meeting_id:
        raise Rejected("not on that agenda", field="agenda_item_id", reason="other_meeting")


def holds_nothing_else(point: Mapping[str, Any], decision: Mapping[str, Any]) -> bool:
    """Whether a point tells nothing but what the decision does that it was made for."""
    more = point["minutes"] or point["attachments"]
    return not more and set(point["need_ids"]) <= set(decision["need_ids"])
