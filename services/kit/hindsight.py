"""Hindsight: what came to a thing later is not told of a day before it."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, literal

from services.kit.collection import When
from services.kit.paging import Filter


def had_come(day: ColumnElement[Any], when: When, *, unknown: bool = False) -> ColumnElement[bool]:
    """Whether the day has come by the day asked for; `unknown`: also where nobody knows it."""
    return func.coalesce(day <= when.day, literal(unknown))


def told_since(
    columns: Any, when: When, day: str, *names: str, unknown: bool = False, **before: Any
) -> list[ColumnElement[Any]]:
    """A day and the fields that came with it; before it they are null, or what is told `before`."""
    came = had_come(columns[day], when, unknown=unknown)
    return [
        case((came, columns[name]), else_=before.get(name)).label(name)
        for name in (day, *names, *before)
    ]


def same_since(day: str, column: str, kind: Any = str, *, unknown: bool = False) -> Filter:
    """Equal to any of the values given, of what came with a day once that has come."""

    def clause(columns: Any, values: Sequence[Any], when: When) -> ColumnElement[bool]:
        return and_(columns[column].in_(values), had_come(columns[day], when, unknown=unknown))

    keeps = f"Only with this {column}; repeated: any of them"
    return Filter(kind, clause, dated=True, keeps=keeps)


def true_of(holds: Callable[[Any, When], ColumnElement[bool]], keeps: str = "") -> Filter:
    """true: it holds on the day; false: it does not."""
    return Filter(
        bool, lambda c, values, when: holds(c, when) == values[0], dated=True, keeps=keeps
    )
