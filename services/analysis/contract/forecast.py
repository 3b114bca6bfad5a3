"""Forecasts: what a figure may be in some years, how sure that is, and what came true."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.analysis.contract.indicator import AreaCode, PeriodText
from services.analysis.contract.source import AreaLevel, ContentHash
from services.kit.contract import Code, Draft, Line, OccupationCode, Reference, Sent, Thing

Horizon = Annotated[int, Field(ge=1, le=5)]
Count = Annotated[int, Field(ge=0)]


class ForecastMethod(StrEnum):
    """How a forecast is made: what was last, the mean change, or exponential smoothing."""

    naive = "naive"
    drift = "drift"
    ets = "ets"


class NoForecast(StrEnum):
    """Why nothing is said of a year."""

    never_tried = "never_tried"  # no stretch without a break is long enough
    tried_once = "tried_once"  # no second year to check the interval by
    few_tried = "few_tried"  # too few errors to make an interval of
    unknown = "unknown"  # the occupation's last figures are
    nobody = "nobody"  # has the occupation


class ForecastPoint(BaseModel):
    """What is expected of a year, and between what."""

    horizon: Horizon
    period: PeriodText
    method: ForecastMethod
    value: Decimal
    low: Decimal
    high: Decimal
    pooled: bool = Field(
        description="The interval is made of errors of larger and smaller ones too: few are "
        "of its size"
    )


class ForecastUnsaid(BaseModel):
    """A year that nothing is said of."""

    horizon: Horizon
    period: PeriodText
    reason: NoForecast


class ForecastTrial(BaseModel):
    """How a method did where it was tried on years that are known."""

    horizon: Horizon
    method: ForecastMethod
    error: Decimal | None = Field(
        description="Mean absolute error through the series' mean yearly change (MASE); null: it "
        "could not be tried"
    )
    series_count: Count
    origin_count: Count = Field(description="From how many years it was tried")
    chosen: bool
    coverage: Decimal | None = Field(
        description="Of a chosen one: how often the outcome was within an interval that was made "
        "without the year tried from"
    )


class ForecastDraft(Draft):
    """What an occupation's figure in a place is expected to be, as it was said once for all."""

    indicator_key: Code
    occupation_code: OccupationCode
    area_level: AreaLevel = Field(description="What it is true for; never a finer area")
    area_code: AreaCode
    snapshot_id: Reference = Field(description="What it is made of")
    content_hash: ContentHash
    method_version: Count
    origin_period: PeriodText = Field(description="The last year that was known")
    origin_value: Decimal | None = Field(description="Null: unknown")
    scale: Decimal | None = Field(
        description="The series' mean yearly change; null: it has none that can be told"
    )
    level: Decimal = Field(description="How often the outcome should be within the interval")
    library: Line = Field(description="What exponential smoothing was counted by")
    points: list[ForecastPoint]
    unsaid_years: list[ForecastUnsaid]
    trials: list[ForecastTrial]


class ForecastYear(BaseModel):
    """A year of a series."""

    period: PeriodText
    value: Decimal | None = Field(description="Null: unknown")
    after_break: bool = Field(description="Not comparable with the year before")
    break_reason: str | None


class Forecast(Thing, ForecastDraft):
    """What an occupation's figure in a place is expected to be, and what it is made of."""

    indicator_name: str
    area_name: str | None
    occupation_name: str | None
    source_id: UUID
    source_name: str
    history: list[ForecastYear] | None = Field(
        description="As the source says now; null where no occupation was asked for"
    )


class ForecastPlace(BaseModel):
    """The place that answers, and whether its figures have been forecast."""

    area_level: AreaLevel
    area_code: AreaCode
    area_name: str | None
    indicator_key: str
    indicator_name: str
    source_id: UUID
    source_name: str
    snapshot_id: UUID = Field(description="What the source says now")
    last_period: PeriodText
    current: bool = Field(description="The newest figures have been forecast by this method")


class Forecasts(BaseModel):
    """The newest forecasts of a place."""

    place: ForecastPlace | None = Field(description="Null: nothing is known of it")
    items: list[Forecast]
    next: None


class ForecastOrder(Sent):
    """Of which place's occupations forecasts are to be made."""

    area_code: AreaCode = Field(
        description="A municipality, a county or 00; a place that figures are not known for is "
        "answered by the finest one around it"
    )


class ForecastsMade(BaseModel):
    """What came of it; asked again of the same figures, nothing new."""

    area_level: AreaLevel
    area_code: AreaCode
    indicator_key: str
    snapshot_id: UUID
    made: Count
    there_already: Count


class ForecastScore(BaseModel):
    """A year of a forecast beside what it came to be."""

    forecast_id: UUID
    occupation_code: OccupationCode
    origin_period: PeriodText
    period: PeriodText
    horizon: Horizon
    method: ForecastMethod
    value: Decimal
    low: Decimal
    high: Decimal
    outcome: Decimal
    held: bool = Field(description="The outcome is within the interval")
    error: Decimal | None = Field(
        description="The absolute error through the series' mean yearly change; null: it had none"
    )


class ForecastScoreSum(BaseModel):
    """All that have been scored, of a horizon or in all."""

    horizon: Horizon | None = Field(description="Null: all")
    count: Count
    held: Count
    coverage: Decimal | None
    error: Decimal | None = Field(description="The mean of the scaled errors (MASE)")


class ForecastScores(BaseModel):
    """What came true of a place's earlier forecasts."""

    level: Decimal = Field(description="The coverage that was meant")
    sums: list[ForecastScoreSum] = Field(
        description="Over all occupations of the place, also those left"
    )
    not_comparable: Count = Field(description="Years after a break since: never scored")
    items: list[ForecastScore]
    next: None


class ReplacementAge(BaseModel):
    """Those of an age group, and how many of them leave in the next five years."""

    age: str
    count: Decimal | None
    share_leaving: Decimal
    leaving: Decimal | None


class Replacement(BaseModel):
    """How many leave an occupation by age in the next five years, and how that is counted."""

    occupation_code: OccupationCode
    occupation_name: str | None
    leaving_age: int
    period: PeriodText
    ages: list[ReplacementAge] = Field(description="Of the country")
    nation_count: Decimal | None
    nation_leaving: Decimal | None = Field(description="In five years")
    nation_leaving_yearly: Decimal | None
    share_leaving: Decimal | None = Field(description="In five years, of all; 0 to 1")
    area_level: AreaLevel
    area_code: AreaCode
    area_name: str | None
    area_period: PeriodText | None
    area_count: Decimal | None
    area_leaving_yearly: Decimal | None
    assumed: bool = Field(
        description="Ages are known of the country only: the place is taken to have its share"
    )
    counted_as: str
    snapshot_id: UUID
    source_id: UUID
    source_name: str


class ReplacementEstimate(BaseModel):
    """About how many leave an occupation by age in a year where a need is.

    An estimate, beside the need and in no arithmetic: a stated need mostly holds those who leave.
    """

    leaving_age: int = Field(description="The age at which all are taken to go")
    period: PeriodText = Field(description="The year of the ages, which are the country's")
    nation_count: Decimal = Field(description="Those employed in the country whose age is told")
    nation_leaving: Decimal = Field(description="In five years")
    nation_leaving_yearly: Decimal
    share_leaving: Decimal = Field(description="In five years, of all; 0 to 1")
    area_level: AreaLevel = Field(description="The finest level that those employed are known of")
    area_code: str | None = Field(description="Null: several areas together")
    area_codes: list[str]
    area_name: str | None = Field(description="Null: classifications have not been imported")
    area_period: PeriodText
    area_count: Decimal = Field(description="Those employed there")
    area_leaving_yearly: Decimal = Field(description="`area_count` × `share_leaving` through five")
    assumed: bool = Field(
        description="Ages are known of the country only: the area is taken to have its share"
    )
    counted_as: str = Field(description="The arithmetic in words, in Swedish")
    source_id: UUID
    source_name: str
    publisher: str
    licence: str | None = Field(description="Null: not known")
    snapshot_id: UUID
    area_source_id: UUID = Field(description="What those employed in the area are told by")
    area_source_name: str
    area_snapshot_id: UUID


class Replacements(BaseModel):
    """Of each occupation asked for whose ages are known."""

    items: list[Replacement]
    next: None
