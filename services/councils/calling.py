"""Calling: who has been called to a meeting is told where its time or place change, or it is off.

It stands outside the rooms: meetings and councils tell of it, and invitations are made with it.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, bindparam, cast, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.contract.invitation import InvitationMethod, InvitationState
from services.councils.contract.meeting import AttendanceAnswer, MeetingStatus
from services.councils.tables.council import SeatRow
from services.councils.tables.invitation import InvitationRow
from services.councils.tables.meeting import AttendanceRow, MeetingRow
from services.kit import clock
from services.kit.clock import STOCKHOLM
from services.kit.store import Record, insert_rows, table_of

INVITATION, MEETING = table_of(InvitationRow), table_of(MeetingRow)
SEAT, ATTENDANCE = table_of(SeatRow), table_of(AttendanceRow)
# Whether a seat lasts on the day of a meeting.
_DAY = cast(func.timezone(str(STOCKHOLM), MEETING.c.starts_at), Date)
LASTS: ColumnElement[bool] = SEAT.c.valid.bool_op("@>")(_DAY).label("lasts")
# Whoever got, or may have got, one of these knows of the meeting.
REACHED = (InvitationState.sent, InvitationState.sending, InvitationState.unsure)
_TOLD = ("title", "starts_at", "ends_at", "place", "link")
_WHO = ("meeting_id", "seat_id", "person_id")


def told_of(meeting: Record) -> str:
    """What a letter tells of a meeting's name, time and place, in short."""
    return sha256(repr([str(meeting[name]) for name in _TOLD]).encode()).hexdigest()[:32]


def letter(meeting: Record, method: InvitationMethod, seat_id: UUID, person_id: UUID) -> Record:
    """A letter that is to go now."""
    return {
        "meeting_id": meeting["id"],
        "seat_id": seat_id,
        "person_id": person_id,
        "method": method,
        "sequence": meeting["version"],
        "told": told_of(meeting),
        "state": InvitationState.queued,
        "tries": 0,
        "next_try_at": clock.now(),
        "revoked": False,
    }


async def tell_changes(db: AsyncConnection, where: ColumnElement[bool]) -> None:
    """Queue a letter to everybody whom the newest one of theirs tells something else than is so.

    `where` says which meetings. Letters that have not gone give way to the new ones. Whose seat
    does not last until the meeting is told that they are not called to it any more.
    """
    meetings = {one["id"]: one for one in await _rows(db, select(MEETING).where(where))}
    living = INVITATION.c.meeting_id.in_(meetings), INVITATION.c.revoked.is_(False)
    order = (*(INVITATION.c[name] for name in _WHO), INVITATION.c.sequence)
    asked = select(INVITATION, LASTS).select_from(letters_with_seats())
    letters = await _rows(db, asked.where(*living).order_by(*order))
    new: list[Any] = []
    stale: list[UUID] = []
    for (meeting_id, seat_id, person_id), found in groupby(letters, _who):
        meeting, before = meetings[meeting_id], list(found)
        method = _due(meeting, before)
        if method is not None:
            new.append(letter(meeting, method, seat_id, person_id))
        off = wanted(meeting, lasts=before[0]["lasts"]) is not InvitationMethod.request
        calls = (one for one in before if one["method"] == InvitationMethod.request)
        stale += (one["id"] for one in (before if method else calls if off else ()))
    await _give_way(db, stale)
    await insert_rows(db, InvitationRow, new)


async def ask_anew(db: AsyncConnection, moved: Iterable[tuple[Record, Record]]) -> None:
    """What was answered to another time counts no more, until a meeting has that time again.

    `moved` are meetings as they were and as they are.
    """
    changed = [
        {"of": now["id"], "was": was["starts_at"], "starts": now["starts_at"]}
        for was, now in moved
        if was["starts_at"] != now["starts_at"] and now["status"] != MeetingStatus.held
    ]
    noted, when = ATTENDANCE.c, MEETING.c.starts_at.type
    known = func.coalesce(noted.answered_for, bindparam("was", type_=when))
    values: dict[str, Any] = {"answered_for": func.nullif(known, bindparam("starts", type_=when))}
    values |= {"version": noted.version + 1, "updated_at": clock.now()}
    mine = noted.meeting_id == bindparam("of"), noted.answer != AttendanceAnswer.unknown
    if changed:
        await db.execute(update(ATTENDANCE).where(*mine).values(values), changed)


def _who(letter: Record) -> tuple[Any, ...]:
    return tuple(letter[name] for name in _WHO)


def _due(meeting: Record, before: Sequence[Record]) -> InvitationMethod | None:
    """What is to be told now to somebody who has had these letters; None: they know."""
    now_so = wanted(meeting, lasts=before[0]["lasts"])
    if meeting["starts_at"] <= clock.now() or now_so is None:
        return None
    last = next((one for one in reversed(before) if one["state"] != InvitationState.skipped), None)
    told = last is not None and last["method"] == now_so
    if now_so is InvitationMethod.cancel:
        knows = any(one["state"] in REACHED for one in before)
        return InvitationMethod.cancel if knows and not told else None
    same = told and last is not None and last["told"] == told_of(meeting)
    return None if same else InvitationMethod.request


def letters_with_seats() -> Any:
    """Letters, each with its meeting and its seat."""
    with_meeting = INVITATION.join(MEETING, MEETING.c.id == INVITATION.c.meeting_id)
    return with_meeting.join(SEAT, SEAT.c.id == INVITATION.c.seat_id)


def wanted(meeting: Record, *, lasts: bool) -> InvitationMethod | None:
    """What is so for a seat that lasts, or not, on the meeting's day: come, or do not."""
    if meeting["status"] == MeetingStatus.planned and lasts:
        return InvitationMethod.request
    return None if meeting["status"] == MeetingStatus.held else InvitationMethod.cancel


def still_so(letter: Record, meeting: Record, *, lasts: bool, newest: bool) -> bool:
    """Whether a letter says what is so, and no other to its person came after it."""
    coming = newest and not letter["revoked"] and meeting["starts_at"] > clock.now()
    return coming and letter["method"] == wanted(meeting, lasts=lasts)


async def _give_way(db: AsyncConnection, ids: Iterable[UUID]) -> None:
    waiting = INVITATION.c.state.in_((InvitationState.queued, InvitationState.failed))
    mine = INVITATION.c.id.in_(list(ids)), waiting
    changed = {"version": INVITATION.c.version + 1, "updated_at": clock.now()}
    gone = {"state": InvitationState.skipped, "next_try_at": None}
    await db.execute(update(INVITATION).where(*mine).values(changed | gone))


async def _rows(db: AsyncConnection, statement: Any) -> list[Record]:
    return [dict(row) for row in (await db.execute(statement)).mappings()]
