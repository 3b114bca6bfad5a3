"""Questions about who sits in councils."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.contract.balance import SexReport, SexReportDraft
from services.councils.contract.council import SeatRole
from services.councils.council.queries import below_council_seen
from services.councils.tables.council import SeatRow, SexReportRow
from services.kit.collection import Collection
from services.kit.contract import Reference
from services.kit.paging import same
from services.kit.store import Record, table_of

SEX_REPORTS = Collection(
    row=SexReportRow,
    draft=SexReportDraft,
    answer=SexReport,
    path="/sex-reports",
    filters={"council_id": same("council_id", Reference)},
    sorts=("reported_on", "created_at"),
    parent=("/councils", "council_id"),
    visible=below_council_seen,
    on=lambda c, _: c.reported_on,
)


def _sitting(council_id: UUID, day: date) -> tuple[Any, Any]:
    seat = table_of(SeatRow)
    return seat, (seat.c.council_id == council_id) & seat.c.valid.op("@>")(day)


async def balance(db: AsyncConnection, council_id: UUID, day: date) -> Record:
    """Who sits in a council on a day, by role, and what it said of the sexes by then.

    Of the actors the ids: which of them are one, the registry knows.
    """
    seat, sits = _sitting(council_id, day)
    counts = (
        func.count().label("seats"),
        func.count(seat.c.post_id).label("posts"),
        func.array_agg(seat.c.actor_id.distinct()).label("actors"),
    )
    by_role = select(seat.c.role, *counts).where(sits).group_by(seat.c.role)
    roles = [dict(row) for row in (await db.execute(by_role)).mappings()]
    order = list(SeatRole)
    return {
        "council_id": council_id,
        "on": day,
        "seats": sum(role["seats"] for role in roles),
        "roles": sorted(roles, key=lambda role: order.index(role["role"])),
        "sexes": await _sexes(db, council_id, day),
    }


async def seats_of_actors(db: AsyncConnection, council_id: UUID, day: date) -> dict[UUID, int]:
    """How many seats each actor has in a council on a day."""
    seat, sits = _sitting(council_id, day)
    counted = (
        select(seat.c.actor_id, func.count().label("seats")).where(sits).group_by(seat.c.actor_id)
    )
    return {row.actor_id: row.seats for row in await db.execute(counted)}


async def _sexes(db: AsyncConnection, council_id: UUID, day: date) -> Record | None:
    """Of two reports of one day the later counts: the first was mended by it."""
    told = SEX_REPORTS.table
    by_then = told.select().where(told.c.council_id == council_id, told.c.reported_on <= day)
    newest = by_then.order_by(told.c.reported_on.desc(), told.c.created_at.desc()).limit(1)
    found = (await db.execute(newest)).mappings().one_or_none()
    return dict(found) if found else None
