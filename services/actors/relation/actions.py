"""What can be done with relations."""

from uuid import UUID

from sqlalchemy import text

from services.actors.contract.relation import RelationDraft
from services.actors.relation.queries import BELONGING, RELATIONS, parents_during
from services.actors.relation.rules import closes_a_circle
from services.kit.collection import create_thing, replace_thing
from services.kit.errors import Conflict
from services.kit.http import Work
from services.kit.store import Record

_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(4713)")


async def relate(work: Work, draft: RelationDraft) -> Record:
    """Make a relation. Conflict where something would belong to itself."""
    await _demand_no_circle(work, draft, None)
    return await create_thing(work, RELATIONS, draft)


async def revise_relation(work: Work, id: UUID, draft: RelationDraft, version: int) -> Record:
    """Give a relation all new values."""
    await _demand_no_circle(work, draft, id)
    return await replace_thing(work, RELATIONS, id, draft, version=version)


async def _demand_no_circle(work: Work, draft: RelationDraft, id: UUID | None) -> None:
    if draft.kind not in BELONGING:
        return
    # Two new relations could close a circle that neither of them sees.
    await work.db.execute(_ONE_AT_A_TIME)
    parents = await parents_during(work.db, draft.valid_from, draft.valid_to, but=id)
    if closes_a_circle(parents, draft.actor_id, draft.other_actor_id):
        sentence = "an actor cannot belong to something that belongs to it"
        raise Conflict(sentence, field="other_actor_id", reason="circle")
