"""Carried issues: what ambassadors have carried where, when, and what was answered."""

from pydantic import Field

from services.kit.contract import (
    Day,
    Draft,
    Faults,
    Line,
    LongText,
    Reference,
    Thing,
    rule,
    rule_for,
    wrong,
)

PLACES = ("to_actor_id", "to_council_id", "to_body")


class CarriedIssueDraft(Draft):
    """The post of an ambassador carries an issue to one place: an actor, a council or a body."""

    issue: Line
    ambassador_post_id: Reference
    mandate_id: Reference | None = Field(None, description="One that the post is ambassador of")
    need_id: Reference | None = Field(None, description="The need it is about, as councils has it")
    to_actor_id: Reference | None = Field(None, description="One of the three places is given")
    to_council_id: Reference | None = Field(None, description="A council's id, as councils has it")
    to_body: Line | None = Field(None, description="Any other body, in words")
    carried_on: Day
    reply: LongText | None = Field(None, description="What was answered, or what came of it")
    replied_on: Day | None = None

    @rule
    def _one_place(self) -> Faults:
        if sum(getattr(self, name) is not None for name in PLACES) != 1:
            yield wrong(PLACES[0], "one_place", "one place: an actor, a council or another body")

    @rule
    def _reply_has_a_day(self) -> Faults:
        if self.reply is not None and self.replied_on is None:
            yield wrong("replied_on", "missing", "it was answered on a day")
        if self.replied_on is not None and self.reply is None:
            yield wrong("reply", "missing", "something was answered that day")

    @rule_for("replied_on")
    def _answers_follow(self, field: str) -> Faults:
        day = getattr(self, field)
        if day is not None and day < self.carried_on:
            yield wrong(field, "too_early", "no answer comes before the question")


class CarriedIssue(Thing, CarriedIssueDraft):
    """An issue that an ambassador carried; a later reply is not told on an earlier day."""

    answered: bool = Field(description="Whether there was a reply on the day asked for")
