"""Initiatives: what is done about needs, by whom, step by step, and what came of it."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, Field

from services.councils.contract.budget_line import Sum
from services.councils.contract.need import Horizon
from services.kit.contract import (
    Count,
    Day,
    Draft,
    Faults,
    Line,
    LongText,
    Money,
    MunicipalityCode,
    Name,
    Reference,
    Sent,
    Thing,
    Url,
    each_once,
    rule,
    wrong,
)

Position = Annotated[int, Field(ge=0, le=10_000)]
Measure = Annotated[Decimal, Field(max_digits=14, decimal_places=4)]


class InitiativeKind(StrEnum):
    """What sort of measure an initiative is."""

    education_start = "education_start"
    commissioned_training = "commissioned_training"
    labour_market_measure = "labour_market_measure"
    workplace_learning = "workplace_learning"
    study_visit = "study_visit"
    marketing = "marketing"
    checklist = "checklist"
    council_start = "council_start"
    study = "study"
    other = "other"


class InitiativeStatus(StrEnum):
    """How far an initiative has come."""

    proposed = "proposed"
    decided = "decided"
    running = "running"
    done = "done"
    stopped = "stopped"


INITIATIVE_ENDS = (InitiativeStatus.done, InitiativeStatus.stopped)


class Partner(BaseModel):
    """An actor that takes part, and with what."""

    model_config = {"extra": "forbid", "str_strip_whitespace": True}

    actor_id: Reference
    part: Line
    leads: bool = Field(False, description="Leads together with the lead actor")


class InitiativeDraft(Draft):
    """A measure that answers needs, led by one actor and shared by others."""

    title: Name
    kind: InitiativeKind
    description: LongText | None = None
    need_ids: list[Reference] = Field(
        default_factory=list,
        max_length=200,
        description="The needs that it answers, in whose threads it stands; none: in no thread",
    )
    decision_id: Reference | None = None
    council_id: Reference | None = None
    lead_actor_id: Reference
    owner_post_id: Reference | None = None
    partners: list[Partner] = Field(default_factory=list, max_length=50)
    horizon: Horizon
    budget: Money | None = Field(
        None, description="SEK, as one figure; where there are budget lines, they tell it"
    )
    actual: Money | None = Field(None, description="SEK, as one figure; or of the budget lines")
    programme_id: Reference | None = None
    intake_id: Reference | None = None
    starts_on: Day | None = None
    ends_on: Day | None = Field(None, description="The last day")
    audience: Line | None = None
    effect: LongText | None = None
    reported_by: MunicipalityCode | None = Field(
        None, description="The municipality whose key may write it; null: only the association"
    )

    @rule
    def _in_order(self) -> Faults:
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            yield wrong("ends_on", "empty_period", "ends_on is not earlier than starts_on")

    @rule
    def _each_once(self) -> Faults:
        yield from each_once(self, "need_ids")
        partners = [partner.actor_id for partner in self.partners]
        if len(set(partners)) < len(partners):
            yield wrong("partners", "repeated", "each partner is named once")

    @rule
    def _lead_apart(self) -> Faults:
        if self.lead_actor_id in [partner.actor_id for partner in self.partners]:
            yield wrong("partners", "leads", "the lead actor is not its own partner")


class InitiativeState(BaseModel):
    """What actions change in an initiative."""

    status: InitiativeStatus = InitiativeStatus.proposed
    decided_on: Day | None = None
    equality_check: LongText | None = None
    started_on: Day | None = None
    closed_on: Day | None = None
    closing_reason: Line | None = None


class Initiative(Thing, InitiativeState, InitiativeDraft):
    """An initiative, its steps and what has come of it."""

    equality_check_lacking: bool = Field(
        description="It is decided, neither it nor its decision was checked for equality, and a "
        "need tells of under 40 % of one sex; also where that was written afterwards"
    )
    budget: Sum | None = Field(description="SEK: the lines' plans, or the one figure")
    actual: Sum | None = Field(
        description="SEK: what is known of the lines, or the one figure; null while nothing is"
    )
    variance: Sum | None = Field(
        description="SEK: actual less plan of the lines whose actual is known, or of the figures"
    )
    budget_line_count: int
    open_budget_line_count: int = Field(description="Lines whose actual nobody has told")
    step_count: int
    open_step_count: int
    next_due_on: Day | None
    outcome_count: int
    persons_employed: int | None = Field(
        description="Of the outcomes that say how many; null while none of them does"
    )


class InitiativeDecided(Sent):
    """An initiative is decided: by which decision, and checked for equality where that is due."""

    decided_on: Day
    decision_id: Reference | None = None
    equality_check: LongText | None = Field(
        None, description="Due where a need has under 40 % of one sex"
    )


class InitiativeStarted(Sent):
    """An initiative begins."""

    started_on: Day


class InitiativeFinished(Sent):
    """An initiative is done; without an outcome it needs a reason."""

    closed_on: Day
    reason: Line | None = None


class InitiativeStopped(Sent):
    """An initiative is stopped before it is done: why."""

    closed_on: Day
    reason: Line


class InitiativeDays(Sent):
    """The days of the turns that an initiative has taken, put right: those of the others null."""

    decided_on: Day | None = None
    started_on: Day | None = None
    closed_on: Day | None = None


class StepDraft(Draft):
    """A step of an initiative."""

    initiative_id: Reference
    title: Name
    position: Position = 0
    due_on: Day | None = None
    done_on: Day | None = None
    owner_post_id: Reference | None = None
    note: LongText | None = None
    supplier_actor_id: Reference | None = Field(
        None, description="Who sells, where it is a step of a procurement and somebody is chosen"
    )
    document: Url | None = Field(None, description="Where the step's document is")
    checklist_template_id: Reference | None = Field(
        None, description="The edition of the template that the step was made from"
    )


class StepOutside(StrEnum):
    """Where a step was done outside the days of its initiative."""

    before_start = "before_start"
    after_end = "after_end"


class Step(Thing, StepDraft):
    """A step of an initiative."""

    outside: StepOutside | None = Field(
        description="That it was done before the initiative began, or after it was closed: its "
        "days may have been put right since"
    )


class OutcomeDraft(Draft):
    """What an initiative changed, and what shows it."""

    initiative_id: Reference
    need_ids: list[Reference] = Field(
        default_factory=list,
        max_length=200,
        description="The needs in whose threads it stands. Left out: those of its initiative; an "
        "empty list: none, and their threads still wait for an outcome",
    )
    change: LongText = Field(description="What changed")
    evidence: LongText
    happened_on: Day
    persons_employed: Count | None = None
    horizon: Horizon
    measure: Line | None = Field(None, description="What before and after count")
    before: Measure | None = None
    after: Measure | None = None

    @rule
    def _named_once(self) -> Faults:
        yield from each_once(self, "need_ids")

    @rule
    def _measured(self) -> Faults:
        if self.measure is None and (self.before is not None or self.after is not None):
            yield wrong("measure", "missing", "say what was measured")


class Outcome(Thing, OutcomeDraft):
    """What an initiative changed, and what shows it."""
