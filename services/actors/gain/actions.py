"""What can be done with gains."""

from uuid import UUID

from services.actors.checks import demand_past, demand_same_actor
from services.actors.contract.readiness import GainDraft
from services.actors.family import living_of
from services.actors.gain.queries import GAINS
from services.actors.tables import PostRow
from services.kit.collection import create_thing, own, replace_thing
from services.kit.errors import NotFound, Rejected
from services.kit.http import Work
from services.kit.store import Record, get_row


async def state_gain(work: Work, draft: GainDraft) -> Record:
    """Write down what an actor gains."""
    await _checked(work, draft)
    return await create_thing(work, GAINS, draft)


async def revise_gain(work: Work, id: UUID, draft: GainDraft, version: int) -> Record:
    """Give a gain all new values: so it is confirmed, and judged."""
    await own(work, GAINS, id)
    await demand_same_actor(work, GAINS.row, id, draft)
    await _checked(work, draft)
    return await replace_thing(work, GAINS, id, draft, version=version)


async def _checked(work: Work, draft: GainDraft) -> None:
    demand_past(draft, "stated_on", "confirmed_on", "judged_on")
    if draft.confirmed_by_post_id is None:
        return
    field = "confirmed_by_post_id"
    try:
        post = await get_row(work.db, PostRow, draft.confirmed_by_post_id)
    except NotFound as unknown:
        raise Rejected(unknown.detail, field=field, reason="unknown_reference") from None
    living = await living_of(work.db, [post["actor_id"], draft.actor_id])
    if living[post["actor_id"]] != living.get(draft.actor_id):
        raise Rejected("the actor itself confirms it", field=field, reason="other_actor")
