"""Meetings: what is on the agenda, who came, and minutes that are locked once approved."""

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from services.kit.contract import (
    Day,
    Draft,
    Faults,
    Line,
    LongText,
    Moment,
    Name,
    Reference,
    Sent,
    Thing,
    Url,
    each_once,
    rule,
    wrong,
)

Mark = Annotated[str, StringConstraints(min_length=1, max_length=64)]
Place = Annotated[int, Field(ge=0, le=10_000)]


class MeetingStatus(StrEnum):
    """Whether a meeting has taken place."""

    planned = "planned"
    held = "held"
    cancelled = "cancelled"


class MinutesState(StrEnum):
    """Approved minutes never change."""

    draft = "draft"
    approved = "approved"


class AgendaKind(StrEnum):
    """What is wanted of those present."""

    information = "information"
    discussion = "discussion"
    decision = "decision"
    direction = "direction"
    follow_up = "follow_up"


class AttendanceAnswer(StrEnum):
    """What was answered to an invitation."""

    yes = "yes"
    no = "no"
    substitute = "substitute"
    unknown = "unknown"


class MeetingDraft(Draft):
    """A meeting of a council."""

    council_id: Reference
    title: Name
    starts_at: Moment
    ends_at: Moment | None = None
    place: Line | None = None
    link: Url | None = None
    status: MeetingStatus = MeetingStatus.planned

    @rule
    def _ends_after_it_starts(self) -> Faults:
        if self.ends_at is not None and self.ends_at <= self.starts_at:
            yield wrong("ends_at", "empty_period", "ends_at is later than starts_at")


class MeetingState(BaseModel):
    """What actions change in a meeting."""

    minutes_state: MinutesState = MinutesState.draft
    approved_on: Day | None = None
    approved_by_post_id: Reference | None = None
    cancelled_with_council: bool = False
    series_id: Reference | None = Field(None, description="The series it was planned in")


class Meeting(Thing, MeetingState, MeetingDraft):
    """A meeting, and what stands open up to it."""

    open_action_items: int = Field(description="The council's open action items from before it")
    decision_count: int
    called_count: int = Field(description="People whom a letter called; they are told of changes")


class MinutesApproval(Sent):
    """The minutes are approved: from then on they are locked."""

    approved_on: Day
    approved_by_post_id: Reference
    mark: Mark | None = Field(
        None, description="Of the minutes that were read: not approved where they changed since"
    )


class MinutesRead(BaseModel):
    """Names the minutes as they stand: another one where anything in them was changed."""

    mark: Mark


class Attachment(BaseModel):
    """A document by its address."""

    model_config = {"extra": "forbid", "str_strip_whitespace": True}

    title: Name
    url: Url


class AgendaItemDraft(Draft):
    """A point on a meeting's agenda, with its minutes."""

    meeting_id: Reference
    position: Place = Field(0, description="Counts from 1; 0: last, or where it is")
    kind: AgendaKind = AgendaKind.information
    title: Name
    minutes: LongText | None = None
    need_ids: list[Reference] = Field(default_factory=list, max_length=100)
    attachments: list[Attachment] = Field(default_factory=list, max_length=50)

    @rule
    def _named_once(self) -> Faults:
        yield from each_once(self, "need_ids")


class AgendaItemState(BaseModel):
    """What actions say of a point."""

    standing_item_id: Reference | None = Field(
        None, description="What stands on all the council's agendas, and put it there"
    )


class AgendaItem(Thing, AgendaItemState, AgendaItemDraft):
    """A point on an agenda. Its minutes are null to outsiders until they are approved."""

    minutes_state: MinutesState


class AgendaItems(BaseModel):
    """A meeting's agenda in its order."""

    items: list[AgendaItem]


class AgendaOrder(Sent):
    """All the meeting's agenda items, in their new order."""

    item_ids: list[Reference] = Field(min_length=1, max_length=1000)

    @rule
    def _once(self) -> Faults:
        yield from each_once(self, "item_ids")


class AttendanceTold(BaseModel):
    """Who it is, what they answered, and whether they came."""

    seat_id: Reference | None = None
    actor_id: Reference | None = Field(None, description="A guest's actor, where there is no seat")
    answer: AttendanceAnswer = AttendanceAnswer.unknown
    substitute: Line | None = Field(
        None,
        description="Who comes instead, by that answer or though something else was answered; null "
        "for who may not read personal data",
    )
    attended: bool | None = None

    @rule
    def _somebody(self) -> Faults:
        if (self.seat_id is None) == (self.actor_id is None):
            yield wrong("seat_id", "one_of_two", "either seat_id or actor_id")

    @property
    def of(self) -> tuple[Reference | None, Reference | None]:
        """Tells one from the others of the meeting."""
        return self.seat_id, self.actor_id


class AttendanceDraft(AttendanceTold, Draft):
    """Who was asked to a meeting, what they answered, and whether they came."""

    meeting_id: Reference

    @rule
    def _comes_instead(self) -> Faults:
        sent = self.answer is AttendanceAnswer.substitute or self.attended
        if self.substitute is not None and not sent:
            yield wrong("substitute", "no_substitute", "nobody comes, or came, instead")


class AttendanceNote(AttendanceTold, Sent):
    """What is noted of somebody; what is left out stays as it was."""


class AttendanceNotes(Sent):
    """What is noted at once of those who were asked to a meeting, or came."""

    items: list[AttendanceNote] = Field(min_length=1, max_length=200)

    @rule
    def _once(self) -> Faults:
        named = [one.of for one in self.items]
        if len(set(named)) < len(named):
            yield wrong("items", "repeated", "each is named once")


class AttendanceState(BaseModel):
    """What follows of a meeting's changes."""

    answered_for: Moment | None = Field(
        None, description="The time that was answered to, where the meeting has another now"
    )


class Attendance(Thing, AttendanceState, AttendanceDraft):
    """Who was asked to a meeting, what they answered, and whether they came."""

    by_substitute: bool = Field(description="They came, by somebody who came instead")


class Attendances(BaseModel):
    """All who were asked to a meeting, or came."""

    items: list[Attendance]


class Invited(BaseModel):
    """The attendances that an invitation made."""

    items: list[Attendance]
