"""Questions about invitations."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.calling import INVITATION, LASTS, SEAT, letters_with_seats, still_so
from services.councils.contract.invitation import Invitation, InvitationState
from services.councils.invitation.rules import may_go_again
from services.councils.meeting.queries import day_of
from services.councils.tables.council import CouncilRow
from services.councils.tables.invitation import ReplyLinkRow
from services.councils.tables.meeting import AgendaItemRow, AttendanceRow, MeetingRow
from services.kit.errors import NotFound
from services.kit.store import Record, table_of

_SHOWN = [INVITATION.c[name] for name in Invitation.model_fields if name in INVITATION.c]
MEETING, COUNCIL = table_of(MeetingRow), table_of(CouncilRow)
ATTENDANCE, LINK = table_of(AttendanceRow), table_of(ReplyLinkRow)
POINT = table_of(AgendaItemRow)
MOST_POINTS = 50


async def letters_of(db: AsyncConnection, meeting_id: UUID) -> list[Record]:
    """A meeting's letters, the newest first."""
    order = INVITATION.c.sequence.desc(), INVITATION.c.id
    meeting = MEETING.c.status, MEETING.c.starts_at
    asked = select(*_SHOWN, LASTS, *meeting).select_from(letters_with_seats())
    found = await db.execute(asked.where(INVITATION.c.meeting_id == meeting_id).order_by(*order))
    known: set[tuple[UUID, UUID]] = set()
    return [_shown(dict(row), known) for row in found.mappings()]


def _shown(letter: Record, known: set[tuple[UUID, UUID]]) -> Record:
    """A letter as it is answered; `known` are those of whom a newer one was seen."""
    meeting = {name: letter.pop(name) for name in ("status", "starts_at")}
    who = letter["seat_id"], letter["person_id"]
    so = still_so(letter, meeting, lasts=letter.pop("lasts"), newest=who not in known)
    if letter["state"] != InvitationState.skipped:
        known.add(who)
    return letter | {"may_go_again": may_go_again(letter, so=so)}


async def shown_letter(db: AsyncConnection, meeting_id: UUID, id: UUID) -> Record:
    """One letter of a meeting, as it is answered. NotFound."""
    for letter in await letters_of(db, meeting_id):
        if letter["id"] == id:
            return letter
    raise NotFound(f"the meeting has no invitation {id}")


async def points_of(db: AsyncConnection, meeting_id: UUID) -> list[str]:
    """The titles of a meeting's agenda so far, in their order."""
    found = select(POINT.c.title).where(POINT.c.meeting_id == meeting_id)
    ordered = found.order_by(POINT.c.position, POINT.c.id).limit(MOST_POINTS)
    return list((await db.execute(ordered)).scalars())


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
    """The letter with its seat's post, the meeting and the council of a link. NotFound."""
    whole = letters_with_seats().join(LINK, LINK.c.invitation_id == INVITATION.c.id)
    letters = select(INVITATION, SEAT.c.post_id, LASTS).select_from(whole)
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
