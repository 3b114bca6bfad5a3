"""Charters: what a council is to do and how, one version after another."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, Field

from services.councils.contract.council import SeatRole
from services.kit.contract import Count, Day, Draft, Faults, LongText, Reference, Thing, rule, wrong

# What a charter says, in the order it is read.
CHARTER_TEXTS = (
    "purpose",
    "tasks",
    "decides_itself",
    "only_prepares",
    "members_chosen",
    "decision_making",
    "meeting_rhythm",
    "minutes_by",
    "ends_by",
    "equality_aims",
)


class PlannedSeat(BaseModel):
    """How many seats of a council are to have a role, whoever holds them."""

    model_config = {"extra": "forbid"}

    role: SeatRole
    seats: Count


class CharterWords(BaseModel):
    """What a charter says, and from when."""

    valid_from: Day = Field(description="The first day that it is in force")
    decision_id: Reference | None = Field(
        None, description="The decision that adopted it, of any council"
    )
    purpose: LongText
    tasks: LongText | None = None
    decides_itself: LongText | None = Field(None, description="What the council decides itself")
    only_prepares: LongText | None = Field(
        None, description="What it prepares and others decide, and who they are"
    )
    members_chosen: LongText | None = Field(None, description="How, by whom and for how long")
    planned_seats: list[PlannedSeat] = Field(
        default_factory=list, max_length=10, description="Which seats it is to have"
    )
    decision_making: LongText | None = Field(None, description="How decisions are made")
    meeting_rhythm: LongText | None = Field(None, description="How often it meets")
    minutes_by: LongText | None = Field(None, description="Who keeps the minutes")
    ends_by: LongText | None = Field(None, description="When and how the council ends")
    equality_aims: LongText | None = Field(
        None, description="What it wants for equality, and which norms it questions"
    )


class CharterDraft(CharterWords, Draft):
    """What a council is to do, from a day until its next charter."""

    council_id: Reference
    withdrawn_reason: LongText | None = Field(
        None, description="Why it should never have stood: it is in force on no day, but is kept"
    )
    change_reason: LongText | None = Field(
        None,
        description="Why what was adopted, or has begun, is changed: a new one each time; what "
        "stood is kept in `amendments`",
    )

    @rule
    def _each_role_once(self) -> Faults:
        if len({one.role for one in self.planned_seats}) < len(self.planned_seats):
            yield wrong("planned_seats", "repeated", "each role is planned once")

    @rule
    def _some_seats(self) -> Faults:
        for place, one in enumerate(self.planned_seats):
            if one.seats == 0:
                yield wrong(f"planned_seats.{place}.seats", "no_seats", "none is not planned")


class CharterUse(BaseModel):
    """Whether a charter is in force on the day asked for."""

    in_force: bool = Field(description="The last that had begun on the day")
    valid_to: Day | None = Field(
        description="Exclusive: the first day of the next, where that had begun; else null"
    )


class CharterAmendment(CharterWords):
    """What a charter said before it was changed, and why it was."""

    until: datetime = Field(description="The moment it was changed")
    reason: str
    fields: list[str] = Field(description="What was changed; none: a reason was told alone")


class CharterHistory(BaseModel):
    """What a charter said before."""

    amendments: list[CharterAmendment] = Field(
        default_factory=list, description="What it said before, the first first"
    )


def is_locked(charter: Mapping[str, Any], today: date) -> bool:
    """Whether others rely on a charter: it was adopted, or it has begun."""
    return bool(charter["decision_id"]) or str(charter["valid_from"]) <= today.isoformat()


class Charter(Thing, CharterUse, CharterHistory, CharterDraft):
    """What a council is to do, in one of its versions."""
