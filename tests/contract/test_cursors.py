"""A cursor of every list, in every order it has, is read as the values that it was made of."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import ColumnElement
from sqlalchemy.dialects import postgresql

from services.actors.app import COLLECTIONS as ACTORS
from services.analysis.app import COLLECTIONS as ANALYSIS
from services.councils.app import COLLECTIONS as COUNCILS
from services.kit import cursors
from services.kit.collection import Collection
from services.kit.errors import Malformed
from services.kit.listing import list_statement
from services.kit.paging import Asked
from services.kit.reading import compiled
from tests.callers import LEADER

MOMENT, DAY, ID = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), date(2026, 1, 2), UUID(int=7)
ALL = [*ACTORS, *COUNCILS, *ANALYSIS]
VALUES = {"DATE": DAY, "UUID": ID, "INTEGER": 7, "BIGINT": 7, "SMALLINT": 7, "TIMESTAMP": MOMENT}


def _value(expression: ColumnElement[Any]) -> Any:
    """A value of the column, by the name that PostgreSQL has for its type."""
    name = expression.type.compile(postgresql.dialect()).split()[0]  # type: ignore[no-untyped-call]
    return VALUES.get(name, "åäö")


def _sorted(things: Collection, name: str, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The keys of a list in an order, as its statement compares them."""
    seen: list[Any] = []
    monkeypatch.setattr(cursors, "beyond", lambda keys, _values: seen.extend(keys) or keys[0][0])
    list_statement(things, Asked(sort=((name, False),), after=("x",)), LEADER)
    monkeypatch.undo()
    return seen


@pytest.mark.parametrize("things", ALL, ids=lambda one: one.noun)
def test_every_order_continues(things: Collection, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in things.sorts:
        keys = _sorted(things, name.removeprefix("-"), monkeypatch)
        values = [_value(expression) for expression, _ in keys]
        after = cursors.values_in(cursors.cursor_of(values))
        asked = Asked(sort=((name.removeprefix("-"), False),), after=after)
        told = compiled(list_statement(things, asked, LEADER)[0]).values
        assert [one for one in values if one not in told] == [], name


def test_a_moment_without_its_zone_is_no_cursor() -> None:
    meetings = next(one for one in COUNCILS if one.noun == "meeting")
    asked = Asked(sort=(("starts_at", False),), after=("2026-01-01T09:00:00", str(ID)))
    with pytest.raises(Malformed):
        list_statement(meetings, asked, LEADER)
