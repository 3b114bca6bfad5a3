"""Questions from the floor of an event: asked without an account, shown once somebody lets them."""

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from services.councils.contract.event_sign_up import LinkHash
from services.kit.contract import LongText, Moment, Reference, Sent, Thing

QuestionText = Annotated[str, StringConstraints(min_length=1, max_length=500)]
# So many are shown at once: what has most votes first.
SHOWN_MOST = 50


class QuestionState(StrEnum):
    """Whether the floor sees a question."""

    waiting = "waiting"
    shown = "shown"
    hidden = "hidden"


class EventQuestionDraft(Sent):
    """A question from the floor."""

    text: QuestionText


class QuestionByBrowser(EventQuestionDraft):
    """A question, with what is kept of the browser that it came from."""

    browser: LinkHash


class Voter(Sent):
    """What is kept of the browser that votes."""

    browser: LinkHash


class QuestionModerated(Sent):
    """Whether the floor sees it."""

    state: QuestionState


class QuestionAnswered(Sent):
    """A question is answered: in the room (no text), or afterwards in words."""

    answered: bool = True
    answer: LongText | None = None


class EventQuestionFacts(BaseModel):
    """A question; nobody's name."""

    event_session_id: Reference
    number: int = Field(description="1, 2, 3 …: the order in which they were asked")
    text: str
    state: QuestionState = QuestionState.waiting
    votes: int = 0
    answered_at: Moment | None = Field(None, description="null: not yet")
    answer: str | None = Field(None, description="In words, where it was answered afterwards")


class EventQuestion(Thing, EventQuestionFacts):
    """A question from the floor."""


class EventQuestions(BaseModel):
    """A session's questions."""

    items: list[EventQuestion]


class LiveQuestions(BaseModel):
    """What the floor sees of a session: the most voted first, at most fifty."""

    session_id: Reference
    shown_count: int
    waiting_count: int
    items: list[EventQuestion]


class LiveSessions(BaseModel):
    """The same of several sessions, by one question to the database."""

    items: list[LiveQuestions]


class OwnVotes(BaseModel):
    """The questions of a session that a browser has voted for."""

    numbers: list[int]
