"""Popolo: the registry in the open standard for organisations, posts and who held them when.

Shapes after the schemas of popoloproject.com: what it has no word for stands under `kompetensnav`.
Dates of Popolo are inclusive: `end_date` is the last day, where ours is the first day without.
"""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from services.kit.contract import Draft

Own = dict[str, Any]
MOST = 200_000


class PopoloLink(BaseModel):
    """A web address."""

    url: str
    note: str | None = None


class PopoloName(BaseModel):
    """A former or other name."""

    name: str


class PopoloIdentifier(BaseModel):
    """A number that somebody has issued."""

    identifier: str
    scheme: str | None = None


class PopoloContactDetail(BaseModel):
    """A way to reach somebody."""

    type: str
    value: str


class PopoloThing(BaseModel):
    """What all of them may have; fields that we do not know are passed over."""

    model_config = ConfigDict(extra="ignore")

    id: str | None = None
    kompetensnav: Own = Field(default_factory=dict, description="What Popolo has no word for")


class PopoloOrganization(PopoloThing):
    """An actor."""

    name: str | None = None
    other_names: list[PopoloName] = Field(default_factory=list)
    identifiers: list[PopoloIdentifier] = Field(default_factory=list)
    classification: str | None = None
    parent_id: str | None = None
    area_id: str | None = None
    description: str | None = None
    dissolution_date: str | None = None
    links: list[PopoloLink] = Field(default_factory=list)


class PopoloPost(PopoloThing):
    """A post, held or vacant."""

    label: str | None = None
    role: str | None = None
    organization_id: str | None = None


class PopoloPerson(PopoloThing):
    """Somebody who holds or has held a post (personal data)."""

    name: str | None = None
    email: str | None = None
    contact_details: list[PopoloContactDetail] = Field(default_factory=list)


class PopoloMember(BaseModel):
    """The organisation that is a member of another."""

    model_config = ConfigDict(extra="ignore")

    id: str


class PopoloMembership(PopoloThing):
    """A person in a post, or an organisation's relation to another, during a period."""

    role: str | None = None
    person_id: str | None = None
    post_id: str | None = None
    member: PopoloMember | None = None
    organization_id: str | None = None
    start_date: str | None = None
    end_date: str | None = None


class PopoloArea(BaseModel):
    """A municipality, by its code."""

    model_config = ConfigDict(extra="ignore")

    id: str
    identifier: str | None = None
    classification: str | None = None


class Popolo(Draft):
    """A whole registry: organisations, posts, people, and who belongs where and when."""

    organizations: list[PopoloOrganization] = Field(default_factory=list, max_length=MOST)
    posts: list[PopoloPost] = Field(default_factory=list, max_length=MOST)
    persons: list[PopoloPerson] = Field(default_factory=list, max_length=MOST)
    memberships: list[PopoloMembership] = Field(default_factory=list, max_length=MOST)
    areas: list[PopoloArea] = Field(default_factory=list, max_length=MOST)


class PopoloTaken(BaseModel):
    """What an import made, and what was there already and is left as it is."""

    made: dict[str, int]
    known: dict[str, int]
