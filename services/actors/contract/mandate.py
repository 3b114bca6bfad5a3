"""Mandates: who may carry what on whose behalf until when, and which municipalities agree."""

import re
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field
from pydantic_core import PydanticCustomError

from services.kit.contract import (
    Day,
    Draft,
    Faults,
    Line,
    LongText,
    MunicipalityCode,
    Period,
    Reference,
    Thing,
    each_once,
    rule,
    wrong,
)

_LINK = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_HTTPS = re.compile(r"https://[^\s<>\"']{3,490}")


def _text_or_https(text: str) -> str:
    if _LINK.match(text) and not _HTTPS.fullmatch(text):
        raise PydanticCustomError("not_https", "a link begins with https://")
    return text


Document = Annotated[Line, AfterValidator(_text_or_https)]
HOLDERS = ("holder_actor_id", "holder_post_id", "holder_council_id")


class MandateState(StrEnum):
    """Where a mandate's time stands on a day; it lapses soon during its last 90 days."""

    coming = "coming"
    in_force = "in_force"
    lapses_soon = "lapses_soon"
    lapsed = "lapsed"


class MandateDraft(Period, Draft):
    """An actor lets one holder (an actor, a post or a council) carry something for a time."""

    issuer_actor_id: Reference
    holder_actor_id: Reference | None = Field(None, description="One of the three holders is given")
    holder_post_id: Reference | None = None
    holder_council_id: Reference | None = Field(None, description="A council's id, as councils has")
    scope: LongText = Field(description="What the holder may do and decide")
    decided_on: Day | None = Field(None, description="null: not decided yet, or not known")
    document: Document | None = Field(None, description="Where it is written: text or https link")
    ambassador_post_ids: list[Reference] = Field(
        default_factory=list, max_length=100, description="Posts that carry the matter onwards"
    )

    @rule
    def _one_holder(self) -> Faults:
        if sum(getattr(self, name) is not None for name in HOLDERS) != 1:
            yield wrong(HOLDERS[0], "one_holder", "one holder: an actor, a post or a council")

    @rule
    def _two_actors(self) -> Faults:
        if self.holder_actor_id == self.issuer_actor_id:
            yield wrong("holder_actor_id", "same", "nobody gives a mandate to itself")

    @rule
    def _each_once(self) -> Faults:
        yield from each_once(self, "ambassador_post_ids")


class Mandate(Thing, MandateDraft):
    """A mandate, and how it stands on the day asked for."""

    state: MandateState
    predecessor_id: UUID | None = Field(description="The mandate that this one renews")
    successor_id: UUID | None = Field(description="The mandate that renews this one")
    endorsed_count: int = Field(description="Municipalities that have endorsed it")


class MandateRenewal(Draft):
    """The next mandate: same issuer, holder, scope and ambassadors, from where this one ends."""

    valid_to: Day | None = Field(None, description="Exclusive; null: as long as this one lasted")
    decided_on: Day | None = None
    document: Document | None = None


class EndorsementState(StrEnum):
    """How far a mandate has come in one municipality."""

    asked = "asked"
    presented = "presented"
    endorsed = "endorsed"
    declined = "declined"


class EndorsementDraft(Draft):
    """How one municipality stands to a mandate; one for each of the two."""

    mandate_id: Reference
    municipality_code: MunicipalityCode
    state: EndorsementState
    on: Day = Field(description="The day it came into that state")
    reply: LongText | None = Field(None, description="What the municipality answered")


class EndorsementStep(BaseModel):
    """A state that a municipality came into."""

    state: EndorsementState
    on: Day


class Endorsement(Thing, EndorsementDraft):
    """How one municipality stands to a mandate."""

    earlier_states: list[EndorsementStep] = Field(
        description="What it came to before, the latest first; what was put right is left out"
    )


class EndorsementsDraft(Draft):
    """The same news of several municipalities; what was known of them before is replaced."""

    municipality_codes: list[MunicipalityCode] = Field(min_length=1, max_length=300)
    state: EndorsementState
    on: Day
    reply: LongText | None = Field(None, description="null: each keeps the reply it has")

    @rule
    def _each_once(self) -> Faults:
        yield from each_once(self, "municipality_codes")


class Endorsements(BaseModel):
    """The endorsements that were recorded."""

    items: list[Endorsement]
