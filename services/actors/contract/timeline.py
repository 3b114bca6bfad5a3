"""Timelines: everything dated about an actor in one order, and what was corrected afterwards."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field

from services.kit.contract import Day


class EventKind(StrEnum):
    """What happened; where something ended, its day is the last one.

    Of one day what stands further down here came later: timelines are told in this order.
    """

    standing_begun = "standing_begun"
    standing_ended = "standing_ended"
    post_made = "post_made"
    holding_begun = "holding_begun"
    holding_ended = "holding_ended"
    relation_begun = "relation_begun"
    relation_changed = "relation_changed"
    relation_ended = "relation_ended"
    relation_rated = "relation_rated"
    contact_held = "contact_held"
    mandate_decided = "mandate_decided"
    mandate_begun = "mandate_begun"
    mandate_lapsed = "mandate_lapsed"
    trial_asked = "trial_asked"
    trial_answered = "trial_answered"
    readiness_assessed = "readiness_assessed"
    priority_decided = "priority_decided"
    joining_proposed = "joining_proposed"
    joining_asked = "joining_asked"
    joining_answered = "joining_answered"
    joining_connected = "joining_connected"
    joining_lapsed = "joining_lapsed"
    issue_carried = "issue_carried"
    issue_answered = "issue_answered"
    gain_stated = "gain_stated"
    gain_confirmed = "gain_confirmed"
    gain_judged = "gain_judged"
    pledge_due = "pledge_due"
    pledge_delivered = "pledge_delivered"
    leader_assigned = "leader_assigned"
    leader_ended = "leader_ended"
    actor_merged = "actor_merged"
    actor_parted = "actor_parted"


class Event(BaseModel):
    """Something that happened to an actor on a day, and when that day was written down."""

    on: Day
    kind: EventKind
    noun: str
    thing_id: UUID
    title: str | None = Field(description="What it is about, in its own words")
    code: str | None = Field(description="The status, state, mark, channel or answer that it says")
    party_id: UUID | None = Field(description="The other actor, or the person who holds the post")
    party: str | None = Field(description="What the other is called; null: not for this caller")
    written_at: AwareDatetime = Field(description="When the day was written down as it is now")


class Timeline(BaseModel):
    """Events of an actor and of those merged into it, the latest first."""

    items: list[Event]
    next: str | None = Field(description="The next page")
    count: int | None = Field(None, description="All, where asked for with count=true")


class CorrectionField(BaseModel):
    """One field that said something else before."""

    field: str
    before: Any
    after: Any


class Correction(BaseModel):
    """A change of something that had been written down: by what sort of caller, and of what."""

    written_at: AwareDatetime
    by: str = Field(description="user, client (a key) or svc (a program of the house)")
    noun: str
    thing_id: UUID
    removed: bool = Field(description="The thing was taken away; it said what `before` says")
    fields: list[CorrectionField]


class Corrections(BaseModel):
    """What was corrected about an actor, the latest first."""

    items: list[Correction]
    next: str | None = Field(description="The next page")
    count: int | None = Field(None, description="All, where asked for with count=true")
