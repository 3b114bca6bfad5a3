"""Uses: what of other services' things the councils service refers to."""

from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, Field


class UsedNoun(StrEnum):
    """What is used, and kept by the actors service."""

    actor = "actor"
    post = "post"
    programme = "programme"
    intake = "intake"
    method = "method"


class Use(BaseModel):
    """A thing of another service that something here names."""

    id: UUID = Field(description="The thing that is named")
    noun: str = Field(description="What names it: seat, council, initiative ...")


class Uses(BaseModel):
    """Everything of a kind that is named here, each once for each kind of thing that names it."""

    items: list[Use]
