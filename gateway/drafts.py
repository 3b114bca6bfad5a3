"""Drafts of what the gateway itself keeps: users, their passwords, and the house's own facts."""

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator

from services.kit.contract import Draft, Line, LongText, MunicipalityCode, Name, Reference

SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 200
Email = Annotated[
    str,
    StringConstraints(
        to_lower=True, max_length=254, pattern=r"^[^\s@<>\"',;:]+@[^\s@<>\"',;:]+\.[a-zA-Z]{2,}$"
    ),
]
Password = Annotated[
    str,
    StringConstraints(
        strip_whitespace=False, min_length=SHORTEST_PASSWORD, max_length=LONGEST_PASSWORD
    ),
]
Typed = Annotated[
    str, StringConstraints(strip_whitespace=False, min_length=1, max_length=LONGEST_PASSWORD)
]


class Role(StrEnum):
    """What a user may do; several may be combined."""

    process_leader = "process_leader"
    strategist = "strategist"
    administrator = "administrator"
    council_member = "council_member"
    reader = "reader"


class AccountDraft(Draft):
    """A user: signs in with an e-mail address, acts with roles, perhaps is a known person."""

    email: Email
    name: Name
    roles: list[Role] = Field(min_length=1, max_length=5)
    person_id: Reference | None = Field(None, description="The person in the registry")
    municipality_code: MunicipalityCode | None = None


class Scope(StrEnum):
    """What a key may do."""

    read = "read"
    write = "write"
    personal = "personal"


class ClientDraft(Draft):
    """Another system: it has keys, and acts for one municipality or for the association."""

    name: Name
    municipality_code: MunicipalityCode | None = Field(None, description="None: the association")
    scopes: list[Scope] = Field(min_length=1, max_length=3)


class SavedFilterDraft(BaseModel):
    """A name for the choices of a list page, so that they need not be made again."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]


class SignIn(BaseModel):
    """What one signs in with."""

    model_config = ConfigDict(extra="forbid")

    email: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=254)]
    password: Typed


class NewPassword(BaseModel):
    """A password to begin with, written twice."""

    model_config = ConfigDict(extra="forbid")

    password: Password
    password_again: Typed


class ChangedPassword(NewPassword):
    """A new password, and the old one as proof."""

    present: Typed


class Municipality(BaseModel):
    """One of the association's municipalities."""

    code: MunicipalityCode
    name: Name


class Level(BaseModel):
    """A level of the model: its code and what it is called here."""

    code: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
    name: Name


class ResourceBase(BaseModel):
    """Something the collaboration is carried by: people, money, places, agreements."""

    name: Name
    text: Line | None = None


class HouseDraft(Draft):
    """The association's own facts: data, so that another association starts without code."""

    association: Name
    municipalities: list[Municipality] = Field(default_factory=list, max_length=60)
    levels: list[Level] = Field(default_factory=list, max_length=10)
    resource_bases: list[ResourceBase] = Field(default_factory=list, max_length=30)
    welcome: LongText | None = Field(None, description="A text on the sign-in page")
    contact: Line | None = Field(None, description="Whom to ask for help or an account")

    @field_validator("municipalities")
    @classmethod
    def _each_once(cls, given: list[Municipality]) -> list[Municipality]:
        return list({one.code: one for one in given}.values())


LEVELS = [
    Level(code="strategic", name="Strategisk nivå"),
    Level(code="bridging", name="Överbryggande nivå"),
    Level(code="operative", name="Operativ nivå"),
]
FIRST_HOUSE = HouseDraft(association="Kommunalförbundet", levels=LEVELS)
