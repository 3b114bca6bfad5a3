"""Questions about priorities."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, Text, and_, any_, cast, func, literal, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from services.actors.actor.queries import actor_owner
from services.actors.contract.priority import Priority, PriorityChoice, PriorityDraft
from services.actors.criterion.queries import CRITERIA
from services.actors.family import of_actor
from services.actors.precedence import decided_last
from services.actors.readiness.queries import readiness_seen
from services.actors.tables import CriterionRow, PriorityRow
from services.kit.collection import Collection, When
from services.kit.contract import Reference
from services.kit.paging import Filter, same, since, until

LEAST, MOST = 1, 5


def _is_current(columns: Any, when: When) -> ColumnElement[bool]:
    found: ColumnElement[bool] = columns.id.in_(select(decided_last(when).c.id))
    return found


def _is_overdue(columns: Any, when: When) -> ColumnElement[bool]:
    late = and_(columns.review_on < when.day, _is_current(columns, when))
    return func.coalesce(late, literal(False))


def _weighted(columns: Any, when: When, unknown: int | None = None) -> ColumnElement[Any]:
    """Weight times score by the criteria that it was weighed by; without `unknown` the most.

    As in `kin_of`: two levels down the row's table would be read anew.
    """
    criterion = when.among(CriterionRow).alias("criterion_then")
    score: ColumnElement[Any] = literal(MOST)
    if unknown is not None:
        one = func.jsonb_array_elements(columns.scores, type_=JSONB).column_valued("one")
        of_it = one.op("->>")("criterion_id") == cast(criterion.c.id, Text)
        given = select(cast(one.op("->>")("score"), Integer)).where(of_it)
        known = given.correlate(columns.id.table, criterion).scalar_subquery()
        score = func.coalesce(known, unknown)
    weighed = criterion.c.id == any_(columns.criterion_ids)
    found = select(func.sum(criterion.c.weight * score)).where(weighed)
    return found.correlate(columns.id.table).scalar_subquery()


def _derived(columns: Any, when: When) -> list[ColumnElement[Any]]:
    return [
        _is_current(columns, when).label("current"),
        _is_overdue(columns, when).label("review_overdue"),
        _weighted(columns, when, LEAST).label("weighted_lowest"),
        _weighted(columns, when, MOST).label("weighted_highest"),
        _weighted(columns, when).label("weighted_most"),
    ]


def _true_of(holds: Any) -> Filter:
    return Filter(bool, lambda c, values, when: holds(c, when) == values[0], dated=True)


PRIORITIES = Collection(
    row=PriorityRow,
    draft=PriorityDraft,
    answer=Priority,
    path="/priorities",
    filters={
        "actor_id": of_actor("actor_id"),
        "choice": same("choice", PriorityChoice),
        "decided_by_post_id": same("decided_by_post_id", Reference),
        "current": _true_of(_is_current),
        "review_overdue": _true_of(_is_overdue),
        "decided_from": since("decided_on"),
        "decided_until": until("decided_on"),
    },
    sorts=("-decided_on", "review_on", "created_at", "updated_at"),
    search=("reason", "decided_by"),
    derive=_derived,
    on=lambda columns, _: columns.decided_on,
    visible=readiness_seen,
    owner=actor_owner,
    parent=("/actors", "actor_id"),
)


async def in_force(db: AsyncConnection, day: date) -> list[UUID]:
    """What actors are weighed by on a day; it stays until commit."""
    criterion = CRITERIA.table
    found = select(criterion.c.id).where(criterion.c.valid.op("@>")(day))
    kept = found.order_by(criterion.c.id).with_for_update(read=True, key_share=True, of=criterion)
    return list((await db.execute(kept)).scalars())
