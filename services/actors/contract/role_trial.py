"""Role trials: an actor is asked to take a role in the model, and what came of the question."""

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from services.kit.contract import Day, Draft, LongText, Name, Reference, Thing, wrong


class TrialAnswer(StrEnum):
    """What an actor said to the role it was asked to take."""

    waiting = "waiting"
    accepted = "accepted"
    declined = "declined"


class RoleTrialDraft(Draft):
    """An actor is asked to take a role. A day that nobody knows is null, never guessed."""

    actor_id: Reference
    role: Name = Field(description="The role it is asked to take")
    asked_on: Day | None = None
    answer_by: Day | None = Field(None, description="The last day to answer")
    answer: TrialAnswer = TrialAnswer.waiting
    answered_on: Day | None = None
    reasons: LongText | None = Field(None, description="Required where the actor declined")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.asked_on is not None:
            for field in ("answer_by", "answered_on"):
                day = getattr(self, field)
                if day is not None and day < self.asked_on:
                    raise wrong(field, "too_early", "no answer comes before the question")
        if self.answer == TrialAnswer.waiting and self.answered_on is not None:
            raise wrong("answered_on", "none_required", "a waiting trial has no day of answer")
        if self.answer == TrialAnswer.declined and self.reasons is None:
            raise wrong("reasons", "missing", "why it declined is what is learnt")
        return self


class RoleTrial(Thing, RoleTrialDraft):
    """An actor was asked to take a role."""

    overdue: bool = Field(description="No answer, and the last day for one has passed")
