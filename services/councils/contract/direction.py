"""Directions: what a strategic council asks of other councils, and what each of them answers."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, Field

from services.councils.contract.decision import Evidence
from services.councils.contract.need import Horizon
from services.kit.contract import (
    Day,
    Draft,
    Faults,
    Line,
    LongText,
    Name,
    Reference,
    Thing,
    Year,
    each_once,
    rule,
    wrong,
)

# To choose is to leave out: what does not fit among these is deselected, with the reason.
MOST_PRIORITIES = 6


class ReplyState(StrEnum):
    """Whether what one council asks another is answered, on a day.

    lapsed: somebody never answered, and nobody is waited for any more.
    """

    open = "open"
    overdue = "overdue"
    answered = "answered"
    lapsed = "lapsed"


WAITING = (ReplyState.open, ReplyState.overdue)


class DirectionReply(StrEnum):
    """What a council says to a direction."""

    accepted = "accepted"
    adapted = "adapted"
    declined = "declined"


class DirectionPriority(BaseModel):
    """One thing that a direction puts first."""

    model_config = {"extra": "forbid", "str_strip_whitespace": True}

    text: Line
    need_ids: list[Reference] = Field(default_factory=list, max_length=20)


class Deselection(BaseModel):
    """One thing that a direction leaves out, and why."""

    model_config = {"extra": "forbid", "str_strip_whitespace": True}

    text: Line
    reason: Line


class DirectionDraft(Draft):
    """What a decision of a strategic council asks of other councils, and until when."""

    decision_id: Reference = Field(
        description="Of a council of strategic level, and one that no other took the place of"
    )
    title: Name
    text: LongText
    scope: Line | None = Field(None, description="What it holds for: an area, an industry, a time")
    horizon: Horizon
    year: Year | None = Field(
        None, description="Whose agenda it is part of: the year of the competence analysis behind"
    )
    priorities: list[DirectionPriority] = Field(
        default_factory=list, max_length=MOST_PRIORITIES, description="The first one comes first"
    )
    deselections: list[Deselection] = Field(default_factory=list, max_length=50)
    council_ids: list[Reference] = Field(
        min_length=1, max_length=100, description="Those that are to answer; not the one that asks"
    )
    answer_by: Day = Field(description="The last day to answer; none before the decision")
    change_reason: LongText | None = Field(
        None,
        description="Why what somebody has answered is changed: a new one each time; what stood is "
        "kept in `amendments`",
    )

    @rule
    def _named_once(self) -> Faults:
        yield from each_once(self, "council_ids")
        told: set[str] = set()
        for place, one in enumerate(self.priorities or ()):
            if one.text.casefold() in told:
                yield wrong(f"priorities.{place}.text", "repeated", "each is named once")
            told.add(one.text.casefold())
            if len(set(one.need_ids)) < len(one.need_ids):
                yield wrong(f"priorities.{place}.need_ids", "repeated", "each is named once")

    @rule
    def _left_out_once(self) -> Faults:
        chosen = {one.text.casefold() for one in self.priorities or ()}
        told: set[str] = set()
        for place, one in enumerate(self.deselections or ()):
            said, field = one.text.casefold(), f"deselections.{place}.text"
            if said in chosen:
                yield wrong(field, "prioritised", "what comes first is not left out")
            if said in told:
                yield wrong(field, "repeated", "each is named once")
            told.add(said)


class DirectionAmendment(BaseModel):
    """What a direction said before it was changed, and why it was."""

    until: datetime = Field(description="The moment it was changed")
    reason: str
    fields: list[str] = Field(description="What was changed; none: a reason was told alone")
    title: str
    text: str
    scope: str | None
    horizon: Horizon
    priorities: list[str] = Field(description="Their texts, the first one first")
    deselections: list[Deselection]


class DirectionPlace(BaseModel):
    """What is stored of a direction beside its draft: it follows from it."""

    council_id: Reference = Field(description="The council that decided it")
    need_ids: list[Reference] = Field(
        default_factory=list, description="All that its priorities name"
    )
    amendments: list[DirectionAmendment] = Field(
        default_factory=list, description="What it said before, the first first"
    )


class Direction(Thing, DirectionPlace, DirectionDraft):
    """A direction, and whom it waits for on the day asked for."""

    state: ReplyState
    waiting_council_ids: list[UUID] = Field(
        description="Those that have not answered; not the closed ones, and nobody where another "
        "decision took the place of its own"
    )
    evidence: Evidence = Field(description="How good the basis of its decision is")
    council_name: str = Field(description="Who asks; also for who may not read that council")


class DirectionAnswerDraft(Draft):
    """What a council that is asked answers. It may answer anew: what it said first is kept."""

    direction_id: Reference
    council_id: Reference = Field(description="One of the direction's `council_ids`")
    answer: DirectionReply
    why: LongText | None = Field(None, description="Required unless it is accepted")
    adapted_text: LongText | None = Field(
        None, description="What the council does instead; where it is adapted, and only there"
    )
    answered_on: Day

    @rule
    def _why(self) -> Faults:
        if self.answer is not DirectionReply.accepted and self.why is None:
            yield wrong("why", "missing", "why it is not followed as it stands is what is learnt")

    @rule
    def _adapted(self) -> Faults:
        adapted = self.answer is DirectionReply.adapted
        if adapted and self.adapted_text is None:
            yield wrong("adapted_text", "missing", "what is done instead is told")
        if not adapted and self.adapted_text is not None:
            yield wrong("adapted_text", "only_adapted", "only what is adapted has another text")


class EarlierAnswer(BaseModel):
    """What was answered before the answer was changed."""

    answer: str
    text: str | None = Field(description="What was said, and why")
    answered_on: Day
    until: datetime = Field(description="The moment it was changed")


class DirectionAnswerState(BaseModel):
    """What an answer was before it was changed."""

    earlier_answers: list[EarlierAnswer] = Field(
        default_factory=list, description="What was answered before, the first first"
    )


class DirectionAnswer(Thing, DirectionAnswerState, DirectionAnswerDraft):
    """What a council answered to a direction."""
