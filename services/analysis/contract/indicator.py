"""Indicators: figures by area, period, sex and occupation, each with its source and its age."""

from decimal import Decimal
from enum import StrEnum
from typing import Self
from uuid import UUID

from pydantic import BaseModel, Field, model_validator

from services.analysis.contract.source import AreaLevel
from services.kit.contract import Code, Draft, LongText, Moment, Name, Reference, Thing, wrong


class Unit(StrEnum):
    """What an indicator counts; share and dissimilarity (0: no difference) are 0 to 1."""

    persons = "persons"
    job_ads = "job_ads"
    seats = "seats"
    share = "share"
    kronor_per_month = "kronor_per_month"
    dissimilarity = "dissimilarity"


class Sex(StrEnum):
    """Legal sex, as the registers have it."""

    women = "women"
    men = "men"
    all = "all"


class Layout(BaseModel):
    """Which column of a source's snapshots holds what."""

    model_config = {"extra": "forbid", "str_strip_whitespace": True}

    value: Name
    period: Name
    area: Name | None = Field(None, description="Null: every row is about area_code")
    area_code: Name | None = None
    sex: Name | None = None
    occupation: Name | None = None

    @model_validator(mode="after")
    def _somewhere(self) -> Self:
        if (self.area is None) == (self.area_code is None):
            raise wrong("area", "one_of_two", "either a column or one code")
        return self


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

    indicator_key: str
    area_code: str = Field(description="Municipality 4 digits, county 2 digits, nation 00")
    area_level: AreaLevel
    period: str = Field(description="A year or a month: 2024, 2024-03")
    sex: Sex
    occupation_code: str | None = Field(description="SSYK 2012; null: all occupations")
    value: Decimal | None = Field(description="Null: unknown, never 0")
    unit: Unit
    snapshot_id: UUID
    fetched_at: Moment
    after_break: bool = Field(description="Not comparable with the period before")
    estimated: bool = Field(description="Mapped from a coarser or another classification")
