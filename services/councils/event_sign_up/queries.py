"""Questions about sign-ups."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.contract.event_sign_up import (
    KEPT_DAYS,
    EventSignUp,
    EventSignUpDraft,
    SignUpState,
)
from services.councils.event.queries import EVENT, SIGN_UP
from services.councils.tables.event import EventQuestionRow, EventSessionRow, EventVoteRow
from services.kit.errors import NotFound
from services.kit.store import Record, table_of

SHOWN = [SIGN_UP.c[name] for name in EventSignUp.model_fields]
PERSONAL = ("name", "organisation", "email", "link_hash")


async def everybody(db: AsyncConnection, event_id: UUID) -> list[Record]:
    """All who have signed up to an event, in order."""
    asked = select(*SHOWN).where(SIGN_UP.c.event_id == event_id).order_by(SIGN_UP.c.number)
    return [dict(row) for row in (await db.execute(asked)).mappings()]


async def one_of(db: AsyncConnection, event_id: UUID, id: UUID) -> Record:
    """One who has signed up to an event. NotFound."""
    asked = select(*SHOWN).where(SIGN_UP.c.event_id == event_id, SIGN_UP.c.id == id)
    return _found((await db.execute(asked)).mappings().one_or_none())


async def behind_link(db: AsyncConnection, hash: bytes) -> Record:
    """The sign-up of a link. NotFound."""
    asked = select(*SHOWN).where(SIGN_UP.c.link_hash == hash)
    return _found((await db.execute(asked)).mappings().one_or_none())


def _found(row: Any) -> Record:
    if row is None:
        raise NotFound("there is no such sign-up")
    return dict(row)


async def is_there(db: AsyncConnection, event_id: UUID, given: EventSignUpDraft) -> bool:
    """Whether somebody of that name has signed up with that address, and not cancelled."""
    living = SIGN_UP.c.event_id == event_id, SIGN_UP.c.state != SignUpState.cancelled
    who = (func.lower(SIGN_UP.c[n]) == func.lower(getattr(given, n)) for n in ("email", "name"))
    return bool(await db.scalar(select(SIGN_UP.c.id).where(*living, *who)))


async def last_number(db: AsyncConnection, event_id: UUID) -> int:
    """The number of whoever signed up last; 0 where nobody has."""
    asked = select(func.max(SIGN_UP.c.number)).where(SIGN_UP.c.event_id == event_id)
    return (await db.scalar(asked)) or 0


async def place_in_line(db: AsyncConnection, one: Record) -> int | None:
    """Which place somebody has among those who wait; None for who does not."""
    if one["state"] != SignUpState.waiting:
        return None
    line = SIGN_UP.c.event_id == one["event_id"], SIGN_UP.c.state == SignUpState.waiting
    before = select(func.count()).where(*line, SIGN_UP.c.number <= one["number"])
    return await db.scalar(before)


async def forget(db: AsyncConnection, now: datetime) -> None:
    """Names, addresses and votes of events that have been over for ninety days.

    What has lost its time, planned anew, is over when nobody has changed it for as long.
    """
    before = now - timedelta(days=KEPT_DAYS)
    ended = func.coalesce(EVENT.c.ends_at, EVENT.c.starts_at, EVENT.c.updated_at)
    over = select(EVENT.c.id).where(ended < before)
    named = or_(*(SIGN_UP.c[name].is_not(None) for name in PERSONAL))
    gone = update(SIGN_UP).where(SIGN_UP.c.event_id.in_(over), named)
    await db.execute(gone.values(dict.fromkeys(PERSONAL) | {"updated_at": now}))
    session, question = table_of(EventSessionRow), table_of(EventQuestionRow)
    vote = table_of(EventVoteRow)
    asked = select(question.c.id).join(session, session.c.id == question.c.event_session_id)
    voted = vote.c.event_question_id.in_(asked.where(session.c.event_id.in_(over)))
    await db.execute(delete(vote).where(voted))
