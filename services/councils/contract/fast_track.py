"""The fast track: from an acute shortage to a council that meets, in one call, with a clock."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.councils.contract.council import ClosingReason
from services.councils.contract.meeting import AgendaKind
from services.councils.contract.need import Area
from services.kit.contract import (
    Count,
    Day,
    Draft,
    Faults,
    Line,
    LongText,
    Moment,
    MunicipalityCode,
    Name,
    OccupationCode,
    Reference,
    Thing,
    Url,
    each_once,
    rule,
    rule_for,
    wrong,
)

Headcount = Annotated[int, Field(ge=1, le=1_000_000)]


class ShortageSignal(Draft):
    """Who is lacking, how many, until when, and who says so (`source`)."""

    occupation_code: OccupationCode
    occupation_name: Name
    headcount: Headcount
    needed_by: Day
    source: Line
    signalled_on: Day

    @rule
    def _in_order(self) -> Faults:
        if self.needed_by < self.signalled_on:
            yield wrong("needed_by", "empty_period", "needed_by is not before signalled_on")


class AgendaPoint(Draft):
    """A point of the first meeting's agenda."""

    title: Name
    kind: AgendaKind = AgendaKind.information


class FirstMeeting(Draft):
    """The meeting that the invited are called to."""

    title: Name
    starts_at: Moment
    ends_at: Moment | None = None
    place: Line | None = None
    link: Url | None = None
    agenda: list[AgendaPoint] = Field(
        default_factory=list, max_length=50, description="Made of the signal where none is given"
    )

    @rule
    def _somewhere(self) -> Faults:
        if self.place is None and self.link is None:
            yield wrong("place", "at_least_one", "a place, a link, or both")

    @rule
    def _in_order(self) -> Faults:
        if self.ends_at is not None and self.ends_at <= self.starts_at:
            yield wrong("ends_at", "empty_period", "ends_at is later than starts_at")


class FastTrackDraft(Draft):
    """Everything that a temporary council needs to begin its work."""

    signal: ShortageSignal
    name: Name
    industry: Name
    purpose: LongText
    convened_on: Day | None = Field(None, description="Today where nothing is given")
    ends_on: Day
    convened_by_actor_id: Reference | None = None
    leader_actor_ids: list[Reference] = Field(min_length=1, max_length=20)
    invited_actor_ids: list[Reference] = Field(
        default_factory=list, max_length=100, description="Each gets a seat, as leaders do"
    )
    process_leader_post_id: Reference | None = None
    readiness_exception: Line | None = Field(
        None,
        description="Why those sit who are not assessed as ready; the signal where none is given",
    )
    meeting: FirstMeeting
    need_id: Reference | None = Field(
        None,
        description="An open need that the council is for; it keeps its facts and sources, and "
        "`areas` and `municipality_codes` are not used. Else a need is made of the signal",
    )
    areas: list[Area] = Field(default_factory=lambda: [Area.education], min_length=1, max_length=3)
    municipality_codes: list[MunicipalityCode] = Field(default_factory=list, max_length=300)

    @property
    def waits(self) -> bool:
        """An alarm does not; docs/decisions/0010."""
        return False

    @rule_for("leader_actor_ids", "invited_actor_ids", "areas", "municipality_codes")
    def _each_once(self, field: str) -> Faults:
        yield from each_once(self, field)


class FastTracked(BaseModel):
    """What one call made."""

    council_id: UUID
    need_id: UUID
    meeting_id: UUID
    seat_ids: list[UUID]
    agenda_item_ids: list[UUID]
    attendance_ids: list[UUID]


class SignalFacts(Draft):
    """A shortage signal as it is stored: with the council and the need that came of it."""

    council_id: Reference
    need_id: Reference
    occupation_code: OccupationCode
    occupation_name: Name
    headcount: Count
    needed_by: Day
    signalled_on: Day


class StoredSignal(Thing, SignalFacts):
    """A shortage signal, with the council and the need that came of it."""


class Stage(StrEnum):
    """The hands of the clock.

    seats_filled: the headcounts of all the need's initiatives told of it first; where none is
    counted, an outcome with as many employed as were lacking.
    """

    signal = "signal"
    convened = "convened"
    first_measure = "first_measure"
    seats_filled = "seats_filled"
    need_met = "need_met"


class ClockStage(BaseModel):
    """A stage: the day it was reached, and what shows it."""

    stage: Stage
    on: Day | None
    days_since_signal: int | None
    days_since_previous: int | None
    shown_by_id: UUID | None = Field(
        description="The need, council, initiative, headcount or outcome"
    )


class Clock(BaseModel):
    """How long it took from the signal until the need was met, so far."""

    council_id: UUID
    need_id: UUID
    signal_id: UUID
    corrected_at: Moment | None = Field(description="When the signal was put right last")
    occupation_code: str
    occupation_name: str
    headcount: int
    needed_by: Day
    source: str | None
    stages: list[ClockStage] = Field(
        description="In order of days, what is not reached last; what was done before the council "
        "was convened is none"
    )
    days: int = Field(description="From the signal to the last stage, or to today while it runs")
    running: bool
    late: bool = Field(description="Not met by needed_by")
    example: bool = Field(description="The signal, or what shows a stage, is invented")


class FastTrackDays(BaseModel):
    """How many days after the signal each stage was reached; null where it was not."""

    days_to_convened: float | None
    days_to_first_measure: float | None
    days_to_seats_filled: float | None
    days_to_need_met: float | None


class FastTrack(FastTrackDays):
    """One fast track, to be set beside others."""

    council_id: UUID
    council_name: str
    industry: str | None
    need_id: UUID
    occupation_code: str
    occupation_name: str
    headcount: int
    signalled_on: Day
    needed_by: Day
    source: str | None
    days: int = Field(
        description="From the signal until the need was met, else until the council "
        "was closed, else until today"
    )
    running: bool
    late: bool = Field(description="Not met by needed_by")
    closed_on: Day | None
    closing_reason: ClosingReason | None
    result: str | None
    lessons: str | None
    example: bool


class FastTracks(BaseModel):
    """All fast tracks, the newest signal first."""

    items: list[FastTrack]
    median: FastTrackDays = Field(description="Of those that reached the stage")
