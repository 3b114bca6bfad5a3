"""Copies: a council for another industry, or one organisation, begun from another's workings."""

from uuid import UUID

from pydantic import BaseModel, Field

from services.councils.contract.charter import PlannedSeat
from services.councils.contract.council import CouncilKind
from services.kit.contract import (
    Day,
    Draft,
    Faults,
    Line,
    LongText,
    Name,
    Reference,
    each_once,
    rule,
    wrong,
)


class CopyText(BaseModel):
    """A text of the original that comes along, and whom of its own it names."""

    field: str = Field(description="Where it stands, such as `charter.tasks`")
    text: str
    proposed: str = Field(description="The same with `[namn]` in place of whom it may name")
    names: list[str] = Field(
        description="Whom it may name, as written: actors, persons and posts, addresses and "
        "numbers, and what looks like a name"
    )


class LeftBehind(BaseModel):
    """How much of the original does not come along."""

    meetings: int
    decisions: int
    seats: int
    needs: int
    initiatives: int
    action_items: int


class CouncilCopyPreview(BaseModel):
    """What of a council would come along in a copy, and what not."""

    council_id: UUID
    texts: list[CopyText]
    planned_seats: list[PlannedSeat] = Field(description="Seats without those who hold them")
    parent_id: UUID | None = Field(
        description="The body that a copy for an industry works under too; null where none is open"
    )
    left: LeftBehind


class CopiedText(BaseModel):
    """A text as the copy is to have it."""

    model_config = {"extra": "forbid", "str_strip_whitespace": True}

    field: Line
    text: LongText | None = Field(None, description="Null: it does not come along")
    confirmed: bool = Field(False, description="The names in it are to stand there")


class CouncilCopyDraft(Draft):
    """A new council with the workings of another, and nobody of it."""

    name: Name
    kind: CouncilKind
    industry: Name | None = None
    actor_id: Reference | None = Field(
        None, description="The one organisation that it is for; convenes and leads it"
    )
    leader_actor_ids: list[Reference] = Field(default_factory=list, max_length=20)
    starts_on: Day | None = None
    ends_on: Day | None = None
    texts: list[CopiedText] = Field(
        default_factory=list,
        max_length=100,
        description="Those that are changed, left out or confirmed; the others as they are",
    )

    @rule
    def _for_somebody(self) -> Faults:
        if (self.industry is None) == (self.actor_id is None):
            yield wrong("industry", "one_of_two", "an industry or an organisation")

    @rule
    def _led(self) -> Faults:
        if self.actor_id is None and not self.leader_actor_ids:
            yield wrong("leader_actor_ids", "missing", "who leads it?")
        yield from each_once(self, "leader_actor_ids")

    @rule
    def _ends_some_day(self) -> Faults:
        if self.kind is CouncilKind.temporary_council and self.ends_on is None:
            yield wrong("ends_on", "missing", "a temporary council has an end date")
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            yield wrong("ends_on", "empty_period", "ends_on is not earlier than starts_on")
