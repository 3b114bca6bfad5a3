"""Bulk sets: what many rows refer to, have alone, or may not share in time; a query for each."""

from collections.abc import Container, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import (
    Column,
    ForeignKey,
    Integer,
    Table,
    UniqueConstraint,
    and_,
    any_,
    bindparam,
    func,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY, ExcludeConstraint
from sqlalchemy.ext.asyncio import AsyncConnection

from services.kit import references
from services.kit.errors import FieldError
from services.kit.references import Hidden, heir_of, merged

Drafts = Mapping[int, Any]
Told = list[tuple[int, FieldError]]


async def unknown(db: AsyncConnection, table: Table, drafts: Drafts, hidden: Hidden) -> Told:
    """Rows that refer to nothing in the service's tables: one query for each foreign key.

    What is hidden is not there.
    """
    found: Told = []
    for column in table.c:
        for foreign in column.foreign_keys:
            found += await _unknown(db, column, foreign, drafts, hidden.get(column.name, ()))
    return found


async def _unknown(
    db: AsyncConnection,
    column: Column[Any],
    foreign: ForeignKey,
    drafts: Drafts,
    hidden: Container[Any],
) -> Told:
    other, field = foreign.column, column.name
    named = {n: v for n, d in drafts.items() if (v := getattr(d, field, None)) is not None}
    if not named:
        return []
    wanted = bindparam("wanted", list(set(named.values())), type_=ARRAY(other.type))
    statement = select(other, heir_of(other.table)).where(other == any_(wanted))
    known = {row[0]: row[1] for row in await db.execute(statement)}
    found: Told = []
    for n, value in named.items():
        if value not in known or value in hidden:
            found.append((n, references.unknown(field, other.table.name, value)))
        elif known[value] is not None:
            found.append((n, merged(field, known[value])))
    return found


class _Unique(NamedTuple):
    columns: tuple[Column[Any], ...]
    where: Any


def _uniques(table: Table, drafts: Drafts) -> Iterator[_Unique]:
    """What the table has once only, of the fields that somebody sends."""
    sent = type(next(iter(drafts.values()))).model_fields if drafts else {}
    found = [_Unique(tuple(i.columns), _partial(i)) for i in table.indexes if i.unique]
    found += [
        _Unique(tuple(one.columns), None)
        for one in table.constraints
        if isinstance(one, UniqueConstraint)
    ]
    yield from (one for one in found if all(column.name in sent for column in one.columns))


def _partial(index: Any) -> Any:
    return index.dialect_options["postgresql"]["where"]


async def taken(db: AsyncConnection, table: Table, drafts: Drafts) -> Told:
    """Rows with what another row of the body, or a stored thing, has alone."""
    found: Told = []
    for unique in _uniques(table, drafts):
        found += await _taken(db, table, unique, drafts)
    return found


async def _taken(db: AsyncConnection, table: Table, unique: _Unique, drafts: Drafts) -> Told:
    names = [column.name for column in unique.columns]
    values = {n: tuple(getattr(d, name) for name in names) for n, d in drafts.items()}
    given = {n: value for n, value in values.items() if None not in value}
    if not given:
        return []
    wanted = _unnested(unique.columns, sorted(set(given.values())))
    same = and_(*(c == wanted.c[c.name] for c in unique.columns))
    stored = select(*unique.columns).select_from(table.join(wanted, same))
    if unique.where is not None:
        stored = stored.where(unique.where)
    before = {tuple(row): "is taken" for row in await db.execute(stored)}
    found: Told = []
    for number, value in given.items():
        if value in before:
            found.append((number, FieldError(names[-1], "taken", f"{names[-1]} {before[value]}")))
        before.setdefault(value, f"stands in row {number} too")
    return found


def _unnested(columns: Any, rows: list[tuple[Any, ...]]) -> Any:
    """Values as rows of a query, a column for each field; the first says which row it is."""
    lists = [
        bindparam(None, [row[place] for row in rows], type_=ARRAY(column.type))
        for place, column in enumerate(columns)
    ]
    names = [Column(column.name, column.type) for column in columns]
    return func.unnest(*lists).table_valued(*names, name="sent").render_derived()


async def overlapping(db: AsyncConnection, table: Table, drafts: Drafts) -> Told:
    """Rows whose period goes into that of another row, or of a stored thing, of the same keys."""
    found: Told = []
    for constraint in table.constraints:
        if isinstance(constraint, ExcludeConstraint):
            keys = [column for column in constraint.columns if column.name != "valid"]
            found += await _overlapping(db, table, keys, drafts)
    return found


class _Span(NamedTuple):
    keys: tuple[Any, ...]
    start: date
    end: date
    number: int


async def _overlapping(
    db: AsyncConnection, table: Table, keys: list[Column[Any]], drafts: Drafts
) -> Told:
    names = [column.name for column in keys]
    spans = [
        _Span(tuple(getattr(d, n) for n in names), d.valid_from, d.valid_to or date.max, number)
        for number, d in drafts.items()
        if d.valid_from and None not in (getattr(d, n) for n in names)
    ]
    if not spans:
        return []
    clashes = _among(spans) | await _stored(db, table, keys, spans)
    told = FieldError("valid_from", "overlap", "the period goes into another one")
    return [(number, told) for number in sorted(clashes)]


def _among(spans: list[_Span]) -> set[int]:
    """Rows that clash with one that begins before."""
    found, ends = set(), dict[tuple[Any, ...], date]()
    for span in sorted(spans, key=lambda one: (one.start, one.number)):
        if span.start < ends.get(span.keys, date.min):
            found.add(span.number)
        ends[span.keys] = max(span.end, ends.get(span.keys, date.min))
    return found


async def _stored(
    db: AsyncConnection, table: Table, keys: list[Column[Any]], spans: list[_Span]
) -> set[int]:
    columns = [*keys, table.c.valid_from, table.c.valid_to, Column("number", Integer)]
    rows = [(*s.keys, s.start, None if s.end == date.max else s.end, s.number) for s in spans]
    sent = _unnested(columns, rows)
    same = and_(*(column == sent.c[column.name] for column in keys))
    meets = or_(sent.c.valid_to.is_(None), table.c.valid_from < sent.c.valid_to)
    lasts = or_(table.c.valid_to.is_(None), table.c.valid_to > sent.c.valid_from)
    found = select(sent.c.number).select_from(table.join(sent, and_(same, meets, lasts)))
    return set((await db.execute(found)).scalars())
