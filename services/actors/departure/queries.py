"""Questions about what a departure concerns, and what the ledger says that it changed."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Text, and_, cast, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.actors.contract.departure import PersonDeparture
from services.actors.contract.relation import RelationState
from services.actors.family import kin, of_two
from services.actors.standing.queries import begun
from services.actors.tables import HoldingRow, PostRow, RelationRow
from services.kit import clock
from services.kit.collection import When
from services.kit.ledger import ledger
from services.kit.store import Record, table_of


async def holdings_ended_by(
    db: AsyncConnection, person_id: UUID, left: PersonDeparture, today: date
) -> list[Record]:
    """What a person holds, or is still to hold, when they leave; locked."""
    held = table_of(HoldingRow)
    statement = select(held).where(held.c.person_id == person_id)
    if left.post_ids:
        statement = statement.where(held.c.post_id.in_(left.post_ids))
    statement = statement.order_by(held.c.valid_from, held.c.id).with_for_update()
    found = [dict(row) for row in (await db.execute(statement)).mappings()]
    return [o for o in found if left.concerns(o["valid_from"], o["valid_to"], today=today)]


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


async def next_beginnings(
    db: AsyncConnection, post_ids: Sequence[UUID]
) -> list[tuple[UUID, str, date]]:
    """When each holding of these posts begins, and whether it covers for another."""
    held = table_of(HoldingRow)
    statement = select(held.c.post_id, held.c.cover, held.c.valid_from)
    rows = await db.execute(statement.where(held.c.post_id.in_(post_ids)))
    return [(row.post_id, row.cover, row.valid_from) for row in rows]


async def posts_of(db: AsyncConnection, actor_id: UUID) -> list[UUID]:
    """An actor's posts, and those it got by a merge."""
    post = table_of(PostRow)
    theirs = post.c.actor_id.in_(kin([actor_id], When(clock.today())))
    statement = select(post.c.id).where(theirs).order_by(post.c.id)
    return list((await db.execute(statement)).scalars())


async def relations_to_rebuild(
    db: AsyncConnection, actor_ids: Sequence[UUID], day: date, *, coming: bool
) -> list[Record]:
    """The living relations of these actors that are not being rebuilt by then; locked.

    `coming`: also those that begin later, for who leaves will not be there.
    """
    relation = table_of(RelationRow)
    living = relation.c.valid.op("@>")(day)
    statement = (
        select(relation)
        .where(
            or_(relation.c.actor_id.in_(actor_ids), relation.c.other_actor_id.in_(actor_ids)),
            or_(living, relation.c.valid_from > day) if coming else living,
            of_two(relation.c.actor_id, relation.c.other_actor_id, When(clock.today())),
            or_(relation.c.state != RelationState.rebuild, relation.c.state_since > day),
        )
        .order_by(relation.c.id)
        .with_for_update()
    )
    return [dict(row) for row in (await db.execute(statement)).mappings()]


def _beside(made: Any) -> Any:
    """Entries of the request that made a standing."""
    return and_(ledger.c.request_id == made.request_id, ledger.c.actor == made.actor)


async def worn_by(
    db: AsyncConnection, standing: Record, actor_ids: Sequence[UUID]
) -> list[tuple[UUID, Record]]:
    """These actors' relations marked by a standing and unchanged since, and what they were."""
    made, rows = await begun(db, standing), table_of(RelationRow)
    if made is None:
        return []
    sides = (rows.c.actor_id, rows.c.other_actor_id)
    newest = and_(
        ledger.c.key == cast(rows.c.id, Text),
        ledger.c.entity == "relation",
        ledger.c.row_version == rows.c.version,
    )
    statement = select(
        rows.c.id, rows.c.state, rows.c.state_since, rows.c.valid_from, ledger.c.before
    )
    statement = statement.join(ledger, newest).where(
        _beside(made),
        ledger.c.seq > made.seq,
        or_(*(side.in_(actor_ids) for side in sides)),
    )
    found = await db.execute(statement.order_by(rows.c.id).with_for_update(of=rows))
    day = date.fromisoformat(made.after["valid_from"])  # it may have been moved since
    return [
        (row.id, {"state": row.before["state"], "state_since": _day(row.before["state_since"])})
        for row in found
        if row.before
        and (row.state, row.state_since) == (RelationState.rebuild, max(day, row.valid_from))
    ]


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
