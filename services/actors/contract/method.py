"""Methods: ways of working that process leaders use, so that each need not invent its own."""

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, Field

from services.kit.contract import (
    Day,
    Draft,
    Faults,
    LongText,
    Name,
    Reference,
    Sent,
    Thing,
    each_once,
    rule,
    rule_for,
    wrong,
)

Number = Annotated[int, Field(ge=1, le=100_000)]


class MethodStep(StrEnum):
    """Where in the work a method is used."""

    selection = "selection"
    prerequisites = "prerequisites"
    building_trust = "building_trust"
    interviews = "interviews"
    gap_analysis = "gap_analysis"
    meeting = "meeting"
    follow_up = "follow_up"
    other = "other"


class MethodDraft(Draft):
    """A way of working: what it is for, when it is used, and how."""

    name: Name
    purpose: LongText
    steps: list[MethodStep] = Field(
        min_length=1, max_length=len(MethodStep), description="Where in the work it is used"
    )
    how_to: LongText = Field(description="How it is done; paragraphs as they are written")
    duration_minutes: Number | None = Field(None, description="How long it takes; null: no telling")
    group_from: Number | None = Field(None, description="The fewest that it works with")
    group_to: Number | None = Field(None, description="The most that it works with")
    materials: LongText | None = None

    @rule_for("steps")
    def _each_once(self, field: str) -> Faults:
        yield from each_once(self, field)

    @rule
    def _group(self) -> Faults:
        if None not in (self.group_from, self.group_to) and self.group_to < self.group_from:  # type: ignore[operator]
            yield wrong("group_to", "below_from", "the most are not fewer than the fewest")


class MethodState(BaseModel):
    """What actions change in a method."""

    retired_on: Day | None = None


class Method(Thing, MethodState, MethodDraft):
    """A way of working; one that has been used is retired, not removed."""

    retired: bool = Field(description="Nobody takes it up any more, on the day asked for")
    use_count: int = Field(description="How often it is noted to have been used by that day")
    last_used_on: Day | None = Field(description="When last, of those")


class MethodUseDraft(Draft):
    """A method was used on a day, by whom and for what where that is told."""

    method_id: Reference
    used_on: Day
    noted_by_post_id: Reference | None = Field(None, description="The post that notes it")
    note: LongText | None = Field(None, description="With whom, and how it went")


class MethodUse(Thing, MethodUseDraft):
    """A method was used on a day."""


class MethodRetirement(Sent):
    """A method is not taken up any more from a day on; what used it keeps it."""

    retired_on: Day
