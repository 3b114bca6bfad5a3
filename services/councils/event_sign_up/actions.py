"""What can be done with sign-ups. The event is locked first, so that nobody gets the same place."""

from typing import Any
from uuid import UUID

from services.councils.contract.event_sign_up import (
    EventAttended,
    EventSignUpByLink,
    EventSignUpDraft,
    SignUpState,
)
from services.councils.event.actions import move_up
from services.councils.event.queries import EVENTS, behind_address, counted
from services.councils.event.rules import demand_open, has_begun, window
from services.councils.event_sign_up import rules
from services.councils.event_sign_up.queries import (
    behind_link,
    is_there,
    last_number,
    one_of,
)
from services.councils.tables.event import EventRow, EventSignUpRow
from services.kit import clock
from services.kit.http import Work
from services.kit.keeping import own
from services.kit.store import Record, change_row, get_row, insert_row


async def sign_up(work: Work, address: str, given: EventSignUpByLink) -> Record:
    """Somebody from outside gets a place, or waits in line."""
    event = await behind_address(work.db, address, lock=True)
    return await _add(work, event, given, bytes.fromhex(given.link_hash))


async def sign_somebody_up(work: Work, event_id: UUID, given: EventSignUpDraft) -> Record:
    """The same for somebody who rang."""
    await own(work, EVENTS, event_id)
    event = await get_row(work.db, EventRow, event_id, lock=True)
    return await _add(work, event, given, None)


async def _add(work: Work, event: Record, given: EventSignUpDraft, hash: bytes | None) -> Record:
    coming, waiting, _ = await counted(work.db, event["id"])
    found = window(event, coming, waiting, clock.now())
    demand_open(found)
    rules.demand_new(known=await is_there(work.db, event["id"], given))
    values: dict[str, Any] = {
        "event_id": event["id"],
        "number": await last_number(work.db, event["id"]) + 1,
        "state": rules.state_of_new(found),
        "consented_at": clock.now(),
        "attended": None,
        "link_hash": hash,
    }
    who = {name: getattr(given, name) for name in ("name", "organisation", "email")}
    return await insert_row(work.db, EventSignUpRow, values | who)


async def cancel_own(work: Work, hash: bytes) -> Record:
    """Whoever has the link does not come."""
    # Events are locked before their sign-ups, always.
    one = await behind_link(work.db, hash)
    event = await get_row(work.db, EventRow, one["event_id"], lock=True)
    one = await behind_link(work.db, hash)
    if one["state"] == SignUpState.cancelled:
        return one
    rules.demand_cancellable(one, event, clock.now())
    return await _cancel(work, event, one)


async def cancel_for(work: Work, event_id: UUID, id: UUID) -> Record:
    """Somebody rang and does not come."""
    await own(work, EVENTS, event_id)
    event = await get_row(work.db, EventRow, event_id, lock=True)
    one = await one_of(work.db, event_id, id)
    return one if one["state"] == SignUpState.cancelled else await _cancel(work, event, one)


async def _cancel(work: Work, event: Record, one: Record) -> Record:
    changed: Record = {"state": SignUpState.cancelled, "attended": None}
    done = await change_row(work.db, EventSignUpRow, one["id"], **changed)
    await move_up(work.db, event)
    return done


async def note_attended(work: Work, event_id: UUID, id: UUID, said: EventAttended) -> Record:
    """Whether somebody came."""
    await own(work, EVENTS, event_id)
    event = await get_row(work.db, EventRow, event_id, lock=True)
    one = await one_of(work.db, event_id, id)
    rules.demand_not_cancelled(one)
    if said.attended is False:
        rules.demand_missed(one, begun=has_begun(event, clock.now()))
    return await change_row(work.db, EventSignUpRow, id, attended=said.attended)
