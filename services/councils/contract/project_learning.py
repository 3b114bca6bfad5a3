"""What a project learns: how it went otherwise than planned, what it concluded, what lives on."""

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from services.kit.contract import (
    Count,
    Day,
    Draft,
    Faults,
    Line,
    LongText,
    Reference,
    Thing,
    rule,
    wrong,
)

# An address on the net, or a page of this house.
Address = Annotated[
    str, StringConstraints(pattern=r"^(https?://[^\s<>\"']{3,490}|/[a-z0-9][^\s<>\"'\\]{0,490})$")
]


class ProjectDeviationDraft(Draft):
    """How a project went otherwise than planned, why, and what is done about it."""

    project_id: Reference
    what: Line
    from_on: Day | None = Field(None, description="null: not known")
    to_on: Day | None = Field(None, description="null: not known, or it goes on")
    cause: LongText
    effect: LongText | None = None
    days_lost: Count | None = Field(None, description="null: not known; 0: none")
    restart: bool = Field(
        False, description="The project began anew after it: on `to_on`, else on `from_on`"
    )
    action: LongText | None = Field(None, description="What is done about it")
    owner_post_id: Reference | None = Field(None, description="Who sees to that")
    due_on: Day | None = None
    closed: bool = Field(False, description="It is over, on a day that is not known")
    closed_on: Day | None = None

    @rule
    def _in_order(self) -> Faults:
        if self.from_on and self.to_on and self.to_on < self.from_on:
            yield wrong("to_on", "empty_period", "to_on is not earlier than from_on")
        if self.from_on and self.closed_on and self.closed_on < self.from_on:
            yield wrong("closed_on", "too_early", "it began later")
        if self.closed and self.closed_on:
            yield wrong("closed", "told_twice", "the day says it already")


class ProjectDeviation(Thing, ProjectDeviationDraft):
    """How a project went otherwise than planned."""


class ProjectLessonKind(StrEnum):
    """Who learnt it, and for what."""

    conclusion = "conclusion"
    lesson = "lesson"
    reflection = "reflection"


class LessonSupport(BaseModel):
    """What a lesson rests on."""

    model_config = {"extra": "forbid", "str_strip_whitespace": True}

    what: Line
    address: Address | None = Field(None, description="On the net, or a page of this house: /…")


class ProjectLessonDraft(Draft):
    """A lesson or conclusion of a project, or a reflection of its steering group."""

    project_id: Reference
    kind: ProjectLessonKind
    text: LongText
    noted_on: Day | None = Field(None, description="null: not known")
    supports: list[LessonSupport] = Field(default_factory=list, max_length=20)


class ProjectLesson(Thing, ProjectLessonDraft):
    """What a project learnt, for others to use."""


class ProjectContinuationDraft(Draft):
    """What goes on after a project, and who carries it."""

    project_id: Reference
    what: Line
    carrier_actor_id: Reference | None = None
    carrier_post_id: Reference | None = None
    from_on: Day | None = Field(None, description="null: not known")
    resource: LongText | None = Field(None, description="What it needs")
    decision_id: Reference | None = Field(None, description="The decision about it")


class ProjectContinuation(Thing, ProjectContinuationDraft):
    """What goes on after a project."""

    carried: bool = Field(description="An actor or a post carries it")
