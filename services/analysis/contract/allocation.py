"""Allocation: seats shared out among all open needs at once, and the seats still lacking."""

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, Field

from services.analysis.contract.label import Freshness
from services.analysis.contract.verdict import Horizon, Nearness, PersonsPerYear, Share
from services.kit.contract import Count, Day, Line, MunicipalityCode, OccupationCode, Reference


class Unallocated(StrEnum):
    """Why a need is given nothing."""

    no_occupation = "no_occupation"
    no_headcount = "no_headcount"
    no_supply_known = "no_supply_known"


class Allotment(BaseModel):
    """What one programme gives one need."""

    programme_id: Reference
    provider_actor_id: Reference
    nearness: Nearness
    certain: PersonsPerYear = Field(description="Persons a year of seats and shares that are known")
    possible: PersonsPerYear = Field(
        description="Persons a year more, if what is unknown turns out well"
    )


class AddedSeats(BaseModel):
    """Seats that would close what is lacking, of one programme for one need."""

    programme_id: Reference
    provider_actor_id: Reference
    nearness: Nearness
    closes: PersonsPerYear = Field(description="Persons a year")
    closes_per_seat: Share = Field(description="Persons a year of one more seat a year")
    seats: Count = Field(description="Seats a year, up to the next whole seat")


class NeedAllocation(BaseModel):
    """What one need is given, and what it lacks."""

    need_id: Reference
    name: Line
    occupation_code: OccupationCode
    municipality_codes: list[MunicipalityCode]
    demand: PersonsPerYear
    certain: PersonsPerYear
    possible: PersonsPerYear
    lacking: PersonsPerYear = Field(description="`demand` less `certain` and `possible`")
    unmet: PersonsPerYear = Field(
        description="Of `lacking`, what no seats of a known programme within reach would close"
    )
    allotments: list[Allotment]
    added_seats: list[AddedSeats]
    example: bool


class ProgrammeSupplement(BaseModel):
    """More seats of one programme, for all needs together; what closes most per seat is first."""

    rank: Annotated[int, Field(ge=1)]
    programme_id: Reference
    provider_actor_id: Reference
    closes: PersonsPerYear
    closes_per_seat: Share
    seats: Count
    needs: Count = Field(description="How many needs they would serve")


class UnallocatedNeed(BaseModel):
    """A need that is given nothing, and why."""

    need_id: Reference
    name: Line
    reason: Unallocated


class Allocation(Freshness):
    """Seats shared out among all open needs, so that most persons are met by the fewest new seats.

    What is certain is given before what is possible, and the near before the far. Between needs
    that are alike somebody must choose: this is one division of several that meet as many.
    """

    horizon: Horizon
    from_on: Day
    to_on: Day
    demand: PersonsPerYear = Field(description="Of all needs that are shared out to")
    certain: PersonsPerYear
    possible: PersonsPerYear
    lacking: PersonsPerYear
    unmet: PersonsPerYear
    unseen: Count = Field(description="Needs among them that you may not know of")
    left_out: Count = Field(0, description="Open needs beyond those that are looked at in one go")
    unallocated_needs: list[UnallocatedNeed]
    supplements: list[ProgrammeSupplement]
    items: list[NeedAllocation] = Field(description="Those that lack most first")
    next: None = None
