"""Questions about the standings of actors, as they were followed here."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, and_, cast, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.analysis.tables.following import PROJECTED

Thing = dict[str, Any]


async def standings_of(db: AsyncConnection, ids: Collection[str]) -> Mapping[str, list[Thing]]:
    """The standings of some actors and of those merged into one with them, by actor.

    `own`: of the one that lives on.
    """
    found: dict[str, list[Thing]] = defaultdict(list)
    if not ids:
        return found
    named, kin, standing = (PROJECTED.alias(name) for name in ("named", "kin", "standing"))
    living = func.coalesce(named.c.data["merged_into_id"].astext, named.c.data["id"].astext)
    same = or_(kin.c.key == cast(living, Uuid), kin.c.data["merged_into_id"].astext == living)
    whose = func.jsonb_build_object("actor_id", kin.c.data["id"].astext)
    own = (kin.c.data["id"].astext == living).label("own")
    statement = (
        select(named.c.data["id"].astext.label("actor_id"), own, standing.c.data)
        .join(kin, and_(kin.c.entity == "actor", same))
        .join(standing, and_(standing.c.entity == "standing", standing.c.data.contains(whose)))
        .where(named.c.entity == "actor", named.c.key.in_([UUID(one) for one in ids]))
        .where(standing.c.gone.is_(False))
    )
    for row in await db.execute(statement):
        found[row.actor_id].append(row.data | {"own": row.own})
    return found
