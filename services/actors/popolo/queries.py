"""Questions for an export: the whole registry, one question for each of its tables."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, cast, func, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection

from services.actors.person.queries import PEOPLE
from services.actors.popolo import past, writing
from services.actors.popolo.merges import Steps
from services.actors.rights import reads_people
from services.actors.tables import (
    ActorRow,
    HoldingRow,
    PersonRow,
    PostRow,
    RelationRow,
    StandingRow,
)
from services.kit.collection import When
from services.kit.identity import Caller
from services.kit.rows import Row
from services.kit.store import Record, table_of


async def _all(db: AsyncConnection, row: type[Row], when: When) -> list[Record]:
    table = when.table(row)
    found = await db.execute(select(table).order_by(table.c.id))
    return [dict(one) for one in found.mappings()]


async def registry(db: AsyncConnection, caller: Caller, when: When) -> dict[str, Any]:
    """Everything as Popolo. People and what they held only for those who may read people."""
    actors, relations = await _all(db, ActorRow, when), await _all(db, RelationRow, when)
    posts = await _all(db, PostRow, when)
    standings = defaultdict(list)
    for one in await _all(db, StandingRow, when):
        standings[one["actor_id"]].append(one)
    earlier = await past.earlier_states(db, when)
    parents = writing.parents(relations, when.day)
    told: dict[str, Any] = {
        "organizations": [
            writing.organization(one, standings[one["id"]], parents.get(one["id"]))
            for one in actors
        ],
        "posts": [writing.post(one) for one in posts],
        "persons": [],
        "memberships": [writing.relation(one, earlier.get(one["id"], ())) for one in relations],
        "areas": writing.areas(actors),
    }
    if reads_people(caller):
        owners = {post["id"]: post["actor_id"] for post in posts}
        people = [PEOPLE.hide(one, caller) for one in await _all(db, PersonRow, when)]
        told["persons"] = [writing.person(one) for one in people]
        held = await _all(db, HoldingRow, when)
        told["memberships"] += [writing.holding(one, owners[one["post_id"]]) for one in held]
    return told


async def known_ids(db: AsyncConnection, row: type[Row], ids: Iterable[UUID]) -> set[UUID]:
    """Which of some ids are there already."""
    table = table_of(row)
    wanted = cast(list(ids), ARRAY(Uuid()))
    found = select(table.c.id).where(table.c.id == func.any(wanted))
    return set((await db.execute(found)).scalars())


async def merges_of(db: AsyncConnection, ids: Iterable[UUID]) -> Steps:
    """Whom merged actors of the registry live on in, and were merged with, by some of them."""
    actor, named = table_of(ActorRow), table_of(ActorRow).alias("named")
    theirs = select(named.c.merged_into_id).where(named.c.id.in_(set(ids)))
    statement = select(actor.c.id, actor.c.merged_into_id, actor.c.merged_first_id)
    found = await db.execute(statement.where(actor.c.merged_into_id.in_(theirs)))
    return {row.id: (row.merged_into_id, row.merged_first_id) for row in found}
