"""Rules about directions: who may ask, who may be asked, and when there can be an answer."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from services.councils.amending import changed_in, explains
from services.councils.contract.council import CouncilLevel
from services.councils.contract.direction import DirectionAmendment, DirectionDraft
from services.kit.errors import Conflict, Rejected

# What somebody answers to.
CONTENT = ("title", "text", "scope", "horizon", "priorities", "deselections")


def demand_strategic(council: Mapping[str, Any]) -> None:
    """Rejected where the decision is of a council that sets no direction for others."""
    if council["level"] != CouncilLevel.strategic:
        told = "a direction is decided by a council of strategic level"
        raise Rejected(told, field="decision_id", reason="not_strategic")


def demand_in_place(*, replaced: bool, field: str) -> None:
    """Conflict where another decision took the place of the one that a direction rests on."""
    if replaced:
        raise Conflict("another decision took its place", field=field, reason="decision_replaced")


def demand_others(council_ids: Collection[UUID] | None, own: UUID | None) -> None:
    """Rejected where a council would be asked by itself."""
    if own is not None and own in (council_ids or ()):
        raise Rejected("it asks itself", field="council_ids", reason="own_council")


def demand_all_open(closed: Collection[UUID]) -> None:
    """Conflict where somebody is asked who is no more."""
    if closed:
        told = f"the council {min(closed)} is closed"
        raise Conflict(told, field="council_ids", reason="closed_council")


def demand_still_asked(council_ids: Collection[UUID] | None, answered: Collection[UUID]) -> None:
    """Conflict where who has answered would not be asked any more."""
    if council_ids is not None and not set(answered) <= set(council_ids):
        raise Conflict("it has answered", field="council_ids", reason="has_answered")


def demand_reason(
    before: Mapping[str, Any], draft: DirectionDraft, answered: Collection[UUID]
) -> None:
    """Rejected where what somebody has answered would change without a new reason."""
    if answered and not explains(before, draft) and changed_in(before, draft, CONTENT):
        told = "it was answered: why is it changed?"
        raise Rejected(told, field="change_reason", reason="answered_unexplained")


def amended(
    before: Mapping[str, Any], draft: DirectionDraft, now: datetime
) -> list[dict[str, Any]]:
    """The amendments, with what it said where a change of it is explained."""
    if not explains(before, draft):
        return list(before["amendments"])
    told = {name: before[name] for name in CONTENT}
    told["priorities"] = [one["text"] for one in before["priorities"]]
    reason, fields = draft.change_reason or "", changed_in(before, draft, CONTENT)
    last = DirectionAmendment(until=now, reason=reason, fields=fields, **told)
    return [*before["amendments"], last.model_dump(mode="json")]


def demand_addressed(direction: Mapping[str, Any] | None, council_id: UUID | None) -> None:
    """Rejected where somebody answers who was not asked."""
    if direction and council_id and council_id not in direction["council_ids"]:
        told = "only who is asked answers"
        raise Rejected(told, field="council_id", reason="not_addressed")


def demand_first_answer(answer: Mapping[str, Any]) -> None:
    """Conflict where what was answered before would go with the answer."""
    if answer["earlier_answers"]:
        told = "something was answered before it"
        raise Conflict(told, field="earlier_answers", reason="answered_before")
