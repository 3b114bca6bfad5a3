"""Consequences: what loses its owner when posts lose their holders."""

from uuid import UUID

from pydantic import BaseModel, Field

from services.kit.contract import Day


class Loss(BaseModel):
    """Something that one of the posts has, and nobody has after it."""

    id: UUID
    post_id: UUID
    council_id: UUID | None
    title: str = Field(description="Its name or text, or a seat's role")


class Consequences(BaseModel):
    """Everything that loses its owner; at most 500 of each kind."""

    on: Day
    seats: list[Loss]
    councils: list[Loss] = Field(description="Councils whose process leader it is")
    decisions: list[Loss] = Field(description="Decisions to carry out, or to look at again")
    action_items: list[Loss]
    needs: list[Loss]
    initiatives: list[Loss]
    steps: list[Loss]
