"""Questions about minutes: which ones somebody read."""

from uuid import UUID

from sqlalchemy import select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils import marking
from services.councils.tables.base import CouncilsRow
from services.councils.tables.meeting import (
    ActionItemRow,
    AgendaItemRow,
    AttendanceRow,
    DecisionRow,
    MeetingRow,
)
from services.kit.store import table_of

PARTS: tuple[type[CouncilsRow], ...] = (AgendaItemRow, DecisionRow, ActionItemRow, AttendanceRow)


async def mark_of(db: AsyncConnection, meeting_id: UUID) -> str:
    """The mark of a meeting's minutes: of the version of everything that they tell."""
    meeting = table_of(MeetingRow)
    of = [select(meeting.c.id, meeting.c.version).where(meeting.c.id == meeting_id)]
    for row in PARTS:
        table = table_of(row)
        of.append(select(table.c.id, table.c.version).where(table.c.meeting_id == meeting_id))
    there = sorted(f"{row.id} {row.version}" for row in await db.execute(union_all(*of)))
    return marking.mark_of(there)
