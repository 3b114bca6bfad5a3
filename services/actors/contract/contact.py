"""Contacts: dated dialogue between actors, what was said, and the next step that follows."""

from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, Field

from services.actors.contract.actor import ActorLevel
from services.actors.contract.person import Told
from services.kit.contract import (
    Day,
    Draft,
    Faults,
    Line,
    Reference,
    Sent,
    Thing,
    rule,
    rule_for,
    wrong,
)


class ContactChannel(StrEnum):
    """How a contact was had; a presentation is made to a body, which may reply.

    Coaching is on a topic, whether it was in a room or not.
    """

    meeting = "meeting"
    phone = "phone"
    email = "email"
    visit = "visit"
    video = "video"
    presentation = "presentation"
    coaching = "coaching"
    other = "other"


class ContactTopic(StrEnum):
    """What an actor was coached in."""

    gender_mainstreaming = "gender_mainstreaming"
    process_leading = "process_leading"
    other = "other"


class ContactDraft(Draft):
    """Somebody of ours talked with an actor on a day; a next step has an owner and a due day."""

    held_on: Day
    channel: ContactChannel
    topic: ContactTopic | None = Field(None, description="What it was about; coaching has one")
    actor_id: Reference = Field(description="The actor talked with")
    post_id: Reference | None = Field(None, description="Its post that was talked with")
    our_actor_id: Reference = Field(description="The actor that talked")
    our_post_id: Reference | None = Field(None, description="Its post that talked")
    said: Told
    reply: Told | None = Field(None, description="The answer, for example to a presentation")
    next_step: Line | None = None
    owner_post_id: Reference | None = Field(None, description="The post that takes the next step")
    due_on: Day | None = Field(None, description="The day by which the next step is taken")
    done_on: Day | None = Field(None, description="The day on which it was taken")

    @rule
    def _coached_in(self) -> Faults:
        if self.channel is ContactChannel.coaching and self.topic is None:
            yield wrong("topic", "missing", "coaching has a topic")

    @rule
    def _two_posts(self) -> Faults:
        if self.post_id is not None and self.post_id == self.our_post_id:
            yield wrong("post_id", "same", "a post does not talk with itself")

    @rule
    def _two_sides(self) -> Faults:
        nobody = self.post_id is None and self.our_post_id is None
        if self.actor_id == self.our_actor_id and nobody:
            yield wrong("actor_id", "same", "within an actor posts talk: name one at least")

    @rule
    def _step_told(self) -> Faults:
        if self.next_step is None and (self.owner_post_id or self.due_on or self.done_on):
            yield wrong("next_step", "missing", "an owner and days need a next step")

    @rule_for("due_on", "done_on")
    def _later(self, field: str) -> Faults:
        day = getattr(self, field)
        if day is not None and day < self.held_on:
            yield wrong(field, "too_early", "a next step follows the contact")


class Contact(Thing, ContactDraft):
    """A contact, and what it crossed by the two actors' levels on its day; never stored."""

    level: ActorLevel | None = Field(description="The actor's level on that day")
    our_level: ActorLevel | None = Field(description="Our actor's level on that day")
    crosses_actor: bool
    crosses_level: bool | None = Field(description="null: a level is not known")


class ContactDone(Sent):
    """The next step of a contact was taken."""

    done_on: Day


class BridgeBuilder(BaseModel):
    """A post of ours and its contacts with other actors."""

    post_id: UUID | None = Field(description="null: contacts that name no post of ours")
    contact_count: int
    level_count: int = Field(description="Of them, those known to cross level")
    actor_count: int = Field(description="How many other actors they were with")


class Bridge(BaseModel):
    """Our actor and another one that it has had contact with."""

    our_actor_id: UUID
    actor_id: UUID
    post_ids: list[UUID] = Field(description="Our posts that carry it")
    contact_count: int
    unnamed_count: int = Field(description="Of them, those that name no post of ours")
    last_on: Day
    crosses_level: bool | None = Field(description="Whether a contact did; null: not known")
    rests_on_one_post: bool = Field(description="One post of ours has had every contact")


class Bridges(BaseModel):
    """Who bridges actors and levels, by the contacts of the twelve months up to a day."""

    from_on: Day
    to_on: Day
    builders: list[BridgeBuilder]
    bridges: list[Bridge]
