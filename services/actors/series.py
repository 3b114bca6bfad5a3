"""Series: the standings of an actor and of those merged into it as one, never two on a day.

The actor's own count where it has one; of those that came with it, what began last.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal_column, or_, select, tuple_
from sqlalchemy.dialects.postgresql import DATEMULTIRANGE, DATERANGE, aggregate_order_by

from services.actors.family import kin_of, living, merged_ones
from services.actors.tables import ActorRow, StandingRow
from services.kit.collection import When
from services.kit.paging import Filter

NONE: Any = literal_column("'{}'::datemultirange", DATEMULTIRANGE())


def _before(columns: Any, when: When, told: Callable[[Any], Any]) -> Select[Any]:
    """What goes before a standing, of all days: what another of its family says."""
    other, into = when.among(StandingRow).alias("goes_before"), living(columns.actor_id, when)
    later = tuple_(other.c.valid_from, other.c.id) > tuple_(columns.valid_from, columns.id)
    # Its own actor's go before all that came with others, and nothing before them.
    first = and_(other.c.actor_id == into, columns.actor_id != into)
    family = other.c.actor_id == func.any(kin_of(columns.actor_id, when))
    found = select(told(other.c)).where(family, columns.actor_id != into, or_(first, later))
    return found.correlate(columns.id.table)


def counts_on(columns: Any, when: When, day: Any = None) -> ColumnElement[bool]:
    """Whether a standing is the actor's, on a day that it lasts."""
    found = _before(columns, when, lambda other: other.id)
    then = literal_column("goes_before.valid", DATERANGE()).op("@>")
    # The offset keeps it a question of each row: joined, its family would be asked for every pair.
    return ~found.where(then(when.day if day is None else day)).offset(0).exists()


def counting_periods(columns: Any, when: When) -> ColumnElement[Any]:
    """The days on which a standing is the actor's: its period, less what goes before it."""
    taken = _before(columns, when, lambda other: func.range_agg(other.valid)).scalar_subquery()
    left = func.datemultirange(columns.valid).op("-")(func.coalesce(taken, NONE))
    span = func.unnest(left).column_valued("span")
    day = func.jsonb_build_object("valid_from", func.lower(span), "valid_to", func.upper(span))
    told = select(func.jsonb_agg(aggregate_order_by(day, span))).correlate(columns.id.table)
    found = func.coalesce(told.scalar_subquery(), func.jsonb_build_array())
    return found.label("counting_periods")


def _of_its_own(columns: Any, name: str, when: When) -> Any:
    standing = when.among(StandingRow)
    found = select(standing.c[name]).where(standing.c.actor_id == columns.id)
    return found.where(standing.c.valid.op("@>")(when.day)).scalar_subquery()


def _of_merged(columns: Any, name: str, when: When) -> Any:
    standing, merged = when.among(StandingRow), merged_ones(when)
    found = select(standing.c[name]).join(merged, merged.c.id == standing.c.actor_id)
    found = found.where(merged.c.merged_into_id == columns.id, standing.c.valid.op("@>")(when.day))
    last = found.order_by(standing.c.valid_from.desc(), standing.c.id.desc()).limit(1)
    return last.scalar_subquery()


def said_on(columns: Any, when: When) -> list[ColumnElement[Any]]:
    """An actor's level and status on the day."""
    status, level = (_of_its_own(columns, name, when) for name in ("status", "level"))
    came = [_of_merged(columns, name, when) for name in ("status", "level")]
    # A standing of its own may say no level: what it says is asked by the status, which all have.
    whose = case((status.is_(None), came[1]), else_=level)
    return [whose.label("level"), func.coalesce(status, came[0]).label("status")]


def standing_is(name: str, kind: Any) -> Filter:
    """Only actors with this level or status on the day."""

    def clause(columns: Any, values: list[Any], when: When) -> ColumnElement[bool]:
        standing = when.table(StandingRow).alias("said")
        then = and_(standing.c[name].in_(values), standing.c.valid.op("@>")(when.day))
        own = select(standing.c.actor_id).where(then)
        merged = when.table(ActorRow).alias("came_with")
        came = select(merged.c.merged_into_id).join(standing, standing.c.actor_id == merged.c.id)
        came = came.where(merged.c.merged_into_id.is_not(None), then)
        came = came.where(counts_on(standing.c, when))
        found: ColumnElement[bool] = columns.id.in_(own.union_all(came))
        return found

    return Filter(kind, clause, dated=True)
