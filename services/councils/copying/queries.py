"""Questions about what a copy takes along of a council, and what not."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.contract.charter import CHARTER_TEXTS
from services.councils.contract.copying import LeftBehind
from services.councils.copying.rules import STANDING
from services.councils.tables.charter import CharterRow
from services.councils.tables.council import SeatRow
from services.councils.tables.initiative import InitiativeRow
from services.councils.tables.meeting import (
    ActionItemRow,
    DecisionRow,
    MeetingRow,
    StandingItemRow,
)
from services.councils.tables.need import NeedRow
from services.kit import clock
from services.kit.rows import Row
from services.kit.store import Record, table_of

LEFT: dict[str, type[Row]] = {
    "meetings": MeetingRow,
    "decisions": DecisionRow,
    "seats": SeatRow,
    "needs": NeedRow,
    "initiatives": InitiativeRow,
    "action_items": ActionItemRow,
}


async def charter_of(db: AsyncConnection, council_id: UUID) -> Record:
    """The council's latest charter that has begun; empty where it has none."""
    charter = table_of(CharterRow)
    begun = charter.c.council_id == council_id, charter.c.valid_from <= clock.today()
    stands = charter.c.withdrawn_reason.is_(None)
    found = select(charter).where(*begun, stands).order_by(charter.c.valid_from.desc()).limit(1)
    row = (await db.execute(found)).mappings().one_or_none()
    return dict(row) if row else {}


async def standing_of(db: AsyncConnection, council_id: UUID) -> list[Record]:
    """What stands on the council's agendas today."""
    item = table_of(StandingItemRow)
    lasts = item.c.council_id == council_id, item.c.valid.op("@>")(clock.today())
    rows = await db.execute(select(item).where(*lasts).order_by(item.c.created_at, item.c.id))
    return [dict(row) for row in rows.mappings()]


async def seats_of(db: AsyncConnection, council_id: UUID) -> list[Record]:
    """The council's seats, from the first."""
    seat = table_of(SeatRow)
    rows = await db.execute(select(seat).where(seat.c.council_id == council_id))
    return [dict(row) for row in rows.mappings()]


async def left_of(db: AsyncConnection, council_id: UUID) -> LeftBehind:
    """How much of the council stays where it is."""
    counts = []
    for name, row in LEFT.items():
        table = table_of(row)
        count = select(func.count()).select_from(table).where(table.c.council_id == council_id)
        counts.append(count.scalar_subquery().label(name))
    found = (await db.execute(select(*counts))).mappings().one()
    return LeftBehind(**found)


def texts_in(
    council: Mapping[str, Any], charter: Mapping[str, Any], standing: list[Record]
) -> dict[str, str]:
    """The free texts that come along, by where they stand."""
    told = {"purpose": council["purpose"]}
    told |= {f"charter.{name}": charter.get(name) for name in CHARTER_TEXTS}
    told |= {f"{STANDING}{one['id']}": one["title"] for one in standing}
    return {field: text for field, text in told.items() if text}
