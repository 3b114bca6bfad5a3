"""Takeovers: what a departure or a withdrawal left, and the post that takes care of it."""

from enum import StrEnum

from pydantic import Field

from services.kit.contract import (
    Day,
    Draft,
    Faults,
    Line,
    Reference,
    Sent,
    Thing,
    rule,
    rule_for,
    wrong,
)


class LeftNoun(StrEnum):
    """What can be left without an owner, in any service."""

    action_item = "action_item"
    carried_issue = "carried_issue"
    challenge = "challenge"
    contact = "contact"
    council = "council"
    decision = "decision"
    initiative = "initiative"
    interview = "interview"
    joining = "joining"
    leader_assignment = "leader_assignment"
    mandate = "mandate"
    need = "need"
    pledge = "pledge"
    post = "post"
    programme = "programme"
    project = "project"
    project_activity = "project_activity"
    project_continuation = "project_continuation"
    project_deviation = "project_deviation"
    relation = "relation"
    role_trial = "role_trial"
    seat = "seat"
    session_plan = "session_plan"
    signal = "signal"
    step = "step"
    takeover = "takeover"
    trend = "trend"


class TakeoverDraft(Draft):
    """A post takes care of something that lost its owner.

    What is left is never stored: it is asked of the things themselves. This says who took it.
    """

    left_actor_id: Reference | None = Field(None, description="The actor that withdrew")
    left_post_id: Reference | None = Field(None, description="The post whose holder left")
    noun: LeftNoun
    thing_id: Reference = Field(description="The thing, in the service that has such things")
    what: Line = Field(description="What it was called when it was taken")
    owner_post_id: Reference = Field(description="The post that takes care of it")
    taken_on: Day
    due_on: Day | None = None
    done_on: Day | None = Field(None, description="The day from which it had an owner again")

    @rule
    def _one_leaver(self) -> Faults:
        if self.left_actor_id and self.left_post_id:
            yield wrong("left_post_id", "one_of_two", "either an actor or a post left it")

    @rule_for("due_on", "done_on")
    def _later(self, field: str) -> Faults:
        day = getattr(self, field)
        if day is not None and day < self.taken_on:
            yield wrong(field, "too_early", "nothing is done before it is taken")


class Takeover(Thing, TakeoverDraft):
    """A post takes care of something that lost its owner."""

    overdue: bool = Field(description="Due before the day asked for, and not done by then")


class TakeoverDone(Sent):
    """What was taken over has an owner again, or needs none."""

    done_on: Day
