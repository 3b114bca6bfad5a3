"""What can be done with ratings of relations."""

from uuid import UUID

from services.actors.checks import demand_past
from services.actors.contract.relation_rating import RelationRatingDraft
from services.actors.family import living_of
from services.actors.relation_rating import rules
from services.actors.relation_rating.queries import RELATION_RATINGS, is_rated_already
from services.actors.tables import RelationRow
from services.kit.errors import Conflict, Refusals
from services.kit.http import Work
from services.kit.keeping import create_thing, replace_thing
from services.kit.references import referred, stored
from services.kit.store import Record, get_row


async def judge(work: Work, draft: RelationRatingDraft, id: UUID | None = None) -> None:
    """All that forbids to say how a relation is; it is locked, so that no day is rated twice."""
    refused = Refusals()
    with refused:
        before = await stored(work.db, RELATION_RATINGS.table, id)
        rules.demand_its_relation(before, draft.relation_id)
    with refused:
        demand_past(draft, "rated_on")
    with refused:
        await _demand_of_relation(work, draft, refused)
    with refused:
        await _demand_once(work, draft, id)
    refused.demand_none()


async def _demand_of_relation(work: Work, draft: RelationRatingDraft, refused: Refusals) -> None:
    relation = await referred(work.db, RelationRow, draft.relation_id, field="relation_id")
    if relation is None:
        return
    with refused:
        rules.demand_within(relation, draft.rated_on)
    if draft.rater_actor_id is not None:
        await _side(work, relation, draft.rater_actor_id)


async def _side(work: Work, relation: Record, rater: UUID) -> UUID:
    sides = relation["actor_id"], relation["other_actor_id"]
    return rules.side_of(sides, await living_of(work.db, [*sides, rater]), rater)


async def _demand_once(work: Work, draft: RelationRatingDraft, id: UUID | None) -> None:
    if None in (draft.relation_id, draft.rater_actor_id, draft.rated_on):
        return
    if await is_rated_already(work.db, draft, but=id):
        sentence = "it has rated the relation that day"
        raise Conflict(sentence, field="rated_on", reason="taken")


async def make(work: Work, draft: RelationRatingDraft) -> Record:
    """A rating is kept as the side's own: where its merge is undone, it follows it."""
    return await create_thing(work, RELATION_RATINGS, draft, **await _kept(work, draft))


async def revise(work: Work, id: UUID, draft: RelationRatingDraft, version: int) -> Record:
    """New values, of the side that is named."""
    kept = await _kept(work, draft)
    return await replace_thing(work, RELATION_RATINGS, id, draft, version=version, **kept)


async def _kept(work: Work, draft: RelationRatingDraft) -> Record:
    relation = await get_row(work.db, RelationRow, draft.relation_id)
    return {"rater_actor_id": await _side(work, relation, draft.rater_actor_id)}
