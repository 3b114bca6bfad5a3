"""Rows: what an archive's objects become, before it is known which of them are there already."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from pydantic import BaseModel, TypeAdapter, ValidationError

from services.councils.contract.oparl import OparlRequest
from services.councils.oparl.addresses import OWN, key_of
from services.councils.oparl.flattening import Archive, Thing, is_id
from services.kit.contract import Day, Url
from services.kit.errors import FieldError, field_errors
from services.kit.store import Record, plain

TABLES = ("council", "phase_change", "seat", "meeting", "agenda_item", "decision")
Stored = Mapping[str, Mapping[UUID, Record]]
Called = Mapping[str, str]
_DAY: TypeAdapter[Any] = TypeAdapter(Day)
_URL: TypeAdapter[Any] = TypeAdapter(Url)


def is_url(value: Any) -> bool:
    """Whether something is an address that a page may lead to."""
    try:
        _URL.validate_python(value)
    except ValidationError:
        return False
    return True


@dataclass
class Row:
    """A row: what the archive says of it, and what only a new one gets besides."""

    where: str
    id: UUID
    draft: Any
    given: Record
    once: Record = field(default_factory=dict)
    called: Called = field(default_factory=dict)

    def blame(self, error: FieldError) -> FieldError:
        """An error of ours at its place in the archive, by what the field is called there."""
        name, dot, rest = error.field.partition(".")
        told = self.called.get(name, f"{OWN}.{name}")
        return FieldError(f"{self.where}.{told}{dot}{rest}", error.code, error.message)


class Kept(NamedTuple):
    """What is read of an archive: rows for each table, and what is left out of it, by why."""

    rows: dict[str, dict[UUID, Row]]
    left: Counter[str]


class Reader:
    """What all that read objects share: what was asked, what there is, what is wrong."""

    def __init__(self, archive: Archive, request: OparlRequest, stored: Stored) -> None:
        self.archive, self.request, self.stored = archive, request, stored
        self.rows: dict[str, dict[UUID, Row]] = {name: {} for name in TABLES}
        self.left: Counter[str] = Counter()
        # What is wrong itself is there all the same, so that what names it is judged too.
        self.failed: dict[str, set[UUID]] = defaultdict(set)

    def of(self, kind: str) -> list[Thing]:
        """All objects of a kind, as they stand in the archive."""
        return sorted(self.archive.things[kind].values(), key=lambda thing: thing.place)

    def keep(
        self,
        table: str,
        thing: Thing,
        draft: type[BaseModel],
        values: Record,
        **more: Any,
    ) -> Row | None:
        """A row for a table; None where something in it is wrong, which is told."""
        called: Called = more.pop("called", {})
        where: str = more.pop("where", thing.where)
        found = Row(where, more.pop("id", key_of(thing.id)), None, {}, {}, called)
        try:
            checked = draft.model_validate(values)
        except ValidationError as failure:
            errors = field_errors(failure.errors(include_url=False))
            self.archive.wrong += [found.blame(error) for error in errors]
            self.failed[table].add(found.id)
            return None
        whole = plain(checked)
        found.draft, found.given = checked, {name: whole[name] for name in values} | more
        found.once = {name: value for name, value in whole.items() if name not in values}
        self.rows[table][found.id] = found
        return found

    def fail(self, thing: Thing, name: str, code: str, message: str) -> None:
        """Something is wrong with a field of an object."""
        self.archive.fail(f"{thing.where}.{name}", code, message)

    def has(self, table: str, id: UUID) -> bool:
        """Whether the archive has such a row, or would if nothing were wrong in it."""
        return id in self.rows[table] or id in self.failed[table]

    def value(self, table: str, id: UUID | None, name: str) -> Any:
        """What a row of the archive has in a field, or else one that is there."""
        if id is None:
            return None
        row = self.rows[table].get(id)
        if row is None:
            return self.stored[table].get(id, {}).get(name)
        return row.given.get(name, row.once.get(name))

    def refer(self, table: str, thing: Thing, name: str, text: Any) -> UUID | None:
        """The row that an id names, in the archive or in the house."""
        if is_id(text):
            found = key_of(text)
            if self.has(table, found) or found in self.stored[table]:
                return found
        self.fail(thing, name, "unknown_reference", f"there is no such {table}: {str(text)[:200]}")
        return None

    def named(self, thing: Thing, name: str) -> UUID | None:
        """What an id names, there or not; None where there is none, or no id, which is told."""
        value = thing.said.get(name)
        if value is None or is_id(value):
            return key_of(value) if value else None
        self.fail(thing, name, "unknown_reference", f"no id: {str(value)[:200]}")
        return None

    def text(self, thing: Thing, name: str) -> str | None:
        """A text as it stands; None where there is none, or it is no text, which is told."""
        value = thing.said.get(name)
        if value is None or isinstance(value, str):
            return value
        self.fail(thing, name, "string_type", "a text")
        return None

    def day(self, thing: Thing, name: str) -> Any:
        """A day; None where there is none, or it is no day, which is told."""
        if thing.said.get(name) is None:
            return None
        try:
            return _DAY.validate_python(thing.said[name])
        except ValidationError as failure:
            for error in field_errors(failure.errors(include_url=False)):
                self.fail(thing, name, error.code, error.message)
            return None

    def each(self, thing: Thing, name: str) -> list[Any]:
        """What a field lists; one thing alone counts as a list of it."""
        value = thing.said.get(name, [])
        return value if isinstance(value, list) else [value]

    def own(self, thing: Thing) -> Record | None:
        """What an object says in our own words; None for those of others."""
        value = thing.said.get(OWN)
        if value is None or isinstance(value, dict):
            return value
        self.fail(thing, OWN, "dict_type", "our own words are an object")
        return None
