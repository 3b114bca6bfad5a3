"""Where sign-ups are asked for and changed over HTTP. No name stands in an address."""

from uuid import UUID

from fastapi import APIRouter, Response
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.contract.event_sign_up import (
    EventAttended,
    EventSignUp,
    EventSignUpByLink,
    EventSignUpDraft,
    EventSignUps,
    OwnEventSignUp,
)
from services.councils.event.queries import EVENTS, counted
from services.councils.event.rules import places_left
from services.councils.event_sign_up import actions, rules
from services.councils.event_sign_up.queries import behind_link, everybody, one_of, place_in_line
from services.councils.invitation.actions import hash_in
from services.councils.tables.event import EventRow
from services.kit import clock
from services.kit.collection import get_thing
from services.kit.http import Calling, answer, uuid_or_missing
from services.kit.openapi import action_doc, read_doc
from services.kit.store import Record, get_row

router = APIRouter(tags=["event_sign_up"])
OF_EVENT = ("address", "title", "status", "status_reason", "starts_at", "place", "link")


@router.get(
    "/events/{id}/sign-ups",
    **read_doc("Who has signed up to an event", "event_sign_up.read", EventSignUps),
)
async def listed(call: Calling, id: str) -> Response:
    """All of them in order, with who has cancelled."""
    call.demand("event_sign_up", "read")
    async with call.reading() as db:
        event = await get_thing(db, EVENTS, uuid_or_missing(id), call.caller)
        coming, waiting, came = await counted(db, event["id"])
        told: Record = {"coming_count": coming, "waiting_count": waiting, "attended_count": came}
        told |= {"places_left": places_left(event, coming)}
        return answer({"items": await everybody(db, event["id"])} | told)


async def _shown(db: AsyncConnection, done: Record) -> Response:
    return answer(await one_of(db, done["event_id"], done["id"]))


@router.post(
    "/events/{id}/sign-ups",
    **action_doc("Sign somebody up", "event_sign_up.write", EventSignUp, makes=True),
)
async def added(call: Calling, id: str, given: EventSignUpDraft) -> Response:
    """A place, or the last in the line."""
    call.demand("event_sign_up", "write")
    return await call.perform(actions.sign_somebody_up, uuid_or_missing(id), given, show=_shown)


@router.post(
    "/events/{id}/sign-ups/{signup}/cancel",
    **action_doc("Somebody does not come", "event_sign_up.write", EventSignUp),
)
async def cancelled(call: Calling, id: str, signup: str) -> Response:
    """Who has waited longest gets the place."""
    call.demand("event_sign_up", "write")
    asked = _both(id, signup)
    return await call.perform(actions.cancel_for, *asked, show=_shown)


@router.post(
    "/events/{id}/sign-ups/{signup}/attend",
    **action_doc("Whether somebody came", "event_sign_up.write", EventSignUp),
)
async def attended(call: Calling, id: str, signup: str, said: EventAttended) -> Response:
    """null: nobody knows."""
    call.demand("event_sign_up", "write")
    asked = _both(id, signup)
    return await call.perform(actions.note_attended, *asked, said, show=_shown)


def _both(id: str, signup: str) -> tuple[UUID, UUID]:
    return uuid_or_missing(id), uuid_or_missing(signup)


@router.post(
    "/event-doors/{address}/sign-ups",
    **action_doc("Sign up", "event_door.write", OwnEventSignUp, makes=True),
)
async def signed_up(call: Calling, address: str, given: EventSignUpByLink) -> Response:
    """By whoever has the event's address; the door keeps the link that cancels it."""
    call.demand("event_door", "write")
    return await call.perform(actions.sign_up, address, given, show=_own)


@router.get(
    "/event-sign-ups/{hash}",
    **read_doc("What a link of a sign-up shows", "event_door.read", OwnEventSignUp),
)
async def own_(call: Calling, hash: str) -> Response:
    """The door asks, by what is kept of a link and leads to none."""
    call.demand("event_door", "read")
    async with call.reading() as db:
        return await _own(db, await behind_link(db, hash_in(hash)))


@router.post(
    "/event-sign-ups/{hash}/cancel",
    **action_doc("Cancel one's sign-up", "event_door.write", OwnEventSignUp),
)
async def cancel_own(call: Calling, hash: str) -> Response:
    """A second time it changes nothing."""
    call.demand("event_door", "write")
    return await call.perform(actions.cancel_own, hash_in(hash), show=_own)


async def _own(db: AsyncConnection, one: Record) -> Response:
    event = await get_row(db, EventRow, one["event_id"])
    told = {name: event[name] for name in OF_EVENT}
    told |= {"state": one["state"], "name": one["name"]}
    told |= {"place_in_line": await place_in_line(db, one)}
    return answer(told | {"cancellable": rules.may_cancel(one, event, clock.now())})
