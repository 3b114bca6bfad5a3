"""Quality circles: how a council judges its relations, thinking, acting and results, each time."""

from typing import Annotated

from pydantic import Field

from services.kit.contract import Count, Day, Draft, Faults, LongText, Reference, Thing, rule, wrong

Mark = Annotated[int, Field(ge=1, le=5)]
MARKS = ("relations_mark", "thinking_mark", "acting_mark", "results_mark")


class QualityCircleDraft(Draft):
    """What a council says together of its own work on a day; of nobody in particular.

    The first two are trust, which is not seen; the others performance, which is.
    """

    council_id: Reference
    judged_on: Day
    relations_mark: Mark | None = Field(None, description="1–5; null: not judged")
    thinking_mark: Mark | None = Field(None, description="How they think together")
    acting_mark: Mark | None = Field(None, description="How they act together")
    results_mark: Mark | None = None
    answer_count: Count | None = Field(None, description="How many were asked and answered")
    note: LongText | None = Field(None, description="What it rests on")

    @rule
    def _something(self) -> Faults:
        if all(getattr(self, name) is None for name in MARKS):
            yield wrong(MARKS[0], "no_mark", "something is judged")


class QualityCircle(Thing, QualityCircleDraft):
    """What a council says together of its own work on a day."""
