"""Equality: how differently women and men are spread over occupations, place by place."""

from decimal import Decimal
from enum import StrEnum

from pydantic import BaseModel, Field

from services.analysis.contract.indicator import Figure, Sex
from services.analysis.contract.label import Freshness
from services.kit.contract import OccupationCode, Reference


class SexChange(StrEnum):
    """Whether women and men have come to be spread more evenly, as far as anybody can tell."""

    more_even = "more_even"
    less_even = "less_even"
    no_certain = "no_certain"
    not_comparable = "not_comparable"


class ProgrammeStep(StrEnum):
    """How far somebody has come in a programme."""

    applicants = "applicants"
    admitted = "admitted"
    completed = "completed"
    employed_after = "employed_after"


class Segregation(Figure):
    """How differently women and men are spread over occupations: the dissimilarity index.

    `value` is the part of the women, or of the men, who would have to change occupation for the two
    to be spread alike: 0 where they are, 1 where no occupation has both (Duncan and Duncan 1955).
    """

    women: Decimal | None = Field(description="Null: unknown")
    men: Decimal | None = Field(description="Null: unknown")
    occupation_count: int = Field(description="Occupations with anybody in them")
    chance_value: Decimal | None = Field(
        description="What the index would be expected to be, were there no difference but chance "
        "(Cortese, Falk and Cohen 1976); near it, the index says nothing"
    )
    margin: Decimal | None = Field(
        description="Twice what chance alone lets the index vary, were each person's occupation "
        "drawn anew"
    )
    change: SexChange = Field(description="Since the period before; certain beyond both margins")


class OccupationShare(BaseModel):
    """How many women and men an occupation has, and whether the balance has changed."""

    occupation_code: OccupationCode
    occupation_name: str | None
    women: Decimal | None = Field(description="Null: unknown")
    men: Decimal | None = Field(description="Null: unknown")
    women_share: Decimal | None = Field(description="0 to 1; null: unknown, or nobody")
    suppressed: bool = Field(
        False, description="Known and not told, for it would tell of few people"
    )
    smaller_sex: Sex | None = Field(
        description="The sex that has less than 40 %; null: neither, or unknown"
    )
    earlier_women_share: Decimal | None = Field(description="In the period compared with")
    change: SexChange = Field(
        description="Since then; certain where chance would make it in fewer than one table of "
        "twenty, all its occupations together"
    )


class OccupationShares(BaseModel):
    """The occupations of a place, those furthest from an even balance first."""

    about: Figure | None = Field(
        description="All of them together: place, period and source; null: nothing is known"
    )
    since: str | None = Field(
        description="The period compared with: the first after the last break, if it is another"
    )
    items: list[OccupationShare]
    next: None


class StepShare(BaseModel):
    """Women among those who came so far in a programme, of all its starts that tell both."""

    step: ProgrammeStep
    intake_count: int = Field(description="How many starts tell both how many and how many women")
    persons: int | None = Field(description="Women and men; null: no start tells both")
    women: int | None = Field(description="Null: unknown")
    women_share: Decimal | None = Field(description="0 to 1; null: unknown, or nobody")


class ProgrammeShare(BaseModel):
    """Women in a programme that leads to an occupation, step by step."""

    programme_id: Reference
    programme_name: str
    intake_count: int = Field(description="All its starts")
    steps: list[StepShare]
    example: bool = Field(description="The programme or a start of it is invented")


class ProgrammeShares(Freshness):
    """Women in the programmes that lead to an occupation, beside women in the occupation."""

    about: Figure | None = Field(
        description="Women's share of those employed in the occupation, in the finest place of "
        "those asked for that it is known for; null: not known"
    )
    items: list[ProgrammeShare] = Field(description="By name; what was refused is no offer")
    next: None
