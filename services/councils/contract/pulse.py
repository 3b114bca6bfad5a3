"""Pulses: a council's members answer four questions, each alone and unseen, time after time.

Nothing here tells what one person answered, nor who has: see decision 0031.
"""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, Field

from services.councils.contract.invitation import InvitationFault, UncalledWhy
from services.kit.contract import Count, Day, Draft, Line, Moment, Reference, Score, Sent, Thing

# The first two are trust, which is not seen; the others performance, which is.
QUESTIONS = ("relations", "thinking", "acting", "results")
# Nothing is shown of fewer answers than this, to anybody.
FEWEST = 5


class PulseState(StrEnum):
    """Whether a round takes answers: it is counted when its last day is over, once."""

    open = "open"
    counting = "counting"
    closed = "closed"


class PulseOutcome(StrEnum):
    """What came of a round."""

    shown = "shown"
    too_few = "too_few"


class PulseLevel(StrEnum):
    """How large a part of those who answered gave a 4 or a 5."""

    at_most_a_fifth = "at_most_a_fifth"
    less_than_half = "less_than_half"
    about_half = "about_half"
    more_than_half = "more_than_half"
    at_least_four_fifths = "at_least_four_fifths"


class PulseDraft(Draft):
    """A round that is opened: all with a seat in the council on a day are asked."""

    council_id: Reference
    asked_on: Day = Field(description="Who has a seat on this day is asked")
    closes_on: Day = Field(description="The last day to answer")


class PulseFacts(PulseDraft):
    """A round, and what came of it when it was closed; that is never counted anew."""

    asked_count: Count = Field(0, description="How many are asked")
    seats_new: Count | None = Field(
        None, description="Seats with somebody whom the round before did not ask"
    )
    seats_gone: Count | None = Field(
        None, description="Seats of the round before that are gone, or that somebody else has"
    )
    closed_on: Day | None = None
    outcome: PulseOutcome | None = Field(
        None, description="Null until it is closed; shown: five or more answered"
    )
    relations_level: PulseLevel | None = Field(None, description="Null where too few answered")
    thinking_level: PulseLevel | None = Field(None, description="How they think together")
    acting_level: PulseLevel | None = Field(None, description="How they act together")
    results_level: PulseLevel | None = None


class Pulse(Thing, PulseFacts):
    """A round of four questions to all of a council, and what came of it."""

    state: PulseState


class PulseLetterState(StrEnum):
    """How far a link has come to whoever it is for."""

    queued = "queued"
    sending = "sending"
    sent = "sent"
    unsure = "unsure"
    failed = "failed"
    skipped = "skipped"
    to_copy = "to_copy"
    copied = "copied"


# The link is still here: nobody has had it.
STILL_HERE = (PulseLetterState.failed, PulseLetterState.to_copy)


class PulseLetterFacts(BaseModel):
    """A link to answer by, for whoever has a seat. It says nothing of whether it was used."""

    pulse_id: Reference
    seat_id: Reference
    person_id: Reference | None = Field(None, description="Null where the seat has no post")
    state: PulseLetterState
    why_not: UncalledWhy | None = Field(None, description="Why it cannot go by e-mail")
    tries: int = 0
    last_error: InvitationFault | None = None
    next_try_at: Moment | None = None


class PulseLetter(PulseLetterFacts):
    """A link to answer by, for whoever has a seat."""

    id: UUID
    version: int
    created_at: datetime
    updated_at: datetime


class PulseLetters(BaseModel):
    """A round's links, one for each who is asked."""

    items: list[PulseLetter]


class PulseSecret(BaseModel):
    """A link that is handed to a person outside e-mail. It is told once."""

    token: str = Field(description="The last part of the address to answer at")


class PulseLine(BaseModel):
    """What somebody wrote."""

    text: str


class PulseLines(BaseModel):
    """What they wrote, in an order that was thrown with dice."""

    items: list[PulseLine]


class PulseLink(BaseModel):
    """What whoever has a link is shown. Never what was answered by it, nor whether."""

    state: PulseState
    council: str
    asked_on: Day
    closes_on: Day
    asked_count: int
    example: bool


class PulseAnswer(Sent):
    """What one answers, from 1 to 5. It takes the place of what the same link answered before."""

    relations: Score = Field(description="How good are our relations")
    thinking: Score = Field(description="How well we think together")
    acting: Score = Field(description="How well we act together")
    results: Score = Field(description="How good are our results")
    line: Line | None = Field(None, description="A free line, without anybody's name")
