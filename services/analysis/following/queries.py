"""Questions about what the others said."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, and_, bindparam, cast, func, select, true
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from services.analysis.following.sight import seen_by
from services.analysis.tables.following import FEED_CURSOR, PROJECTED
from services.kit.identity import Caller
from services.kit.ledger import Head

# Made once, for each reading asks it twice.
_CURSOR = select(FEED_CURSOR.c.seq, FEED_CURSOR.c.hash, FEED_CURSOR.c.diverged_at).where(
    FEED_CURSOR.c.service == bindparam("followed")
)
ADDRESS_OF = {"person": "people", "agenda_item": "agenda-items", "action_item": "action-items"}


def address_of(entity: str) -> str:
    """The noun as it stands in an address: plural, with hyphens."""
    return ADDRESS_OF.get(entity, f"{entity.replace('_', '-')}s")


async def cursor_of(db: AsyncConnection, service: str) -> tuple[Head, bool]:
    """How far a service has been followed, the witness of its ledger; and whether it diverged."""
    found = (await db.execute(_CURSOR, {"followed": service})).one_or_none()
    if found is None:
        return Head(0, b""), False
    return Head(found.seq, found.hash), found.diverged_at is not None


async def followed(db: AsyncConnection) -> dict[str, datetime | None]:
    """When each service was last heard."""
    rows = await db.execute(select(FEED_CURSOR.c.service, FEED_CURSOR.c.pulled_at))
    return {row.service: row.pulled_at for row in rows}


async def known(
    db: AsyncConnection, entities: Sequence[str], *conditions: Any
) -> list[dict[str, Any]]:
    """The living things of some kinds, each its data with entity and key."""
    thing = PROJECTED
    statement = (
        select(thing.c.entity, thing.c.data)
        .where(thing.c.entity.in_(entities), thing.c.gone.is_(False), *conditions)
        .order_by(thing.c.key)
    )
    return [row.data | {"entity": row.entity} for row in await db.execute(statement)]


async def home(db: AsyncConnection) -> tuple[str, ...]:
    """The codes of the municipalities that are actors here: the association's own area."""
    named = PROJECTED.c.data["municipality_code"].astext.is_not(None)
    kind = PROJECTED.c.data.contains(cast({"kind": "municipality"}, JSONB))
    found = await known(db, ("actor",), kind, named)
    return tuple(sorted({actor["municipality_code"] for actor in found}))


async def withheld(db: AsyncConnection, ids: Sequence[UUID], caller: Caller) -> list[UUID]:
    """Those of some things that are there and that the caller may not know of."""
    if not ids:
        return []
    thing = PROJECTED
    hidden = select(thing.c.key).where(thing.c.key.in_(ids), seen_by(caller).is_not(true()))
    return list((await db.execute(hidden)).scalars())


async def labels(
    db: AsyncConnection, ids: Sequence[UUID], caller: Caller
) -> dict[str, dict[str, str]]:
    """What the things that a caller may know of are called, by id; the gone keep their names.

    An actor that was merged is called what it lives on as.
    """
    thing, heir = PROJECTED, PROJECTED.alias("heir")
    lives_on = and_(
        thing.c.entity == "actor",
        heir.c.entity == "actor",
        heir.c.key == cast(thing.c.data["merged_into_id"].astext, Uuid),
    )
    label = func.coalesce(heir.c.label, thing.c.label).label("label")
    statement = (
        select(thing.c.key, thing.c.entity, label)
        .outerjoin(heir, lives_on)
        .where(thing.c.key.in_(ids), func.length(thing.c.label) > 0, seen_by(caller))
    )
    return {
        str(row.key): {"noun": row.entity, "label": row.label}
        for row in await db.execute(statement)
    }
