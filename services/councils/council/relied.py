"""What stands open that relies on a council's level or kind, each by its title."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, any_, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.contract.council import UPWARD, CouncilLevel
from services.councils.tables.council import CouncilRow
from services.councils.tables.direction import DirectionAnswerRow, DirectionRow, EscalationRow
from services.councils.tables.meeting import DecisionRow
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


async def _first(db: AsyncConnection, table: Any, found: Select[Any]) -> str | None:
    title: str | None = await db.scalar(found.order_by(table.c.id).limit(1))
    return title
