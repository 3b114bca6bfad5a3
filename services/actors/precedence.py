"""Precedence: what the newest decision about an actor says on a day, for every room that asks."""

from typing import Any

from sqlalchemy import ColumnElement, Subquery, func, or_, select
from sqlalchemy.dialects.postgresql import distinct_on

from services.actors.contract.priority import PriorityState
from services.actors.family import merged_ones
from services.actors.preparedness import of_own
from services.actors.tables import PriorityRow
from services.kit.collection import When
from services.kit.paging import Filter


def decided_last(when: When) -> Subquery:
    """Each living actor's newest decision on a day."""
    one = when.table(PriorityRow).alias("decided")
    went = merged_ones(when).alias()
    living = func.coalesce(went.c.merged_into_id, one.c.actor_id)
    newest = (
        select(one.c.id, living.label("actor_id"), one.c.choice)
        .outerjoin(went, went.c.id == one.c.actor_id)
        .ext(distinct_on(living))
        .where(one.c.decided_on <= when.day)
        .order_by(living, one.c.decided_on.desc(), one.c.id.desc())
    )
    return newest.subquery("decided_last")


def priority_is() -> Filter:
    """Only actors of which the newest decision on the day says this, or that have none."""

    def clause(columns: Any, values: list[Any], when: When) -> ColumnElement[bool]:
        newest = decided_last(when)
        says: ColumnElement[bool] = columns.id.in_(
            select(newest.c.actor_id).where(newest.c.choice.in_(values))
        )
        if PriorityState.not_decided not in values:
            return says
        return or_(says, columns.id.not_in(select(newest.c.actor_id)))

    return Filter(PriorityState, clause, dated=True, sight=of_own)
