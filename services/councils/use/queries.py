"""Questions about which things of other services are named here."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, cast, func, literal, select, union
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.contract.use import UsedNoun
from services.councils.tables import METADATA, InitiativeRow
from services.kit.store import Record, table_of


def _named(noun: UsedNoun) -> Iterator[tuple[str, Any]]:
    """Every column that names such things, by the table that it stands in: by their names."""
    for table in METADATA.sorted_tables:
        for column in table.c:
            if f"_{column.name}".endswith(f"_{noun}_id"):
                yield table.name, column
            elif f"_{column.name}".endswith(f"_{noun}_ids"):
                yield table.name, func.unnest(column, type_=Uuid())
    if noun is UsedNoun.actor:
        initiative = table_of(InitiativeRow)
        partner = func.jsonb_array_elements(initiative.c.partners).op("->>")("actor_id")
        yield initiative.name, cast(partner, Uuid())


async def uses(db: AsyncConnection, noun: UsedNoun, ids: Sequence[UUID]) -> list[Record]:
    """What is named, in one query: all of it, or of some ids."""
    parts = (select(c.label("id"), literal(name).label("noun")) for name, c in _named(noun))
    every = union(*parts).subquery()
    asked = select(every).where(every.c.id.is_not(None)).order_by(every.c.id, every.c.noun)
    if ids:
        asked = asked.where(every.c.id.in_(ids))
    return [{"id": row.id, "noun": str(row.noun)} for row in await db.execute(asked)]
