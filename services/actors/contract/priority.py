"""Priorities: whom the collaboration takes in, leaves out or waits with, and by what criteria."""

from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, Field

from services.kit.contract import (
    Day,
    Draft,
    Faults,
    Line,
    LongText,
    Name,
    Period,
    Reference,
    Score,
    Thing,
    rule,
    rule_for,
    wrong,
)


class CriterionDraft(Period, Draft):
    """What actors are weighed by for a time. Another weight is another criterion.

    Its time goes on holding the decisions that it holds; it may end after them.
    """

    name: Name
    description: LongText | None = None
    weight: Score = Field(description="1 light to 5 heavy; stays when actors were weighed by it")


class Criterion(Thing, CriterionDraft):
    """What actors are weighed by for a time."""


class PriorityChoice(StrEnum):
    """Whether an actor is taken into the collaboration."""

    taken_in = "taken_in"
    left_out = "left_out"
    later = "later"


class PriorityState(StrEnum):
    """What the newest decision about an actor says on a day."""

    taken_in = "taken_in"
    left_out = "left_out"
    later = "later"
    not_decided = "not_decided"


class CriterionScore(BaseModel):
    """How an actor meets one criterion."""

    model_config = {"extra": "forbid"}

    criterion_id: Reference
    score: Score | None = Field(None, description="1 not at all to 5 fully; null: not known")


class PriorityDraft(Draft):
    """It is decided whether an actor is taken in. A later decision counts; both are kept."""

    actor_id: Reference
    choice: PriorityChoice
    reason: LongText
    scores: list[CriterionScore] = Field(
        default_factory=list, max_length=50, description="By criteria in force on the day decided"
    )
    decided_on: Day
    decided_by_post_id: Reference | None = Field(None, description="This or decided_by is given")
    decided_by: Line | None = Field(None, description="Who decided, where it is no post")
    review_on: Day | None = Field(None, description="When it is looked at again")

    @rule
    def _somebody(self) -> Faults:
        if self.decided_by_post_id is None and self.decided_by is None:
            yield wrong("decided_by_post_id", "missing", "somebody decides: a post, or a text")

    @rule
    def _one_of_two(self) -> Faults:
        if self.decided_by_post_id is not None and self.decided_by is not None:
            yield wrong("decided_by", "one_of_two", "either a post or a text")

    @rule
    def _each_once(self) -> Faults:
        ids = [one.criterion_id for one in self.scores]
        if len(set(ids)) < len(ids):
            yield wrong("scores", "repeated", "each criterion once")

    @rule_for("review_on")
    def _later(self, field: str) -> Faults:
        day = getattr(self, field)
        if day is not None and day <= self.decided_on:
            yield wrong(field, "too_early", "it is looked at again on a later day")


class PriorityWeighing(BaseModel):
    """What a decision keeps of what counted then, so that later criteria change no sum."""

    criterion_ids: list[UUID] = Field(
        default_factory=list,
        description="What it was weighed by: in force on its day, as known when it was written",
    )


class Priority(Thing, PriorityWeighing, PriorityDraft):
    """A decision about an actor, and what its scores come to; nothing decides by the sum."""

    current: bool = Field(description="No later one about the actor on the day asked for")
    review_overdue: bool = Field(description="Current, and to be looked at before that day")
    weighted_lowest: int | None = Field(
        description="Weight times score, summed; what is unknown counts 1. null: no criteria"
    )
    weighted_highest: int | None = Field(description="The same where what is unknown counts 5")
    weighted_most: int | None = Field(description="The same where everything is 5")
