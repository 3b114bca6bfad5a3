"""Sign-ups: who comes to an event, and who waits for a place. Personal data, and forgotten."""

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from services.councils.contract.event import EventStatus
from services.kit.contract import Faults, Line, Moment, Name, Reference, Sent, Thing, rule, wrong

# Days after an event that names, organisations and e-mail addresses are kept.
KEPT_DAYS = 90
Email = Annotated[
    str,
    StringConstraints(max_length=254, pattern=r"^[^@\s<>\"]{1,64}@[^@\s<>\"]+\.[^@\s<>\".]{2,63}$"),
]
LinkHash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class SignUpState(StrEnum):
    """Whether somebody has a place."""

    coming = "coming"
    waiting = "waiting"
    cancelled = "cancelled"


class EventSignUpDraft(Sent):
    """Somebody wants to come."""

    name: Name
    organisation: Line | None = None
    email: Email
    consent: bool = Field(False, description="That this is kept until ninety days after the event")

    @rule
    def _consents(self) -> Faults:
        if not self.consent:
            yield wrong("consent", "sign_up_without_consent", "nothing is kept without consent")


class EventSignUpByLink(EventSignUpDraft):
    """A sign-up from outside, with what is kept of the link that cancels it."""

    link_hash: LinkHash


class EventSignUpFacts(BaseModel):
    """Who comes. What is personal is null once the event is ninety days over."""

    event_id: Reference
    number: int = Field(description="1, 2, 3 …: the order in which they signed up")
    state: SignUpState
    name: str | None
    organisation: str | None
    email: str | None
    consented_at: Moment
    attended: bool | None = Field(None, description="null: nobody has said")


class EventSignUp(Thing, EventSignUpFacts):
    """Somebody who comes, waits, or has cancelled."""


class EventSignUps(BaseModel):
    """Everybody who has signed up to an event, in order."""

    items: list[EventSignUp]
    coming_count: int
    waiting_count: int
    attended_count: int
    places_left: int | None = Field(description="null: there is room for all")


class EventAttended(Sent):
    """Whether somebody came; null: nobody knows."""

    attended: bool | None = None


class OwnEventSignUp(BaseModel):
    """What whoever has the link of a sign-up is shown."""

    state: SignUpState
    name: str | None
    place_in_line: int | None = Field(description="Among those who wait; null for the others")
    address: str = Field(description="The event's")
    title: str
    status: EventStatus = Field(description="The event's: nobody has a place at what is cancelled")
    status_reason: str | None
    starts_at: Moment | None
    place: str | None
    link: str | None
    cancellable: bool
