"""Questions about methods."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.actors.contract.method import Method, MethodDraft, MethodStep, Number
from services.actors.tables import MethodRow, MethodUseRow
from services.kit.collection import Collection, When
from services.kit.paging import Filter, has, until
from services.kit.store import table_of


def _is_retired(columns: Any, when: When) -> ColumnElement[bool]:
    return func.coalesce(columns.retired_on <= when.day, False)


def _uses(columns: Any, when: When) -> Any:
    """Its uses that were noted, up to the day."""
    use = when.among(MethodUseRow).alias("use_then")
    return use, and_(use.c.method_id == columns.id, use.c.used_on <= when.day)


def _derived(columns: Any, when: When) -> list[ColumnElement[Any]]:
    use, its = _uses(columns, when)
    count = select(func.count()).select_from(use).where(its).scalar_subquery()
    last = select(func.max(use.c.used_on)).where(its).scalar_subquery()
    retired = _is_retired(columns, when).label("retired")
    return [retired, count.label("use_count"), last.label("last_used_on")]


def _used() -> Filter:
    """true: it is noted to have been used by the day; false: it is not."""

    def clause(columns: Any, values: list[Any], when: When) -> ColumnElement[bool]:
        use, its = _uses(columns, when)
        used = exists(select(use.c.id).where(its))
        return used if values[0] else ~used

    return Filter(bool, clause, dated=True)


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
        "used": _used(),
        "group_size": _for_group(),
        "minutes_until": until("duration_minutes", int),
    },
    sorts=("name", "duration_minutes", "created_at", "updated_at"),
    search=("name", "purpose", "how_to", "materials"),
    derive=_derived,
    dated=True,
)


async def last_used(db: AsyncConnection, id: UUID) -> date | None:
    """The last day on which a method is noted to have been used."""
    use = table_of(MethodUseRow)
    found: date | None = await db.scalar(
        select(func.max(use.c.used_on)).where(use.c.method_id == id)
    )
    return found
