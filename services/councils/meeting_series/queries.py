"""Questions about series of meetings."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.contract.meeting import MeetingStatus
from services.councils.contract.meeting_series import (
    MeetingSeries,
    MeetingSeriesFacts,
    Rhythm,
)
from services.councils.council.queries import below_council_seen
from services.councils.tables.meeting import MeetingRow, MeetingSeriesRow
from services.kit import clock
from services.kit.clock import STOCKHOLM
from services.kit.collection import Collection, When
from services.kit.contract import Reference
from services.kit.paging import same
from services.kit.rows import local_day
from services.kit.store import Record, table_of


def midnight(day: date) -> datetime:
    """When a day begins in Sweden."""
    return datetime.combine(day, time.min, STOCKHOLM)


def _counted(columns: Any, when: When) -> Sequence[ColumnElement[Any]]:
    meeting = when.table(MeetingRow).alias("of_series")
    its, day = meeting.c.series_id == columns.id, local_day(meeting.c.starts_at)
    planned = meeting.c.status == MeetingStatus.planned
    states = {
        "coming_count": (planned, day >= when.day),
        "held_count": (meeting.c.status == MeetingStatus.held,),
        "cancelled_count": (meeting.c.status == MeetingStatus.cancelled,),
        "missed_count": (planned, day < when.day),
    }
    counts = [
        select(func.count()).where(its, *holds).scalar_subquery().label(name)
        for name, holds in states.items()
    ]
    coming = select(func.min(meeting.c.starts_at)).where(its, *states["coming_count"])
    return (*counts, coming.scalar_subquery().label("next_starts_at"))


MEETING_SERIES = Collection(
    row=MeetingSeriesRow,
    draft=MeetingSeriesFacts,
    answer=MeetingSeries,
    path="/meeting-series",
    filters={
        "council_id": same("council_id", Reference),
        "rhythm": same("rhythm", Rhythm),
    },
    sorts=("title", "created_at", "updated_at"),
    search=("title",),
    derive=_counted,
    parent=("/councils", "council_id"),
    visible=below_council_seen,
)


async def meetings_on(
    db: AsyncConnection, council_id: UUID, days: Sequence[date]
) -> dict[date, list[UUID]]:
    """The meetings that a council has on some days, but for those that are cancelled."""
    meeting = table_of(MeetingRow)
    day = local_day(meeting.c.starts_at)
    there = meeting.c.council_id == council_id, meeting.c.status != MeetingStatus.cancelled
    found = select(meeting.c.id, day.label("day")).where(*there, day.in_(days))
    on: dict[date, list[UUID]] = {}
    for row in await db.execute(found.order_by(meeting.c.starts_at, meeting.c.id)):
        on.setdefault(row.day, []).append(row.id)
    return on


async def days_there(db: AsyncConnection, id: UUID) -> list[date]:
    """The days of all meetings of a series, the first one first."""
    meeting = table_of(MeetingRow)
    day = local_day(meeting.c.starts_at)
    found = select(day).where(meeting.c.series_id == id).order_by(meeting.c.starts_at)
    return [*(await db.scalars(found))]


async def coming(
    db: AsyncConnection, id: UUID, from_on: date | None, *, lock: bool
) -> list[Record]:
    """The meetings of a series that are planned and to come, in their order."""
    meeting = table_of(MeetingRow)
    since = max(clock.now(), midnight(from_on or clock.today()))
    found = select(meeting).where(
        meeting.c.series_id == id,
        meeting.c.status == MeetingStatus.planned,
        meeting.c.starts_at >= since,
    )
    ordered = found.order_by(meeting.c.starts_at, meeting.c.id)
    asked = ordered.with_for_update() if lock else ordered
    return [dict(row) for row in (await db.execute(asked)).mappings()]
