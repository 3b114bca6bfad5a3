"""Headcounts: how many places an initiative gave, and how many people came through it."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from pydantic import Field

from services.kit.contract import (
    Count,
    Day,
    Draft,
    Faults,
    Line,
    LongText,
    Reference,
    Thing,
    rule,
    wrong,
)

STAGES = ("seats", "filled", "completed", "employed")


def above(counts: Mapping[str, Any]) -> str | None:
    """The first stage that holds more people than a known one before it; None: none does."""
    known = [(stage, counts[stage]) for stage in STAGES if counts.get(stage) is not None]
    return next((now for (_, was), (now, count) in pairwise(known) if count > was), None)


class HeadcountDraft(Draft):
    """What was known on a day of an initiative's places; null: unknown, which is not nobody."""

    initiative_id: Reference
    counted_on: Day
    seats: Count | None = Field(None, description="Places planned")
    filled: Count | None = Field(None, description="People who began")
    completed: Count | None = Field(None, description="People who completed it")
    explanation: LongText | None = Field(
        None, description="Due where more people are told of than at a stage before"
    )
    source: Line = Field(description="Where the figures come from")

    @rule
    def _something(self) -> Faults:
        if self.seats is None and self.filled is None and self.completed is None:
            yield wrong("seats", "nothing_counted", "at least one of the three is known")

    @rule
    def _falling(self) -> Faults:
        counts = {"seats": self.seats, "filled": self.filled, "completed": self.completed}
        if self.explanation is None and (stage := above(counts)):
            yield wrong(stage, "above_before", "more than before it; explain why")


class Headcount(Thing, HeadcountDraft):
    """A headcount with those who got a job, which its initiative's outcomes tell of."""

    employed: int | None = Field(
        description="Of the initiative's outcomes up to the day; null while none says how many"
    )
    unexplained: bool = Field(
        description="More are employed than were at the last known stage, and nobody explained it: "
        "an outcome may have been written afterwards"
    )
