"""Loads: how much of the councils' work each of some posts carries."""

from uuid import UUID

from pydantic import BaseModel, Field

from services.kit.contract import IsoDate


class Load(BaseModel):
    """What one post carries on a day, of what the caller may know of."""

    post_id: UUID
    council_count: int = Field(description="Open councils whose process leader it is")
    need_count: int = Field(description="Open needs that it owns")
    action_item_count: int = Field(description="Action items that it has to do")
    late_action_item_count: int = Field(description="Of those, the ones past their day")
    initiative_count: int = Field(description="Running initiatives that it owns")
    step_count: int = Field(description="Steps that it has to take, of initiatives that go on")
    late_step_count: int = Field(description="Of those, the ones past their day")
    decision_count: int = Field(
        description="Decisions that it is to carry out, or to look at again: `open` in /decisions"
    )
    interview_count: int | None = Field(
        description="Interviews of its that are not finished; null for who reads no interviews"
    )


class Loads(BaseModel):
    """The posts that were asked about, in their order; one that carries nothing has zeros."""

    on: IsoDate
    items: list[Load]
