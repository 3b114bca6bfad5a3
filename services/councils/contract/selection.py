"""Selections: how a pilot industry is chosen, by what was said of each and by weighed criteria."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, Field

from services.kit.contract import (
    Code,
    Day,
    Draft,
    Faults,
    Line,
    LongText,
    Name,
    NoBool,
    Reference,
    Score,
    Thing,
    rule,
    rule_for,
    wrong,
)

FEWEST_CANDIDATES, MOST_CANDIDATES, MOST_CRITERIA = 2, 10, 12
Weight = Annotated[int, Field(ge=0, le=100), NoBool]


class SwotQuarter(StrEnum):
    """The four quarters of a SWOT."""

    strength = "strength"
    weakness = "weakness"
    opportunity = "opportunity"
    threat = "threat"


class SelectionCandidate(BaseModel):
    """One industry that may be chosen."""

    model_config = {"extra": "forbid", "str_strip_whitespace": True}

    key: Code = Field(description="What scores and SWOT entries name it by; it stays")
    name: Name
    note: Line | None = None


class SelectionCriterion(BaseModel):
    """What the candidates are judged by."""

    model_config = {"extra": "forbid", "str_strip_whitespace": True}

    key: Code = Field(description="What scores name it by; it stays")
    name: Line
    why: Line | None = None
    weight: Weight | None = Field(None, description="null: not weighed, so it does not count")


class SelectionScore(BaseModel):
    """How one candidate was judged by one criterion, and on what."""

    model_config = {"extra": "forbid", "str_strip_whitespace": True}

    candidate: Code
    criterion: Code
    score: Score | None = Field(None, description="1–5; null: not judged")
    evidence: Line | None = None


class SelectionDraft(Draft):
    """A choice among industries: who chooses, among which, by which criteria, and what it became.

    What was decided may be changed with a `change_reason` only.
    """

    council_id: Reference = Field(description="A steering group or a strategic forum")
    title: Name
    question: LongText
    held_on: Day | None = Field(None, description="The day of the workshop; null: not known")
    candidates: list[SelectionCandidate] = Field(
        min_length=FEWEST_CANDIDATES, max_length=MOST_CANDIDATES
    )
    criteria: list[SelectionCriterion] = Field(min_length=1, max_length=MOST_CRITERIA)
    scores: list[SelectionScore] = Field(
        default_factory=list, max_length=MOST_CANDIDATES * MOST_CRITERIA
    )
    decision_text: LongText | None = Field(None, description="What was decided, and why")
    chosen_candidate: Code | None = Field(
        None, description="The key of the one that was chosen; null where it was none"
    )
    decided_on: Day | None = Field(None, description="null: the day is not known")
    decision_id: Reference | None = Field(
        None, description="The council's decision, where one is written"
    )
    change_reason: LongText | None = Field(
        None,
        description="Why what was decided is changed: a new one each time; what stood is kept in "
        "`amendments`",
    )

    @rule_for("candidates", "criteria")
    def _own_keys(self, field: str) -> Faults:
        named = [one.key for one in getattr(self, field) or ()]
        if len(set(named)) < len(named):
            yield wrong(field, "repeated", "each has a key of its own")

    @rule
    def _own_names(self) -> Faults:
        told: set[str] = set()
        for place, one in enumerate(self.candidates or ()):
            if one.name.casefold() in told:
                yield wrong(f"candidates.{place}.name", "taken", "each has a name of its own")
            told.add(one.name.casefold())

    @rule
    def _each_pair_once(self) -> Faults:
        pairs = [(one.candidate, one.criterion) for one in self.scores or ()]
        if len(set(pairs)) < len(pairs):
            yield wrong("scores", "repeated", "each candidate is judged once by each criterion")

    @rule_for(("candidates", "candidate"), ("criteria", "criterion"))
    def _judged_stay(self, field: str, part: str) -> Faults:
        known = {one.key for one in getattr(self, field) or ()}
        for place, one in enumerate(self.scores or ()):
            if getattr(one, part) not in known:
                yield wrong(f"scores.{place}.{part}", "judged", f"it is not among the {field}")

    @rule
    def _chosen_of_them(self) -> Faults:
        chosen, known = self.chosen_candidate, {one.key for one in self.candidates or ()}
        if chosen is not None and chosen not in known:
            yield wrong("chosen_candidate", "not_a_candidate", "only a candidate is chosen")

    @rule
    def _decided(self) -> Faults:
        told = (self.chosen_candidate, self.decided_on, self.decision_id)
        if self.decision_text is None and any(one is not None for one in told):
            yield wrong("decision_text", "missing", "what was decided is told, and why")

    @rule
    def _held_first(self) -> Faults:
        if self.held_on and self.decided_on and self.decided_on < self.held_on:
            yield wrong("decided_on", "too_early", "the workshop was held later")


class SelectionMark(BaseModel):
    """How a candidate was judged by a criterion before that was changed, by their names then."""

    candidate: str
    criterion: str
    weight: int | None
    score: int | None
    evidence: str | None


class SelectionAmendment(BaseModel):
    """What was decided before it was changed, and why it was."""

    until: datetime = Field(description="The moment it was changed")
    reason: str
    fields: list[str] = Field(description="What was changed; none: a reason was told alone")
    decision_text: str
    chosen_candidate: str | None = Field(description="By its name then")
    decided_on: Day | None
    scores: list[SelectionMark] = Field(
        default_factory=list,
        description="Where the candidates, the criteria or the scores were changed",
    )


class SelectionState(BaseModel):
    """What a selection was before it was changed."""

    amendments: list[SelectionAmendment] = Field(
        default_factory=list, description="Changes after the decision, the first first"
    )


class Selection(Thing, SelectionState, SelectionDraft):
    """A choice among industries, with its decision once there is one."""


class SwotEntryDraft(Draft):
    """What a group of participants said of a candidate: of the group, never of a person."""

    selection_id: Reference
    candidate: Code = Field(description="The key of one of the selection's candidates")
    quarter: SwotQuarter
    group_name: Name = Field(description="Who said it, as a group: never a person")
    text: Line
    same_as_id: Reference | None = Field(
        None,
        description="Another entry of that quarter that says the same, and is itself no copy; both "
        "are kept",
    )


class SwotEntry(Thing, SwotEntryDraft):
    """What a group of participants said of a candidate."""


class SelectionPart(BaseModel):
    """What one criterion gives a candidate."""

    criterion: str
    weight: int | None
    score: int | None
    share: float | None = Field(
        description="The weight's part of those that count for it; null: does not count"
    )
    points: float | None = Field(description="share × score")


class SelectionMean(BaseModel):
    """The weighted mean of a candidate, and how it came about."""

    candidate: str
    mean: float | None = Field(description="1–5, of what is judged and weighed; null: nothing is")
    place: int | None = Field(description="1 is the best; those with the same mean share a place")
    parts: list[SelectionPart]
    unjudged: list[str] = Field(description="Criteria that it was not judged by")


class SelectionMove(BaseModel):
    """Another outcome where one weight is half, or one and a half times, what it is."""

    criterion: str
    weight: int
    to: float
    first: list[str] = Field(description="Who would then be first")


class SwotEntrySaid(BaseModel):
    """One entry of those that say the same."""

    id: Reference
    group_name: str
    text: str
    example: bool


class SwotEntryPoint(BaseModel):
    """What was said in a quarter, by which groups; entries that say the same are one point."""

    text: str
    groups: list[str]
    said: list[SwotEntrySaid]


class SelectionSwot(BaseModel):
    """What was said of a candidate, by quarter; what most groups said comes first."""

    candidate: str
    quarters: dict[SwotQuarter, list[SwotEntryPoint]]


class SelectionResult(BaseModel):
    """What the scores and weights give, and how sure that is."""

    selection_id: Reference
    candidates: list[SelectionMean] = Field(description="The first place first")
    first: list[str] = Field(description="Several where they share the first place")
    unweighed: list[str] = Field(description="Criteria without a weight")
    moves: list[SelectionMove] = Field(description="The moves that change who is first")
    steady: bool | None = Field(
        description="Whether the same are first however any one weight moves to half or one and a "
        "half; null where fewer than two candidates have a mean"
    )
    swot: list[SelectionSwot]


def is_decided(selection: Any) -> bool:
    """Whether a selection has its decision."""
    return selection["decision_text"] is not None
