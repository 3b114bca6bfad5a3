"""Collections: everything a list of things can be asked, and one thing read, in SQL Core."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    Table,
    Uuid,
    bindparam,
    select,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from services.kit import clock, ledger, paging
from services.kit.contract import Draft, Thing
from services.kit.errors import NotFound
from services.kit.identity import Caller
from services.kit.paging import Asked, Filter
from services.kit.rows import Row
from services.kit.store import Record, table_of


@dataclass(frozen=True)
class When:
    """The two times of a reading: the day it is about, and the moment it was known."""

    day: date
    known_at: datetime | None = None

    def table(self, row: type[Row]) -> FromClause:
        """A table as it was known then; the table itself for now."""
        table = table_of(row)
        return ledger.as_known_at(table, self.known_at) if self.known_at else table

    def among(self, row: type[Row]) -> FromClause:
        """The same table, for each row of another question to look among.

        What was changed since is found once: else all of a great import that was undone is read
        for every row.
        """
        table = table_of(row)
        return ledger.as_known_at(table, self.known_at, once=True) if self.known_at else table


Columns = Any
Derive = Callable[[Columns, When], Sequence[ColumnElement[Any]]]
Visible = Callable[[Caller, Columns], ColumnElement[bool] | None]
Narrow = Callable[[Caller, Columns, When], ColumnElement[Any] | None]


def _nothing_derived(_columns: Columns, _when: When) -> Sequence[ColumnElement[Any]]:
    return ()


def _all_visible(_caller: Caller, _columns: Columns) -> ColumnElement[bool] | None:
    return None


@dataclass(frozen=True, eq=False)
class Collection:
    """One noun's things: its table, its contract, and how it may be listed and by whom.

    `derive` gives labelled SQL expressions for the answer's derived fields, and for stored ones
    that were something else on the day. `visible` narrows
    what a caller may know of. `owner` is the SQL expression for the municipality that may write
    a thing through its key; `owner_field` is the column that its own new things get, and
    `owned_by` the field that decides whose a thing is where that is not its parent.
    `personal` fields are null for callers who may not read personal data, `hidden` ones for those
    whom the field's own rule does not let read it; `narrowed` ones hold what a caller may know of
    (in SQL; None where that is everything). `heir` is the column that names the thing which
    a merged one lives on in: lists leave the merged out unless asked by it or `lists_merged`, and
    one leads there.
    `listed` is what a thing must be to stand in lists; it is there by its id all the same, and
    where the filter `unlisted_by` is asked by.
    `holds` is what a thing with a period must be besides to stand in a list as of a day of it.
    `on` is the day that a thing came, where it has no period: a list as of a day holds what had
    come by then. `orders` are names in `sorts` that are no column: each gives a value to sort by.
    """

    row: type[Row]
    draft: type[Draft]
    answer: type[Thing]
    path: str
    filters: Mapping[str, Filter] = field(default_factory=dict)
    sorts: tuple[str, ...] = ("created_at",)
    orders: Mapping[str, Callable[[Columns, When], ColumnElement[Any]]] = field(
        default_factory=dict
    )
    search: tuple[str, ...] = ()
    derive: Derive = _nothing_derived
    visible: Visible = _all_visible
    owner: Callable[[Columns], ColumnElement[Any]] | None = None
    owner_field: str | None = None
    owned_by: str | None = None
    personal: tuple[str, ...] = ()
    hidden: Mapping[str, Callable[[Caller], bool]] = field(default_factory=dict)
    narrowed: Mapping[str, Narrow] = field(default_factory=dict)
    parent: tuple[str, str] | None = None
    dated: bool = False
    on: Callable[[Columns, When], ColumnElement[Any]] | None = None
    heir: str | None = None
    lists_merged: bool = False
    listed: Callable[[Columns, When], ColumnElement[bool]] | None = None
    holds: Callable[[Columns, When], ColumnElement[bool]] | None = None
    unlisted_by: str | None = None

    @cached_property
    def table(self) -> Table:
        """The table behind the collection."""
        return table_of(self.row)

    @property
    def noun(self) -> str:
        """The noun in rights, ledger and feed: the table's name."""
        return self.table.name

    @property
    def decides_owner(self) -> str:
        """The draft's field at which a thing of somebody else is told."""
        above = self.parent[1] if self.parent else next(iter(self.draft.model_fields))
        return self.owned_by or above

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The answer's fields that are stored."""
        return tuple(name for name in self.answer.model_fields if name in self.table.c)

    @property
    def periodic(self) -> bool:
        """Whether `as_of` means something here."""
        return self.dated or self.on is not None or "valid" in self.table.c

    @property
    def derives(self) -> bool:
        """Whether the version says too little: the answer holds more than its own row, or less
        for some callers."""
        less = self.narrowed or self.hidden or self.personal
        return self.derive is not _nothing_derived or bool(less)

    def columns(
        self, source: FromClause, when: When, caller: Caller | None = None
    ) -> list[ColumnElement[Any]]:
        """What the answer is made of, for a caller or as it is."""
        derived = self.derive(source.c, when)
        told = {column.key for column in derived}
        whole = [*(source.c[name] for name in self.fields if name not in told), *derived]
        less = self.narrower(caller, source.c, when) if caller else {}
        return [less.get(str(column.key), column) for column in whole] if less else whole

    def narrower(self, caller: Caller, columns: Columns, when: When) -> dict[str, Any]:
        """By name the fields that hold less for this caller, as labelled SQL expressions."""
        found = {name: narrow(caller, columns, when) for name, narrow in self.narrowed.items()}
        return {name: one.label(name) for name, one in found.items() if one is not None}

    @cached_property
    def all_filters(self) -> Mapping[str, Filter]:
        """The collection's filters; any list can also be asked for certain ids."""
        return {"id": paging.same("id", UUID), **self.filters}

    def read_query(
        self,
        pairs: Sequence[tuple[str, str]],
        *,
        paged: bool = True,
        fixed: Mapping[str, str] | None = None,
    ) -> Asked:
        """A query string as a checked question."""
        return paging.read(
            pairs,
            filters=self.all_filters,
            sorts=self.sorts,
            search=bool(self.search),
            periodic=self.periodic,
            paged=paged,
            fixed=fixed,
        )

    def hide(self, record: Record, caller: Caller) -> Record:
        """The record without what this caller may not read."""
        if self.personal and not caller.sees_people:
            for name in self.personal:
                record[name] = None
        for name, reads in self.hidden.items():
            if not reads(caller):
                record[name] = None
        return record


def names_of(columns: Sequence[ColumnElement[Any]]) -> list[str]:
    """Plain names: SQLAlchemy's quoted ones are no JSON keys."""
    return ["".join(column.key or "") for column in columns]


@lru_cache(128)
def one_statement(things: Collection, caller: Caller, when: When) -> tuple[Select[Any], list[str]]:
    """The query for one thing, its id left open as the bind `asked`.

    Kept, for each write shows a thing: to build it was a fifth of that.
    """
    source = when.table(things.row)
    chosen = things.columns(source, when, caller)
    statement = select(*chosen).where(source.c.id == bindparam("asked", None, type_=Uuid()))
    seen = things.visible(caller, source.c)
    return (statement if seen is None else statement.where(seen)), names_of(chosen)


async def get_thing(
    db: AsyncConnection,
    things: Collection,
    id: UUID,
    caller: Caller,
    *,
    when: When | None = None,
) -> Record:
    """One thing as this caller may see it. NotFound, also where it may not be known of."""
    statement, names = one_statement(things, caller, when or When(clock.today()))
    found = (await db.execute(statement, {"asked": id})).one_or_none()
    if found is None:
        raise NotFound(f"there is no {things.noun} {id}")
    return things.hide(dict(zip(names, found, strict=True)), caller)


async def get_things(
    db: AsyncConnection, things: Collection, ids: Sequence[UUID], caller: Caller
) -> list[Record]:
    """Some things, in the order of their ids, by one query. NotFound as for one of them."""
    when = When(clock.today())
    source = when.table(things.row)
    chosen = things.columns(source, when, caller)
    seen, names = things.visible(caller, source.c), names_of(chosen)
    statement = select(*chosen).where(source.c.id.in_(ids))
    rows = await db.execute(statement if seen is None else statement.where(seen))
    found = {one["id"]: one for one in (dict(zip(names, row, strict=True)) for row in rows)}
    if lacking := [one for one in ids if one not in found]:
        raise NotFound(f"there is no {things.noun} {lacking[0]}")
    return [things.hide(found[one], caller) for one in ids]
