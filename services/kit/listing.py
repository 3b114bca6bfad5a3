"""Listing: what a list asks of the database: narrowed, ordered, a page at a time, or counted."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    func,
    literal_column,
    select,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import Text

from services.kit import clock, cursors, search
from services.kit.collection import Collection, Columns, When, names_of
from services.kit.identity import Caller
from services.kit.paging import Asked
from services.kit.rows import sort_key
from services.kit.store import Record


def _ordering(
    things: Collection, source: FromClause, asked: Asked
) -> list[tuple[ColumnElement[Any], bool]]:
    chosen = asked.sort or ((things.sorts[0].removeprefix("-"), things.sorts[0].startswith("-")),)
    keys: list[tuple[ColumnElement[Any], bool]] = []
    if asked.q and not asked.sort:
        keys.append((search.rank(source, things.search, asked.q), False))
    for name, descending in chosen:
        if made := things.orders.get(name):
            keys.append((made(source.c, when_of(asked)), descending))
            continue
        column = source.c[name]
        expression: ColumnElement[Any] = column
        if isinstance(column.type, Text):
            expression = literal_column(f"({sort_key(f'{source.name}.{name}')})", Text())  # type: ignore[attr-defined]
        stored = things.table.c[name]
        keys.append((cursors.never_null(expression, bool(stored.nullable)), descending))
    return [*keys, (source.c.id, False)]


def when_of(asked: Asked) -> When:
    """The two times of a list's question: the day asked for or today, and the moment if any."""
    return When(asked.as_of or clock.today(), asked.known_at)


def conditions(
    things: Collection, source: FromClause, asked: Asked, caller: Caller
) -> list[ColumnElement[bool]]:
    """What the question and the caller's rights narrow the list to."""
    found, when = [], when_of(asked)
    by = {name for name, _ in asked.filters}
    for name, values in asked.filters:
        chosen = things.all_filters[name]
        times = (when,) if chosen.dated else ()
        found.append(chosen.clause(source.c, list(values), *times))
        learned = chosen.sight(caller, source.c) if chosen.sight else None
        if learned is not None:
            found.append(learned)
    if things.heir and not things.lists_merged and things.heir not in by:
        found.append(source.c[things.heir].is_(None))
    if things.listed and things.unlisted_by not in by:
        found.append(things.listed(source.c, when))
    if asked.q:
        found.append(search.matches(source, things.search, asked.q))
    if asked.as_of:
        found += _on_the_day(things, source.c, when)
    seen = things.visible(caller, source.c)
    return [*found, seen] if seen is not None else found


def _on_the_day(things: Collection, columns: Columns, when: When) -> list[ColumnElement[bool]]:
    found = []
    if "valid" in things.table.c:
        found.append(columns.valid.op("@>")(when.day))
    if things.holds:
        found.append(things.holds(columns, when))
    if things.on:
        found.append(things.on(columns, when) <= when.day)
    return found


def list_statement(
    things: Collection, asked: Asked, caller: Caller, *extra: ColumnElement[Any]
) -> tuple[Select[Any], list[str], int]:
    """A list's one query, the names of its columns, and how many sort marks follow them."""
    when = when_of(asked)
    source = when.table(things.row)
    narrowed = conditions(things, source, asked, caller)
    keys = _ordering(things, source, asked)
    marks = [key.label(f"_{number}") for number, (key, _) in enumerate(keys)]
    chosen = things.columns(source, when, caller)
    statement = select(*chosen, *marks, *extra).where(*narrowed)
    if asked.after is not None:
        statement = statement.where(cursors.beyond(keys, asked.after))
    statement = statement.order_by(*(k.desc() if down else k.asc() for k, down in keys))
    statement = statement.limit(asked.limit + 1).offset((asked.page - 1) * asked.limit)
    return statement, names_of(chosen), len(keys)


def count_statement(things: Collection, asked: Asked, caller: Caller) -> Select[Any]:
    """How many things the question finds in all."""
    source = when_of(asked).table(things.row)
    narrowed = conditions(things, source, asked, caller)
    return select(func.count()).select_from(source).where(*narrowed)


def counts_statement(things: Collection, asked: Asked, caller: Caller, by: str) -> Select[Any]:
    """How many of the things that the question finds have each value of a column; none is last."""
    source = when_of(asked).table(things.row)
    statement = select(source.c[by], func.count()).where(*conditions(things, source, asked, caller))
    return statement.group_by(source.c[by]).order_by(source.c[by])


async def list_things(
    db: AsyncConnection, things: Collection, asked: Asked, caller: Caller
) -> list[Record]:
    """The items of a page, read inside a transaction or by another room."""
    statement, names, _marks = list_statement(things, asked, caller)
    rows = (await db.execute(statement)).all()
    items = [dict(zip(names, row, strict=False)) for row in rows[: asked.limit]]
    return [things.hide(item, caller) for item in items]
