"""Interviews: dialogue maps with their questions, and what companies answered with consent."""

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from services.councils.contract.need import Area, Areas, NeedFacts, Side, Statement
from services.kit.contract import (
    Code,
    Count,
    Day,
    Draft,
    Faults,
    Line,
    LongText,
    Name,
    Reference,
    Score,
    Sent,
    Thing,
    rule,
    wrong,
)

Edition = Annotated[int, Field(ge=1, le=999)]
# Words within quotation marks are the respondent's own. Python and PostgreSQL read it alike.
QUOTED = '[”“"»]([^”“"»«]+)[”“"«»]'
Writer = Annotated[str, StringConstraints(min_length=1, max_length=100)]


class QuestionKind(StrEnum):
    """How a question is answered."""

    text = "text"
    scale = "scale"


class MapStatus(StrEnum):
    """Whether a set of questions may still change."""

    draft = "draft"
    published = "published"


class InterviewStatus(StrEnum):
    """How far an interview has come."""

    draft = "draft"
    sent = "sent"
    approved = "approved"
    withdrawn = "withdrawn"


class ConsentWay(StrEnum):
    """How a consent was given."""

    spoken = "spoken"
    written = "written"
    email = "email"
    form = "form"


class ApprovalWay(StrEnum):
    """How it is known that the respondent has approved."""

    link = "link"
    noted = "noted"


class Question(BaseModel):
    """One question of a dialogue map, in one of the three areas."""

    model_config = {"extra": "forbid", "str_strip_whitespace": True}

    key: Code
    area: Area
    kind: QuestionKind = QuestionKind.text
    text: Line
    help: Annotated[str, StringConstraints(max_length=1000)] | None = None
    norm_critical: bool = Field(False, description="Asks which norms steer who is wanted")
    prompts: list[Line] = Field(
        default_factory=list,
        max_length=10,
        description="Norm-critical prompts: what the interviewer may go on to ask",
    )


class DialogueMapDraft(Draft):
    """A versioned set of questions. Once published it never changes: make a new edition."""

    name: Name
    edition: Edition = Field(1, description="The version number of the set of questions")
    introduction: LongText | None = Field(None, description="Read to the respondent first")
    questions: list[Question] = Field(default_factory=list, max_length=100)

    @rule
    def _own_keys(self) -> Faults:
        keys = [question.key for question in self.questions]
        if len(set(keys)) < len(keys):
            yield wrong("questions", "repeated", "each question has a key of its own")


class MapState(BaseModel):
    """What actions change in a dialogue map."""

    status: MapStatus = MapStatus.draft
    published_on: Day | None = None
    retired_on: Day | None = Field(
        None, description="From this day no interview is begun by it; those that were keep it"
    )


class DialogueMap(Thing, MapState, DialogueMapDraft):
    """A set of questions, and how many interviews it has been used in."""

    interview_count: int
    ours: bool = Field(description="Kompetensnav's own; another map is made from a copy of it")


class InterviewDraft(Draft):
    """A talk with a company about its competence supply, by a published dialogue map."""

    dialogue_map_id: Reference
    actor_id: Reference = Field(description="The company")
    side: Side = Field(Side.working_life, description="The party that the respondent speaks for")
    respondent_post_id: Reference | None = None
    interviewer_post_id: Reference | None = None
    council_id: Reference | None = None
    held_on: Day
    consent: bool = Field(False, description="Whether the respondent has agreed")
    consent_on: Day | None = None
    consent_scope: LongText | None = Field(None, description="What the respondent agreed to")
    consent_way: ConsentWay | None = Field(None, description="How; null: nobody has noted it")

    @rule
    def _dated_consent(self) -> Faults:
        if self.consent and self.consent_on is None:
            yield wrong("consent_on", "missing", "a consent has a date")

    @rule
    def _told_consent(self) -> Faults:
        if self.consent and self.consent_scope is None:
            yield wrong("consent_scope", "missing", "a consent says what it covers")


class InterviewState(BaseModel):
    """What actions change in an interview."""

    status: InterviewStatus = InterviewStatus.draft
    sent_on: Day | None = None
    approved_on: Day | None = None
    withdrawn_on: Day | None = None
    returned_reason: LongText | None = Field(
        None, description="What the respondent wants changed; gone once it is sent anew"
    )
    approved_way: ApprovalWay | None = None
    approved_person_id: Reference | None = Field(
        None, description="Whose link it was approved by, where it went to a known person"
    )
    reopened_reason: LongText | None = Field(
        None, description="Why an approved interview is corrected; it needs approval anew"
    )


class Interview(Thing, InterviewState, InterviewDraft):
    """An interview, and how much of its map has been answered."""

    question_count: int
    answer_count: int


class AnswerDraft(Draft):
    """What was said to one question: how it is, how it should be, and the gap between."""

    question_key: Code
    present: LongText | None = None
    desired: LongText | None = None
    gap: LongText | None = None
    score: Score | None = Field(None, description="Only where the question has a scale")
    quote: bool = Field(
        False,
        description="May be quoted word for word: what stands within quotation marks, else all",
    )


class TypedAnswer(AnswerDraft):
    """An answer as it stands on somebody's screen."""

    version: Annotated[int, Field(ge=0)] = Field(
        0, description="The version this text began from; 0 where there was none"
    )


class AnswerSet(Sent):
    """Everything typed so far; only answers that nobody else changed meanwhile are stored."""

    answers: list[TypedAnswer] = Field(max_length=100)
    writer: Writer | None = Field(
        None, description="Names the open page: what it saved itself is never a conflict to it"
    )
    turn: Count = Field(
        0, description="Counts what the page sends: what comes late is not stored over the newer"
    )

    @rule
    def _one_each(self) -> Faults:
        keys = [answer.question_key for answer in self.answers]
        if len(set(keys)) < len(keys):
            yield wrong("answers", "repeated", "each question is answered once")


class AnswerState(BaseModel):
    """What an answer belongs to."""

    interview_id: Reference
    withdrawn: bool = Field(False, description="The consent was withdrawn and the text removed")
    wish: LongText | None = Field(
        None, description="What the respondent wants changed in it; gone once it is sent anew"
    )


class Answer(Thing, AnswerState, AnswerDraft):
    """An answer as it was stored, the words that are a quote, and the needs made of it."""

    need_count: int = Field(
        description="Needs made of it; one that lives on in others counts as those"
    )
    quotes: list[str] = Field(description="What stands within quotation marks in its texts")


class Saved(BaseModel):
    """What became of a set of answers. Where `conflicts` is not empty the status is 409."""

    saved: list[Answer]
    conflicts: list[Answer] = Field(description="What somebody else wrote; yours is not stored")


class SendBack(Sent):
    """An interview goes back to its draft, with the respondent's wishes."""

    reason: LongText


class InterviewReopening(Sent):
    """An approved interview is opened to be corrected."""

    reason: LongText


class NeedOfAnswer(NeedFacts):
    """What an answer does not say itself when a need is made of it.

    The statement is the answer's gap, the area its question's, and the council the interview's,
    where nothing else is given here.
    """

    statement: Statement | None = None
    areas: Areas = Field(default_factory=list)
