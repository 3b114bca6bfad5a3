"""What can be done with gains."""

from uuid import UUID

from services.actors.checks import demand_past, demand_same_actor
from services.actors.contract.readiness import GainDraft
from services.actors.family import living_of
from services.actors.gain.queries import GAINS
from services.actors.tables import PostRow
from services.kit.errors import Refusals, Rejected
from services.kit.http import Work
from services.kit.references import referred


async def judge(work: Work, draft: GainDraft, id: UUID | None = None) -> None:
    """All that forbids to write down what an actor gains: so it is also confirmed, and judged."""
    refused = Refusals()
    with refused:
        await demand_same_actor(work, GAINS.row, id, draft)
    with refused:
        demand_past(draft, "stated_on", "confirmed_on", "judged_on")
    with refused:
        await _demand_own_post(work, draft)
    refused.demand_none()


async def _demand_own_post(work: Work, draft: GainDraft) -> None:
    field = "confirmed_by_post_id"
    post = await referred(work.db, PostRow, draft.confirmed_by_post_id, field=field)
    if post is None or draft.actor_id is None:
        return
    living = await living_of(work.db, [post["actor_id"], draft.actor_id])
    if living[post["actor_id"]] != living.get(draft.actor_id):
        raise Rejected("the actor itself confirms it", field=field, reason="other_actor")
