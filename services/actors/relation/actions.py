"""What can be done with relations."""

from uuid import UUID

from sqlalchemy import text

from services.actors.contract.relation import RelationDraft
from services.actors.family import living_of
from services.actors.relation.queries import (
    BELONGING,
    RELATIONS,
    SYMMETRIC,
    is_there_already,
    parents_during,
    with_what_comes,
)
from services.actors.relation.rules import closes_a_circle
from services.actors.relation_rating.queries import is_rated_beside
from services.kit.errors import Conflict, Refusals
from services.kit.http import Work
from services.kit.keeping import replace_thing
from services.kit.store import Record, get_row

_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(4713)")


async def judge(work: Work, draft: RelationDraft, id: UUID | None = None) -> None:
    """Conflict where something would belong to itself, two families have it, or it is rated."""
    refused = Refusals()
    with refused:
        await _demand_no_circle(work, draft, id)
    with refused:
        if draft.kind in SYMMETRIC:
            # Two new ones, each from its side, would not see each other.
            await work.db.execute(_ONE_AT_A_TIME)
        if await is_there_already(work.db, draft, but=id):
            sentence = "the two, or what is merged into them, have a relation of that kind then"
            raise Conflict(sentence, field="valid_from", reason="overlap")
    with refused:
        await _demand_ratings_within(work, draft, id)
    refused.demand_none()


async def _demand_ratings_within(work: Work, draft: RelationDraft, id: UUID | None) -> None:
    known = (draft.actor_id, draft.other_actor_id, draft.valid_from)
    if id is None or None in known:
        return
    # A new rating waits until this is stored, and is judged by it.
    await get_row(work.db, RELATIONS.row, id, lock=True)
    if await is_rated_beside(work.db, id, draft):
        sentence = "a rating of it is of another day, or of other actors"
        raise Conflict(sentence, field="valid_from", reason="rated")


async def _demand_no_circle(work: Work, draft: RelationDraft, id: UUID | None) -> None:
    known = (draft.actor_id, draft.other_actor_id, draft.valid_from)
    if draft.kind not in BELONGING or None in known:
        return
    # Two new relations could close a circle that neither of them sees.
    await work.db.execute(_ONE_AT_A_TIME)
    parents = await parents_during(work.db, draft.valid_from, draft.valid_to, but=id)
    living = await living_of(work.db, [draft.actor_id, draft.other_actor_id])
    child, parent = (living.get(one, one) for one in (draft.actor_id, draft.other_actor_id))
    if closes_a_circle(parents, child, parent):
        sentence = "an actor cannot belong to something that belongs to it"
        raise Conflict(sentence, field="other_actor_id", reason="circle")


async def revise(work: Work, id: UUID, draft: RelationDraft, version: int) -> Record:
    """New values; a state that is to come stays where the draft does not speak of it."""
    kept = await with_what_comes(work, id, draft)
    return await replace_thing(work, RELATIONS, id, kept, version=version)
