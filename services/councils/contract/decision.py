"""Decisions with what they rest on, and action items that follow until they are done."""

from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, Field

from services.kit.contract import (
    Day,
    Draft,
    Faults,
    Line,
    LongText,
    Reference,
    Sent,
    Thing,
    Url,
    each_once,
    rule,
    rule_for,
    wrong,
)


class BasisKind(StrEnum):
    """What sort of knowledge a decision rests on."""

    verdict = "verdict"
    forecast = "forecast"
    indicator = "indicator"
    edition_claim = "edition_claim"
    document = "document"
    other = "other"


class Evidence(StrEnum):
    """How good the basis is on the day of the decision; old is more than 18 months."""

    none = "none"
    undated = "undated"
    old = "old"
    current = "current"


# Minutes are written afterwards. The verdicts that are taken up then say so by their day.
MINUTES_DAYS = 14


class Basis(BaseModel):
    """One thing that a decision rests on."""

    model_config = {"extra": "forbid", "str_strip_whitespace": True}

    kind: BasisKind
    id: Reference | None = Field(
        None,
        description="Of a verdict its need, of an indicator itself: both are there; of others what "
        "you keep it as",
    )
    label: Line
    as_of: Day | None = Field(
        None,
        description="No day to come, and none after the decision; a verdict may be up to 14 days "
        "younger, as minutes are written afterwards: its day is the one that it was worked out",
    )
    url: Url | None = None
    example: bool = Field(False, description="It is invented, or rests on what is")


class DecisionDraft(Draft):
    """What a meeting decided, on what basis, and when it is looked at again."""

    council_id: Reference
    meeting_id: Reference
    agenda_item_id: Reference | None = Field(
        None,
        description="The point where it was made, which becomes one of kind decision where it was "
        "for information or discussion; left out: a point of its own is put last on the agenda",
    )
    text: LongText
    decided_on: Day
    need_ids: list[Reference] = Field(
        default_factory=list,
        max_length=100,
        description="The needs that it is about, in whose threads it stands. Left out: those of "
        "the `agenda_item_id` that is named; none: in no thread, whatever rests on it. An open "
        "need without a council becomes this council's",
    )
    basis: list[Basis] = Field(default_factory=list, max_length=50)
    equality_check: LongText | None = Field(
        None, description="Due where a need has under 40 % of one sex"
    )
    review_on: Day | None = None
    supersedes_id: Reference | None = Field(
        None, description="The decision that this one corrects or takes the place of"
    )
    owner_post_id: Reference | None = None
    due_on: Day | None = None

    @rule
    def _named_once(self) -> Faults:
        yield from each_once(self, "need_ids")

    @rule_for("review_on", "due_on")
    def _not_before(self, field: str) -> Faults:
        day = getattr(self, field)
        if day is not None and day < self.decided_on:
            yield wrong(field, "too_early", "the day is not before the decision")


class Decision(Thing, DecisionDraft):
    """A decision, how good its basis is, and what took its place."""

    evidence: Evidence
    reviewed_on: Day | None = Field(description="When it was last looked at again")
    next_review_on: Day | None = Field(
        description="When it is looked at again: as its last review says, and before there is one "
        "`review_on`, or else `due_on`"
    )
    equality_check_lacking: bool = Field(
        description="A need that it names has, written on it, under 40 % of one sex, and equality "
        "was not looked at; false where another decision took its place"
    )
    superseded_by_id: UUID | None


class ActionItemDraft(Draft):
    """Something that somebody does, until a day."""

    council_id: Reference
    meeting_id: Reference | None = None
    decision_id: Reference | None = None
    text: LongText
    owner_post_id: Reference | None = None
    due_on: Day | None = None
    done_on: Day | None = None
    outcome: LongText | None = None

    @rule
    def _done_first(self) -> Faults:
        if self.outcome is not None and self.done_on is None:
            yield wrong("done_on", "missing", "an outcome has a day")


class ActionItem(Thing, ActionItemDraft):
    """Something that somebody does, until a day. Approved minutes keep what it was then."""

    minutes_approved_on: Day | None = Field(
        description="When the minutes that it comes from were approved; they tell what was done by "
        "then for good"
    )


class ActionItemDone(Sent):
    """An action item is done."""

    done_on: Day
    outcome: LongText | None = None
