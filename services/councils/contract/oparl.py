"""OParl: councils, meetings and papers in the open standard of council information systems.

Shapes after the schemas of OParl 1.1 (schema.oparl.org), whose field names are its own: what it has
no word for stands under `kompetensnav:own`. Its days are inclusive, as those of Popolo.
"""

from typing import Any

import orjson
from pydantic import BaseModel, ConfigDict, Field, field_validator
from pydantic_core import PydanticCustomError

from services.kit.contract import Reference

MOST = 500_000


class OparlObject(BaseModel):
    """One object, as the schema that `type` names says it."""

    model_config = ConfigDict(extra="allow")

    id: str
    type: str


class OparlPage(BaseModel):
    """A page of a list of objects: `links.next` leads on where there are more."""

    data: list[OparlObject]
    pagination: dict[str, int]
    links: dict[str, str]


class OparlActor(BaseModel):
    """An organization of an archive that an actor of the registry is."""

    model_config = ConfigDict(extra="forbid")

    id: str = Field(description="What the archive calls it, in full")
    actor_id: Reference


class OparlRequest(BaseModel):
    """An archive: its objects, nested or by reference, and who they are here."""

    model_config = ConfigDict(extra="forbid")

    objects: list[dict[str, Any]] = Field(max_length=MOST)
    leader_actor_id: Reference | None = Field(
        None, description="Who leads the councils of which the archive does not say it in our words"
    )
    actors: list[OparlActor] = Field(
        default_factory=list,
        max_length=1000,
        description="On whose behalf members sit: only of these there are seats",
    )

    @field_validator("objects")
    @classmethod
    def _readable(cls, objects: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Half a letter, or a depth that nobody writes, is no object of anybody's."""
        try:
            orjson.dumps(objects)
        except TypeError:
            told = "half a letter, or nested too deep"
            raise PydanticCustomError("unreadable", told) from None
        return objects


class OparlTaken(BaseModel):
    """What an import made and changed, and what it left."""

    made: dict[str, int]
    changed: dict[str, int]
    same: dict[str, int]
    kept: dict[str, int] = Field(
        description="Left as they are: changed here since, or of a closed council or locked minutes"
    )
    left_out: dict[str, int] = Field(description="Objects that become nothing here, by why")
    unread_fields: dict[str, int] = Field(description="Fields that are not taken in, and how often")
