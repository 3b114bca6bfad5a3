"""What can be done with assessments; a new look at the actor is a new one."""

from uuid import UUID

from services.actors.checks import demand_past, demand_same_actor
from services.actors.contract.readiness import ReadinessDraft
from services.actors.readiness.queries import READINESS
from services.kit.errors import Refusals
from services.kit.http import Work


async def judge(work: Work, draft: ReadinessDraft, id: UUID | None = None) -> None:
    """All that forbids to assess an actor, or to correct an assessment."""
    refused = Refusals()
    with refused:
        await demand_same_actor(work, READINESS.row, id, draft)
    with refused:
        demand_past(draft, "assessed_on")
    refused.demand_none()
