"""Questions about ratings of relations."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, not_, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.actors.contract.relation import RelationDraft
from services.actors.contract.relation_rating import RelationRating, RelationRatingDraft
from services.actors.family import kin, of_actor
from services.actors.tables import ActorRow, RelationRatingRow
from services.kit import clock
from services.kit.collection import Collection, When
from services.kit.contract import Reference
from services.kit.paging import same, since, until
from services.kit.store import table_of


def _rater_owner(columns: Any) -> ColumnElement[Any]:
    """The municipality that may write a rating: that of the actor which rates."""
    actor = table_of(ActorRow)
    found = select(actor.c.managed_by).where(actor.c.id == columns.rater_actor_id)
    return found.scalar_subquery()


RELATION_RATINGS = Collection(
    row=RelationRatingRow,
    draft=RelationRatingDraft,
    answer=RelationRating,
    path="/relation-ratings",
    filters={
        "relation_id": same("relation_id", Reference),
        "actor_id": of_actor("rater_actor_id"),
        "rated_from": since("rated_on"),
        "rated_until": until("rated_on"),
    },
    sorts=("-rated_on", "mark", "created_at", "updated_at"),
    on=lambda columns, _: columns.rated_on,
    owner=_rater_owner,
    owned_by="rater_actor_id",
    parent=("/relations", "relation_id"),
)


async def is_rated_already(
    db: AsyncConnection, draft: RelationRatingDraft, *, but: UUID | None
) -> bool:
    """Whether the same side, by any actor that is merged into it, rated it that day."""
    rating = table_of(RelationRatingRow)
    statement = select(rating.c.id).where(
        rating.c.relation_id == draft.relation_id,
        rating.c.rated_on == draft.rated_on,
        rating.c.rater_actor_id.in_(kin([draft.rater_actor_id], When(clock.today()))),
    )
    if but is not None:
        statement = statement.where(rating.c.id != but)
    return await db.scalar(statement.limit(1)) is not None


async def is_rated_beside(db: AsyncConnection, id: UUID, draft: RelationDraft) -> bool:
    """Whether a relation has ratings of days, or by actors, that it would not have any more."""
    rating = table_of(RelationRatingRow)
    days = func.daterange(draft.valid_from, draft.valid_to)
    sides = kin([draft.actor_id, draft.other_actor_id], When(clock.today()))
    beside = or_(not_(days.op("@>")(rating.c.rated_on)), rating.c.rater_actor_id.not_in(sides))
    statement = select(rating.c.id).where(rating.c.relation_id == id, beside)
    return await db.scalar(statement.limit(1)) is not None
