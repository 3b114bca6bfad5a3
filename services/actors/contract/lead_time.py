"""Lead times: how long it has in fact taken for something to become something else."""

from enum import StrEnum

from pydantic import BaseModel, Field

from services.kit.contract import Day, IsoDate

FEW = 5  # Fewer cases than these say nothing of the next one.


class LeadTimeKind(StrEnum):
    """From what until what."""

    mapped_to_invited = "mapped_to_invited"
    invited_to_active = "invited_to_active"
    mapped_to_active = "mapped_to_active"
    relation_to_working = "relation_to_working"
    relation_to_trusting = "relation_to_trusting"
    vacant_to_held = "vacant_to_held"
    asked_to_endorsed = "asked_to_endorsed"


class LeadTime(BaseModel):
    """How long one thing has taken up to a day; all days are null of fewer than five cases."""

    kind: LeadTimeKind
    case_count: int = Field(description="Those that came there, each the first time")
    median_days: int | None
    lower_quartile_days: int | None = Field(description="A quarter of the cases took no longer")
    upper_quartile_days: int | None = Field(description="A quarter of the cases took no shorter")
    shortest_days: int | None
    longest_days: int | None
    waiting_count: int = Field(description="Those that have not come there and still may")
    waiting_since: Day | None = Field(
        description="Since when the one waits that has waited longest"
    )
    left_out_count: int = Field(
        description="Those that ended, or went on without it, and those of which no day says when"
    )


class LeadTimes(BaseModel):
    """All that is timed, in one order."""

    on: IsoDate
    items: list[LeadTime]
