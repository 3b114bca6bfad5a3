"""What relies on a council's level, kind or last day: what stands open, and its meetings."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, any_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.contract.council import UPWARD, CouncilLevel
from services.councils.contract.meeting import MeetingStatus
from services.councils.membership import day_in_sweden
from services.councils.tables.council import CouncilRow, SeatRow
from services.councils.tables.direction import DirectionAnswerRow, DirectionRow, EscalationRow
from services.councils.tables.meeting import DecisionRow, MeetingRow
from services.councils.tables.selection import SelectionRow
from services.kit.store import table_of


async def waiting_lift(db: AsyncConnection, id: UUID, level: CouncilLevel) -> str | None:
    """An unanswered lift from or to the council that would not go upward at this level."""
    lift, other = table_of(EscalationRow), table_of(CouncilRow)
    place = UPWARD.index(level)
    up = lift.c.council_id == id, other.c.id == lift.c.to_council_id
    down = lift.c.to_council_id == id, other.c.id == lift.c.council_id
    wrong = or_(
        and_(*up, other.c.level.in_(UPWARD[: place + 1])),
        and_(*down, other.c.level.in_(UPWARD[place:])),
    )
    waits = lift.c.answer.is_(None), other.c.closed_on.is_(None)
    return await _first(db, lift, select(lift.c.title).where(wrong, *waits))


async def waiting_direction(db: AsyncConnection, id: UUID) -> str | None:
    """A direction of the council that somebody is still to answer."""
    direction, council = table_of(DirectionRow), table_of(CouncilRow)
    given, later = table_of(DirectionAnswerRow), table_of(DecisionRow)
    own = given.c.direction_id == direction.c.id, given.c.council_id == council.c.id
    asked = council.c.id == any_(direction.c.council_ids), council.c.closed_on.is_(None)
    unanswered: list[ColumnElement[bool]] = [*asked, ~select(given.c.id).where(*own).exists()]
    stands = ~select(later.c.id).where(later.c.supersedes_id == direction.c.decision_id).exists()
    waits = direction.c.council_id == id, stands, *unanswered
    return await _first(db, direction, select(direction.c.title).where(*waits))


async def undecided_selection(db: AsyncConnection, id: UUID) -> str | None:
    """A selection of the council that has no decision."""
    selection = table_of(SelectionRow)
    open_one = selection.c.council_id == id, selection.c.decision_text.is_(None)
    return await _first(db, selection, select(selection.c.title).where(*open_one))


async def days_after(db: AsyncConnection, id: UUID, day: date) -> list[date]:
    """The days after one on which a council has met, or is to meet."""
    meeting = table_of(MeetingRow)
    met = day_in_sweden(meeting.c.starts_at)
    theirs = meeting.c.council_id == id, meeting.c.status != MeetingStatus.cancelled
    found = select(met).where(*theirs, met > day).distinct().order_by(met)
    return [*(await db.scalars(found))]


async def seat_after(db: AsyncConnection, id: UUID, day: date) -> date | None:
    """The first day after one on which a seat of a council begins."""
    seat = table_of(SeatRow)
    theirs = seat.c.council_id == id, seat.c.valid_from > day
    first: date | None = await db.scalar(select(func.min(seat.c.valid_from)).where(*theirs))
    return first


async def _first(db: AsyncConnection, table: Any, found: Select[Any]) -> str | None:
    title: str | None = await db.scalar(found.order_by(table.c.id).limit(1))
    return title
