"""What can be done with priorities; a new decision about an actor is a new one."""

from uuid import UUID

from services.actors.checks import demand_past, demand_same_actor
from services.actors.contract.priority import PriorityDraft
from services.actors.priority import rules
from services.actors.priority.queries import PRIORITIES, in_force
from services.kit.errors import Refusals
from services.kit.http import Work
from services.kit.keeping import create_thing, replace_thing
from services.kit.references import stored
from services.kit.store import Record


async def judge(work: Work, draft: PriorityDraft, id: UUID | None = None) -> None:
    """All that forbids to write down what was decided about an actor, or to correct it."""
    refused = Refusals()
    with refused:
        await demand_same_actor(work, PRIORITIES.row, id, draft)
    with refused:
        demand_past(draft, "decided_on")
    with refused:
        if draft.decided_on is not None:
            await _weighed_by(work, draft, id)
    refused.demand_none()


async def create(work: Work, draft: PriorityDraft) -> Record:
    """A decision, with what it is weighed by."""
    weighed = await _weighed_by(work, draft)
    return await create_thing(work, PRIORITIES, draft, criterion_ids=weighed)


async def replace(work: Work, id: UUID, draft: PriorityDraft, version: int) -> Record:
    """The same decision, put right."""
    weighed = await _weighed_by(work, draft, id)
    return await replace_thing(work, PRIORITIES, id, draft, version=version, criterion_ids=weighed)


async def _weighed_by(work: Work, draft: PriorityDraft, id: UUID | None = None) -> list[UUID]:
    """What it is weighed by: what it was, where that stays, else what counts on its day."""
    before = await stored(work.db, PRIORITIES.table, id)
    if before and rules.stays_weighed(before, draft):
        return list(before["criterion_ids"])
    found = await in_force(work.db, draft.decided_on)
    rules.demand_in_force(draft, found)
    return found
