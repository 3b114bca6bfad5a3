"""Families: an actor and those merged into it, which every room reads as one.

Nothing that hangs on a merged actor is moved: it is found by the family, so a merge can be undone
and what each actor was is kept.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import CTE, ColumnElement, FromClause, Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.actors.tables import ActorRow
from services.kit.collection import When
from services.kit.contract import Reference
from services.kit.paging import Filter
from services.kit.store import table_of


def living_id(columns: Any) -> ColumnElement[UUID]:
    """The actor that an actor lives on in: itself unless it was merged."""
    return func.coalesce(columns.merged_into_id, columns.id)


@lru_cache(128)
def merged_ones(when: When) -> FromClause:
    """Those that live on in another, by `merged_into_id`, for each row of a list to look among.

    As they were at a moment they are found once: else all that was changed since is read for
    every row.
    """
    one = when.table(ActorRow).alias("merged")
    if when.known_at is None:
        return one
    found = select(one.c.id, one.c.merged_into_id).where(one.c.merged_into_id.is_not(None))
    return found.cte().prefix_with("MATERIALIZED")


def kin(ids: Sequence[UUID], when: When) -> Select[tuple[UUID]]:
    """Every id of some actors' families, whichever id of theirs is given.

    Whom they live on in is asked first, as an array: of a table as it was known, only what is
    compared with a value is sought by an index; a join would make the whole table again.
    """
    one, named = when.table(ActorRow).alias("kin"), when.table(ActorRow).alias("named")
    living = select(living_id(named.c)).where(named.c.id.in_(ids)).scalar_subquery()
    return select(one.c.id).where(living_id(one.c) == func.any(func.array(living)))


def is_kin(column: ColumnElement[Any], ids: Sequence[UUID], when: When) -> ColumnElement[bool]:
    """Whether a column names any of some actors' families, found once in the whole question."""
    family = _families(tuple(ids), when)
    ids_of = select(family.c.id).scalar_subquery()
    found: ColumnElement[bool] = column == func.any(func.array(ids_of))
    return found


@lru_cache(128)
def _families(ids: tuple[UUID, ...], when: When) -> CTE:
    return kin(ids, when).cte()


def kin_of(actor_id: Any, when: When) -> Any:
    """A family as an array, for one row's actor.

    It names the row's table itself: left to SQLAlchemy, a question nested in another one would
    read that table anew, and every row would have the families of all.
    """
    one, named = when.table(ActorRow).alias("kin"), when.table(ActorRow).alias("named")
    living = select(living_id(named.c)).where(named.c.id == actor_id).correlate(actor_id.table)
    same = living_id(one.c) == living.scalar_subquery()
    found = select(one.c.id).where(same).order_by(one.c.created_at, one.c.id)
    return func.array(found.correlate(actor_id.table).scalar_subquery())


def of_two(one_id: Any, other_id: Any, when: When) -> ColumnElement[bool]:
    """Whether two actors, of one row, are not merged into one: nothing is between itself.

    Each is asked by itself, as a value (see `kin`); one that is not there lives on as itself.
    """

    def living(id: Any) -> ColumnElement[UUID]:
        actor = when.table(ActorRow).alias("side")
        found = select(living_id(actor.c)).where(actor.c.id == id).correlate(one_id.table)
        return func.coalesce(found.scalar_subquery(), id)

    return living(one_id).is_distinct_from(living(other_id))


def of_actor(*columns: str) -> Filter:
    """Things of an actor and of those merged into it, by any of the columns."""

    def clause(c: Any, values: list[Any], when: When) -> ColumnElement[bool]:
        return or_(*(is_kin(c[name], values, when) for name in columns))

    return Filter(Reference, clause, dated=True)


async def kin_ids(db: AsyncConnection, actor_id: UUID) -> list[UUID]:
    """An actor's own id and those of the actors merged into it."""
    actor = table_of(ActorRow)
    merged = actor.c.merged_into_id == actor_id
    statement = select(actor.c.id).where(or_(actor.c.id == actor_id, merged))
    return list((await db.execute(statement.order_by(actor.c.id))).scalars())


async def living_of(db: AsyncConnection, ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """Which actor each of some actors lives on in."""
    actor = table_of(ActorRow)
    statement = select(actor.c.id, living_id(actor.c).label("living")).where(actor.c.id.in_(ids))
    return {row.id: row.living for row in await db.execute(statement)}
