"""The balance of a council: its seats by role and by side, and what it says itself of the sexes."""

from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, Field

from services.councils.contract.council import SeatRole
from services.kit.contract import Count, Day, Draft, Faults, Reference, Thing, rule, wrong


class SeatSide(StrEnum):
    """Which side a seat counts on, by the kind of its actor."""

    employers = "employers"
    public = "public"
    education = "education"
    other = "other"
    unknown = "unknown"


class SexReportDraft(Draft):
    """How many women and men sit in a council, as it says itself on a day; of nobody in particular.

    No person's sex is stored anywhere. The newest report is what counts on a day.
    """

    council_id: Reference
    reported_on: Day
    women: Count
    men: Count
    other: Count = Field(0, description="Another sex, or who did not want to tell")

    @rule
    def _of_somebody(self) -> Faults:
        if not self.women + self.men + self.other:
            yield wrong("women", "nobody", "a report counts somebody")


class SexReport(Thing, SexReportDraft):
    """How many women and men sit in a council, as it says itself on a day."""


class RoleCount(BaseModel):
    """How many seats have a role."""

    role: SeatRole
    seats: int
    posts: int = Field(description="Seats with a post named")
    actors: int


class SideCount(BaseModel):
    """How many seats a side has, and how many actors have them."""

    side: SeatSide
    seats: int
    actors: int = Field(description="Those merged into one by now are one")


class Balance(BaseModel):
    """Who sits in a council on a day, by role and by side, and what it says itself of the sexes."""

    council_id: UUID
    on: Day
    seats: int
    actors: int
    roles: list[RoleCount]
    sides: list[SideCount] | None = Field(
        description="By the actors' kinds, those with seats; null: the registry does not answer"
    )
    sexes: SexReport | None = Field(
        description="The newest report by that day; null: nobody has reported"
    )
