"""Everything derived and every filter speaks of the row it is asked of, however deep it is nested.

SQLAlchemy correlates by itself one level only: deeper, the row's table is read anew, and every row
gets one and the same answer.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import ColumnElement, select
from sqlalchemy.dialects import postgresql

from services.actors.app import COLLECTIONS as ACTORS
from services.analysis.app import COLLECTIONS as ANALYSIS
from services.councils.app import COLLECTIONS as COUNCILS
from services.kit.collection import Collection, When
from services.kit.contract import Day
from services.kit.paging import Filter
from tests.callers import ADMINISTRATOR, MEMBER, municipality

DAY, MOMENT = date(2026, 1, 1), datetime(2026, 1, 1, tzinfo=UTC)
CALLERS = (ADMINISTRATOR, MEMBER, municipality("1472", "read"))


def _values(chosen: Filter) -> Iterator[list[Any]]:
    if chosen.kind is bool:
        yield from ([True], [False])
    elif isinstance(chosen.kind, type) and issubclass(chosen.kind, StrEnum):
        yield list(chosen.kind)
    elif chosen.kind is date or chosen.kind is Day:
        yield [DAY]
    else:
        yield [uuid4() if "UUID" in str(chosen.kind) else "1"]


def _said(things: Collection, row: Any, when: When) -> Iterator[tuple[str, ColumnElement[Any]]]:
    for column in things.derive(row, when):
        yield str(column.key), column
    for name, chosen in things.all_filters.items():
        for values in _values(chosen):
            yield f"{name}={values}", chosen.clause(row, values, *([when] if chosen.dated else []))
    for caller in CALLERS:
        seen = things.visible(caller, row)
        if seen is not None:
            yield "visible", seen
        yield from things.narrower(caller, row, when).items()
    if things.owner:
        yield "owner", things.owner(row)


@pytest.mark.parametrize("things", [*ACTORS, *COUNCILS, *ANALYSIS], ids=lambda one: one.noun)
def test_the_row_asked_of_is_read_once(things: Collection) -> None:
    for when in (When(DAY), When(DAY, MOMENT)):
        source = when.table(things.row).alias("the_row")
        for name, said in _said(things, source.c, when):
            statement = select(source.c.id, said.label("said"))
            sql = str(statement.compile(dialect=postgresql.dialect()))
            assert len(re.findall(r"AS the_row\b", sql)) == 1, f"{things.noun}.{name}\n{sql}"
