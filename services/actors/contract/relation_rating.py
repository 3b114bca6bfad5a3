"""Relation ratings: how each of two actors finds their relation, now and then."""

from typing import Annotated

from pydantic import Field

from services.kit.contract import Day, Draft, LongText, Reference, Thing

Mark = Annotated[int, Field(ge=1, le=5)]


class RelationRatingDraft(Draft):
    """What one of the two actors says of their relation on a day; of no person, and by none."""

    relation_id: Reference
    rater_actor_id: Reference = Field(
        description="One of the two, or the actor that it lives on in; kept as the one of the two"
    )
    rated_on: Day
    mark: Mark = Field(description="From 1, it does not carry, to 5, it carries whatever comes")
    note: LongText | None = Field(None, description="Of the relation, not of persons")


class RelationRating(Thing, RelationRatingDraft):
    """What one of the two actors says of their relation on a day."""
