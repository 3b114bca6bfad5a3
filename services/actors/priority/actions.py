"""What can be done with priorities; a new decision about an actor is a new one."""

from uuid import UUID

from services.actors.checks import demand_past, demand_same_actor
from services.actors.contract.priority import PriorityDraft
from services.actors.priority.queries import PRIORITIES, in_force
from services.kit.errors import Refusals, Rejected
from services.kit.http import Work


async def judge(work: Work, draft: PriorityDraft, id: UUID | None = None) -> None:
    """All that forbids to write down what was decided about an actor, or to correct it."""
    refused = Refusals()
    with refused:
        await demand_same_actor(work, PRIORITIES.row, id, draft)
    with refused:
        demand_past(draft, "decided_on")
    with refused:
        await _demand_in_force(work, draft)
    refused.demand_none()


async def _demand_in_force(work: Work, draft: PriorityDraft) -> None:
    """Nobody is scored by what counted on another day: the sums would leave it out."""
    ids = {one.criterion_id for one in draft.scores or ()}
    if not ids or draft.decided_on is None:
        return
    if ids - await in_force(work.db, ids, draft.decided_on):
        told = "a criterion did not count on that day"
        raise Rejected(told, field="scores", reason="not_in_force")
