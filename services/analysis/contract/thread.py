"""Threads: the red thread of a need from interview to outcome, and where it is broken."""

from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, Field

from services.analysis.contract.label import Freshness
from services.kit.contract import Day, MunicipalityCode


class ThreadStage(StrEnum):
    """The places along the red thread, in order."""

    interview = "interview"
    gap = "gap"
    need = "need"
    actor = "actor"
    council = "council"
    decision = "decision"
    initiative = "initiative"
    outcome = "outcome"
    edition = "edition"


class BreakKind(StrEnum):
    """How a thread is broken.

    no_actor: nobody that takes part leads an open council of the need, or an initiative for it
    that is not stopped. A break is never older than the thing that it is about.
    """

    no_source = "no_source"
    no_council = "no_council"
    no_actor = "no_actor"
    no_decision = "no_decision"
    decision_without_initiative = "decision_without_initiative"
    initiative_without_outcome = "initiative_without_outcome"
    ownerless = "ownerless"
    outcome_not_in_edition = "outcome_not_in_edition"
    direction_unanswered = "direction_unanswered"


class Label(BaseModel):
    """What a thing of any service is called."""

    id: UUID
    noun: str = Field(description="As in its address: needs, action-items")
    name: str


class ThreadThing(BaseModel):
    """A thing of any service on a thread, and what it is called to whoever asks."""

    id: UUID
    noun: str = Field(description="As in its address: needs, action-items")
    name: str | None = Field(description="Null: it has none, or it is withheld")
    withheld: bool = Field(
        description="It is there, and the caller may not know what it is called: an interview is "
        "personal, other things belong to whom they are about. Its stage, day and links are told"
    )


class ThreadStep(BaseModel):
    """One thing on the thread, and the things before it that lead to it."""

    stage: ThreadStage
    thing: ThreadThing
    on: Day | None = Field(description="When it happened; null: not dated")
    from_ids: list[UUID] = Field(description="The earlier things that it follows from")
    status: str | None = Field(
        description="An initiative's status: one that is proposed or stopped carries out no "
        "decision. `withdrawn` of an interview or an answer whose consent ended. Null of all else"
    )


class Break(BaseModel):
    """A place where the threads of one or more needs stop, and who can mend it."""

    kind: BreakKind
    stage: ThreadStage = Field(description="The stage that is missing or has nobody")
    need_ids: list[UUID] = Field(description="The needs whose threads it stops, at least one")
    thing: ThreadThing = Field(description="Where the thread stops")
    since: Day
    days: int = Field(description="How long it has been so")
    council_id: UUID | None
    owner_post_id: UUID | None = Field(description="Who should act; null: nobody owns it")
    example: bool = Field(
        description="Where it stops, a need that it stops, or what tells since when, is invented"
    )


class Thread(BaseModel):
    """Everything that a need came from and led to, in order of stage and day.

    Of a need that another was split into also what was decided and done for that one.
    """

    need_id: UUID
    name: str = Field(description="The need's statement, shortened")
    status: str = Field(description="The need's status")
    horizon: str = Field(description="The need's horizon")
    council_id: UUID | None
    municipality_codes: list[MunicipalityCode]
    example: bool = Field(description="Invented, and marked so wherever it is shown")
    steps: list[ThreadStep]
    breaks: list[Break]
    reached: ThreadStage = Field(description="The furthest stage that has something in it")


class ThreadList(Freshness):
    """The threads of needs, those of the needs that changed last first."""

    items: list[Thread]
    next: str | None = Field(description="The next page")
    count: int | None = Field(None, description="All, where asked for with count=true")
    left_out: int | None = Field(
        None, description="How many needs were not looked at, where there are more than a thousand"
    )


class BreakList(Freshness):
    """Breaks of threads, the oldest first."""

    items: list[Break]
    next: str | None = Field(description="The next page")
    count: int | None = Field(None, description="All, where asked for with count=true")
    left_out: int | None = Field(
        None, description="How many needs were not looked at, where there are more than a thousand"
    )
