"""Labels: what things of any service are called, found by id or by words."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, Field


class Freshness(BaseModel):
    """How new an answer is; absent where every service was heard and all of it applied."""

    stale: bool = Field(False, description="Whether anything may be missing")
    silent: list[str] = Field(default_factory=list, description="The services that were silent")
    behind: list[str] = Field(
        default_factory=list, description="Those that changed much at once: it is being applied"
    )
    heard_at: dict[str, datetime | None] = Field(
        default_factory=dict, description="When each service was last heard; null: never"
    )


class LabelOfThing(BaseModel):
    """What a thing is called, and what it is."""

    noun: str = Field(description="The thing's noun, in the singular", examples=["need"])
    label: str = Field(examples=["Exempelföretag 1"])


class LabelFound(LabelOfThing):
    """A thing that a search found."""

    id: UUID
    example: bool = Field(description="Invented, and marked so wherever it is shown")


class LabelsFound(Freshness):
    """What a search found, the best first."""

    items: list[LabelFound]
    next: None
