"""Approvals: the secret link by which a respondent reads an interview, and what they say of it."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from services.councils.contract.interview import QuestionKind
from services.councils.contract.invitation import InvitationFault, UncalledWhy
from services.councils.contract.need import Area
from services.kit.contract import (
    Code,
    Faults,
    IsoDate,
    LongText,
    Moment,
    Reference,
    Sent,
    rule,
    wrong,
)

Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class ApprovalLinkState(StrEnum):
    """How far a link has come to the respondent."""

    given = "given"
    queued = "queued"
    sending = "sending"
    sent = "sent"
    unsure = "unsure"
    failed = "failed"


class ApprovalLinkFacts(BaseModel):
    """A link to one interview. No address is kept, nor the link itself: only its hash."""

    interview_id: Reference
    person_id: Reference | None = Field(
        None, description="Whoever got it by e-mail; null: it was handed over in another way"
    )
    state: ApprovalLinkState = ApprovalLinkState.queued
    tries: int = 0
    last_error: InvitationFault | None = None
    next_try_at: Moment | None = Field(None, description="Null where it is not tried by itself")
    sent_at: Moment | None = None
    expires_at: Moment = Field(description="Afterwards it shows nothing")
    revoked: bool = False


class ApprovalLink(ApprovalLinkFacts):
    """A link to one interview, as whoever interviews sees it."""

    id: UUID
    version: int
    created_at: datetime
    updated_at: datetime


class ApprovalRecipient(BaseModel):
    """Whoever holds or covers the respondent's post today."""

    person_id: UUID | None
    name: str | None
    email: str | None
    why_not: UncalledWhy | None = Field(description="Why no e-mail can go; null where one can")


class ApprovalLinks(BaseModel):
    """An interview's links, the newest first, and to whom another would go by e-mail."""

    items: list[ApprovalLink]
    recipient: ApprovalRecipient | None = Field(description="Null: the registry does not say")


class ApprovalLinkDraft(Sent):
    """A new link: one whose secret the sender has made, or one that goes by e-mail."""

    hash: Hash | None = Field(
        None,
        description="SHA-256 of a secret of 32 random bytes or more; null: made and sent by e-mail",
    )


class SheetState(StrEnum):
    """What whoever has a link may do."""

    open = "open"
    changing = "changing"
    approved = "approved"
    withdrawn = "withdrawn"
    lapsed = "lapsed"
    revoked = "revoked"


class SheetQuestion(BaseModel):
    """A question that was answered, and the answer as it was written down."""

    question_key: str
    area: Area
    kind: QuestionKind
    text: str
    present: str | None
    desired: str | None
    gap: str | None
    score: int | None
    quote: bool


class ApprovalSheet(BaseModel):
    """What whoever has a link is shown. No names of people."""

    state: SheetState
    version: int = Field(description="Of the interview; what is approved is what was read")
    company: str | None = Field(description="Null: the registry does not say")
    council: str | None
    held_on: IsoDate
    consent_on: IsoDate | None
    consent_scope: str | None
    approved_on: IsoDate | None
    items: list[SheetQuestion] = Field(
        description="Empty unless it is open or approved, and in what an action answers"
    )


class ApprovalGiven(Sent):
    """The respondent approves what was read."""

    version: int


class Wish(Sent):
    """What is to be changed in the answer to one question."""

    question_key: Code
    text: LongText


class WishList(Sent):
    """The respondent wants something changed first: in single answers, in all, or both."""

    version: int
    reason: LongText | None = None
    wishes: list[Wish] = Field(default_factory=list, max_length=100)

    @rule
    def _something(self) -> Faults:
        if self.reason is None and not self.wishes:
            yield wrong("reason", "missing", "say what is to be changed")

    @rule
    def _one_each(self) -> Faults:
        keys = [wish.question_key for wish in self.wishes]
        if len(set(keys)) < len(keys):
            yield wrong("wishes", "repeated", "each question is named once")
