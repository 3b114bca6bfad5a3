"""Questions about events and their programmes."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.contract.event import (
    Event,
    EventDraft,
    EventFormat,
    EventPurpose,
    EventSession,
    EventSessionDraft,
    EventStatus,
)
from services.councils.contract.event_sign_up import SignUpState
from services.councils.council.queries import below_council_seen
from services.councils.tables.event import EventRow, EventSessionRow, EventSignUpRow
from services.kit.collection import Collection
from services.kit.contract import Reference
from services.kit.errors import NotFound
from services.kit.identity import Caller
from services.kit.paging import has, same, since, until
from services.kit.store import Record, table_of

EVENT, SESSION = table_of(EventRow), table_of(EventSessionRow)
SIGN_UP = table_of(EventSignUpRow)

EVENTS = Collection(
    row=EventRow,
    draft=EventDraft,
    answer=Event,
    path="/events",
    filters={
        "status": same("status", EventStatus),
        "kind": same("kind", EventPurpose),
        "format": same("format", EventFormat),
        "council_id": same("council_id", Reference),
        "project_id": same("project_id", Reference),
        "starts_from": since("starts_at"),
        "starts_to": until("starts_at"),
    },
    sorts=("-created_at", "updated_at", "starts_at", "title", "status"),
    search=("title", "about"),
    visible=below_council_seen,
)


def with_event(caller: Caller, columns: Any) -> ColumnElement[bool] | None:
    """What belongs to an event is seen by those who see it."""
    event = EVENT.alias("its_event")
    seen = below_council_seen(caller, event.c)
    return None if seen is None else exists().where(event.c.id == columns.event_id, seen)


EVENT_SESSIONS = Collection(
    row=EventSessionRow,
    draft=EventSessionDraft,
    answer=EventSession,
    path="/event-sessions",
    filters={
        "event_id": same("event_id", Reference),
        "speaker_post_id": has("speaker_post_ids", Reference),
    },
    sorts=("starts_at", "created_at"),
    visible=with_event,
    parent=("/events", "event_id"),
)


async def behind_address(db: AsyncConnection, address: str, *, lock: bool = False) -> Record:
    """The event of a public address, perhaps locked. NotFound."""
    asked = select(EVENT).where(EVENT.c.address == address)
    row = (await db.execute(asked.with_for_update() if lock else asked)).mappings().one_or_none()
    if row is None:
        raise NotFound("there is no such address")
    return dict(row)


async def programme_of(db: AsyncConnection, event_id: UUID) -> list[Record]:
    """An event's sessions, in the order of their times; what has none last."""
    order = SESSION.c.starts_at.asc().nulls_last(), SESSION.c.created_at, SESSION.c.id
    found = await db.execute(select(SESSION).where(SESSION.c.event_id == event_id).order_by(*order))
    return [dict(row) for row in found.mappings()]


async def counted(db: AsyncConnection, event_id: UUID) -> tuple[int, int, int]:
    """How many come, wait, and came."""
    each = [
        func.count().filter(SIGN_UP.c.state == SignUpState.coming),
        func.count().filter(SIGN_UP.c.state == SignUpState.waiting),
        func.count().filter(SIGN_UP.c.attended),
    ]
    row = (await db.execute(select(*each).where(SIGN_UP.c.event_id == event_id))).one()
    return row[0], row[1], row[2]


async def first_in_line(db: AsyncConnection, event_id: UUID, most: int | None) -> list[UUID]:
    """Those who have waited longest, at most so many."""
    line = SIGN_UP.c.event_id == event_id, SIGN_UP.c.state == SignUpState.waiting
    asked = select(SIGN_UP.c.id).where(*line).order_by(SIGN_UP.c.number).limit(most)
    return list((await db.scalars(asked)).all())
