"""Standing items: what stands on the agenda of every meeting of a council, for a time."""

from pydantic import BaseModel, Field

from services.councils.contract.meeting import AgendaKind
from services.kit.contract import Draft, Name, Period, Reference, Thing


class StandingItemDraft(Period, Draft):
    """A point that every meeting of a council has, from a day until another."""

    council_id: Reference
    title: Name
    kind: AgendaKind = AgendaKind.information
    takes_carried_issues: bool = Field(
        False,
        description="What ambassadors carried to the council and is not answered is told there",
    )


class StandingItemUse(BaseModel):
    """How far a standing item is used."""

    in_force: bool = Field(description="It lasts on the day asked for")
    agenda_item_count: int = Field(description="On how many agendas it stands")


class StandingItem(Thing, StandingItemUse, StandingItemDraft):
    """A point that every meeting of a council has during a period."""
