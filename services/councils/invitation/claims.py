"""Claims: whose turn a letter is, and what became of it. Each of them is one transaction.

A letter is taken before it is sent, and given back afterwards. Where nobody gives it back in time,
nobody knows whether it went: it is told so, and not sent again by itself.
"""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.calling import (
    INVITATION,
    LASTS,
    REACHED,
    SEAT,
    letters_with_seats,
    still_so,
)
from services.councils.contract.invitation import (
    InvitationFault,
    InvitationMethod,
    InvitationState,
)
from services.councils.invitation import rules
from services.councils.invitation.queries import COUNCIL, LINK, MEETING, points_of
from services.councils.tables.invitation import ReplyLinkRow
from services.kit import clock
from services.kit.store import Record, insert_row

# Longer than a message may take, with the registry asked before it.
HELD = timedelta(minutes=5)
# A link says for so long that the meeting is over; then it is unknown.
KEPT = timedelta(days=30)


@dataclass(frozen=True)
class Claim:
    """A letter that is ours to send, with all that stands in it.

    `before` is what they were told last, null where nothing reached them; `so` is false where what
    it says is not so any more.
    """

    letter: Record
    meeting: Record
    council_name: str
    leader_post_id: UUID | None
    points: list[str]
    token: str | None
    before: InvitationMethod | None
    so: bool


async def claim(db: AsyncConnection) -> Claim | None:
    """The letter that has waited longest, taken by us alone; None where none is due."""
    now = clock.now()
    due = INVITATION.c.state == InvitationState.queued, INVITATION.c.next_try_at <= now
    order = INVITATION.c.next_try_at, INVITATION.c.id
    first = select(INVITATION.c.id).where(*due).order_by(*order).limit(1)
    mine = INVITATION.c.id == first.with_for_update(skip_locked=True).scalar_subquery()
    taken = {"state": InvitationState.sending, "claimed_until": now + HELD}
    values = taken | {"tries": INVITATION.c.tries + 1, "next_try_at": None}
    letter = (await db.execute(_changed(values).where(mine).returning(INVITATION))).mappings()
    found = letter.one_or_none()
    return await _whole(db, dict(found)) if found else None


def _changed(values: dict[str, Any]) -> Any:
    always = {"version": INVITATION.c.version + 1, "updated_at": clock.now()}
    return update(INVITATION).values(values | always)


async def _whole(db: AsyncConnection, letter: Record) -> Claim:
    leader = COUNCIL.c.process_leader_post_id.label("leader_post_id")
    told = COUNCIL.c.name.label("council_name"), leader, LASTS, SEAT.c.post_id
    whole = letters_with_seats().join(COUNCIL, COUNCIL.c.id == MEETING.c.council_id)
    asked = select(MEETING, *told).select_from(whole).where(INVITATION.c.id == letter["id"])
    meeting = dict((await db.execute(asked)).mappings().one())
    lasts = meeting.pop("lasts")
    seat = {"lasts": lasts, "post_id": meeting.pop("post_id")}
    before, newest = await _beside(db, letter)
    so = still_so(letter, meeting, lasts=lasts, newest=newest)
    token = None
    if letter["method"] == InvitationMethod.request:
        token = token_urlsafe(32)
        kept = {"hash": sha256(token.encode()).digest(), "invitation_id": letter["id"]}
        await insert_row(db, ReplyLinkRow, kept)
    points = await points_of(db, meeting["id"])
    who = meeting["council_name"], meeting.pop("leader_post_id")
    return Claim(letter | seat, meeting, *who, points, token, before, so)


async def _beside(db: AsyncConnection, letter: Record) -> tuple[InvitationMethod | None, bool]:
    """What a letter's person was told last before it, and whether nothing came after it."""
    who = (INVITATION.c[name] == letter[name] for name in ("meeting_id", "seat_id", "person_id"))
    asked = select(INVITATION.c.sequence, INVITATION.c.method, INVITATION.c.state).where(*who)
    found = (await db.execute(asked.order_by(INVITATION.c.sequence.desc()))).all()
    mine = letter["sequence"]
    reached = (one for one in found if one.sequence < mine and one.state in REACHED)
    last = next(reached, None)
    later = (one for one in found if one.sequence > mine)
    newest = all(one.state == InvitationState.skipped for one in later)
    return (InvitationMethod(last.method) if last else None), newest


async def settle(db: AsyncConnection, claim: Claim, values: dict[str, Any]) -> None:
    """What became of a letter that we had taken; nothing where it is not ours any more."""
    of = INVITATION.c.id == claim.letter["id"], INVITATION.c.tries == claim.letter["tries"]
    ours = (*of, INVITATION.c.state == InvitationState.sending)
    await db.execute(_changed(values | {"claimed_until": None}).where(*ours))


def sent() -> dict[str, Any]:
    """It went."""
    return {"state": InvitationState.sent, "sent_at": clock.now(), "last_error": None}


def unsure() -> dict[str, Any]:
    """Nobody knows; what went wrong with an earlier try says nothing of this one."""
    return {"state": InvitationState.unsure, "last_error": None}


def failed(fault: InvitationFault, tries: int, *, again: bool) -> dict[str, Any]:
    """It did not go: it waits for its next try, or for a person."""
    wait = rules.wait_after(tries) if again else None
    if wait is None:
        return {"state": InvitationState.failed, "last_error": fault}
    waiting = {"state": InvitationState.queued, "next_try_at": clock.now() + wait}
    return waiting | {"last_error": fault}


def passed_over(fault: InvitationFault | None) -> dict[str, Any]:
    """It is not to go: it is not so any more, or not theirs."""
    return {"state": InvitationState.skipped, "last_error": fault}


async def give_up_forgotten(db: AsyncConnection) -> None:
    """Letters that nobody gave back in time: whoever had taken them is gone."""
    taken = INVITATION.c.state == InvitationState.sending
    forgotten = taken, INVITATION.c.claimed_until < clock.now()
    await db.execute(_changed(unsure() | {"claimed_until": None}).where(*forgotten))


async def forget_links(db: AsyncConnection) -> None:
    """Links of meetings that are long over."""
    old = MEETING.c.starts_at < clock.now() - KEPT
    letters = select(INVITATION.c.id).join(MEETING, MEETING.c.id == INVITATION.c.meeting_id)
    await db.execute(delete(LINK).where(LINK.c.invitation_id.in_(letters.where(old))))
