"""Needs: what working life lacks, from whom and when, until it is met with evidence."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field
from pydantic_core import PydanticCustomError

from services.kit.contract import (
    Count,
    Day,
    Draft,
    Faults,
    Line,
    LongText,
    MunicipalityCode,
    OccupationCode,
    Reference,
    Sent,
    Thing,
    Year,
    each_once,
    rule,
    was_told,
    wrong,
)

EQUAL_SHARE = Decimal("0.40")
Share = Annotated[Decimal, Field(ge=0, le=Decimal("0.5"), decimal_places=4)]
Statement = Annotated[LongText, Field(max_length=2000)]


class Area(StrEnum):
    """The three areas of competence supply."""

    reception = "reception"
    matching = "matching"
    education = "education"


class Horizon(StrEnum):
    """Short is twelve months or less."""

    short = "short"
    long = "long"


class Urgency(StrEnum):
    """How soon somebody must act."""

    low = "low"
    normal = "normal"
    high = "high"
    acute = "acute"


class Side(StrEnum):
    """The parties a gap can stand between."""

    working_life = "working_life"
    authorities = "authorities"
    education = "education"
    organisations = "organisations"


class NeedStatus(StrEnum):
    """Where a need stands; met has evidence, dropped a reason."""

    identified = "identified"
    prioritised = "prioritised"
    being_met = "being_met"
    met = "met"
    dropped = "dropped"


LIVING_NEEDS = tuple(status for status in NeedStatus if status is not NeedStatus.dropped)
OPEN_NEEDS = (NeedStatus.identified, NeedStatus.prioritised, NeedStatus.being_met)


def _each_once(areas: list[Area]) -> list[Area]:
    if len(set(areas)) < len(areas):
        raise PydanticCustomError("repeated", "each area is named once")
    return areas


class NeedFacts(Draft):
    """What is said of a need beside its statement and its sources."""

    horizon: Horizon
    urgency: Urgency = Urgency.normal
    gap_between: list[Side] = Field(default_factory=list, max_length=2)
    occupation_code: OccupationCode | None = None
    headcount_per_year: Count | None = None
    from_year: Year | None = Field(None, description="On short horizon at most next year")
    to_year: Year | None = None
    municipality_codes: list[MunicipalityCode] = Field(default_factory=list, max_length=300)
    reported_by: MunicipalityCode | None = Field(
        None, description="The municipality whose key may write it; null: only the association"
    )
    identified_on: Day | None = Field(
        None, description="When it was seen; null: the day it was written down"
    )
    council_id: Reference | None = None
    owner_post_id: Reference | None = None
    minority_share: Share | None = Field(
        None, description="The smaller share of women or men in the occupation, 0 to 0.5"
    )
    minority_share_source: Line | None = None

    @rule
    def _named_once(self) -> Faults:
        yield from each_once(self, "municipality_codes")

    @rule
    def _in_order(self) -> Faults:
        if self.from_year and self.to_year and self.to_year < self.from_year:
            yield wrong("to_year", "empty_period", "to_year is not earlier than from_year")

    @rule
    def _sourced(self) -> Faults:
        if self.minority_share_source is None and was_told(self, "minority_share"):
            yield wrong("minority_share_source", "missing", "a share has a source")

    @rule
    def _two_sides(self) -> Faults:
        if len(self.gap_between) == 1 or len(set(self.gap_between)) < len(self.gap_between):
            yield wrong("gap_between", "one_side", "a gap stands between two sides")


Areas = Annotated[list[Area], Field(max_length=3), AfterValidator(_each_once)]


class NeedDraft(NeedFacts):
    """A need, with its sources: answers, meetings and figures."""

    statement: Statement
    areas: Areas = Field(min_length=1)
    answer_ids: list[Reference] = Field(default_factory=list, max_length=200)
    meeting_ids: list[Reference] = Field(default_factory=list, max_length=200)
    figures: list[Line] = Field(default_factory=list, max_length=50)

    @rule
    def _sources_once(self) -> Faults:
        for field in ("answer_ids", "meeting_ids"):
            yield from each_once(self, field)


class NeedState(BaseModel):
    """What actions change in a need."""

    status: NeedStatus = NeedStatus.identified
    met_on: Day | None = None
    evidence: LongText | None = None
    dropped_reason: Line | None = None
    merged_into_id: Reference | None = Field(
        None, description="The need that this one lives on in; it always names the living one"
    )
    split_from_id: Reference | None = None


class Need(Thing, NeedState, NeedDraft):
    """A need, what it became, and how much has been done about it."""

    equality_check_required: bool | None = Field(
        description="Under 40 % of one sex by the need's own `minority_share`; null where it has "
        "none. Then the register counts: a verdict's `needs_equality_check` says what a decision "
        "asks for"
    )
    split_into_ids: list[UUID]
    initiative_count: int
    decision_count: int
    outcome_count: int


class WantedOccupation(BaseModel):
    """An occupation that open needs name."""

    occupation_code: str
    needs: int = Field(description="How many open needs name it")


class WantedOccupations(BaseModel):
    """Every occupation that open needs name, the most wanted first."""

    items: list[WantedOccupation]


class NeedMet(Sent):
    """A need is met: what shows it, and since when."""

    evidence: LongText
    met_on: Day


class NeedDropped(Sent):
    """A need is dropped: why."""

    reason: Line


class NeedMerge(Sent):
    """Needs become one: an existing one that takes the others in, or a new one."""

    from_ids: list[Reference] = Field(min_length=1, max_length=50)
    into_id: Reference | None = None
    into: NeedDraft | None = None
    reason: Line | None = Field(None, description="Left out: *Sammanslaget med ett annat behov*")

    @rule
    def _one_goal(self) -> Faults:
        if (self.into_id is None) == (self.into is None):
            yield wrong("into_id", "one_of_two", "either into_id or into")

    @rule
    def _each_once(self) -> Faults:
        yield from each_once(self, "from_ids")

    @rule
    def _another(self) -> Faults:
        if self.into_id in self.from_ids:
            yield wrong("into_id", "same", "a need cannot be merged into itself")


class NeedSplit(Sent):
    """A need becomes several; a part without links of its own inherits them."""

    parts: list[NeedDraft] = Field(min_length=2, max_length=20)
    reason: Line | None = Field(None, description="Left out: *Delat i flera behov*")


class NeedParts(BaseModel):
    """The needs that one was split into."""

    items: list[Need]
