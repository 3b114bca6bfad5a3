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


class Loads(BaseModel):
    """The posts that were asked about, in their order; one that carries nothing has zeros."""

    on: IsoDate
    items: list[Load]
