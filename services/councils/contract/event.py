"""Events: conferences with a programme, open to people outside the house by an address."""

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, Field

from services.kit.contract import (
    Count,
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
    rule,
    wrong,
)

Places = Annotated[int, Field(ge=1, le=100_000)]


class EventPurpose(StrEnum):
    """What an event is for."""

    start = "start"
    theme = "theme"
    final = "final"
    seminar = "seminar"


class EventFormat(StrEnum):
    """Where those who come are."""

    on_site = "on_site"
    digital = "digital"
    hybrid = "hybrid"


class EventStatus(StrEnum):
    """How far an event has come."""

    planned = "planned"
    open = "open"
    held = "held"
    cancelled = "cancelled"


class EventSessionKind(StrEnum):
    """What is done in a part of a programme."""

    lecture = "lecture"
    panel = "panel"
    workshop = "workshop"
    pause = "pause"


class EventDraft(Draft):
    """A conference: whose, where, when, for whom, and how many have room."""

    title: Name
    kind: EventPurpose = EventPurpose.theme
    format: EventFormat | None = Field(None, description="null: not known")
    council_id: Reference | None = Field(None, description="The council that arranges it")
    project_id: Reference | None = Field(None, description="The project that it is part of")
    about: LongText | None = None
    place: Line | None = None
    link: Url | None = Field(None, description="Where it is broadcast")
    starts_at: Moment | None = Field(None, description="null: not known")
    ends_at: Moment | None = None
    audiences: list[Line] = Field(default_factory=list, max_length=20, description="For whom it is")
    places: Places | None = Field(None, description="null: there is room for all")
    told_attendance: Count | None = Field(
        None, description="About how many came, as somebody told; null: nobody has"
    )
    recording_link: Url | None = None
    recording_captions: bool | None = Field(
        None, description="Whether the recording has captions; null: not known"
    )

    @rule
    def _in_order(self) -> Faults:
        if self.ends_at and not self.starts_at:
            yield wrong("starts_at", "missing", "what ends has begun")
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            yield wrong("ends_at", "empty_period", "ends_at is later than starts_at")

    @rule
    def _captions_of_something(self) -> Faults:
        if self.recording_captions is not None and self.recording_link is None:
            yield wrong("recording_link", "missing", "captions are of a recording")


class EventState(BaseModel):
    """What actions change in an event."""

    status: EventStatus = EventStatus.planned
    status_reason: LongText | None = None
    address: str = Field("", description="What its public page is found by; nobody guesses it")


class Event(Thing, EventState, EventDraft):
    """A conference."""


class EventCancelled(Sent):
    """An event will not be held: why."""

    reason: LongText


class EventSessionDraft(Draft):
    """A part of an event's programme."""

    event_id: Reference
    title: Name
    kind: EventSessionKind = EventSessionKind.lecture
    starts_at: Moment | None = Field(None, description="null: not known; such stand last")
    ends_at: Moment | None = None
    about: LongText | None = None
    speaker_post_ids: list[Reference] = Field(
        default_factory=list, max_length=20, description="Who speaks, by their posts"
    )
    speakers: list[Line] = Field(
        default_factory=list, max_length=20, description="Who speaks and has no post in the house"
    )
    takes_questions: bool = Field(True, description="Questions can be asked from the floor")

    @rule
    def _in_order(self) -> Faults:
        if self.ends_at and not self.starts_at:
            yield wrong("starts_at", "missing", "what ends has begun")
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            yield wrong("ends_at", "empty_period", "ends_at is later than starts_at")


class EventSession(Thing, EventSessionDraft):
    """A part of an event's programme."""


class SignUpWindow(StrEnum):
    """Whether somebody can sign up."""

    open = "open"
    full = "full"
    closed = "closed"


class EventDoor(BaseModel):
    """What everybody who has an event's address is shown. Nobody who has signed up is named."""

    event: Event
    sessions: list[EventSession] = Field(description="In the order of their times")
    sign_up: SignUpWindow = Field(description="full: the waiting list takes more")
    places_left: int | None = Field(description="null: there is room for all")
    waiting_count: int
    feedback_open: bool = Field(description="It has been held")
