"""Actors: who can act, and what level and status each had from when to when."""

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from services.actors.contract.person import Told
from services.kit.contract import (
    Day,
    Draft,
    Faults,
    Line,
    LongText,
    MunicipalityCode,
    Name,
    Period,
    Reference,
    Thing,
    Url,
    each_once,
    rule,
    wrong,
)

SniCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{2,5}$")]
SniGroup = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,5}$")]

# Company forms, spelled out and short: no part of a name where names are compared. A pattern that
# Python and PostgreSQL read alike; an index is built on it, so that a change needs a migration.
COMPANY_FORMS = (
    r"aktiebolag(et)?|ab|handelsbolag(et)?|hb|kommanditbolag(et)?|kb|ekonomiska? förening(en)?"
    r"|ek\.? ?för\.?|ideella? förening(en)?|stiftelsen?|publ"
)


class ActorKind(StrEnum):
    """What sort of organisation or network an actor is."""

    municipality = "municipality"
    company = "company"
    authority = "authority"
    region = "region"
    education_provider = "education_provider"
    university = "university"
    industry_association = "industry_association"
    network = "network"
    municipal_association = "municipal_association"
    trade_union = "trade_union"
    other = "other"


class ActorLevel(StrEnum):
    """Where in the model an actor acts; may change over time."""

    strategic = "strategic"
    bridging = "bridging"
    operative = "operative"


class ActorStatus(StrEnum):
    """How far an actor has come into the collaboration."""

    mapped = "mapped"
    invited = "invited"
    active = "active"
    withdrawn = "withdrawn"
    closed = "closed"


# Who has these takes part no more: what it carried waits for somebody else.
GONE = (ActorStatus.withdrawn, ActorStatus.closed)


class ActorDraft(Draft):
    """An organisation or network. A name in use already is a likely duplicate: search first."""

    name: Name
    other_names: LongText | None = Field(
        None, description="Former and other names, one on each line; searched like the name"
    )
    kind: ActorKind
    org_number: str | None = Field(None, max_length=20, description="Ten digits, checked; unique")
    municipality_code: MunicipalityCode | None = None
    sni_codes: list[SniCode] = Field(
        default_factory=list, max_length=20, description="SNI 2007 without dots: its industries"
    )
    mission: Told | None = None
    note: Told | None = None
    website: Url | None = None
    managed_by: MunicipalityCode | None = Field(
        None, description="The municipality whose key may write it; null: only the association"
    )

    @rule
    def _named_once(self) -> Faults:
        yield from each_once(self, "sni_codes")


class ActorSent(ActorDraft):
    """An organisation or network. A name in use already is a likely duplicate: search first."""

    keep_former_name: bool = Field(
        False,
        description="Of one that gets another name: keep the former on a line of `other_names`, "
        "so that it is found by it too",
    )


class Actor(Thing, ActorDraft):
    """An organisation or network, with its level and status on the day asked for."""

    level: ActorLevel | None
    status: ActorStatus | None
    merged_into_id: Reference | None = Field(description="The actor that this one lives on in")
    merged_ids: list[Reference] = Field(description="Actors merged into this one: its other ids")


class ActorAlike(BaseModel):
    """An actor that is probably the one meant."""

    id: Reference
    name: Name
    org_number: str | None
    municipality_code: MunicipalityCode | None


class ActorsAlike(BaseModel):
    """The actors that are probably meant, the likeliest first; at most eight."""

    items: list[ActorAlike]
    next: None


class MunicipalityCount(BaseModel):
    """How many actors of a selection have their place in one municipality."""

    municipality_code: MunicipalityCode | None = Field(description="null: in none that is told")
    actors: int


class MunicipalityCounts(BaseModel):
    """Every municipality that an actor of the selection has its place in."""

    items: list[MunicipalityCount]


class ActorMerge(Draft):
    """An actor that turned out to be another one: that one lives on, and inherits what it lacks."""

    into_id: Reference = Field(description="The actor that lives on")


class StandingDraft(Period, Draft):
    """An actor's level and status during a period; never two at once."""

    actor_id: Reference
    level: ActorLevel | None = Field(
        description="null only of one that left and never had any: nobody says what it was"
    )
    status: ActorStatus
    reason: Line | None = None

    @rule
    def _level_of_who_takes_part(self) -> Faults:
        if self.level is None and self.status not in GONE:
            yield wrong("level", "missing", "who takes part does so on a level")


class CountingPeriod(BaseModel):
    """Days on which a standing is the actor's; valid_to is the first one after."""

    valid_from: Day
    valid_to: Day | None


class Standing(Thing, StandingDraft):
    """An actor's level and status during a period."""

    counting_periods: list[CountingPeriod] = Field(
        description="The days on which it is the actor's: less than its period where it was said "
        "of one that was merged, and the one that lives on has its own"
    )
