"""Councils: bodies that live from a first phase to a closing, and the seats in them."""

from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, Field

from services.kit.contract import (
    Count,
    Day,
    Draft,
    Faults,
    Line,
    LongText,
    Name,
    Period,
    Reference,
    Thing,
    Url,
    each_once,
    rule,
    wrong,
)


class CouncilKind(StrEnum):
    """What sort of body a council is."""

    industry_council = "industry_council"
    temporary_council = "temporary_council"
    strategic_forum = "strategic_forum"
    steering_group = "steering_group"
    working_group = "working_group"
    network_meeting = "network_meeting"


class CouncilLevel(StrEnum):
    """Where in the model a council works."""

    strategic = "strategic"
    bridging = "bridging"
    operative = "operative"


# From the lowest; and who may choose a pilot industry.
UPWARD = [CouncilLevel.operative, CouncilLevel.bridging, CouncilLevel.strategic]
CHOOSERS = (CouncilKind.steering_group, CouncilKind.strategic_forum)


class CouncilPhase(StrEnum):
    """How far a council has come; closed is the end."""

    proposed = "proposed"
    forming = "forming"
    active = "active"
    dormant = "dormant"
    closed = "closed"


# Which phases may follow one; a closed council is opened again, or founded anew.
FOLLOWS = {
    CouncilPhase.proposed: (CouncilPhase.forming, CouncilPhase.active),
    CouncilPhase.forming: (CouncilPhase.active, CouncilPhase.dormant),
    CouncilPhase.active: (CouncilPhase.dormant,),
    CouncilPhase.dormant: (CouncilPhase.forming, CouncilPhase.active),
    CouncilPhase.closed: (),
}


class ClosingReason(StrEnum):
    """Why a council was closed."""

    goal_met = "goal_met"
    lost_convenor = "lost_convenor"
    merged = "merged"
    expired = "expired"
    other = "other"


class SeatRole(StrEnum):
    """What a seat is for."""

    chair = "chair"
    process_leader = "process_leader"
    member = "member"
    secretary = "secretary"
    substitute = "substitute"
    observer = "observer"


class PolicySource(BaseModel):
    """An inquiry, strategy or decision of others that a council rests on."""

    model_config = {"extra": "forbid", "str_strip_whitespace": True}

    title: Name
    url: Url | None = None
    published_on: Day | None = Field(None, description="No day to come")
    says: Line | None = Field(None, description="What it says for this council")


class CouncilFacts(Draft):
    """What a council is, whatever its phase."""

    name: Name
    kind: CouncilKind
    level: CouncilLevel
    industry: Name | None = None
    purpose: LongText | None = None
    convened_by_actor_id: Reference | None = None
    leader_actor_ids: list[Reference] = Field(
        min_length=1, max_length=20, description="One or more actors that lead it together"
    )
    process_leader_post_id: Reference | None = None
    predecessor_id: Reference | None = Field(
        None, description="The council that this one is founded anew from"
    )
    parent_id: Reference | None = Field(
        None, description="The body that this one works under; one that is not closed"
    )
    starts_on: Day | None = None
    ends_on: Day | None = Field(None, description="The last day; a temporary council has one")
    policy_sources: list[PolicySource] = Field(default_factory=list, max_length=20)

    @rule
    def _ends_some_day(self) -> Faults:
        if self.kind is CouncilKind.temporary_council and self.ends_on is None:
            yield wrong("ends_on", "missing", "a temporary council has an end date")

    @rule
    def _in_order(self) -> Faults:
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            yield wrong("ends_on", "empty_period", "ends_on is not earlier than starts_on")

    @rule
    def _each_once(self) -> Faults:
        yield from each_once(self, "leader_actor_ids")


class CouncilDraft(CouncilFacts):
    """A council. Its phase is given when it is made; afterwards it is moved, closed, reopened."""

    phase: CouncilPhase | None = Field(
        None, description="The phase a new council starts in, proposed where nothing is given"
    )


class CouncilState(BaseModel):
    """What closing says about a council."""

    closed_on: Day | None = Field(
        None, description="The last day; from it on the phase is closed, and seats end after it"
    )
    closing_reason: ClosingReason | None = None
    result: LongText | None = None
    lessons: LongText | None = None


class Council(Thing, CouncilState, CouncilFacts):
    """A council, with its phase on the day asked for."""

    phase: CouncilPhase | None = Field(description="Null before it began")
    phase_since: Day | None = Field(description="Null where nobody said when the council began")
    seat_count: int
    successor_ids: list[UUID]
    child_ids: list[UUID] = Field(description="The bodies that work under it")
    parent_closed_on: Day | None = Field(
        description="When the one that it works under was closed; null while that is not"
    )


class PhaseChangeDraft(Draft):
    """A council enters a phase on a day."""

    council_id: Reference
    number: Count = Field(description="Counts a council's changes from 1")
    phase: CouncilPhase
    on: Day
    reason: Line | None = None


class PhaseChange(Thing, PhaseChangeDraft):
    """A council entered a phase on a day."""


class CouncilMove(Draft):
    """A council goes into another phase."""

    phase: CouncilPhase
    on: Day
    reason: Line


class CouncilClosing(Draft):
    """A council is closed: why, and what it leaves behind."""

    closed_on: Day = Field(description="The last day: seats last it out (`valid_to` is the next)")
    reason: ClosingReason
    result: LongText | None = None
    lessons: LongText | None = None


class CouncilReopening(Draft):
    """A closing was a mistake: the council goes on from that day as if it had not been closed."""

    reason: Line


class SeatDraft(Period, Draft):
    """An actor's place in a council, held by a post of the actor where one is named."""

    council_id: Reference
    actor_id: Reference
    post_id: Reference | None = None
    role: SeatRole = SeatRole.member
    readiness_exception: Line | None = Field(
        None,
        description="Why the actor sits in an active council though not assessed as ready on its "
        "first day, or today where it lasts; null for those who may not read assessments",
    )

    @property
    def waits(self) -> bool:
        """A told reason opens also while the registry is away; docs/decisions/0010."""
        return self.readiness_exception is None


class SeatState(BaseModel):
    """What a council's closing did to a seat."""

    ended_with_council: bool = False


class Seat(Thing, SeatState, SeatDraft):
    """An actor's place in a council during a period."""


class Vacuum(BaseModel):
    """An industry without a council that has begun: the last one it had is closed."""

    industry: str
    council_id: UUID
    name: str
    kind: CouncilKind
    closed_on: Day
    closing_reason: ClosingReason
    result: str | None
    councils: int = Field(description="How many councils the industry has had")
    example: bool = Field(description="The council, or how it closed, is invented")
    proposed_council_id: UUID | None = Field(
        description="A council that is proposed for the industry and has not begun"
    )
    proposed_name: str | None = Field(description="What that one is called")


class Vacuums(BaseModel):
    """All industries without a council."""

    items: list[Vacuum]
