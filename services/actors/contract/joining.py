"""Joinings: an actor is asked to join because a need points at it, and how far that has come."""

from enum import StrEnum

from pydantic import Field

from services.actors.contract.readiness import ReadinessState
from services.kit.contract import (
    Day,
    Draft,
    Faults,
    LongText,
    MunicipalityCode,
    Reference,
    Thing,
    rule,
    rule_for,
    wrong,
)

CONNECTIONS = ("seat_id", "initiative_id", "pledge_id")


class JoiningAnswer(StrEnum):
    """What an actor said to joining."""

    waiting = "waiting"
    accepted = "accepted"
    declined = "declined"


class JoiningState(StrEnum):
    """How far a joining has come on a day."""

    proposed = "proposed"
    asked = "asked"
    accepted = "accepted"
    declined = "declined"
    connected = "connected"
    lapsed = "lapsed"


class JoiningDraft(Draft):
    """A need points at an actor; somebody sees to that it is asked, answers and is connected."""

    need_id: Reference = Field(description="The need, as councils has it")
    actor_id: Reference
    why: LongText = Field(description="What in the need the actor can do something about")
    proposed_on: Day
    owner_post_id: Reference = Field(description="The post that sees to it")
    due_on: Day
    asked_on: Day | None = None
    answer: JoiningAnswer = JoiningAnswer.waiting
    answered_on: Day | None = Field(None, description="Required where it has answered")
    reasons: LongText | None = Field(
        None, description="Required where the actor declined, and where it lapsed"
    )
    connected_on: Day | None = Field(None, description="The day from which it takes part")
    seat_id: Reference | None = Field(None, description="Its seat in a council")
    initiative_id: Reference | None = Field(None, description="The initiative it is a partner in")
    pledge_id: Reference | None = Field(None, description="What it has pledged")
    lapsed_on: Day | None = Field(
        None, description="The day from which nobody asks any more, as when the need is dropped"
    )

    @property
    def goes_on(self) -> bool:
        """Whether somebody still sees to it: neither declined, nor connected, nor lapsed."""
        over = (self.connected_on, self.lapsed_on)
        return self.answer != JoiningAnswer.declined and over == (None, None)

    @rule_for("due_on", "asked_on", "lapsed_on")
    def _after_proposed(self, field: str) -> Faults:
        day = getattr(self, field)
        if day is not None and day < self.proposed_on:
            yield wrong(field, "too_early", "not before it was proposed")

    @rule_for(("answered_on", "asked_on"), ("connected_on", "answered_on"))
    def _in_order(self, field: str, before: str) -> Faults:
        day, first = getattr(self, field), getattr(self, before) or self.proposed_on
        if day is not None and day < first:
            yield wrong(field, "too_early", "one step follows the other")

    @rule
    def _answered_some_day(self) -> Faults:
        if self.answer != JoiningAnswer.waiting and self.answered_on is None:
            yield wrong("answered_on", "missing", "it answered on a day")
        if self.answer == JoiningAnswer.waiting and self.answered_on is not None:
            yield wrong("answered_on", "none_required", "one that waits has no day of answer")

    @rule
    def _why_not(self) -> Faults:
        if self.answer == JoiningAnswer.declined and self.reasons is None:
            yield wrong("reasons", "missing", "why it declined is what is learnt")

    @rule
    def _why_lapsed(self) -> Faults:
        if self.lapsed_on is not None and self.reasons is None:
            yield wrong("reasons", "missing", "why nobody asks any more")

    @rule
    def _lapsed_on_its_way(self) -> Faults:
        over = self.connected_on is not None or self.answer == JoiningAnswer.declined
        if self.lapsed_on is not None and over:
            yield wrong("lapsed_on", "none_required", "it is over already")

    @rule
    def _connected_somehow(self) -> Faults:
        given = [name for name in CONNECTIONS if getattr(self, name) is not None]
        if self.connected_on is not None and not given:
            yield wrong("seat_id", "missing", "by a seat, an initiative or a pledge")
        if given and self.connected_on is None:
            yield wrong("connected_on", "missing", "it is connected from a day on")

    @rule
    def _willing(self) -> Faults:
        if self.connected_on is not None and self.answer != JoiningAnswer.accepted:
            yield wrong("answer", "not_accepted", "only one that accepted is connected")


class Joining(Thing, JoiningDraft):
    """An actor on its way to take part; later steps are not told on an earlier day."""

    state: JoiningState
    managed_by: MunicipalityCode | None = Field(
        description="The municipality whose key made it, and reads and writes it; else null"
    )
    open: bool = Field(description="Not declined, connected or lapsed on the day asked for")
    overdue: bool = Field(description="Open, and due before that day")
    readiness: ReadinessState | None = Field(
        description="The gate to a council: what the actor's newest assessment says on the day; "
        "null also for those who may not read assessments"
    )
    assessed_on: Day | None = Field(description="When that assessment was made")
