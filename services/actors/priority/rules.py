"""Rules about priorities: by what a decision is weighed."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from services.actors.contract.priority import PriorityDraft
from services.kit.errors import Rejected


def _scored(draft: PriorityDraft) -> set[UUID]:
    # Of a part, a score may lack its criterion.
    return {one.criterion_id for one in draft.scores or () if None not in (one.criterion_id,)}


def stays_weighed(before: Mapping[str, Any], draft: PriorityDraft) -> bool:
    """Whether a decision that is put right is weighed as it was.

    It is where the day is the same and nothing new is scored, and where the scores are as they
    were: then the day was written wrong, and not what the actor was weighed by.
    """
    scored = _scored(draft)
    same_day = draft.decided_on == before["decided_on"]
    if same_day and scored <= set(before["criterion_ids"]):
        return True
    told = [one.model_dump(mode="json") for one in draft.scores or ()]
    return bool(scored) and told == before["scores"]


def demand_in_force(draft: PriorityDraft, in_force: Collection[UUID]) -> None:
    """Rejected where somebody is scored by what counts on another day."""
    if _scored(draft) - set(in_force):
        told = "a criterion did not count on that day"
        raise Rejected(told, field="scores", reason="not_in_force")
