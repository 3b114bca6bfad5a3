"""Questions about what is to be fetched."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.analysis.connector.known import KNOWN, KNOWN_BY_KEY
from services.analysis.connector.rules import is_due
from services.analysis.contract.classification import CodeSystem
from services.analysis.contract.source import Register, SourceKind
from services.analysis.source.queries import SOURCES
from services.analysis.tables import CodeRow
from services.kit.store import Record, table_of


async def due(
    db: AsyncConnection, kinds: Iterable[SourceKind], now: datetime, *, by_rhythm: bool
) -> list[Record]:
    """The sources that are to be fetched now, those that were asked for before all others."""
    source = SOURCES.table
    asked = (
        select(source)
        .where(source.c.kind.in_(list(kinds)))
        .order_by(source.c.fetch_asked_at.asc().nulls_last(), source.c.key)
    )
    found = [dict(row) for row in (await db.execute(asked)).mappings()]
    return [one for one in found if is_due(one, now, by_rhythm=by_rhythm)]


async def concepts_of_municipalities(db: AsyncConnection) -> dict[str, str]:
    """What JobTech calls municipalities, by their codes."""
    code = table_of(CodeRow)
    asked = select(code.c.code, code.c.concept_id).where(
        code.c.system == CodeSystem.municipality, code.c.concept_id.is_not(None)
    )
    return {row.code: row.concept_id for row in await db.execute(asked)}


async def registers(db: AsyncConnection) -> list[Record]:
    """The registers that are known, each with its source where it is one."""
    source = SOURCES.table
    asked = select(source.c.key, source.c.id).where(source.c.key.in_(list(KNOWN_BY_KEY)))
    there = {row.key: row.id for row in await db.execute(asked)}
    told = [name for name in Register.model_fields if name != "source_id"]
    return [
        {name: getattr(recipe.about, name) for name in told} | {"source_id": there.get(recipe.key)}
        for recipe in KNOWN
    ]
