"""Imports: a file of many rows becomes things in one go, remembered so that it can be undone."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from services.actors.contract.actor import GONE, ActorDraft, ActorLevel, ActorStatus
from services.actors.contract.person import PersonDraft
from services.actors.contract.programme import IntakeFacts, ProgrammeFacts
from services.kit.contract import (
    Day,
    Draft,
    Faults,
    MunicipalityCode,
    Name,
    Reference,
    Thing,
    rule,
    rule_for,
    was_told,
    wrong,
)
from services.kit.texts import one_line

Words = Annotated[str, StringConstraints(min_length=1, max_length=100), AfterValidator(one_line)]
MOST_TOLD, MOST_FAULTS = 1000, 100_000
RowNumber = Annotated[int, Field(ge=1, le=10_000_000)]


class ImportNoun(StrEnum):
    """What the rows of a file become."""

    actor = "actor"
    person = "person"
    programme = "programme"


class KnownReason(StrEnum):
    """By what a row is probably a thing that is there already."""

    org_number = "org_number"
    name = "name"
    email = "email"
    municipality_code = "municipality_code"
    source = "source"
    holding = "holding"


STANDING = ("level", "status", "standing_from")


class ImportedActor(ActorDraft):
    """An actor as a file tells of it: its level and status beside it, where the file has them."""

    level: ActorLevel | None = None
    status: ActorStatus | None = Field(None, description="null beside a level: mapped")
    standing_from: Day | None = Field(None, description="From when; null: today")

    @rule
    def _level_of_who_takes_part(self) -> Faults:
        if self.status in GONE:
            yield wrong("status", "leave_by_withdrawal", "an actor leaves by /withdraw")
        elif not self.level and (self.status or self.standing_from):
            yield wrong("level", "missing", "who takes part does so on a level")


# What a row of a person says of a post: without any of it, it says nothing of one.
OF_POST = ("post_title", "actor_name", "actor_org_number", "valid_from", "valid_to")


class ImportedPerson(PersonDraft):
    """A person as a file tells of one: beside it a post that the person holds, and its actor.

    The post is found among the actor's by its title, or made.
    """

    post_title: Name | None = None
    actor_name: Name | None = Field(
        None, description="What the actor is called, one of its other names, or its number"
    )
    actor_org_number: str | None = Field(None, max_length=20)
    valid_from: Day | None = Field(None, description="Required beside a post")
    valid_to: Day | None = Field(None, description="Exclusive; null while it lasts")
    said_of_days: Words | None = Field(
        None, description="What is said of when, where it is no day: kept in the holding's `source`"
    )

    @rule_for("post_title", "valid_from")
    def _whole(self, field: str) -> Faults:
        told = any(was_told(self, one) for one in (*OF_POST, "said_of_days"))
        if told and not was_told(self, field):
            yield wrong(field, "missing", "a post has a title, and is held from a day")

    @rule
    def _at_somebody(self) -> Faults:
        named = was_told(self, "actor_name") or was_told(self, "actor_org_number")
        if not named and any(was_told(self, one) for one in OF_POST):
            yield wrong("actor_name", "missing", "a post is at an actor")

    @rule
    def _not_empty(self) -> Faults:
        if self.valid_from and self.valid_to and self.valid_to <= self.valid_from:
            yield wrong("valid_to", "empty_period", "valid_to must be later than valid_from")


class ImportedProgramme(ProgrammeFacts):
    """A programme as a file tells of it: its provider by name or number, its starts beside it."""

    provider_actor_id: Reference | None = None
    provider_name: Name | None = None
    provider_org_number: str | None = Field(None, max_length=20)
    provider_municipality_code: MunicipalityCode | None = Field(
        None, description="The municipality that the provider is; null where it is none"
    )
    intakes: list[IntakeFacts] = Field(default_factory=list, max_length=200)

    @rule
    def _by_somebody(self) -> Faults:
        if not (self.provider_actor_id or self.provider_name or self.provider_org_number):
            yield wrong("provider_name", "missing", "a programme has a provider")


ROWS: dict[ImportNoun, type[Draft]] = {
    ImportNoun.actor: ImportedActor,
    ImportNoun.person: ImportedPerson,
    ImportNoun.programme: ImportedProgramme,
}


class ImportFacts(Draft):
    """What a file's rows become, and what the file is called."""

    noun: ImportNoun
    file_name: Name


class ImportOrder(ImportFacts):
    """How a file's rows are taken in. `source` holds for the rows that name none."""

    leave_known: bool = Field(
        False, description="Leave out rows that are probably there already; add only new starts"
    )
    make_providers: bool = Field(
        False, description="Make an actor of each provider that nobody knows"
    )
    same_names: bool = Field(
        False,
        description="Of people: a row's name is also who is called so and has posts at other "
        "actors only; else that is another person, unless the addresses are the same",
    )
    row_numbers: list[RowNumber] | None = Field(
        None, max_length=100_000, description="What each row is in the file"
    )


class ImportedThing(BaseModel):
    """A thing that an import made, as it is called now, or was at the moment asked for."""

    row: int = Field(description="Counted from 0")
    row_number: int | None = Field(description="What the row is in the file")
    noun: str
    id: UUID
    name: str


class ImportedThings(BaseModel):
    """What an import made of some of its rows."""

    items: list[ImportedThing]


class ImportedFor(BaseModel):
    """An actor that rows of a file became, or that what they became is at."""

    id: UUID
    name: str
    new: bool = Field(description="Whether the import made it; else it was there")
    row_count: int = Field(description="How many rows are of it")
    row_numbers: list[int] = Field(
        description="What the first twenty of them are in the file; else counted from 1"
    )


class ImportedActors(BaseModel):
    """Which actors the rows of a file were taken for, in the order of the file."""

    items: list[ImportedFor]
    count: int = Field(description="How many they are, also those beyond the first 200")


class ImportDraft(ImportOrder):
    """A file's rows, as objects of the noun's fields; all are taken or none."""

    rows: list[dict[str, Any]] = Field(min_length=1, max_length=100_000)


class Import(Thing, ImportFacts):
    """A file that was taken in, by whom, and whether it was undone."""

    row_count: int = Field(description="The file's rows")
    made_count: int = Field(description="The things that were made of them")
    made_counts: dict[str, int] = Field(
        description="How many of each noun they are; empty where it was undone"
    )
    left_count: int | None = Field(
        description="Rows that made nothing, for it was there already; null where it was undone"
    )
    made_by: str = Field(description="Who took it in")
    undone_at: datetime | None = Field(description="When all of it was removed again")


class ImportProgress(BaseModel):
    """How far an import has come that is being taken in; null where nobody works on it."""

    done: int | None = Field(description="Things that are made so far")
    count: int | None = Field(description="Of so many")


class KnownRow(BaseModel):
    """A row that is probably a thing that is there already."""

    row: int = Field(description="Counted from 0")
    id: UUID
    name: str
    reason: KnownReason
    workplaces: list[str] = Field(
        description="Of a person: the actors of the posts held, the latest first"
    )


class AlikeRow(BaseModel):
    """A row that probably tells of the same thing as an earlier row of the file."""

    row: int = Field(description="Counted from 0")
    other_row: int = Field(description="The earlier one")
    reason: KnownReason


class NamedActor(BaseModel):
    """An actor that rows name, by what they call it."""

    said: str = Field(description="Its name or number as the rows have it")
    id: UUID
    name: str = Field(description="What it is called in the register")
    row_count: int = Field(description="How many rows say so")


class WrongField(BaseModel):
    """What is wrong in one field of a row: rows.17.name."""

    field: str
    code: str
    message: str


class ImportPreview(BaseModel):
    """What an import would do; nothing is stored."""

    row_count: int
    made_counts: dict[str, int] = Field(description="How many of each noun would be made")
    new_providers: list[str] = Field(
        description="What the providers are called that would be made: the first thousand"
    )
    named_count: int = Field(description="In how many ways rows name actors that are there")
    named_actors: list[NamedActor] = Field(
        description="The first thousand: those that rows call otherwise than the register, and "
        "then the others"
    )
    left_count: int = Field(description="Rows that would be left out")
    known_count: int = Field(description="Rows that are probably there already")
    known_rows: list[KnownRow] = Field(description="The first thousand of them")
    namesake_count: int = Field(
        description="Rows of new people who are called as somebody with posts at other actors only"
    )
    namesake_rows: list[KnownRow] = Field(description="The first thousand of them")
    alike_count: int = Field(description="Rows that are probably the same as an earlier one")
    alike_rows: list[AlikeRow] = Field(description="The first thousand of them")
    joined_count: int = Field(
        description="Rows that are of an earlier row's person: by name, at the same actor"
    )
    joined_rows: list[AlikeRow] = Field(description="The first thousand of them")
    error_count: int = Field(description="With any error nothing would be made")
    errors: list[WrongField] = Field(description="The first hundred thousand errors")
