"""Questions about attendance."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.contract.meeting import Attendance, AttendanceAnswer, AttendanceDraft
from services.councils.meeting.queries import day_of, with_meeting
from services.councils.tables.council import SeatRow
from services.councils.tables.meeting import AttendanceRow
from services.kit.collection import Collection, When
from services.kit.contract import Reference
from services.kit.paging import Filter, same
from services.kit.store import Record, table_of


def _attended() -> Filter:
    return Filter(bool, lambda c, values: c.attended.is_(values[0]))


def _answered() -> Filter:
    """An answer to another time is none."""
    other = AttendanceAnswer.unknown
    return Filter(
        AttendanceAnswer,
        lambda c, values: case((c.answered_for.is_not(None), other), else_=c.answer).in_(values),
        keeps="an answer to a time that the meeting has no more counts as unknown",
    )


def _derived(columns: Any, _when: When) -> list[ColumnElement[Any]]:
    """Also for who may not be told who came instead; an answer to another time is none."""
    answered = columns.answer == AttendanceAnswer.substitute, columns.answered_for.is_(None)
    instead = or_(columns.substitute.is_not(None), and_(*answered))
    return [and_(columns.attended.is_(True), instead).label("by_substitute")]


ATTENDANCES = Collection(
    row=AttendanceRow,
    draft=AttendanceDraft,
    answer=Attendance,
    path="/attendances",
    filters={
        "meeting_id": same("meeting_id", Reference),
        "seat_id": same("seat_id", Reference),
        "actor_id": same("actor_id", Reference),
        "answer": _answered(),
        "attended": _attended(),
    },
    sorts=("created_at", "answer", "updated_at"),
    derive=_derived,
    parent=("/meetings", "meeting_id"),
    visible=with_meeting,
    personal=("substitute",),
)


async def council_of_seat(db: AsyncConnection, seat_id: UUID) -> Any:
    """The council that a seat is in, or None."""
    seat = table_of(SeatRow)
    return await db.scalar(select(seat.c.council_id).where(seat.c.id == seat_id))


async def uninvited(db: AsyncConnection, meeting: Record) -> list[UUID]:
    """The seats living on a meeting's day that nobody has asked to it."""
    seat, asked = table_of(SeatRow), table_of(AttendanceRow)
    invited = select(asked.c.seat_id).where(
        asked.c.meeting_id == meeting["id"], asked.c.seat_id.is_not(None)
    )
    found = select(seat.c.id).where(
        seat.c.council_id == meeting["council_id"],
        seat.c.valid.op("@>")(day_of(meeting["starts_at"])),
        seat.c.id.not_in(invited),
    )
    return list((await db.execute(found.order_by(seat.c.id))).scalars())


async def noted_of(db: AsyncConnection, meeting_id: UUID) -> list[Record]:
    """All who were asked to a meeting, or came, the first one first."""
    noted = table_of(AttendanceRow)
    found = select(noted).where(noted.c.meeting_id == meeting_id)
    return [dict(row) for row in (await db.execute(found.order_by(noted.c.id))).mappings()]


async def seats_of(db: AsyncConnection, council_id: UUID) -> set[UUID]:
    """All the seats that a council has had."""
    seat = table_of(SeatRow)
    found = select(seat.c.id).where(seat.c.council_id == council_id)
    return set((await db.execute(found)).scalars())
