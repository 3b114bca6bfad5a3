"""Departures: a person leaves posts, an actor withdraws or returns, and what follows from it.

What councils and needs lose by it is answered by the councils service, for the posts named here.
"""

from datetime import date
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, Field

from services.actors.contract.actor import ActorLevel, Standing
from services.actors.contract.carried_issue import CarriedIssue
from services.actors.contract.contact import Contact
from services.actors.contract.joining import Joining
from services.actors.contract.leadership import LeaderAssignment
from services.actors.contract.mandate import Mandate
from services.actors.contract.pledge import Pledge
from services.actors.contract.post import Holding
from services.actors.contract.programme import Programme
from services.actors.contract.relation import Relation
from services.actors.contract.role_trial import RoleTrial
from services.actors.contract.takeover import LeftNoun, Takeover
from services.kit.contract import (
    Day,
    Draft,
    Faults,
    Line,
    LongText,
    Reference,
    Sent,
    rule,
    wrong,
)


class Succession(BaseModel):
    """Who has one of the posts after the leaver, from the day that they leave it."""

    model_config = {"extra": "forbid"}

    post_id: Reference
    person_id: Reference


class DepartureTakeover(BaseModel):
    """A post takes care of something that hangs on one of the posts left."""

    model_config = {"extra": "forbid", "str_strip_whitespace": True}

    left_post_id: Reference
    noun: LeftNoun
    thing_id: Reference
    what: Line = Field(description="What it is called")
    owner_post_id: Reference = Field(description="The post that takes care of it")


class PersonDeparture(Sent):
    """A person leaves: every post, or those named; perhaps with all that is agreed about it."""

    left_on: Day = Field(description="The first day without them")
    post_ids: list[Reference] = Field(
        default_factory=list, max_length=100, description="Only these posts; empty: all they hold"
    )
    handover: LongText | None = Field(None, description="What the next holders need to know")
    successors: list[Succession] = Field(default_factory=list, max_length=100)
    takeovers: list[DepartureTakeover] = Field(
        default_factory=list,
        max_length=1000,
        description="Who takes care of what; stored with the departure, or nothing is",
    )

    @rule
    def _one_successor(self) -> Faults:
        posts = [one.post_id for one in self.successors]
        if len(set(posts)) < len(posts):
            yield wrong("successors", "repeated", "one person after the leaver in each post")

    def concerns(self, begun: date, ended: date | None, *, today: date) -> bool:
        """Whether it ends a holding: one that runs then, or that has not begun by today either.

        One that began later, by today, is a return: it is left as it is.
        """
        lasts = ended is None or ended > self.left_on
        return lasts and (begun <= self.left_on or begun > today)


class LeftStatus(StrEnum):
    """How an actor that leaves has left: it is still there, or there is no such actor any more."""

    withdrawn = "withdrawn"
    closed = "closed"


class ActorWithdrawal(Draft):
    """An actor withdraws from the collaboration; its holdings stay, its standing changes."""

    withdrawn_on: Day
    reason: Line
    status: LeftStatus = Field(
        LeftStatus.withdrawn,
        description="closed: the actor itself is no more; it returns only where it begins anew",
    )


class ActorReturn(Draft):
    """An actor that withdrew comes back as active."""

    returned_on: Day
    level: ActorLevel | None = Field(None, description="The level it had where nothing is given")
    reason: Line | None = None


class Consequences(BaseModel):
    """What a departure, a withdrawal or a return did among actors."""

    on: Day
    person_id: UUID | None = Field(description="Who left; null where an actor did")
    actor_ids: list[UUID] = Field(description="The actors it concerns")
    ended_holdings: list[Holding] = Field(description="Those that last until that day now")
    removed_holdings: list[Holding] = Field(
        description="Those that were not to begin before it: they are taken away, and were as here"
    )
    post_ids: list[UUID] = Field(
        description="The posts left, or the actor's: ask councils what hangs on them"
    )
    successor_holdings: list[Holding] = Field(description="Of those who come after the leaver")
    takeovers: list[Takeover] = Field(description="Those that were stored with the departure")
    vacant_post_ids: list[UUID] = Field(
        description="Posts that nobody holds or covers from that day on"
    )
    mandates: list[Mandate] = Field(
        description="Mandates that last and whose holder or issuer withdrew, or whose holding post "
        "or ambassador is a withdrawn actor's, or became vacant"
    )
    ownerless_pledges: list[Pledge] = Field(
        description="Contributions not delivered that these vacant posts, or the posts of a "
        "withdrawn actor, were to see to, and those that it promised"
    )
    ownerless_joinings: list[Joining] = Field(
        description="Joinings on their way that these vacant posts, or the posts of a withdrawn "
        "actor, were to see to, and those of it"
    )
    waiting_role_trials: list[RoleTrial] = Field(
        description="Roles that a withdrawn actor is asked to take and has not answered about"
    )
    ownerless_leader_assignments: list[LeaderAssignment] = Field(
        description="What these vacant posts, or the posts of a withdrawn actor, were to lead "
        "beyond that day, and what leads it or is funded by it then"
    )
    rebuild_relations: list[Relation] = Field(description="Relations marked rebuild by it")
    open_contacts: list[Contact] = Field(description="Contacts whose next step lost its owner")
    unanswered_issues: list[CarriedIssue] = Field(
        description="What ambassadors at these vacant posts, or the posts of a withdrawn actor, "
        "carried and are still to bring an answer to"
    )
    programmes: list[Programme] = Field(description="What a withdrawn actor provides")
    open_takeovers: list[Takeover] = Field(
        description="What these posts had taken over from others and not finished"
    )
    standing: Standing | None = Field(description="The actor's new standing")


class StandingUndo(BaseModel):
    """What was given back when a standing was taken back."""

    on: Day = Field(description="The day that the standing taken back began")
    actor_id: UUID
    standing: Standing | None = Field(description="The standing that lasts again")
    relations: list[Relation] = Field(description="Relations that are as they were before it")
