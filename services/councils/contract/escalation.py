"""Escalations: what a council lifts to one of a higher level, and what it is answered."""

from enum import StrEnum

from pydantic import BaseModel, Field

from services.councils.contract.direction import EarlierAnswer, ReplyState
from services.kit.contract import (
    Day,
    Draft,
    Faults,
    LongText,
    Name,
    Reference,
    Sent,
    Thing,
    each_once,
    rule,
    wrong,
)


class EscalationKind(StrEnum):
    """What sort of thing a council cannot see to itself."""

    need = "need"
    obstacle = "obstacle"
    resource = "resource"
    mandate = "mandate"
    other = "other"


class EscalationReply(StrEnum):
    """What becomes of an escalation."""

    taken_up = "taken_up"
    answered = "answered"
    declined = "declined"


class EscalationDraft(Draft):
    """What a council asks one of a higher level to see to, and until when it wants an answer."""

    council_id: Reference = Field(description="The council that lifts it")
    to_council_id: Reference = Field(
        description="Of a higher level: strategic over bridging over operative"
    )
    kind: EscalationKind
    title: Name
    text: LongText
    need_ids: list[Reference] = Field(default_factory=list, max_length=100)
    raised_on: Day = Field(description="No day to come")
    answer_by: Day = Field(description="The last day to answer")

    @rule
    def _named_once(self) -> Faults:
        yield from each_once(self, "need_ids")

    @rule
    def _time_to_answer(self) -> Faults:
        if self.answer_by < self.raised_on:
            yield wrong("answer_by", "too_early", "no answer comes before the question")


class EscalationState(BaseModel):
    """What an escalation was answered; null until it is."""

    answer: EscalationReply | None = None
    answer_text: LongText | None = None
    answered_on: Day | None = None
    decision_id: Reference | None = None
    direction_id: Reference | None = None
    earlier_answers: list[EarlierAnswer] = Field(
        default_factory=list, description="What was answered before, the first first"
    )


class Escalation(Thing, EscalationState, EscalationDraft):
    """An escalation, with its answer, and where it stands on the day asked for."""

    state: ReplyState
    council_name: str = Field(description="Who lifts it; also for who may not read that council")
    to_council_name: str = Field(description="Who is asked, as `council_name`")


class EscalationAnswer(Sent):
    """What the council that is asked answers. It may answer anew: what it said first is kept."""

    answer: EscalationReply
    answer_text: LongText
    answered_on: Day = Field(description="No day to come, and none before it was lifted")
    decision_id: Reference | None = Field(None, description="One of the council that answers")
    direction_id: Reference | None = Field(None, description="One of the council that answers")
