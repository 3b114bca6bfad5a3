"""Questions about standing items, and about the agendas that have them."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.contract.meeting import AgendaKind, MeetingStatus
from services.councils.contract.standing_item import StandingItem, StandingItemDraft
from services.councils.council.queries import below_council_seen
from services.councils.tables.meeting import (
    AgendaItemRow,
    DecisionRow,
    MeetingRow,
    StandingItemRow,
)
from services.kit import clock
from services.kit.collection import Collection, When
from services.kit.contract import Reference
from services.kit.paging import Filter, same
from services.kit.rows import local_day
from services.kit.store import Record, table_of


def _lasts(columns: Any, when: When) -> ColumnElement[bool]:
    lasts: ColumnElement[bool] = columns.valid.bool_op("@>")(when.day)
    return lasts


def _used(columns: Any, when: When) -> Sequence[ColumnElement[Any]]:
    point = when.table(AgendaItemRow).alias("its_point")
    count = select(func.count()).where(point.c.standing_item_id == columns.id)
    return (
        _lasts(columns, when).label("in_force"),
        count.scalar_subquery().label("agenda_item_count"),
    )


def _in_force() -> Filter:
    """true: it lasts on the day; false: it is over, or to come."""

    def clause(columns: Any, values: list[Any], when: When) -> ColumnElement[bool]:
        lasts = _lasts(columns, when)
        return lasts if values[0] else ~lasts

    return Filter(bool, clause, dated=True)


STANDING_ITEMS = Collection(
    row=StandingItemRow,
    draft=StandingItemDraft,
    answer=StandingItem,
    path="/standing-items",
    filters={
        "council_id": same("council_id", Reference),
        "kind": same("kind", AgendaKind),
        "takes_carried_issues": same("takes_carried_issues", bool),
        "in_force": _in_force(),
    },
    sorts=("title", "valid_from", "valid_to", "created_at", "updated_at"),
    search=("title",),
    derive=_used,
    parent=("/councils", "council_id"),
    visible=below_council_seen,
)


async def standing_in(db: AsyncConnection, council_ids: Iterable[UUID]) -> list[Record]:
    """What stands, or stood, on the agendas of some councils, the oldest first."""
    item = STANDING_ITEMS.table
    found = select(item).where(item.c.council_id.in_(council_ids))
    rows = await db.execute(found.order_by(item.c.created_at, item.c.id))
    return [dict(row) for row in rows.mappings()]


async def coming_meetings(db: AsyncConnection, council_id: UUID) -> list[Record]:
    """A council's meetings that are to come, each with its day and the last place on its agenda."""
    meeting, item = table_of(MeetingRow), table_of(AgendaItemRow)
    place = select(func.coalesce(func.max(item.c.position), 0))
    last = place.where(item.c.meeting_id == meeting.c.id).scalar_subquery()
    statement = select(
        meeting.c.id, local_day(meeting.c.starts_at).label("day"), last.label("last")
    ).where(
        meeting.c.council_id == council_id,
        meeting.c.status == MeetingStatus.planned,
        meeting.c.starts_at > clock.now(),
    )
    return [dict(row) for row in (await db.execute(statement)).mappings()]


async def agendas_of(
    db: AsyncConnection, meeting_ids: Sequence[UUID]
) -> dict[UUID, tuple[int, set[UUID]]]:
    """The last place on each agenda, and what stands on it of what always does."""
    item = table_of(AgendaItemRow)
    standing = func.array_agg(item.c.standing_item_id)
    last = func.max(item.c.position)
    found = select(item.c.meeting_id, last, standing).where(item.c.meeting_id.in_(meeting_ids))
    rows = await db.execute(found.group_by(item.c.meeting_id))
    return {key: (place, {one for one in there if one}) for key, place, there in rows}


async def points_of(db: AsyncConnection, id: UUID, meetings: Sequence[UUID]) -> list[Record]:
    """Its points on some agendas, and whether somebody has done anything with each."""
    item, decision = table_of(AgendaItemRow), table_of(DecisionRow)
    decided = select(decision.c.id).where(decision.c.agenda_item_id == item.c.id).exists()
    named = func.jsonb_array_length(item.c.attachments) + func.cardinality(item.c.need_ids)
    touched = decided | item.c.minutes.is_not(None) | (named > 0)
    statement = select(item.c.id, item.c.meeting_id, touched.label("touched")).where(
        item.c.standing_item_id == id, item.c.meeting_id.in_(meetings)
    )
    return [dict(row) for row in (await db.execute(statement)).mappings()]
