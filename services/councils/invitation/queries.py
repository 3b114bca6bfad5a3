"""Questions about invitations."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.calling import INVITATION
from services.councils.contract.invitation import Invitation
from services.councils.meeting.queries import day_of
from services.councils.tables.council import CouncilRow, SeatRow
from services.councils.tables.invitation import ReplyLinkRow
from services.councils.tables.meeting import AttendanceRow, MeetingRow
from services.kit.errors import NotFound
from services.kit.store import Record, table_of

_SHOWN = [INVITATION.c[name] for name in Invitation.model_fields]
MEETING, COUNCIL, SEAT = table_of(MeetingRow), table_of(CouncilRow), table_of(SeatRow)
ATTENDANCE, LINK = table_of(AttendanceRow), table_of(ReplyLinkRow)


async def letters_of(db: AsyncConnection, meeting_id: UUID) -> list[Record]:
    """A meeting's letters, the newest first."""
    order = INVITATION.c.sequence.desc(), INVITATION.c.id
    found = select(*_SHOWN).where(INVITATION.c.meeting_id == meeting_id).order_by(*order)
    return [dict(row) for row in (await db.execute(found)).mappings()]


async def shown_letter(db: AsyncConnection, id: UUID) -> Record:
    """One letter, as it is answered. NotFound."""
    found = (await db.execute(select(*_SHOWN).where(INVITATION.c.id == id))).mappings().first()
    if found is None:
        raise NotFound(f"there is no invitation {id}")
    return dict(found)


async def seats_on(db: AsyncConnection, meeting: Record) -> Sequence[Any]:
    """The council's seats on the meeting's day."""
    living = SEAT.c.valid.op("@>")(day_of(meeting["starts_at"]))
    of = SEAT.c.council_id == meeting["council_id"]
    found = select(SEAT.c.id, SEAT.c.actor_id, SEAT.c.post_id).where(of, living)
    return (await db.execute(found.order_by(SEAT.c.valid_from, SEAT.c.id))).all()


async def called_to(db: AsyncConnection, meeting_id: UUID) -> set[tuple[UUID, UUID]]:
    """The seats and people for whom a letter of a meeting stands."""
    who = select(INVITATION.c.seat_id, INVITATION.c.person_id).distinct()
    found = await db.execute(who.where(INVITATION.c.meeting_id == meeting_id))
    return {(row.seat_id, row.person_id) for row in found}


async def behind_link(
    db: AsyncConnection, hash: bytes, *, lock: bool = False
) -> tuple[Record, Record, Record]:
    """The letter, the meeting and the council of a link. NotFound where there is none."""
    letters = select(INVITATION).join(LINK, LINK.c.invitation_id == INVITATION.c.id)
    found = (await db.execute(letters.where(LINK.c.hash == hash))).mappings().first()
    if found is None:
        raise NotFound("there is no such link")
    asked = select(MEETING).where(MEETING.c.id == found["meeting_id"])
    asked = asked.with_for_update() if lock else asked
    meeting = (await db.execute(asked)).mappings().one()
    named = select(COUNCIL).where(COUNCIL.c.id == meeting["council_id"])
    council = (await db.execute(named)).mappings().one()
    return dict(found), dict(meeting), dict(council)


async def answer_of(db: AsyncConnection, letter: Record) -> Record | None:
    """What is noted of a seat at a meeting; None where nothing is."""
    of = ATTENDANCE.c.meeting_id == letter["meeting_id"], ATTENDANCE.c.seat_id == letter["seat_id"]
    found = (await db.execute(select(ATTENDANCE).where(*of))).mappings().first()
    return dict(found) if found else None
