"""Questions about merged actors."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.actors.tables import ActorRow
from services.kit.store import Record, table_of


async def locked(db: AsyncConnection, ids: Iterable[UUID]) -> dict[UUID, Record]:
    """Some actors, locked in one order whoever asks."""
    actor = table_of(ActorRow)
    statement = select(actor).where(actor.c.id.in_(set(ids))).order_by(actor.c.id)
    rows = (await db.execute(statement.with_for_update())).mappings()
    return {row["id"]: dict(row) for row in rows}


async def merged_into(db: AsyncConnection, living_id: UUID) -> list[UUID]:
    """The actors that live on in another one."""
    actor = table_of(ActorRow)
    statement = select(actor.c.id).where(actor.c.merged_into_id == living_id).order_by(actor.c.id)
    return list((await db.execute(statement.with_for_update())).scalars())


async def way_of(db: AsyncConnection, merged: Record) -> list[Record]:
    """Whom an actor was merged with first, whom that one was, and so on to the living; locked."""
    family = await locked(db, await merged_into(db, merged["merged_into_id"]))
    family |= await locked(db, [merged["merged_into_id"]])
    found, at = [], merged["merged_first_id"]
    while at is not None:
        found.append(family[at])
        at = family[at]["merged_first_id"]
    return found


async def came_with(db: AsyncConnection, id: UUID) -> list[UUID]:
    """The actors that had been merged into this one, step by step."""
    actor = table_of(ActorRow)
    first = select(actor.c.id).where(actor.c.merged_first_id == id).cte("came", recursive=True)
    further = select(actor.c.id).join(first, actor.c.merged_first_id == first.c.id)
    return list((await db.execute(select(first.union(further).c.id))).scalars())
