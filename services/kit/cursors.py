"""Cursors: how a list is continued after a row, by the values it is sorted by."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import orjson
from pydantic import AwareDatetime, TypeAdapter, ValidationError
from sqlalchemy import ColumnElement, TypeDecorator, and_, func, literal, or_, true
from sqlalchemy.types import TypeEngine

from services.kit.errors import Malformed


def cursor_of(values: Sequence[Any]) -> str:
    """The cursor that continues after a row with these sort values."""
    return urlsafe_b64encode(orjson.dumps(list(values), default=str)).rstrip(b"=").decode()


def values_in(cursor: str) -> tuple[Any, ...]:
    """The sort values that a cursor continues after. ValueError where it is none."""
    found = orjson.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    if not isinstance(found, list):
        raise ValueError(cursor)
    return tuple(found)


def beyond(
    keys: Sequence[tuple[ColumnElement[Any], bool]], values: Sequence[Any]
) -> ColumnElement[bool]:
    """The rows that come after these sort values, in this order (keyset paging)."""
    if len(keys) != len(values):
        raise Malformed("the cursor belongs to another list", field="after", reason="unreadable")
    steps: list[ColumnElement[bool]] = []
    equal: ColumnElement[bool] = true()
    for (expression, descending), value in zip(keys, values, strict=True):
        limit = literal(_typed(value, expression.type), expression.type)
        steps.append(and_(equal, expression < limit if descending else expression > limit))
        equal = and_(equal, expression == limit)
    return or_(*steps)


def _typed(value: Any, kind: TypeEngine[Any]) -> Any:
    meant = _python_type(kind)
    try:
        # A moment without its zone is no moment of ours.
        return TypeAdapter(AwareDatetime if meant is datetime else meant).validate_python(value)
    except (ValidationError, NotImplementedError):
        raise Malformed("the cursor is unreadable", field="after", reason="unreadable") from None


def never_null(expression: ColumnElement[Any], nullable: bool) -> ColumnElement[Any]:
    """Missing values sort last: a key that is compared must always have a value."""
    if not nullable:
        return expression
    kind = _python_type(expression.type)
    last: dict[Any, Any] = {
        str: "\U0010ffff",
        date: date.max,
        datetime: datetime.max.replace(tzinfo=UTC),
        int: 2**31 - 1,
    }
    return func.coalesce(expression, literal(last.get(kind, 2**31 - 1), expression.type))


def _python_type(kind: TypeEngine[Any]) -> Any:
    """What Python makes of a column: sqlmodel's own types say it by what they stand for."""
    return (kind.impl_instance if isinstance(kind, TypeDecorator) else kind).python_type
