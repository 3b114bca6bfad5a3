"""The picture of the model: its functions, what fills them, and the ties between those."""

from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, Field

from services.councils.contract.council import CouncilLevel, CouncilPhase
from services.councils.contract.model_definition import ModelPart
from services.kit.contract import IsoDate

# A council that begun longer ago than this, where nothing happened since, is a shell.
QUIET_DAYS, LATELY_DAYS = 180, 365


class PartState(StrEnum):
    """Whether a function of the model is filled on a day.

    shell: what fills it has not begun, rests, or nothing has happened there for half a year. A post
    fills its function also while it is vacant, which `vacant` of `/posts` tells.
    """

    filled = "filled"
    shell = "shell"
    empty = "empty"


class FillerKind(StrEnum):
    """What sort of thing fills a function."""

    council = "council"
    post = "post"
    actor = "actor"


class Happening(StrEnum):
    """What happened last in a council."""

    meeting = "meeting"
    decision = "decision"
    direction_answer = "direction_answer"
    escalation = "escalation"
    escalation_answer = "escalation_answer"
    outcome = "outcome"


class TieKind(StrEnum):
    """What ties two that fill the model."""

    parent = "parent"
    direction = "direction"
    escalation = "escalation"
    process_leader = "process_leader"


class PartFiller(BaseModel):
    """Somebody that fills a function."""

    kind: FillerKind
    id: UUID
    name: str | None = Field(
        description="Of a council; posts and actors are told at `/posts`, `/actors`"
    )
    phase: CouncilPhase | None = Field(description="Of a council, on the day")
    last_on: IsoDate | None = Field(description="When something happened last, up to the day")
    last: Happening | None = Field(description="What that was, in a council")
    meeting_count: int = Field(description="Meetings held in the year before")
    decision_count: int = Field(description="Decisions in the year before")
    shell: bool = Field(description="It has not begun, rests, or nothing has happened for long")
    example: bool


class PicturePart(ModelPart):
    """A function of the model, as it is on the day."""

    state: PartState
    fillers: list[PartFiller]
    hidden_count: int = Field(
        description="Councils that fill it too, which the caller may not read"
    )


class OutsideCouncil(PartFiller):
    """A council that no function of the model tells of."""

    level: CouncilLevel


class PictureTie(BaseModel):
    """What ties two; directions and lifts are counted together."""

    kind: TieKind
    from_id: UUID
    to_id: UUID
    count: int
    waiting_count: int = Field(description="Of those, not answered by the day")


class Picture(BaseModel):
    """The model on a day, drawn from what there is."""

    on: IsoDate
    model_definition_id: UUID | None = Field(
        description="The version in force; null for Kompetensnav's own, while none is written"
    )
    valid_from: IsoDate | None
    parts: list[PicturePart]
    outside: list[OutsideCouncil] = Field(description="Councils that no function tells of")
    ties: list[PictureTie]
