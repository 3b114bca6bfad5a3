"""Continuity: turnover of posts and seats by year, and how far a council rests on one leader."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from services.analysis.contract.label import Freshness
from services.analysis.contract.thread import Label
from services.kit.contract import Count, Day, MunicipalityCode

Rate = Annotated[Decimal, Field(ge=0, le=1_000_000, decimal_places=4)]
Mean = Annotated[Decimal, Field(ge=0, le=10_000_000, decimal_places=2)]
Share = Annotated[Decimal, Field(ge=0, le=1, decimal_places=4)]
TurnoverSort = Literal[
    "name", "-name", "year", "-year", "rate", "-rate", "ended", "-ended", "key_rate", "-key_rate"
]


class TurnoverNoun(StrEnum):
    """Whose terms are counted: those of an actor's posts, or those in a council."""

    actor = "actor"
    council = "council"


class TurnoverYear(BaseModel):
    """The terms of one year: how many ended, for each that was held on a mean day of it.

    rate = ended ÷ held_mean; held_mean = days held by all terms ÷ days of the year. A term is the
    time without a break that one person holds a post, or sits in a council by a post; where a seat
    names no post, that its actor sits there. Substitutes and seats for substitutes are no terms. A
    term that ended because its council closed has not ended, nor has one that ends on a day to
    come; a period that was corrected counts as it is now.
    """

    noun: TurnoverNoun
    year: int
    complete: bool = Field(description="All of the year has passed; else counted up to the day")
    ended: Count = Field(description="Terms whose last day was in the year")
    began: Count = Field(description="Terms whose first day was in the year")
    held_mean: Mean = Field(description="Terms held on a mean day of the year")
    rate: Rate | None = Field(description="Null: nobody held anything, so there is no rate")
    key_ended: Count = Field(description="Of them, by key posts")
    key_began: Count
    key_held_mean: Mean
    key_rate: Rate | None = Field(description="Null: nobody held a key post")


class Turnover(TurnoverYear):
    """The turnover of an actor or a council in one year."""

    actor_id: UUID | None
    council_id: UUID | None
    name: str
    municipality_code: MunicipalityCode | None = Field(description="The actor's")
    example: bool = Field(description="Something that it is counted from is invented")


class TurnoverList(Freshness):
    """Turnover by actor, council and year, and of the whole selection year by year."""

    items: list[Turnover]
    years: list[TurnoverYear] = Field(
        description="All that was asked for, also what is on other pages and of other years, "
        "counted together"
    )
    next: str | None = Field(description="The next page")
    count: int | None = Field(None, description="All, where asked for with count=true")


class UndecidedReason(StrEnum):
    """Why a council's index cannot be decided; no attendance: of most meetings nobody has said."""

    no_leader = "no_leader"
    no_attendance = "no_attendance"
    too_few_ties = "too_few_ties"


class Tie(BaseModel):
    """Two who worked together in a council, and whether that rests on its process leader alone."""

    one: Label = Field(description="An actor, or the process leader's post")
    other: Label
    meetings: Count = Field(description="Meetings where both were present")
    contacts: Count = Field(description="Contacts between them")
    initiatives: Count = Field(description="Initiatives that both lead or take part in")
    last_on: Day | None = Field(description="Their last meeting or contact; null: neither")
    rests_on_leader: bool


class CouncilContinuity(BaseModel):
    """How far the work of a council passes through its process leader alone.

    index = ties that rest on the leader alone ÷ all ties, in the twelve months up to a day. A tie
    is two who were present at the same held meeting of the council, had a contact, or lead or take
    part in the same initiative of it; the process leader is one of the two wherever that post did
    it. A tie between two others rests on the leader alone where the leader was there every time. A
    tie between the leader and somebody does, where that somebody never works with anybody else
    without the leader. So a star around the leader is 1, and where everyone works with everyone
    without the leader it is 0, however much the leader does beside them.
    """

    council_id: UUID
    name: str
    process_leader_post_id: UUID | None = Field(description="The post as it is today")
    from_on: Day = Field(description="The first day of the twelve months")
    to_on: Day = Field(description="The last day of them")
    index: Share | None = Field(description="Null: it cannot be decided, and `undecided` says why")
    undecided: UndecidedReason | None
    betweenness: Share | None = Field(
        description="Of all shortest ways between two others, how much goes through the leader, "
        "where a tie that rests on the leader alone is a way through the leader; null: undecided"
    )
    party_count: Count = Field(description="Who worked with somebody, apart from the leader")
    tie_count: Count
    resting_count: Count = Field(description="Of them, those that rest on the leader alone")
    meeting_count: Count = Field(description="Held meetings where it is known who was present")
    leader_meeting_count: Count = Field(description="Of them, those where the leader was")
    unknown_meeting_count: Count = Field(description="Held meetings of which nobody has said")
    undated_initiative_count: Count = Field(
        description="Initiatives left out, as nobody has said when they went on"
    )
    example: bool = Field(description="Something that it is worked out from is invented")
    ties: list[Tie] | None = Field(
        description="Where asked for with ties=true; null for those who may not read contacts"
    )
    cut_off_parties: list[Label] | None = Field(
        description="Who would work with nobody here without the leader; as `ties`"
    )


class CouncilContinuityList(Freshness):
    """The index of councils, the highest first and the undecided last."""

    items: list[CouncilContinuity]
    next: str | None = Field(description="The next page")
    count: int | None = Field(None, description="All, where asked for with count=true")
