"""Programmes: the education and labour-market measures on offer, and their intakes."""

from enum import StrEnum
from itertools import pairwise
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from services.kit.contract import (
    Count,
    Day,
    Draft,
    Faults,
    LanguageCode,
    LongText,
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

SunCode = Annotated[str, StringConstraints(pattern=r"^\d{1,3}[a-zåäö]?$")]
# One to four digits of SSYK 2012: an occupation, or the group that it belongs to.
OccupationGroup = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,4}$")]
Percent = Annotated[int, Field(ge=1, le=100)]
Round = Annotated[int, Field(ge=1, le=100)]
Weeks = Annotated[int, Field(ge=1, le=520)]
MUNICIPALITIES = 290
Several = Annotated[int, Field(ge=2, le=MUNICIPALITIES)]


class ProgrammeForm(StrEnum):
    """What sort of education or measure a programme is."""

    upper_secondary = "upper_secondary"
    adult_upper_secondary = "adult_upper_secondary"
    higher_vocational = "higher_vocational"
    higher_education = "higher_education"
    folk_high_school = "folk_high_school"
    commissioned = "commissioned"
    labour_market = "labour_market"
    internship = "internship"
    language = "language"
    new_start_job = "new_start_job"
    validation = "validation"
    other = "other"


class Delivery(StrEnum):
    """Where a programme is followed."""

    on_site = "on_site"
    distance = "distance"
    mixed = "mixed"


class ApplicationDecision(StrEnum):
    """What became of an application to offer a programme."""

    granted = "granted"
    refused = "refused"
    withdrawn = "withdrawn"


class ProgrammeFacts(Draft):
    """What is told of an education or measure, whoever offers it."""

    name: Name
    form: ProgrammeForm
    sun_code: SunCode | None = Field(None, description="SUN 2020, the field of education")
    occupation_codes: list[OccupationCode] = Field(
        default_factory=list, max_length=50, description="SSYK 2012: what it leads to"
    )
    municipality_code: MunicipalityCode | None = Field(
        None, description="Where it is given; null: unknown, or in several"
    )
    municipality_codes: list[MunicipalityCode] = Field(
        default_factory=list,
        max_length=MUNICIPALITIES,
        description="Where it is given, as far as known, where that is in several",
    )
    municipality_count: Several | None = Field(
        None,
        description="In how many it is given, where that is several; more than are named: "
        "the others are unknown",
    )
    decision: ApplicationDecision | None = Field(
        None,
        description="What was decided of the application to offer it; what was refused or "
        "withdrawn is no offer. Null: not known, or none is needed",
    )
    seats_sought: Count | None = Field(None, description="Places that were applied for")
    languages: list[LanguageCode] = Field(
        default_factory=list, max_length=20, description="ISO 639: what it is taught in"
    )
    pace: Percent | None = Field(None, description="Percent of full time")
    weeks: Weeks | None = Field(
        None, description="Length in weeks, from the first day to the last at its pace"
    )
    delivery: Delivery | None = None
    description: LongText | None = None
    website: Url | None = None
    managed_by: MunicipalityCode | None = Field(
        None,
        description="The municipality whose key may write it, where it manages the provider too; "
        "null: only the association",
    )

    @rule_for("occupation_codes", "languages", "municipality_codes")
    def _each_once(self, field: str) -> Faults:
        yield from each_once(self, field)

    @rule_for("municipality_codes", "municipality_count")
    def _one_or_several(self, several: str) -> Faults:
        if self.municipality_code and getattr(self, several):
            yield wrong(several, "one_or_several", "it is given in one municipality or in several")

    @rule
    def _as_many_as_named(self) -> Faults:
        named, count = len(self.municipality_codes), self.municipality_count
        if count and count < named:
            yield wrong("municipality_count", "fewer_than_named", "as many as are named at least")
        elif named == 1 and not count:
            yield wrong("municipality_codes", "one_of_several", "one alone is municipality_code")


class ProgrammeDraft(ProgrammeFacts):
    """An education or measure that a provider offers."""

    provider_actor_id: Reference


class Programme(Thing, ProgrammeDraft):
    """An education or measure, and its intakes as seen from the day asked for."""

    intake_count: int
    next_starts_on: Day | None = Field(description="The next intake's first day")
    coming_seats: int | None = Field(
        description="Places of the coming intakes where they are known; null: of none"
    )
    coming_unknown_count: int = Field(description="Coming intakes whose places nobody knows")
    undated_count: int = Field(description="Intakes whose first day nobody knows")
    undated_seats: int | None = Field(
        description="Places of those, where they are known; null: of none"
    )


class ProgrammePlaces(BaseModel):
    """Every municipality that a programme is known to be given in."""

    municipality_codes: list[MunicipalityCode]


_COUNTED = ("applicants", "admitted", "completed", "employed_after")
PARTS = (
    *((f"{counted}_women", counted) for counted in _COUNTED),
    *((fewer, more) for more, fewer in pairwise(_COUNTED[1:])),
)


# An intake has one of these: who counts only those who completed tells of a start too.
TELLING = ("starts_on", "ends_on", "round", "seats", *_COUNTED, "note")


class IntakeFacts(Draft):
    """What is told of one start. A number that is not known is null, never 0."""

    starts_on: Day | None = Field(None, description="The first day; null: unknown")
    round: Round | None = Field(
        None, description="Which start of those that a grant is for, in their order"
    )
    ends_on: Day | None = Field(None, description="The last day")
    seats: Count | None = Field(None, description="Places; null: unknown")
    applicants: Count | None = None
    applicants_women: Count | None = Field(None, description="Of the applicants; the rest are men")
    admitted: Count | None = None
    admitted_women: Count | None = Field(None, description="Of the admitted; the rest are men")
    completed: Count | None = Field(None, description="Of the admitted, at the end")
    completed_women: Count | None = Field(None, description="Of those who completed")
    employed_after: Count | None = Field(
        None, description="Of those who completed, in work six months later"
    )
    employed_after_women: Count | None = Field(None, description="Of those in work")
    note: LongText | None = Field(
        None, description="What is said of it that no field can hold, such as a term"
    )

    @rule
    def _in_order(self) -> Faults:
        if self.ends_on and self.starts_on and self.ends_on < self.starts_on:
            yield wrong("ends_on", "empty_period", "ends_on is not earlier than starts_on")

    @rule
    def _says_something(self) -> Faults:
        told = [getattr(self, one) for one in TELLING]
        if all(value is None for value in told):
            yield wrong("starts_on", "missing", "an intake has a day, a round, a number or a note")

    @rule_for(*PARTS)
    def _adds_up(self, part: str, whole: str) -> Faults:
        fewer, more = getattr(self, part), getattr(self, whole)
        if fewer is not None and more is not None and fewer > more:
            yield wrong(part, "more_than_all", "a part is not more than the whole")


class IntakeDraft(IntakeFacts):
    """One start of a programme. A number that is not known is null, never 0."""

    programme_id: Reference


class Intake(Thing, IntakeDraft):
    """One start of a programme."""
