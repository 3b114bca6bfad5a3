"""Questions about minutes while they are typed."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.tables.meeting import AgendaItemRow
from services.kit.ledger import ledger
from services.kit.store import Record


async def last_writers(db: AsyncConnection, ids: Iterable[UUID]) -> dict[str, Record]:
    """Who wrote the minutes of each point last, and when, as the ledger remembers it."""
    was, now = (image["minutes"].astext for image in (ledger.c.before, ledger.c.after))
    theirs = ledger.c.entity == AgendaItemRow.__tablename__, ledger.c.key.in_(map(str, ids))
    wrote = select(func.max(ledger.c.seq)).where(*theirs, was.is_distinct_from(now))
    last = ledger.c.seq.in_(wrote.group_by(ledger.c.key))
    found = await db.execute(select(ledger.c.key, ledger.c.actor, ledger.c.at).where(last))
    return {row.key: {"written_by": row.actor, "written_at": row.at} for row in found}
