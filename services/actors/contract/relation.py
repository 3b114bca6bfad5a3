"""Relations: how two actors belong together, since when, and how well it goes."""

from enum import StrEnum

from pydantic import Field

from services.actors.contract.programme import ProgrammeForm
from services.actors.contract.relation_rating import Mark
from services.kit.contract import (
    Day,
    Draft,
    Faults,
    LongText,
    Period,
    Reference,
    Thing,
    each_once,
    rule,
    rule_for,
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
    forms: list[ProgrammeForm] = Field(
        default_factory=list,
        max_length=20,
        description="What sort of education is commissioned: the part the other actor plays",
    )
    note: LongText | None = None

    @rule
    def _commissioned(self) -> Faults:
        if self.forms and self.kind is not RelationKind.commissions:
            yield wrong("forms", "only_commissions", "who gives no commission has no forms of it")

    @rule_for("state_since")
    def _begun(self, _field: str) -> Faults:
        if self.state_since is not None and self.state_since < self.valid_from:
            yield wrong("state_since", "too_early", "no state is older than the relation")

    @rule_for("forms")
    def _each_once(self, field: str) -> Faults:
        yield from each_once(self, field)

    @rule
    def _two_actors(self) -> Faults:
        if self.actor_id == self.other_actor_id:
            yield wrong("other_actor_id", "same", "an actor has no relation to itself")


class Relation(Thing, RelationDraft):
    """How two actors belong together during a period, when they last talked, and how each finds it.

    Mutual are the marks where both sides have given one.
    """

    state: RelationState | None = Field(  # type: ignore[assignment]
        description="On the day asked for, or where it begins later; null: not known of that day"
    )
    last_contact_on: Day | None = Field(
        description="The last contact between the two, up to the day asked for; null: none is kept"
    )
    actor_mark: Mark | None = Field(
        description="The newest that the first actor gave it up to the day; null: not rated"
    )
    actor_rated_on: Day | None
    other_actor_mark: Mark | None = Field(description="The newest that the other actor gave it")
    other_actor_rated_on: Day | None
