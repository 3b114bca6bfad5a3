"""Process leadership: which posts lead what in which period, with what share of a working time."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, Field

from services.kit.contract import (
    Day,
    Draft,
    Faults,
    IsoDate,
    LongText,
    Name,
    Period,
    Reference,
    Sent,
    Thing,
    rule,
    wrong,
)

WHOLE = 100
Share = Annotated[int, Field(ge=0, le=WHOLE)]


class LeaderAssignmentDraft(Period, Draft):
    """A process leader's post leads an actor's process, an industry's, or an actor's in one."""

    post_id: Reference = Field(description="A post whose function is process_leader")
    actor_id: Reference | None = Field(None, description="An actor, an industry, or both are given")
    industry: Name | None = Field(None, description="As councils name industries")
    needed_percent: Annotated[int, Field(ge=1, le=WHOLE)] = Field(
        description="The share of a full-time position that is needed"
    )
    funded_percent: Share | None = Field(None, description="The share funded; null: not known")
    funder_actor_id: Reference | None = Field(None, description="Who funds it")
    note: LongText | None = None

    @rule
    def _for_something(self) -> Faults:
        if self.actor_id is None and self.industry is None:
            yield wrong("actor_id", "no_lead", "an actor, an industry, or both")


class LeaderAssignment(Thing, LeaderAssignmentDraft):
    """A process leader's post leads something during a period."""

    in_force: bool = Field(description="It lasts on the day asked for")
    gap_percent: int | None = Field(
        description="What is needed and not funded; null where the funded share is not known"
    )


class LeaderHandover(Sent):
    """Another post leads it, or another funds it, from a day on; until then it was as it was."""

    post_id: Reference = Field(description="A post whose function is process_leader")
    valid_from: Day = Field(description="The first day on which it leads")
    funder_actor_id: Reference | None = Field(
        None, description="Who funds it from then on; left out: who did"
    )
    funded_percent: Share | None = Field(
        None, description="The share funded from then on; null: not known; left out: what was"
    )

    @property
    def funding(self) -> dict[str, Any]:
        """What is said of its means."""
        said = self.model_fields_set & {"funder_actor_id", "funded_percent"}
        return {name: getattr(self, name) for name in said}


class Resourcing(BaseModel):
    """Funded against needed, in percent of full-time positions; may be over 100.

    What is not known is an interval: of an unknown share all that is needed may be funded, or none.
    What one assignment has beyond its need mends no other's gap.
    """

    assignment_count: int
    needed_percent: int
    funded_percent: int = Field(description="The sum of the shares that are known")
    unknown_count: int = Field(description="Assignments whose funded share is not known")
    gap_from_percent: int = Field(description="The gap, if all that is unknown is funded")
    gap_to_percent: int = Field(description="The gap, if nothing that is unknown is funded")


class LeaderPost(Resourcing):
    """A process leader's post on a day: what it leads, with which means, and who waits for it."""

    post_id: UUID
    title: str
    example: bool = Field(description="The post, or any of what it leads, is invented")
    employer_actor_id: UUID = Field(description="The actor whose post it is")
    vacant: bool = Field(description="Nobody holds it, nor covers it")
    actor_ids: list[UUID] = Field(description="The actors it leads; merged ones as they live on")
    industries: list[str]
    next_step_count: int | None = Field(
        description="Next steps of contacts that it has to take; null for who reads no contacts"
    )
    late_next_step_count: int | None = Field(description="Of those, the ones past their day")


class ProcessLeadership(Resourcing):
    """All process leaders' posts on a day, by their titles, and what they have together."""

    on: IsoDate
    posts: list[LeaderPost]
