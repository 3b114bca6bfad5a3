"""What is asked before a headcount is kept."""

from uuid import UUID

from services.councils.contract.headcount import HeadcountDraft, above
from services.councils.headcount.queries import employed_by
from services.councils.initiative.actions import demand_past
from services.kit.errors import Refusals, Rejected
from services.kit.http import Work


async def judge(work: Work, draft: HeadcountDraft, _id: UUID | None = None) -> None:
    """All that forbids it: a day to come, or more employed than came through, unexplained."""
    refused = Refusals()
    with refused:
        demand_past("counted_on", draft.counted_on)
    with refused:
        await _demand_explained(work, draft)
    refused.demand_none()


async def _demand_explained(work: Work, draft: HeadcountDraft) -> None:
    if draft.explanation is not None or None in (draft.initiative_id, draft.counted_on):
        return
    employed = await employed_by(work.db, draft.initiative_id, draft.counted_on)
    if above(draft.model_dump() | {"employed": employed}) == "employed":
        told = "its outcomes tell of more employed; explain why"
        raise Rejected(told, field="explanation", reason="above_before")
