"""What can be done with assessments."""

from uuid import UUID

from services.actors.checks import demand_past, demand_same_actor
from services.actors.contract.readiness import ReadinessDraft
from services.actors.readiness.queries import READINESS
from services.kit.collection import create_thing, own, replace_thing
from services.kit.http import Work
from services.kit.store import Record


async def assess(work: Work, draft: ReadinessDraft) -> Record:
    """Assess an actor. Rejected for a day that has not come."""
    demand_past(draft, "assessed_on")
    return await create_thing(work, READINESS, draft)


async def revise_assessment(work: Work, id: UUID, draft: ReadinessDraft, version: int) -> Record:
    """Correct an assessment; a new look at the actor is a new assessment."""
    await own(work, READINESS, id)
    await demand_same_actor(work, READINESS.row, id, draft)
    demand_past(draft, "assessed_on")
    return await replace_thing(work, READINESS, id, draft, version=version)
