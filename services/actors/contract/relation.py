"""Relations: how two actors belong together, since when, and how well it goes."""

from enum import StrEnum

from pydantic import Field

from services.kit.contract import (
    Day,
    Draft,
    Faults,
    LongText,
    Period,
    Reference,
    Thing,
    rule,
    wrong,
)


class RelationKind(StrEnum):
    """How the first actor belongs to the second."""

    member_of = "member_of"
    part_of = "part_of"
    collaborates_with = "collaborates_with"
    commissions = "commissions"
    funds = "funds"


class RelationState(StrEnum):
    """How well a relation carries; rebuild follows when key persons leave."""

    new = "new"
    working = "working"
    trusting = "trusting"
    strained = "strained"
    rebuild = "rebuild"


class RelationDraft(Period, Draft):
    """The first actor is a member of, part of, works with, commissions or funds the second."""

    actor_id: Reference
    other_actor_id: Reference
    kind: RelationKind
    state: RelationState = RelationState.new
    state_since: Day | None = Field(None, description="The day it came into its state")
    note: LongText | None = None

    @rule
    def _two_actors(self) -> Faults:
        if self.actor_id == self.other_actor_id:
            yield wrong("other_actor_id", "same", "an actor has no relation to itself")


class Relation(Thing, RelationDraft):
    """How two actors belong together during a period, and when they last talked."""

    last_contact_on: Day | None = Field(
        description="The last contact between the two, up to the day asked for; null: none is kept"
    )
