"""Verdicts: whether education can meet a need within a horizon, with the arithmetic shown."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, Field

from services.analysis.contract.forecast import ReplacementEstimate
from services.analysis.contract.indicator import Figure
from services.analysis.contract.label import Freshness
from services.analysis.contract.source import AreaLevel
from services.kit.contract import (
    Count,
    Day,
    Faults,
    Line,
    MunicipalityCode,
    OccupationCode,
    Reference,
    Ruled,
    Url,
    rule,
    rule_for,
    wrong,
)

PersonsPerYear = Annotated[Decimal, Field(ge=0, le=10_000_000, decimal_places=2)]
Ratio = Annotated[Decimal, Field(ge=0, le=100_000, decimal_places=4)]
Share = Annotated[Decimal, Field(ge=0, le=1, decimal_places=4)]
MOST_SHARED = 20
MOST_SEATS = 1_000_000  # as many as a Count tells
FactorValue = Annotated[Decimal, Field(ge=0, le=1_000_000_000, decimal_places=6)]


class Horizon(StrEnum):
    """Short is twelve months or less. The same codes as a need's."""

    short = "short"
    long = "long"


class Conclusion(StrEnum):
    """What both ends of the coverage interval say; where they differ, it is undecidable.

    Nothing of the demand is a gap, part of it partly, all of it or more covered.

    A gap is supply that is known to be none: education to the occupation is registered, and so are
    its starts. Where nobody has registered any, the unknown says so, and nothing can be decided.
    """

    covered = "covered"
    partly = "partly"
    gap = "gap"
    undecidable = "undecidable"


class BalanceSide(StrEnum):
    """Which side of the balance a line counts on."""

    demand = "demand"
    supply = "supply"


class LineKind(StrEnum):
    """What a line of the arithmetic counts."""

    stated_need = "stated_need"
    replacement = "replacement"
    programme = "programme"


class UnknownKind(StrEnum):
    """What was not known when a verdict was made."""

    headcount = "headcount"
    occupation = "occupation"
    municipality = "municipality"
    seats = "seats"
    start = "start"
    completion = "completion"
    entry = "entry"
    replacement = "replacement"
    no_programme = "no_programme"
    shared = "shared"
    figure = "figure"


class Nearness(StrEnum):
    """How far it is from a need to a programme."""

    there = "there"
    within_reach = "within_reach"
    from_anywhere = "from_anywhere"
    unknown_place = "unknown_place"


class Factor(BaseModel):
    """One number in a line's multiplication, from low to high, and where it comes from."""

    name: Line
    low: FactorValue
    high: FactorValue | None = Field(description="Null: unknown how many at most")
    unit: Line | None = None
    source: Line = Field(description="Where the number comes from, also where it is assumed")
    assumed: bool = Field(False, description="Nobody measured it; the interval says how unsure")
    area_level: AreaLevel | None = None
    as_of: Day | None = None
    url: Url | None = None
    snapshot_id: Reference | None = None
    intake_ids: list[Reference] = Field(default_factory=list)


class ArithmeticLine(BaseModel):
    """One line of the balance: its factors multiplied are its persons per year."""

    side: BalanceSide
    kind: LineKind
    label: Line
    programme_id: Reference | None = None
    factors: list[Factor]
    low: PersonsPerYear
    high: PersonsPerYear | None = Field(description="Null: unknown how many at most")


class Unknown(BaseModel):
    """Something that was not known, and whether knowing it could change the conclusion."""

    kind: UnknownKind
    text: Line
    decisive: bool
    programme_id: Reference | None = None
    ask_actor_id: Reference | None = Field(None, description="Who is likely to know")


class ConflictKind(StrEnum):
    """What sources say different things of."""

    situation = "situation"
    outlook = "outlook"
    figure = "figure"


class Statement(BaseModel):
    """What one source says, as it says it; no source: the need itself."""

    says: Line
    source_id: Reference | None
    source_name: Line
    publisher: Line | None
    licence: Line | None
    snapshot_id: Reference | None
    fetched_on: Day | None = Field(description="When it was read")
    area_level: AreaLevel | None = Field(description="Null: the municipalities of the need")
    area_code: Line | None
    period: Line | None = Field(description="A year or a round; null: the source does not say")


class Conflict(BaseModel):
    """Sources that say different things of the occupation: side by side, with no mean of them.

    None of it is in the arithmetic.
    """

    kind: ConflictKind
    text: Line = Field(description="What they say different things of, in Swedish")
    statements: list[Statement] = Field(min_length=2)


class Supplement(BaseModel):
    """More seats of a programme that would close the gap alone: arithmetic, no view of quality.

    Of programmes where the need is, at a distance or within commuting distance, by the same rule
    as `/allocation`. Seats are seats a year, and taken to be filled.
    """

    rank: Annotated[
        int, Field(ge=1, description="What closes most per seat first, then the nearest, by name")
    ]
    nearness: Nearness = Field(description="How far it is given from the need")
    why: Line = Field(description="Why it stands where it does, in Swedish")
    programme_id: Reference
    provider_actor_id: Reference
    intake_id: Reference | None = Field(
        description="Its last counted start, where that has not begun; null: it has, or on a day "
        "that nobody knows"
    )
    gap: PersonsPerYear = Field(description="Persons a year: `demand_low` less `supply_high`")
    completion: Share = Field(description="The share that completes, as the programme's line says")
    entry: Share = Field(description="The share of those that enters the occupation")
    closes_per_seat: Share = Field(
        description="Persons a year that one more seat a year gives: `completion` × `entry`"
    )
    seats: Count = Field(
        description="Seats to add per year: `gap` through `closes_per_seat`, before they are "
        "rounded, up to the next whole seat"
    )


class Verdict(Ruled):
    """The balance of a need for one horizon, with what is known today."""

    need_id: Reference
    horizon: Horizon
    judged_on: Day
    from_on: Day = Field(description="The first day of the time it is about")
    to_on: Day = Field(description="The last day of it")
    occupation_code: OccupationCode | None
    municipality_codes: list[MunicipalityCode]
    demand_low: PersonsPerYear | None
    demand_high: PersonsPerYear | None
    supply_low: PersonsPerYear | None = Field(
        description="At least: the supply lines' `low`, less what other needs may take first"
    )
    supply_high: PersonsPerYear | None = Field(description="Null: unknown how many at most")
    coverage_low: Ratio | None = Field(description="Supply through demand, at least")
    coverage_high: Ratio | None = Field(description="At most; null: unknown")
    conclusion: Conclusion
    judged: bool = Field(
        description="Whether it still counts: false of a need that is met, dropped, merged or "
        "split. The rest is then what would be said if it were open"
    )
    lines: list[ArithmeticLine]
    unknowns: list[Unknown]
    shared_need_ids: list[Reference] = Field(
        default_factory=list,
        max_length=MOST_SHARED,
        description="Other open needs that the same seats are counted for, those that changed last "
        "and that you may know of",
    )
    shared_needs: int = Field(0, description="How many such needs there are in all")
    shared_taken: PersonsPerYear = Field(
        Decimal(0),
        description="How many a year they take of these seats if they are first; `supply_low` is "
        "without them, `supply_high` is not",
    )
    supplements: list[Supplement] = Field(
        description="Only of a gap, or of what is met partly, and of programmes whose seats and "
        "shares are known, whose provider stays, and that somebody who begins today is out of in "
        "time. New seats count for the needs in `shared_need_ids` too"
    )
    figures: list[Figure] = Field(
        default_factory=list, description="What registers say of the occupation where the need is"
    )
    replacement: ReplacementEstimate | None = Field(
        None, description="Who leaves by age, beside `demand`; null: ages are not known"
    )
    conflicts: list[Conflict] = Field(
        default_factory=list,
        description="Where sources say different things of the occupation in the same place, "
        "forecasts or advertisements go the other way than is assessed, or there are said to be "
        "too many of what the need asks for",
    )
    minority_share: Share | None = Field(
        None,
        description="The smaller sex's share in the occupation, as the need says it or else as the "
        "register does of those employed; null: unknown",
    )
    needs_equality_check: bool | None = Field(
        None,
        description="Whether one sex has less than 40 %, by which a decision asks for the check; "
        "null: unknown",
    )
    example: bool = Field(
        description="The need, education that is counted, or a need that shares it, is invented"
    )

    @rule
    def _in_order(self) -> Faults:
        if self.to_on < self.from_on:
            yield wrong("to_on", "empty_period", "to_on is not earlier than from_on")

    @rule_for("demand", "supply", "coverage")
    def _an_interval(self, name: str) -> Faults:
        low, high = getattr(self, f"{name}_low"), getattr(self, f"{name}_high")
        if low is not None and high is not None and high < low:
            yield wrong(f"{name}_high", "empty_interval", "high is not less than low")

    @rule
    def _lacks_something(self) -> Faults:
        if self.conclusion is Conclusion.undecidable and not self.unknowns:
            yield wrong("unknowns", "missing", "what cannot be decided lacks something")


class VerdictList(Freshness):
    """Verdicts, those of the needs that changed last first."""

    items: list[Verdict]
    next: str | None = Field(description="The next page")
