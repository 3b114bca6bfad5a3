"""The order of days: what is not before what, told once and held from both sides."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import BaseModel
from sqlalchemy import ColumnElement, Select, Table, func, select

from services.councils.tables import METADATA
from services.kit.errors import FieldError, Rejected
from services.kit.http import Work


@dataclass(frozen=True)
class Order:
    """The day `later` is not before the day `earlier` of the thing that `by` leads to from it.

    Days are written noun.column; `by` are columns, each of the thing that the one before names.
    """

    later: str
    by: str
    earlier: str


ORDERS = (
    Order("charter.valid_from", "decision_id", "decision.decided_on"),
    Order("charter.valid_from", "council_id", "council.starts_on"),
    Order("decision_review.reviewed_on", "decision_id", "decision.decided_on"),
    Order("direction.answer_by", "decision_id", "decision.decided_on"),
    Order("direction_answer.answered_on", "direction_id.decision_id", "decision.decided_on"),
    Order("escalation.answered_on", "decision_id", "decision.decided_on"),
    Order("escalation.answered_on", "direction_id.decision_id", "decision.decided_on"),
    Order("escalation.raised_on", "council_id", "council.starts_on"),
    Order("escalation.raised_on", "to_council_id", "council.starts_on"),
    Order("health_check.reviewed_on", "council_id", "council.starts_on"),
    Order("project_assignment.decided_on", "decision_id", "decision.decided_on"),
    Order("selection.held_on", "council_id", "council.starts_on"),
    Order("selection.decided_on", "council_id", "council.starts_on"),
)
# What is said at the later day that is before the earlier one, and at the earlier one after it.
SAID = {
    "decision.decided_on": ("too_early", "after_direction"),
    "council.starts_on": ("before_council", "worked_earlier"),
}


async def demand_order(
    work: Work, noun: str, draft: BaseModel, before: Mapping[str, Any] | None = None
) -> None:
    """Rejected at each day of a thing that moves before what it follows, or past what follows it.

    Lock first a thing that others follow; what it follows itself is locked here.
    """
    wrong: dict[str, FieldError] = {}
    for order in ORDERS:
        early, late = SAID[order.earlier]
        if field := _moved(order.later, noun, draft, before or {}, order.by.split(".")[0]):
            day: date | None = await work.db.scalar(_followed(order, draft))
            if day and day > getattr(draft, field):
                told = f"{order.earlier} is {day}"
                wrong.setdefault(field, FieldError(field, early, told))
        if before and (field := _moved(order.earlier, noun, draft, before)):
            first: date | None = await work.db.scalar(_following(order, before["id"]))
            if first and first < getattr(draft, field):
                told = f"{order.later} is {first}"
                wrong.setdefault(field, FieldError(field, late, told))
    if wrong:
        raise Rejected("days would pass each other", errors=list(wrong.values()))


def _moved(day: str, noun: str, draft: Any, before: Mapping[str, Any], *by: str) -> str:
    """The column of a day, where it is the thing's own and it, or what it follows, is changed."""
    whose, _, field = day.partition(".")
    if whose != noun or getattr(draft, field, None) is None:
        return ""
    same = all(getattr(draft, name, None) == before.get(name) for name in (field, *by))
    return "" if same else field


def _named(table: Table, column: str) -> Table:
    """The table that a column refers to."""
    (foreign,) = table.c[column].foreign_keys
    return foreign.column.table


def _followed(order: Order, draft: Any) -> Select[Any]:
    """The earlier day, which stays so until commit."""
    first, *more = order.by.split(".")
    table = _named(METADATA.tables[order.later.split(".")[0]], first)
    named: Any = getattr(draft, first, None)
    for column in more:
        named = select(table.c[column]).where(table.c.id == named).scalar_subquery()
        table = _named(table, column)
    found = select(table.c[order.earlier.split(".")[1]]).where(table.c.id == named)
    return found.with_for_update(read=True, of=table)


def _following(order: Order, id: Any) -> Select[Any]:
    """The first of the later days."""
    noun, _, day = order.later.partition(".")
    table = METADATA.tables[noun]
    return select(func.min(table.c[day])).where(_leads_to(table, order.by.split("."), id))


def _leads_to(table: Table, by: list[str], id: Any) -> ColumnElement[bool]:
    first, *more = by
    leads: ColumnElement[bool] = table.c[first] == id
    if more:
        other = _named(table, first)
        leads = table.c[first].in_(select(other.c.id).where(_leads_to(other, more, id)))
    return leads
