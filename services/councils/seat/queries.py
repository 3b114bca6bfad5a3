"""Questions about seats."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.contract.council import Seat, SeatDraft, SeatRole
from services.councils.council.queries import below_council_seen
from services.councils.tables.council import SeatRow
from services.kit.collection import Collection
from services.kit.contract import Reference
from services.kit.identity import Caller
from services.kit.paging import same
from services.kit.store import Record, table_of


def reads_exceptions(caller: Caller) -> bool:
    """Why an actor sits though not ready judges it, as its assessment does."""
    staff = caller.has_role("process_leader", "administrator", "strategist")
    return staff or caller.kind == "service" or (caller.kind == "client" and not caller.bound_to)


SEATS = Collection(
    row=SeatRow,
    draft=SeatDraft,
    answer=Seat,
    path="/seats",
    filters={
        "council_id": same("council_id", Reference),
        "actor_id": same("actor_id", Reference),
        "post_id": same("post_id", Reference),
        "role": same("role", SeatRole),
    },
    sorts=("valid_from", "role", "valid_to", "created_at"),
    parent=("/councils", "council_id"),
    visible=below_council_seen,
    hidden={"readiness_exception": reads_exceptions},
)


def _sitting(council_id: UUID, day: date) -> tuple[Any, Any]:
    seat = table_of(SeatRow)
    return seat, (seat.c.council_id == council_id) & seat.c.valid.op("@>")(day)


async def balance(db: AsyncConnection, council_id: UUID, day: date) -> Record:
    """Who sits in a council on a day, counted by role."""
    seat, sits = _sitting(council_id, day)
    counts = (
        func.count().label("seats"),
        func.count(seat.c.post_id).label("posts"),
        func.count(seat.c.actor_id.distinct()).label("actors"),
    )
    by_role = select(seat.c.role, *counts).where(sits).group_by(seat.c.role)
    roles = [dict(row) for row in (await db.execute(by_role)).mappings()]
    actors = await db.scalar(select(counts[2]).where(sits))
    order = list(SeatRole)
    return {
        "council_id": council_id,
        "on": day,
        "seats": sum(role["seats"] for role in roles),
        "actors": actors,
        "roles": sorted(roles, key=lambda role: order.index(role["role"])),
    }
