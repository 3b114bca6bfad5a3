"""Health checks: whether what makes a council work holds, by eight written criteria."""

from datetime import date
from enum import StrEnum

from pydantic import BaseModel, Field

from services.kit.contract import (
    Code,
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


class HealthJudgement(StrEnum):
    """Whether a criterion holds of a council."""

    holds = "holds"
    partly = "partly"
    does_not_hold = "does_not_hold"
    not_judged = "not_judged"


class HealthCriterion(BaseModel):
    """Something that makes a council work."""

    key: Code
    text: Line
    help: Line = Field(description="What to look for")
    source: Line = Field(description="Where it was learned")


class HealthCriteria(BaseModel):
    """An edition of the criteria. It never changes: other words are another edition."""

    edition: int
    published_on: date
    criteria: list[HealthCriterion]


class HealthEditions(BaseModel):
    """All editions of the criteria, the newest first."""

    items: list[HealthCriteria]


class HealthFinding(BaseModel):
    """What a council finds of one criterion."""

    model_config = {"extra": "forbid", "str_strip_whitespace": True}

    criterion: Code
    judgement: HealthJudgement = HealthJudgement.not_judged
    evidence: LongText | None = Field(None, description="What is judged has some")
    todo: LongText | None = Field(
        None, description="What is to be done: becomes an action item of the council, and null"
    )
    owner_post_id: Reference | None = Field(None, description="Of what is to be done")
    due_on: Day | None = Field(None, description="Of what is to be done")
    action_item_id: Reference | None = Field(None, description="What was to be done")


class HealthCheckDraft(Draft):
    """How a council finds itself working on a day."""

    council_id: Reference
    reviewed_on: Day
    edition: Count = Field(1, description="Of the criteria; `/health-criteria` has them")
    findings: list[HealthFinding] = Field(
        min_length=1, max_length=20, description="Criteria that are left out are not judged"
    )
    note: LongText | None = None
    next_review_on: Day | None = Field(None, description="When to look again")

    @rule
    def _later(self) -> Faults:
        if self.next_review_on is not None and self.next_review_on <= self.reviewed_on:
            yield wrong("next_review_on", "too_early", "it is looked at again on a later day")

    @rule
    def _each_once(self) -> Faults:
        if len({one.criterion for one in self.findings}) < len(self.findings):
            yield wrong("findings", "repeated", "each criterion is judged once")


class HealthCheckUse(BaseModel):
    """Whether a council should have looked again."""

    overdue: bool = Field(
        description="Its next day has passed, and the council is open and has not looked again"
    )


class HealthCheck(Thing, HealthCheckUse, HealthCheckDraft):
    """How a council found itself working on a day."""
