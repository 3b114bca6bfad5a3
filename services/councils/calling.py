"""Calling: who has been called to a meeting is told where its time or place change, or it is off.

It stands outside the rooms: meetings and councils tell of it, and invitations are made with it.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.contract.invitation import InvitationMethod, InvitationState
from services.councils.contract.meeting import MeetingStatus
from services.councils.tables.invitation import InvitationRow
from services.councils.tables.meeting import MeetingRow
from services.kit import clock
from services.kit.store import Record, insert_rows, table_of

INVITATION, MEETING = table_of(InvitationRow), table_of(MeetingRow)
# Whoever got, or may have got, one of these knows of the meeting.
REACHED = (InvitationState.sent, InvitationState.sending, InvitationState.unsure)
_TOLD = ("starts_at", "ends_at", "place", "link")
_WHO = ("meeting_id", "seat_id", "person_id")


def told_of(meeting: Record) -> str:
    """What a letter tells of a meeting's time and place, in short."""
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

    `where` says which meetings. Letters that have not gone yet give way to the new ones.
    """
    meetings = {one["id"]: one for one in await _rows(db, select(MEETING).where(where))}
    living = INVITATION.c.meeting_id.in_(meetings), INVITATION.c.revoked.is_(False)
    order = (*(INVITATION.c[name] for name in _WHO), INVITATION.c.sequence)
    letters = await _rows(db, select(INVITATION).where(*living).order_by(*order))
    new: list[Any] = []
    stale: list[UUID] = []
    for (meeting_id, seat_id, person_id), found in groupby(letters, _who):
        meeting, before = meetings[meeting_id], list(found)
        method = _due(meeting, before)
        if method is not None:
            new.append(letter(meeting, method, seat_id, person_id))
        off = method is None and meeting["status"] != MeetingStatus.planned
        calls = (one for one in before if one["method"] == InvitationMethod.request)
        stale += (one["id"] for one in (calls if off else before if method else ()))
    await _give_way(db, stale)
    await insert_rows(db, InvitationRow, new)


def _who(letter: Record) -> tuple[Any, ...]:
    return tuple(letter[name] for name in _WHO)


def _due(meeting: Record, before: Sequence[Record]) -> InvitationMethod | None:
    """What is to be told now to somebody who has had these letters; None: they know."""
    if meeting["starts_at"] <= clock.now():
        return None
    last = next((one for one in reversed(before) if one["state"] != InvitationState.skipped), None)
    if meeting["status"] == MeetingStatus.cancelled:
        knows = any(one["state"] in REACHED for one in before)
        told = last is not None and last["method"] == InvitationMethod.cancel
        return InvitationMethod.cancel if knows and not told else None
    if meeting["status"] != MeetingStatus.planned:
        return None
    same = last is not None and last["told"] == told_of(meeting)
    told = same and last is not None and last["method"] == InvitationMethod.request
    return None if told else InvitationMethod.request


async def _give_way(db: AsyncConnection, ids: Iterable[UUID]) -> None:
    queued = INVITATION.c.id.in_(list(ids)), INVITATION.c.state == InvitationState.queued
    changed = {"version": INVITATION.c.version + 1, "updated_at": clock.now()}
    gone = {"state": InvitationState.skipped, "next_try_at": None}
    await db.execute(update(INVITATION).where(*queued).values(changed | gone))


async def _rows(db: AsyncConnection, statement: Any) -> list[Record]:
    return [dict(row) for row in (await db.execute(statement)).mappings()]
