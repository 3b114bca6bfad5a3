"""Role trials: an actor is asked to take a role in the model, and what came of the question."""

from enum import StrEnum

from pydantic import Field

from services.kit.contract import (
    Day,
    Draft,
    Faults,
    LongText,
    Name,
    Reference,
    Thing,
    rule,
    rule_for,
    wrong,
)


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

    @rule_for("answer_by", "answered_on")
    def _after_asked(self, field: str) -> Faults:
        day = getattr(self, field)
        if day is not None and self.asked_on is not None and day < self.asked_on:
            yield wrong(field, "too_early", "no answer comes before the question")

    @rule
    def _no_day_yet(self) -> Faults:
        if self.answer == TrialAnswer.waiting and self.answered_on is not None:
            yield wrong("answered_on", "none_required", "a waiting trial has no day of answer")

    @rule
    def _why_not(self) -> Faults:
        if self.answer == TrialAnswer.declined and self.reasons is None:
            yield wrong("reasons", "missing", "why it declined is what is learnt")


class RoleTrial(Thing, RoleTrialDraft):
    """An actor was asked to take a role."""

    overdue: bool = Field(description="No answer, and the last day for one has passed")
