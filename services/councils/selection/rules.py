"""Rules about selections: who chooses, and that what was decided is not changed in silence."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from services.councils import amending
from services.councils.contract.council import CHOOSERS
from services.councils.contract.selection import (
    SelectionAmendment,
    SelectionDraft,
    SelectionMark,
    SwotEntryDraft,
    is_decided,
)
from services.kit.errors import Conflict, Rejected


def demand_chooser(council: Mapping[str, Any]) -> None:
    """Rejected where the council is of a kind that chooses no industry."""
    if council["kind"] not in CHOOSERS:
        told = "a steering group or a strategic forum chooses"
        raise Rejected(told, field="council_id", reason="not_choosing")


REASON = {"change_reason"}


def changed_in(before: Mapping[str, Any], draft: SelectionDraft) -> list[str]:
    """The fields in which a draft differs from what is stored, but for the reason itself."""
    return amending.changed_in(before, draft, sorted({*SelectionDraft.model_fields} - REASON))


JUDGED = ("candidates", "criteria", "scores")
DECIDED = ("decision_text", "chosen_candidate", "decision_id")


def demand_only_written_down(before: Mapping[str, Any], draft: SelectionDraft) -> None:
    """Refused where a closed council would judge, or decide on a day that nobody tells.

    What it decided in its time may still be written down, and words are corrected.
    """
    changed = changed_in(before, draft)
    judged = [name for name in JUDGED if name in changed and getattr(draft, name) is not None]
    if judged:
        raise Conflict("the council is closed", field=judged[0], reason="closed")
    if draft.decided_on is None and not {*DECIDED, "decided_on"}.isdisjoint(changed):
        told = "the council is closed: which day in its time was it decided?"
        raise Rejected(told, field="decided_on", reason="closed_undated")


def demand_reason(before: Mapping[str, Any], draft: SelectionDraft) -> None:
    """Rejected where what was decided would change without a new reason."""
    given = amending.explains(before, draft)
    if is_decided(before) and not given and changed_in(before, draft):
        told = "it was decided: why is it changed?"
        raise Rejected(told, field="change_reason", reason="missing")


def demand_nothing_to_explain(before: Mapping[str, Any], draft: SelectionDraft) -> None:
    """Rejected where a change is explained that is none of a decision."""
    given = amending.explains(before, draft)
    if given and not (before and is_decided(before)):
        told = "nothing was decided that this would change"
        raise Rejected(told, field="change_reason", reason="none_required")


def amended(
    before: Mapping[str, Any], draft: SelectionDraft, now: datetime
) -> list[dict[str, Any]]:
    """The amendments, with what was decided where it is now changed."""
    fields = changed_in(before, draft)
    told = amending.explains(before, draft)
    if not (is_decided(before) and (fields or told)):
        return list(before["amendments"])
    names = {one["key"]: one["name"] for one in before["candidates"]}
    last = SelectionAmendment(
        until=now,
        reason=draft.change_reason or "",
        fields=fields,
        decision_text=before["decision_text"],
        chosen_candidate=names.get(before["chosen_candidate"]),
        decided_on=before["decided_on"],
        scores=_marks(before) if not {*JUDGED}.isdisjoint(fields) else [],
    )
    return [*before["amendments"], last.model_dump(mode="json")]


def _marks(before: Mapping[str, Any]) -> list[SelectionMark]:
    """The scores as they stood, readable also where their keys go."""
    names = {one["key"]: one["name"] for one in before["candidates"]}
    criteria = {one["key"]: one for one in before["criteria"]}
    return [
        SelectionMark(
            candidate=names[one["candidate"]],
            criterion=criteria[one["criterion"]]["name"],
            weight=criteria[one["criterion"]]["weight"],
            score=one["score"],
            evidence=one["evidence"],
        )
        for one in before["scores"]
    ]


def demand_spoken_of(draft: SelectionDraft, spoken_of: set[str]) -> None:
    """Conflict where a candidate would go of which something was said."""
    kept = {one.key for one in draft.candidates or ()}  # of a part of a draft, perhaps none
    if kept and spoken_of - kept:
        told = "something was said of a candidate that is not among these"
        raise Conflict(told, field="candidates", reason="has_swot")


def demand_undecided(selection: Mapping[str, Any], *, field: str) -> None:
    """Conflict where the selection has its decision."""
    if is_decided(selection):
        raise Conflict("it is decided", field=field, reason="selection_decided")


def demand_never_decided(selection: Mapping[str, Any]) -> None:
    """Conflict where it has, or once had, a decision: that is not removed with it."""
    demand_undecided(selection, field="id")
    if selection["amendments"]:
        raise Conflict("it was decided once", field="id", reason="was_decided")


def demand_candidate(selection: Mapping[str, Any], key: str | None) -> None:
    """Rejected where something is said of what is no candidate."""
    if key is not None and key not in {one["key"] for one in selection["candidates"]}:
        told = "there is no such candidate"
        raise Rejected(told, field="candidate", reason="not_a_candidate")


SHARED = ("selection_id", "candidate", "quarter")


def demand_same_place(draft: SwotEntryDraft, other: Mapping[str, Any] | None, id: Any) -> None:
    """Rejected unless what says the same stands in that quarter, and is no copy itself."""
    if other is None:
        return
    elsewhere = any(getattr(draft, name) not in (None, other[name]) for name in SHARED)
    if elsewhere or other["same_as_id"] is not None or other["id"] == id:
        told = "it says the same as an entry of that quarter that is no copy itself"
        raise Rejected(told, field="same_as_id", reason="not_same_place")


def demand_no_copies(before: Mapping[str, Any], draft: SwotEntryDraft, *, has_copies: bool) -> None:
    """Conflict where others say the same as an entry that would move, or become a copy."""
    if not has_copies:
        return
    moved = [name for name in SHARED if getattr(draft, name) not in (None, before[name])]
    moved += ["same_as_id"] if draft.same_as_id is not None else []
    if moved:
        raise Conflict("others say the same as this", field=moved[0], reason="has_copies")
