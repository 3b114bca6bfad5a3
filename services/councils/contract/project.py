"""Projects: work for a time, by an assignment whose versions stay, for a council that leads it."""

from enum import StrEnum

from pydantic import BaseModel, Field

from services.kit.contract import (
    Day,
    Draft,
    Faults,
    LongText,
    Name,
    Reference,
    Sent,
    Thing,
    rule,
    wrong,
)

# What an assignment says, in the order it is read.
ASSIGNMENT_TEXTS = ("aim", "scope", "limits")


class ProjectStatus(StrEnum):
    """How far a project has come."""

    planned = "planned"
    running = "running"
    ended = "ended"
    stopped = "stopped"


PROJECT_ENDS = (ProjectStatus.ended, ProjectStatus.stopped)


class ProjectDraft(Draft):
    """A project: what for, who owns, pays, leads and steers it, and when."""

    name: Name
    purpose: LongText
    council_id: Reference | None = Field(None, description="Its steering group")
    owner_actor_id: Reference
    funder_actor_id: Reference | None = Field(None, description="null: not known, or nobody")
    leader_post_id: Reference | None = Field(None, description="The post of who leads it")
    starts_on: Day | None = Field(None, description="As planned; null: not known")
    ends_on: Day | None = Field(None, description="The last day, as planned; null: not known")

    @rule
    def _in_order(self) -> Faults:
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            yield wrong("ends_on", "empty_period", "ends_on is not earlier than starts_on")


class ProjectState(BaseModel):
    """What actions change in a project."""

    status: ProjectStatus = ProjectStatus.planned
    started_on: Day | None = Field(None, description="null: not yet, or the day is not known")
    ended_on: Day | None = Field(None, description="null: not yet, or the day is not known")
    ending_reason: LongText | None = None


class Project(Thing, ProjectState, ProjectDraft):
    """A project, with what is left to do in it and what it has lost."""

    activity_count: int
    open_activity_count: int
    next_due_on: Day | None = Field(description="Of what is left to do")
    days_lost: int | None = Field(
        description="Of the deviations that say how many; null while none of them does"
    )


class ProjectStarted(Sent):
    """A project begins."""

    started_on: Day | None = Field(None, description="null: the day is not known")


class ProjectEnded(Sent):
    """A project is carried through; what is open needs a reason."""

    ended_on: Day | None = Field(None, description="null: the day is not known")
    reason: LongText | None = Field(
        None, description="Due where something is open: activities, continuation, questions"
    )


class ProjectStopped(Sent):
    """A project is stopped before it is carried through: why."""

    ended_on: Day | None = Field(None, description="null: the day is not known")
    reason: LongText


class ProjectDays(Sent):
    """When a project began and ended, put right; null: not yet, or the day is not known."""

    started_on: Day | None = None
    ended_on: Day | None = None


class ProjectOpen(BaseModel):
    """What is open in a project: asked about before it ends, each at most 200."""

    activities: list[Reference] = Field(description="Not done, and no question of evaluation")
    questions: list[Reference] = Field(description="Questions of evaluation without an answer")
    continuations: list[Reference] = Field(description="What nobody carries after the project")
    deviations: list[Reference] = Field(description="Not closed")
    unexplained_lines: list[Reference] = Field(
        description="Budget lines that differ without a cause: explained before it ends"
    )


class ProjectSide(BaseModel):
    """What was done on one side of a restart."""

    from_on: Day | None = Field(description="null: from the first that is known")
    to_on: Day | None = Field(
        description="The last day of it; null: the project ended on a day that is not known"
    )
    days: int | None = Field(description="null: one of the days is not known")
    activities_done: int
    meetings_held: int | None = Field(description="Of the steering group; null: it has none")


class ProjectBreak(BaseModel):
    """A restart, and what was done before and after it."""

    deviation_id: Reference
    on: Day = Field(description="The first day after the restart")
    before: ProjectSide
    after: ProjectSide


class ProjectBreaks(BaseModel):
    """A project's restarts whose day is known, the first first."""

    items: list[ProjectBreak]
    actor_ids: list[Reference] = Field(
        description="Who pays for it or has had a seat in its steering group, but for its owner"
    )


class ProjectAssignmentDraft(Draft):
    """What a project is to do, in one of its versions. Once decided it never changes."""

    project_id: Reference
    aim: LongText
    scope: LongText | None = Field(None, description="What is part of it")
    limits: LongText | None = Field(None, description="What is not")
    decided_on: Day | None = Field(None, description="null: not decided yet")
    council_id: Reference | None = Field(None, description="The council that decided it")
    decision_id: Reference | None = Field(
        None, description="The decision, where one is written: of that council, made by then"
    )
    change_reason: LongText | None = Field(
        None, description="Why it differs from the version before; due from the second on"
    )

    @rule
    def _decided(self) -> Faults:
        if self.decision_id is not None and self.decided_on is None:
            yield wrong("decided_on", "missing", "a decision has its day")


class ProjectVersion(BaseModel):
    """Which version of an assignment it is, and whether the project works by it."""

    number: int = Field(1, description="1, 2, 3 …: the service counts them")


class ProjectAssignment(Thing, ProjectVersion, ProjectAssignmentDraft):
    """What a project is to do, in one of its versions."""

    in_force: bool = Field(description="The last that is decided")
