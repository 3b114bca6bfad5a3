"""Questions about methods."""

from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_

from services.actors.contract.method import Method, MethodDraft, MethodStep, Number
from services.actors.tables import MethodRow
from services.kit.collection import Collection, When
from services.kit.paging import Filter, given, has, until


def _is_retired(columns: Any, when: When) -> ColumnElement[bool]:
    return func.coalesce(columns.retired_on <= when.day, False)


def _retired() -> Filter:
    """true: nobody takes it up any more on the day; false: it is there to be taken up."""

    def clause(columns: Any, values: list[Any], when: When) -> ColumnElement[bool]:
        retired = _is_retired(columns, when)
        return retired if values[0] else ~retired

    return Filter(bool, clause, dated=True)


def _fits(columns: Any, size: int) -> ColumnElement[bool]:
    fewest, most = columns.group_from, columns.group_to
    return and_(or_(fewest.is_(None), fewest <= size), or_(most.is_(None), most >= size))


def _for_group() -> Filter:
    """Only those that work with so many people; where nobody said how many, with any."""
    return Filter(
        Number, lambda columns, values: or_(*(_fits(columns, size) for size in values)),
        keeps="Only those that work with so many people; where nobody said how many, with any",
    )  # fmt: skip


METHODS = Collection(
    row=MethodRow,
    draft=MethodDraft,
    answer=Method,
    path="/methods",
    filters={
        "step": has("steps", MethodStep),
        "retired": _retired(),
        "used": given("last_used_on"),
        "group_size": _for_group(),
        "minutes_until": until("duration_minutes", int),
    },
    sorts=("name", "duration_minutes", "last_used_on", "use_count", "created_at", "updated_at"),
    search=("name", "purpose", "how_to", "materials"),
    derive=lambda columns, when: [_is_retired(columns, when).label("retired")],
    dated=True,
)
