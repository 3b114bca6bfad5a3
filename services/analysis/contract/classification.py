"""Classifications: the codes that things are counted by, and how one system maps to another."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from services.kit.contract import Draft, Line, LongText, Name, OccupationCode, Thing

CodeText = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-zÅÄÖåäö_.-]{1,30}$")]
Level = Annotated[int, Field(ge=1, le=6)]
Weight = Annotated[Decimal, Field(gt=0, le=1, max_digits=7, decimal_places=6, examples=["1"])]


class CodeSystem(StrEnum):
    """A classification: occupations, education, industries or areas.

    `ssyk2012` is the taxonomy of Arbetsförmedlingen with 400 occupation groups, `ssyk2012_scb`
    the finer one of SCB; figures of both are joined by a correspondence only. `occupation_name`
    holds what occupations are called, each with a correspondence to its group in ssyk2012.
    """

    ssyk2012 = "ssyk2012"
    ssyk2012_scb = "ssyk2012_scb"
    occupation_name = "occupation_name"
    isco08 = "isco08"
    sun2020_field = "sun2020_field"
    sun2020_level = "sun2020_level"
    sni2007 = "sni2007"
    municipality = "municipality"
    labour_market_region = "labour_market_region"
    county = "county"
    ssyk96 = "ssyk96"
    sni2025 = "sni2025"
    sun2000_field = "sun2000_field"
    earlier_municipality = "earlier_municipality"


class CodeDraft(Draft):
    """One code of a classification, with its Swedish name."""

    system: CodeSystem
    code: CodeText
    name: Name
    level: Level = Field(description="1 is the coarsest")
    parent_code: CodeText | None = None
    concept_id: Line | None = Field(None, description="Its id in JobTech Taxonomy")
    definition: LongText | None = None


class Code(Thing, CodeDraft):
    """One code of a classification."""


class CodeRelation(StrEnum):
    """How much of a code its counterpart covers."""

    same = "same"
    broader = "broader"
    narrower = "narrower"
    related = "related"


class CorrespondenceDraft(Draft):
    """A code of one system and its counterpart in another; broader: the counterpart holds more."""

    from_system: CodeSystem
    from_code: CodeText
    to_system: CodeSystem
    to_code: CodeText
    relation: CodeRelation
    weight: Weight = Field(
        Decimal(1), description="The share of from_code that is counted to to_code"
    )


class Correspondence(Thing, CorrespondenceDraft):
    """A code of one system and its counterpart in another."""


class Occupation(BaseModel):
    """An occupation: a group of SSYK 2012 with four digits."""

    code: OccupationCode
    name: Name
    words: list[Name] = Field(
        description="What else it is called, of the names that the search found; at most three"
    )


class OccupationList(BaseModel):
    """Occupations, the best found first."""

    items: list[Occupation]
    next: str | None
    count: int | None = Field(None, description="All, where asked for with count=true")
    classified: bool = Field(description="Whether SSYK 2012 is imported; else only a few are known")
