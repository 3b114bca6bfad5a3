"""A project's work: what is done when and by whom, what is told and asked, and what it costs."""

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, Field

from services.kit.contract import (
    Day,
    Draft,
    Faults,
    Line,
    LongText,
    Money,
    NoBool,
    Reference,
    Sent,
    Thing,
    rule,
    wrong,
)

MOST_CHECK_INS = 60
Every = Annotated[int, Field(ge=1, le=52), NoBool]
Times = Annotated[int, Field(ge=1, le=MOST_CHECK_INS), NoBool]


class ProjectActivityKind(StrEnum):
    """What sort of activity it is; each is planned, owned and done in the same way."""

    activity = "activity"
    communication = "communication"
    evaluation = "evaluation"
    check_in = "check_in"


# What only one kind of activity says.
OWN_FIELDS = {
    ProjectActivityKind.communication: ("audience", "channel", "recipients"),
    ProjectActivityKind.evaluation: ("indicator", "answer", "evidence"),
}


class ProjectActivityDraft(Draft):
    """Something to do in a project: an activity, a message, a question to answer, a check-in."""

    project_id: Reference
    kind: ProjectActivityKind = ProjectActivityKind.activity
    title: Line = Field(description="What is done, told, asked or checked")
    starts_on: Day | None = Field(None, description="As planned")
    due_on: Day | None = Field(None, description="The last day, as planned")
    started_on: Day | None = Field(None, description="When it began")
    done_on: Day | None = Field(None, description="When it was done, told, answered or held")
    owner_post_id: Reference | None = None
    audience: Line | None = Field(None, description="communication: who is told")
    channel: Line | None = Field(None, description="communication: how")
    recipients: Annotated[list[Line], Field(max_length=200)] | None = Field(
        None, description="communication: the organisations and groups that got it, on `done_on`"
    )
    indicator: Line | None = Field(None, description="evaluation: what shows it")
    answer: LongText | None = Field(None, description="evaluation: what was found")
    evidence: LongText | None = Field(None, description="evaluation: what the answer rests on")
    note: LongText | None = None

    @rule
    def _in_order(self) -> Faults:
        if self.starts_on and self.due_on and self.due_on < self.starts_on:
            yield wrong("due_on", "empty_period", "due_on is not earlier than starts_on")
        if self.started_on and self.done_on and self.done_on < self.started_on:
            yield wrong("done_on", "empty_period", "done_on is not earlier than started_on")

    @rule
    def _of_its_kind(self) -> Faults:
        for kind, fields in OWN_FIELDS.items():
            for field in fields if self.kind is not kind else ():
                if getattr(self, field) is not None:
                    yield wrong(field, "other_kind", "only another kind of activity says this")

    @rule
    def _told_to_somebody(self) -> Faults:
        if self.kind is ProjectActivityKind.communication:
            for field in ("audience", "channel"):
                if getattr(self, field) is None:
                    yield wrong(field, "missing", "a message has an audience and a channel")
            if self.recipients and self.done_on is None:
                yield wrong("done_on", "missing", "what was received has been sent")

    @rule
    def _answered(self) -> Faults:
        if self.kind is ProjectActivityKind.evaluation:
            if self.done_on is not None and self.answer is None:
                yield wrong("answer", "missing", "what was found is told")
            if self.answer is not None and self.evidence is None:
                yield wrong("evidence", "missing", "what the answer rests on is told")


class ProjectActivity(Thing, ProjectActivityDraft):
    """Something to do in a project."""


class CheckInUnit(StrEnum):
    """What check-ins are counted in."""

    weeks = "weeks"
    months = "months"


class CheckInPlan(Sent):
    """Check-ins again and again: each becomes an activity of its own."""

    title: Line
    first_on: Day
    every: Every = Field(description="How many weeks or months are between two")
    unit: CheckInUnit
    times: Times
    owner_post_id: Reference | None = None
    note: LongText | None = None


class CheckIns(BaseModel):
    """Check-ins that were planned together."""

    ids: list[Reference] = Field(description="The activity that each became, the first first")


class VarianceKind(StrEnum):
    """Why something cost another sum than was planned."""

    not_incurred = "not_incurred"
    price = "price"
    scope = "scope"
    moved = "moved"
    other = "other"


class ProjectBudgetLineDraft(Draft):
    """What something in a project was to cost, and did. SEK."""

    project_id: Reference
    label: Line
    plan: Money | None = Field(None, description="SEK; null: not known")
    actual: Money | None = Field(None, description="SEK; null: not known")
    variance_kind: VarianceKind | None = None
    variance_cause: LongText | None = Field(
        None, description="Why they differ; due where they do when the project ends"
    )


class ProjectBudgetLine(Thing, ProjectBudgetLineDraft):
    """What something in a project was to cost, and did."""
