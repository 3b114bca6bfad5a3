"""The base of every contract: what a draft refuses, what a thing carries, and shared types."""

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, LiteralString, Self
from uuid import UUID

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

DEEPEST = 12
_KEPT = frozenset("\n\t")


_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _iso(value: Any) -> Any:
    """Dates and moments are ISO 8601: a bare number would be read as seconds since 1970."""
    if isinstance(value, date) or (isinstance(value, str) and _ISO.match(value.strip())):
        return value
    raise PydanticCustomError("date_parsing", "a date as ISO 8601, for example 2026-01-31")


def _between_years(value: date) -> date:
    if not 1900 <= value.year <= 2200:  # noqa: PLR2004
        raise PydanticCustomError("year_out_of_range", "the year must be 1900 to 2200")
    return value


Name = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=500)]
LongText = Annotated[str, StringConstraints(min_length=1, max_length=20_000)]
Text = LongText
Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
MunicipalityCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}$")]
OccupationCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}$")]
LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"']{3,490}$")]
Money = Annotated[Decimal, Field(ge=0, le=Decimal("9999999999.99"), decimal_places=2)]
Count = Annotated[int, Field(ge=0, le=1_000_000)]
Year = Annotated[int, Field(ge=1900, le=2200)]
Score = Annotated[int, Field(ge=1, le=5)]
IsoDate = Annotated[date, BeforeValidator(_iso)]
Day = Annotated[IsoDate, AfterValidator(_between_years)]
Moment = Annotated[AwareDatetime, BeforeValidator(_iso), AfterValidator(_between_years)]
Reference = UUID


def wrong(field: str, code: str, message: LiteralString) -> PydanticCustomError:
    """An error of a rule over several fields, blamed on one of them."""
    return PydanticCustomError(code, message, {"field": field})


def _clean(value: Any, depth: int = 0) -> Any:
    """Text without what no form or system means to send; refused where it would be lost."""
    if depth > DEEPEST:
        raise PydanticCustomError("too_deep", "the value is nested too deep")
    if isinstance(value, str):
        return _clean_text(value)
    if isinstance(value, list):
        return [_clean(item, depth + 1) for item in value]
    if isinstance(value, dict):
        return {key: _clean(item, depth + 1) for key, item in value.items()}
    return value


def _clean_text(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n")
    for letter in text:
        if letter not in _KEPT and unicodedata.category(letter) in {"Cc", "Cs"}:
            raise PydanticCustomError("control_character", "control characters are not taken")
    return text


class Draft(BaseModel):
    """What somebody wants to store: refuses unknown fields and unreadable text."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    source: Line | None = Field(None, description="Where the fact comes from")
    example: bool = Field(False, description="Invented, and marked so wherever it is shown")

    @field_validator("*", mode="before")
    @classmethod
    def _readable(cls, value: Any, info: ValidationInfo) -> Any:
        field = cls.model_fields[info.field_name or ""]
        if isinstance(value, str) and not value.strip() and not field.is_required():
            return field.get_default(call_default_factory=True)
        return _clean(value)


class Thing(BaseModel):
    """What every stored thing carries: its id, version, and two moments in UTC."""

    id: UUID
    version: int = Field(ge=1, description="Counts changes from 1; the ETag is its text")
    created_at: datetime
    updated_at: datetime


class Period(BaseModel):
    """A half-open range of dates: from valid_from until, not including, valid_to."""

    valid_from: Day
    valid_to: Day | None = Field(None, description="Exclusive; null while it lasts")

    @model_validator(mode="after")
    def _not_empty(self) -> Self:
        if self.valid_to is not None and self.valid_to <= self.valid_from:
            raise wrong("valid_to", "empty_period", "valid_to must be later than valid_from")
        return self
