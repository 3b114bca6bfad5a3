"""Invitations: who is called to a meeting by e-mail, how that went, and the link to answer by."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, Field

from services.councils.contract.meeting import AttendanceAnswer, Mark, MeetingStatus
from services.kit.contract import Faults, Line, Moment, Reference, Sent, rule, wrong


class InvitationState(StrEnum):
    """How far a letter has come."""

    queued = "queued"
    sending = "sending"
    sent = "sent"
    unsure = "unsure"
    failed = "failed"
    skipped = "skipped"


# What a person may send once more.
TO_SEND_AGAIN = (InvitationState.failed, InvitationState.unsure)


class InvitationMethod(StrEnum):
    """What a letter says: come, or that nothing will be of it."""

    request = "request"
    cancel = "cancel"


class InvitationFault(StrEnum):
    """Why a letter has not gone."""

    no_address = "no_address"
    bad_address = "bad_address"
    registry_silent = "registry_silent"
    refused = "refused"
    put_off = "put_off"
    unreachable = "unreachable"
    not_written = "not_written"
    too_late = "too_late"
    left = "left"


class UncalledWhy(StrEnum):
    """Why somebody in a council cannot be called by e-mail."""

    no_post = "no_post"
    vacant = "vacant"
    no_address = "no_address"


class InvitationFacts(BaseModel):
    """A letter to one person about one state of a meeting. No address is kept, nor a name."""

    meeting_id: Reference
    seat_id: Reference
    person_id: Reference = Field(description="Whoever held, or covered, the seat's post")
    method: InvitationMethod = InvitationMethod.request
    sequence: int = Field(description="The meeting's version that it tells: SEQUENCE of its event")
    state: InvitationState = InvitationState.queued
    tries: int = 0
    last_error: InvitationFault | None = None
    next_try_at: Moment | None = Field(None, description="Null where it is not tried by itself")
    sent_at: Moment | None = None
    revoked: bool = Field(False, description="Its links take no answer, and nothing more is told")


class Invitation(InvitationFacts):
    """A letter to one person about one state of a meeting."""

    may_go_again: bool = Field(description="It has not gone, or nobody knows, and is still so")
    id: UUID
    version: int
    created_at: datetime
    updated_at: datetime


class Invitations(BaseModel):
    """A meeting's letters, the newest first."""

    items: list[Invitation]


class Recipient(BaseModel):
    """A seat on the meeting's day, and who is called for it."""

    seat_id: UUID
    actor_id: UUID
    post_id: UUID | None
    person_id: UUID | None = Field(description="Whoever covers the post today, or holds it")
    name: str | None
    email: str | None
    called: bool = Field(description="A letter to this person stands already")
    why_not: UncalledWhy | None = Field(description="Why nobody can be called; null where one can")


class InvitationPreview(BaseModel):
    """What the letter says to who has none yet. Each gets a link of their own in it."""

    subject: str
    text: str


class Recipients(BaseModel):
    """Everybody whom a meeting concerns, and what they will read."""

    items: list[Recipient]
    letter: InvitationPreview
    mark: Mark = Field(description="Of those who have no letter yet, and of what theirs says")


class InvitationSending(Sent):
    """Letters to those who have none."""

    mark: Mark | None = Field(
        None, description="Of what was shown: 409 where it would be others, or say something else"
    )


class LinkState(StrEnum):
    """Whether a link takes an answer."""

    open = "open"
    begun = "begun"
    over = "over"
    cancelled = "cancelled"
    revoked = "revoked"
    left = "left"


class ReplyLink(BaseModel):
    """What whoever has a link is shown: the meeting, and their own answer. No names."""

    state: LinkState
    council: str
    title: str
    starts_at: datetime
    ends_at: datetime | None
    place: str | None
    link: str | None
    status: MeetingStatus
    answer: AttendanceAnswer
    substitute: str | None
    answered_for: datetime | None = Field(description="The time answered to, where it was another")


class ReplyLinkAnswer(Sent):
    """An answer to an invitation."""

    answer: AttendanceAnswer
    substitute: Line | None = Field(None, description="Who comes instead")

    @rule
    def _is_an_answer(self) -> Faults:
        if self.answer is AttendanceAnswer.unknown:
            yield wrong("answer", "missing", "yes, no or substitute")

    @rule
    def _somebody_comes(self) -> Faults:
        if self.answer is AttendanceAnswer.substitute and self.substitute is None:
            yield wrong("substitute", "missing", "who comes instead")
