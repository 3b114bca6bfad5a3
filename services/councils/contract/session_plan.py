"""Session plans: how a meeting is led so that all are heard, and how it turned out."""

from typing import Annotated

from pydantic import BaseModel, Field

from services.councils.contract.balance import SeatSide
from services.kit.contract import (
    Count,
    Draft,
    Faults,
    Line,
    LongText,
    Reference,
    Thing,
    rule,
    wrong,
)

Length = Annotated[int, Field(ge=1, le=1440)]


class SessionPart(BaseModel):
    """One part of a meeting: how long it takes, what is done, and how all come to speak."""

    model_config = {"extra": "forbid", "str_strip_whitespace": True}

    length_minutes: Length
    what: Line
    how: Line | None = Field(None, description="How all come to speak")


class SideVoices(BaseModel):
    """How many of a side were there, and how many of them spoke; nobody by name."""

    model_config = {"extra": "forbid"}

    side: SeatSide
    present: Annotated[int, Field(ge=1, le=10_000)]
    spoke: Count


class SessionPlanDraft(Draft):
    """How one meeting is to be led, part by part; and afterwards who was heard."""

    meeting_id: Reference
    facilitator_post_id: Reference | None = Field(None, description="The post that leads it")
    aim: LongText = Field(description="What the meeting is to lead to")
    method_ids: list[Reference] = Field(
        default_factory=list, max_length=20, description="Ways of working from the library"
    )
    parts: list[SessionPart] = Field(default_factory=list, max_length=50)
    voices: list[SideVoices] = Field(
        default_factory=list, max_length=5, description="Told when the meeting is over"
    )
    learned: LongText | None = Field(None, description="What to keep, and to do otherwise")

    @rule
    def _each_side_once(self) -> Faults:
        if len({one.side for one in self.voices}) < len(self.voices):
            yield wrong("voices", "repeated", "each side is told of once")

    @rule
    def _no_more_than_all(self) -> Faults:
        for place, one in enumerate(self.voices):
            if one.spoke > one.present:
                field = f"voices.{place}.spoke"
                yield wrong(field, "more_than_all", "no more speak than are there")


class ParticipationBalance(BaseModel):
    """How even the talk was; null and nothing where nobody has told."""

    present_count: int | None
    spoke_count: int | None
    quiet_sides: list[SeatSide] = Field(description="Sides that were there, of whom nobody spoke")


class SessionPlan(Thing, ParticipationBalance, SessionPlanDraft):
    """How one meeting is led, and how it turned out."""

    total_minutes: int = Field(description="All its parts together")
