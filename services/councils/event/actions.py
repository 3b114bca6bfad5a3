"""What can be done with events and their programmes."""

from secrets import token_urlsafe
from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.contract.event import (
    EventCancelled,
    EventDraft,
    EventSessionDraft,
    EventStatus,
)
from services.councils.contract.event_sign_up import SignUpState
from services.councils.council.actions import demand_taking
from services.councils.event import rules
from services.councils.event.queries import EVENTS, SIGN_UP, counted, first_in_line
from services.councils.meeting.rules import demand_same
from services.councils.tables.event import EventRow, EventSessionRow
from services.kit import clock
from services.kit.errors import Refusals
from services.kit.http import Work
from services.kit.keeping import create_thing, own, replace_thing
from services.kit.references import stored
from services.kit.store import Record, change_row, get_row


async def judge(work: Work, draft: EventDraft, id: UUID | None = None) -> None:
    """All that forbids an event, or these values for one: a closed council takes no new one."""
    before = await stored(work.db, EVENTS.table, id)
    await demand_taking(work, draft.council_id, before)
    if before:
        rules.demand_time_kept(before, draft.starts_at)
        rules.demand_not_postponed(before, draft.starts_at, clock.now())


async def plan_event(work: Work, draft: EventDraft) -> Record:
    """A new one, at an address that nobody guesses."""
    return await create_thing(work, EVENTS, draft, address=token_urlsafe(16))


async def revise_event(work: Work, id: UUID, draft: EventDraft, version: int) -> Record:
    """New values, also another form: who has signed up stays so, and more room is filled."""
    before = await get_row(work.db, EventRow, id, lock=True)
    rules.demand_time_kept(before, draft.starts_at)
    event = await replace_thing(work, EVENTS, id, draft, version=version)
    await move_up(work.db, event)
    return event


async def judge_session(work: Work, draft: EventSessionDraft, id: UUID | None = None) -> None:
    """All that forbids a part of a programme: it stays in its own."""
    refused = Refusals()
    with refused:
        before = await stored(work.db, EventSessionRow.__table__, id)
        if before and draft.event_id is not None:
            demand_same(before["event_id"], draft.event_id, field="event_id")
    refused.demand_none()


async def move(work: Work, id: UUID, action: str, version: int | None, **values: Any) -> Record:
    """One step on."""
    await own(work, EVENTS, id)
    event = await get_row(work.db, EventRow, id, lock=True)
    status = rules.moved_to(action, event["status"])
    if action == "open":
        rules.demand_time(event)
    if action == "hold":
        rules.demand_begun(event, clock.now())
    told = {"status_reason": None} | values | {"status": status}
    moved = await change_row(work.db, EventRow, id, version=version, **told)
    await move_up(work.db, moved)
    return moved


async def cancel_event(work: Work, id: UUID, said: EventCancelled, version: int | None) -> Record:
    """It will not be held."""
    return await move(work, id, "cancel", version, status_reason=said.reason)


async def move_up(db: AsyncConnection, event: Record) -> None:
    """Places that are free go to who has waited longest; the event is locked.

    Only while it is open: nobody gets a place at what is cancelled or over.
    """
    if event["status"] != EventStatus.open:
        return
    coming, waiting, _ = await counted(db, event["id"])
    left = rules.places_left(event, coming)
    if not waiting or left == 0:
        return
    ids = await first_in_line(db, event["id"], left)
    values = {"state": SignUpState.coming, "updated_at": clock.now()}
    values |= {"version": SIGN_UP.c.version + 1}
    await db.execute(update(SIGN_UP).where(SIGN_UP.c.id.in_(ids)).values(values))
