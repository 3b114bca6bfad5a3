"""Joint work: what two actors do together, and not only where they meet."""

from uuid import UUID

from pydantic import BaseModel, Field

from services.kit.contract import IsoDate


class JointWork(BaseModel):
    """What an actor has together with another one up to a day, of what the caller may know of."""

    actor_id: UUID = Field(description="The other actor")
    council_count: int = Field(description="Councils where both have had a seat at the same time")
    present_council_count: int = Field(description="Of those, where both have one on the day")
    meeting_count: int = Field(description="Meetings held where both were present")
    initiative_count: int = Field(description="Initiatives that both lead or take part in")
    running_initiative_count: int = Field(description="Of those, under way on the day")
    outcome_initiative_count: int = Field(description="Of those, with an outcome by the day")


class JointWorks(BaseModel):
    """With each other actor, the most joint work first; asked of one actor, zeros too."""

    on: IsoDate
    items: list[JointWork]
