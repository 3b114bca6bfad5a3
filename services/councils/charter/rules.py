"""Rules about charters: one stays with its council, and what others rely on is kept."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from services.councils.amending import changed_in, explains
from services.councils.contract.charter import (
    CharterAmendment,
    CharterDraft,
    CharterWords,
    is_locked,
)
from services.kit.errors import Conflict, Rejected


def demand_its_council(before: Mapping[str, Any], council_id: Any) -> None:
    """Rejected where it would go to another council."""
    if council_id not in (None, before["council_id"]):
        raise Rejected("it stays where it is", field="council_id", reason="fixed")


def demand_reason(before: Mapping[str, Any], draft: CharterDraft, today: date) -> None:
    """Rejected where what was adopted, or has begun, would change without a new reason."""
    if is_locked(before, today) and _changed(before, draft) and not explains(before, draft):
        told = "it was adopted, or has begun: why is it changed?"
        raise Rejected(told, field="change_reason", reason="locked_unexplained")


def _changed(before: Mapping[str, Any], draft: CharterDraft) -> list[str]:
    # Why it is withdrawn tells itself; that it is not any more is explained.
    back = ("withdrawn_reason",) if before["withdrawn_reason"] else ()
    return changed_in(before, draft, (*CharterWords.model_fields, *back))


def amended(
    before: Mapping[str, Any], draft: CharterDraft, today: date, now: datetime
) -> list[dict[str, Any]]:
    """The amendments, with what it said where a change of it is explained."""
    if not (is_locked(before, today) and explains(before, draft)):
        return list(before["amendments"])
    told = {name: before[name] for name in CharterWords.model_fields}
    reason, fields = draft.change_reason or "", _changed(before, draft)
    last = CharterAmendment(until=now, reason=reason, fields=fields, **told)
    return [*before["amendments"], last.model_dump(mode="json")]


def demand_unlocked(charter: Mapping[str, Any], today: date) -> None:
    """Conflict where others rely on a charter, or relied on it once: it is withdrawn instead."""
    if is_locked(charter, today) or charter["amendments"]:
        told = "it was adopted, or has begun: tell why it is withdrawn"
        raise Conflict(told, field="id", reason="has_held")
