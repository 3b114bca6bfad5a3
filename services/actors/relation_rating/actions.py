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
from services.kit.references import referred, stored


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
        sides = relation["actor_id"], relation["other_actor_id"]
        living = await living_of(work.db, [*sides, draft.rater_actor_id])
        rater = living.get(draft.rater_actor_id, draft.rater_actor_id)
        rules.demand_side([living[side] for side in sides], rater)


async def _demand_once(work: Work, draft: RelationRatingDraft, id: UUID | None) -> None:
    if None in (draft.relation_id, draft.rater_actor_id, draft.rated_on):
        return
    if await is_rated_already(work.db, draft, but=id):
        sentence = "it has rated the relation that day"
        raise Conflict(sentence, field="rated_on", reason="taken")
