"""Indicators: figures by area, period, sex and occupation, each with its source and its age."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from services.analysis.contract.classification import CodeSystem
from services.analysis.contract.source import AreaLevel, ContentHash
from services.kit.contract import (
    Code,
    Draft,
    Faults,
    LongText,
    Moment,
    Name,
    OccupationCode,
    Reference,
    Ruled,
    Thing,
    rule_for,
    wrong,
)

JSON_STAT = "application/json-stat+json"


class Unit(StrEnum):
    """What an indicator counts; share and dissimilarity (0: no difference) are 0 to 1.

    Percent is as registers of key figures have it, 0 to 100; other is what is none of these.
    """

    persons = "persons"
    job_ads = "job_ads"
    seats = "seats"
    share = "share"
    kronor_per_month = "kronor_per_month"
    dissimilarity = "dissimilarity"
    percent = "percent"
    other = "other"


class Sex(StrEnum):
    """Legal sex, as the registers have it."""

    women = "women"
    men = "men"
    all = "all"


PeriodText = Annotated[
    str, StringConstraints(pattern=r"^[0-9]{4}(-(0[1-9]|1[0-2]))?$"), Field(examples=["2024"])
]
AreaCode = Annotated[
    str, StringConstraints(pattern=r"^([0-9]{2}|[0-9]{4})$"), Field(examples=["14"])
]


class Layout(Ruled):
    """Which column of a source's snapshots holds what; a file's columns, or one value for all."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    value: Name
    period: Name | None = Field(None, description="Null: every row is about fixed_period")
    fixed_period: PeriodText | None = None
    area: Name | None = Field(None, description="Null: every row is about area_code")
    area_code: AreaCode | None = None
    sex: Name | None = None
    age: Name | None = None
    occupation: Name | None = None
    occupation_system: CodeSystem = CodeSystem.ssyk2012
    occupation_digits: Annotated[int, Field(ge=3, le=4)] = Field(
        4, description="3: groups of occupations; a figure is then never of a single occupation"
    )
    excluded_occupations: tuple[OccupationCode, ...] = Field(
        (),
        max_length=50,
        description="Occupations that its sums leave out, such as mass-posted ads",
    )
    unlisted_is_zero: bool = Field(
        False, description="What is not listed is none; otherwise it is unknown"
    )

    @rule_for(("area", "area_code"), ("period", "fixed_period"))
    def _somewhere(self, one: str, other: str) -> Faults:
        if (getattr(self, one) is None) == (getattr(self, other) is None):
            yield wrong(one, "one_of_two", "either a column or one value")


class IndicatorDraft(Draft):
    """Something that is measured again and again, from one source."""

    key: Code = Field(description="A name for addresses and formulas; unique")
    name: Name
    meaning: LongText = Field(description="What a higher figure says, and what it does not say")
    unit: Unit
    source_id: Reference
    area_level: AreaLevel = Field(description="Never shown for a finer area")
    layout: Layout


class Indicator(Thing, IndicatorDraft):
    """Something that is measured, and the periods that there are figures for."""

    first_period: str | None
    last_period: str | None
    latest_snapshot_id: UUID | None


class Figure(BaseModel):
    """One figure of an indicator, with all that a reader needs to trust it."""

    indicator_key: str = Field(description="employed, job_ads, women_share …")
    indicator_name: str
    area_level: AreaLevel = Field(description="What it is true for; never a finer area")
    area_code: str | None = Field(
        description="Municipality 4 digits, county 2 digits, nation 00; null: several together"
    )
    area_codes: list[str] = Field(description="The areas it is the sum of")
    area_name: str | None = Field(description="Null: classifications have not been imported")
    period: str = Field(description="A year or a month: 2024, 2024-03")
    sex: Sex
    age: str | None = Field(description="For example 60-64; null: all ages")
    occupation_code: str | None = Field(
        description="SSYK 2012, three digits where only a group is told of; null: all occupations"
    )
    occupation_name: str | None
    value: Decimal | None = Field(description="Null: unknown, never 0")
    suppressed: bool = Field(
        False, description="It is known and not told: it would tell of few people, or of others"
    )
    unit: Unit
    after_break: bool = Field(description="Not comparable with the period before")
    break_reason: str | None
    estimated: bool = Field(description="Mapped by weights from another classification")
    counted_as: str | None = Field(description="How it was counted from other figures")
    source_id: UUID
    source_key: str
    source_name: str
    publisher: str
    licence: str | None = Field(description="Null: not known")
    snapshot_id: UUID
    content_hash: ContentHash
    fetched_at: Moment
