"""Scanning: signals from the world outside, and trends that signals carry, until they expire."""

from enum import StrEnum

from pydantic import BaseModel, Field

from services.kit.contract import (
    Day,
    Draft,
    Faults,
    Line,
    LongText,
    MunicipalityCode,
    Name,
    OccupationCode,
    Reference,
    Sent,
    Thing,
    Url,
    each_once,
    rule,
    rule_for,
    was_told,
    wrong,
)

SOON_DAYS = 30


class Confidence(StrEnum):
    """How sure the one is who says it."""

    low = "low"
    medium = "medium"
    high = "high"


class ScanningState(StrEnum):
    """How a signal or trend stands on a day; it expires soon during its last 30 days."""

    current = "current"
    expires_soon = "expires_soon"
    expired = "expired"
    ended = "ended"


class TrendDirection(StrEnum):
    """Where what a trend tells of is going."""

    increasing = "increasing"
    decreasing = "decreasing"
    steady = "steady"
    shifting = "shifting"


class TrendGround(StrEnum):
    """What carries a trend on a day: lost where all its signals have expired or ended."""

    carried = "carried"
    lost = "lost"
    none = "none"


class SignalSubject(Draft):
    """Whom a signal or trend is about, who watches it, and until when it counts."""

    expires_on: Day = Field(description="The last day that it counts; then it is looked at anew")
    owner_post_id: Reference | None = Field(None, description="The post that watches it")
    industries: list[Name] = Field(
        default_factory=list, max_length=20, description="As councils name theirs; none: all"
    )
    municipality_codes: list[MunicipalityCode] = Field(
        default_factory=list, max_length=300, description="None: everywhere"
    )
    occupation_codes: list[OccupationCode] = Field(
        default_factory=list, max_length=50, description="SSYK 2012; none: of no certain occupation"
    )

    @rule_for("industries", "municipality_codes", "occupation_codes")
    def _each_once(self, field: str) -> Faults:
        yield from each_once(self, field)


class SignalDraft(SignalSubject):
    """Something seen outside that may matter here: where, when, and what it means."""

    title: Line
    observed_on: Day = Field(description="The day that it was seen, or that its source is from")
    meaning: LongText = Field(description="What it means for competence supply here")
    source_url: Url | None = Field(None, description="Where the source stands on the net")
    source_id: Reference | None = Field(
        None, description="The register that it was seen in; else `source` says where"
    )
    confidence: Confidence
    confidence_reason: LongText | None = Field(None, description="Why one is so sure, or unsure")

    @rule
    def _has_a_source(self) -> Faults:
        if not (was_told(self, "source") or was_told(self, "source_id")):
            yield wrong("source", "source_missing", "a signal says where it was seen")

    @rule
    def _in_order(self) -> Faults:
        if self.expires_on < self.observed_on:
            yield wrong("expires_on", "expires_too_early", "it cannot expire before it was seen")


class TrendDraft(SignalSubject):
    """Which way something goes, how sure one is and why, and the signals that carry it."""

    title: Line
    noted_on: Day = Field(description="The day from which it is said")
    description: LongText | None = None
    direction: TrendDirection
    confidence: Confidence
    confidence_reason: LongText = Field(description="Why one is so sure, or unsure")
    signal_ids: list[Reference] = Field(
        default_factory=list, max_length=100, description="The signals that carry it"
    )

    @rule_for("signal_ids")
    def _signals_once(self, field: str) -> Faults:
        yield from each_once(self, field)

    @rule
    def _in_order(self) -> Faults:
        if self.expires_on < self.noted_on:
            yield wrong("expires_on", "expires_too_early", "it cannot expire before it was noted")


class ScanningEnd(Sent):
    """A signal or trend does not hold any more, from a day on, and why."""

    ended_on: Day
    ended_reason: LongText


class ScanningEnded(BaseModel):
    """What ending it leaves."""

    ended_on: Day | None = Field(None, description="From this day it does not hold; null: no end")
    ended_reason: LongText | None = None


class Signal(Thing, ScanningEnded, SignalDraft):
    """Something seen outside that may matter here."""

    state: ScanningState = Field(description="On the day asked for")
    trend_count: int = Field(description="How many trends it carries")


class Trend(Thing, ScanningEnded, TrendDraft):
    """Which way something goes, and what carries it."""

    state: ScanningState = Field(description="On the day asked for")
    ground: TrendGround = Field(description="Whether a signal still carries it on that day")
    living_signal_count: int = Field(description="How many of its signals count on that day")
