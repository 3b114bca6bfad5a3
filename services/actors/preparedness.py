"""Preparedness: what an actor's newest assessment says on a day, for every room that asks."""

from typing import Any

from sqlalchemy import ColumnElement, Date, Subquery, case, func, literal, or_, select, text
from sqlalchemy.dialects.postgresql import distinct_on

from services.actors.contract.readiness import ReadinessState
from services.actors.family import merged_ones
from services.actors.rights import reads_readiness
from services.actors.tables import ReadinessRow
from services.kit.collection import When
from services.kit.errors import Forbidden
from services.kit.identity import Caller
from services.kit.paging import Filter

LEAST = 2


def state_on(columns: Any, when: When) -> ColumnElement[Any]:
    """What an assessment says on a day: one that is too old says nothing of that day."""
    weakest = func.least(columns.will, columns.drive, columns.ability)
    year_before = literal(when.day, Date) - text("INTERVAL '1 year'")
    return case(
        (columns.assessed_on < year_before, literal(ReadinessState.outdated.value)),
        (weakest >= LEAST, literal(ReadinessState.ready.value)),
        else_=literal(ReadinessState.not_ready.value),
    )


def newest_on(when: When) -> Subquery:
    """Each living actor's newest assessment on a day, and what it says then."""
    one = when.table(ReadinessRow).alias("assessed")
    went = merged_ones(when).alias()
    living = func.coalesce(went.c.merged_into_id, one.c.actor_id)
    newest = (
        select(one.c.id, living.label("actor_id"), state_on(one.c, when).label("state"))
        .outerjoin(went, went.c.id == one.c.actor_id)
        .ext(distinct_on(living))
        .where(one.c.assessed_on <= when.day)
        .order_by(living, one.c.assessed_on.desc(), one.c.id.desc())
    )
    return newest.subquery("newest")


def readiness_is() -> Filter:
    """Only actors whose newest assessment on the day says this, or that have none."""

    def clause(columns: Any, values: list[Any], when: When) -> ColumnElement[bool]:
        newest = newest_on(when)
        says: ColumnElement[bool] = columns.id.in_(
            select(newest.c.actor_id).where(newest.c.state.in_(values))
        )
        if ReadinessState.not_assessed not in values:
            return says
        return or_(says, columns.id.not_in(select(newest.c.actor_id)))

    return Filter(ReadinessState, clause, dated=True, sight=of_own)


def of_own(caller: Caller, columns: Any) -> ColumnElement[bool] | None:
    """Who may not read assessments does not learn from a list of actors what they say."""
    if not reads_readiness(caller):
        raise Forbidden("assessments are not for this caller")
    code = caller.bound_to
    return None if code is None else columns.managed_by == code
