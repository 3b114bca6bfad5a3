"""Families: an actor and those merged into it, which every room reads as one.

Nothing that hangs on a merged actor is moved: it is found by the family, so a merge can be undone
and what each actor was is kept.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    CTE,
    ColumnElement,
    CompoundSelect,
    FromClause,
    Uuid,
    cast,
    func,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import array
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


def kin(ids: Sequence[UUID], when: When) -> CompoundSelect[tuple[UUID]]:
    """Every id of some actors' families, whichever id of theirs is given."""
    went, came = merged_ones(when).alias(), merged_ones(when).alias()
    each: list[ColumnElement[UUID]] = [cast(one, Uuid()) for one in ids]  # also text
    given = func.unnest(array(each)).table_valued("id").render_derived()
    lives = select(func.coalesce(went.c.merged_into_id, given.c.id).label("id"))
    lives = lives.select_from(given.outerjoin(went, went.c.id == given.c.id))
    return lives.union(select(came.c.id).where(came.c.merged_into_id.in_(lives)))


def is_kin(column: ColumnElement[Any], ids: Sequence[UUID], when: When) -> ColumnElement[bool]:
    """Whether a column names any of some actors' families, found once in the whole question."""
    family = _families(tuple(ids), when)
    ids_of = select(family.c.id).scalar_subquery()
    found: ColumnElement[bool] = column == func.any(func.array(ids_of))
    return found


@lru_cache(128)
def _families(ids: tuple[UUID, ...], when: When) -> CTE:
    return kin(ids, when).cte()


def living(actor_id: Any, when: When) -> ColumnElement[UUID]:
    """The actor that one row's actor lives on in; one that is not there lives on as itself.

    It names the row's table itself: left to SQLAlchemy, a question nested in another one would
    read that table anew, and every row would have the families of all.
    """
    one = merged_ones(when).alias()
    found = select(one.c.merged_into_id).where(one.c.id == actor_id).correlate(actor_id.table)
    return func.coalesce(found.scalar_subquery(), actor_id)


def kin_of(actor_id: Any, when: When) -> Any:
    """A family as an array, for one row's actor: who it lives on as first."""
    came, lives = merged_ones(when).alias(), living(actor_id, when)
    others = select(came.c.id).where(came.c.merged_into_id == lives).order_by(came.c.id)
    found = func.array(others.correlate(actor_id.table).scalar_subquery())
    return func.array_prepend(lives, found, type_=ARRAY(Uuid()))


def of_two(one_id: Any, other_id: Any, when: When) -> ColumnElement[bool]:
    """Whether two actors, of one row, are not merged into one: nothing is between itself."""
    return living(one_id, when).is_distinct_from(living(other_id, when))


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
