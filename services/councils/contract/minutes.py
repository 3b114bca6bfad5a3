"""Minutes as they are typed: what stands on somebody's screen, and what became of it."""

from typing import Annotated

from pydantic import BaseModel, Field

from services.councils.contract.interview import Writer
from services.councils.contract.meeting import AgendaItem
from services.kit.contract import Count, Faults, LongText, Moment, Reference, Sent, rule, wrong

LONGEST, MOST_POINTS = 20_000, 1000


class TypedMinutes(Sent):
    """The minutes of a point as they stand on somebody's screen."""

    agenda_item_id: Reference
    minutes: LongText | None = None
    version: Annotated[int, Field(ge=1, le=2**31 - 1)] = Field(
        description="The version of the point that this text began from"
    )


class MinutesSet(Sent):
    """What was typed at some points; only where nobody else wrote meanwhile is it stored."""

    items: list[TypedMinutes] = Field(max_length=MOST_POINTS)
    writer: Writer | None = Field(
        None, description="Names the open page: what it saved itself is never a conflict to it"
    )
    turn: Count = Field(
        0, description="Counts what the page sends: what comes late is not stored over the newer"
    )

    earlier: dict[Writer, Count] = Field(
        default_factory=dict,
        max_length=20,
        description="The pages that this one was restored from, each with its last turn: "
        "what they saved up to then is no conflict either",
    )

    @rule
    def _one_each(self) -> Faults:
        ids = [item.agenda_item_id for item in self.items]
        if len(set(ids)) < len(ids):
            yield wrong("items", "repeated", "each point is named once")


class OthersMinutes(AgendaItem):
    """A point where somebody else wrote."""

    written_by: str | None = Field(
        None, description="Who, as the change log names them; null for who sees no personal data"
    )
    written_at: Moment | None = Field(None, description="When these minutes were saved")


class SavedMinutes(BaseModel):
    """What became of typed minutes. Where `conflicts` is not empty the status is 409."""

    saved: list[AgendaItem]
    conflicts: list[OthersMinutes] = Field(
        description="The points where somebody else wrote; yours is not stored there"
    )
