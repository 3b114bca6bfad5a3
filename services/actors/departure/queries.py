"""Questions about what a departure concerns."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.actors.contract.relation import RelationState
from services.actors.tables import HoldingRow, PostRow, RelationRow, StandingRow
from services.kit.store import Record, table_of


async def holdings_from(
    db: AsyncConnection, person_id: UUID, day: date, post_ids: Sequence[UUID]
) -> list[Record]:
    """What a person still holds, or will hold, on or after a day; locked."""
    held = table_of(HoldingRow)
    statement = select(held).where(
        held.c.person_id == person_id, or_(held.c.valid_to.is_(None), held.c.valid_to > day)
    )
    if post_ids:
        statement = statement.where(held.c.post_id.in_(post_ids))
    statement = statement.order_by(held.c.valid_from, held.c.id).with_for_update()
    return [dict(row) for row in (await db.execute(statement)).mappings()]


async def actors_of_posts(db: AsyncConnection, post_ids: Sequence[UUID]) -> list[UUID]:
    """The actors that these posts belong to."""
    post = table_of(PostRow)
    statement = select(post.c.actor_id).where(post.c.id.in_(post_ids)).distinct()
    return list((await db.execute(statement.order_by(post.c.actor_id))).scalars())


async def vacant_on(db: AsyncConnection, post_ids: Sequence[UUID], day: date) -> list[UUID]:
    """Which of these posts nobody holds on a day."""
    held = table_of(HoldingRow)
    statement = select(held.c.post_id).where(
        held.c.post_id.in_(post_ids), held.c.valid.op("@>")(day)
    )
    someone = set((await db.execute(statement)).scalars())
    return [one for one in dict.fromkeys(post_ids) if one not in someone]


async def posts_of(db: AsyncConnection, actor_id: UUID) -> list[UUID]:
    """An actor's posts."""
    post = table_of(PostRow)
    statement = select(post.c.id).where(post.c.actor_id == actor_id).order_by(post.c.id)
    return list((await db.execute(statement)).scalars())


async def relations_to_rebuild(
    db: AsyncConnection, actor_ids: Sequence[UUID], day: date
) -> list[Record]:
    """The living relations of these actors that are not being rebuilt already; locked."""
    relation = table_of(RelationRow)
    statement = (
        select(relation)
        .where(
            or_(relation.c.actor_id.in_(actor_ids), relation.c.other_actor_id.in_(actor_ids)),
            relation.c.valid.op("@>")(day),
            relation.c.state != RelationState.rebuild,
        )
        .order_by(relation.c.id)
        .with_for_update()
    )
    return [dict(row) for row in (await db.execute(statement)).mappings()]


async def standing_on(db: AsyncConnection, actor_id: UUID, day: date) -> Record | None:
    """An actor's level and status on a day."""
    standing = table_of(StandingRow)
    statement = select(standing).where(
        standing.c.actor_id == actor_id, standing.c.valid.op("@>")(day)
    )
    found = (await db.execute(statement)).mappings().one_or_none()
    return dict(found) if found else None
