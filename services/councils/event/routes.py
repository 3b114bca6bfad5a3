"""Where events and their programmes are asked for and changed over HTTP."""

from typing import Any

from fastapi import APIRouter, Response

from services.councils.contract.event import (
    Event,
    EventCancelled,
    EventDoor,
    EventSession,
    EventStatus,
)
from services.councils.event import actions, rules
from services.councils.event.queries import (
    EVENT_SESSIONS,
    EVENTS,
    behind_address,
    counted,
    programme_of,
)
from services.kit import clock
from services.kit.http import Calling, answer, uuid_or_missing
from services.kit.openapi import action_doc, read_doc
from services.kit.resources import resource, shown
from services.kit.store import Record

events = resource(
    EVENTS, create=actions.plan_event, replace=actions.revise_event, judge=actions.judge
)
event_sessions = resource(EVENT_SESSIONS, judge=actions.judge_session)
router = APIRouter(tags=["event"])


def _doc(summary: str) -> dict[str, Any]:
    return action_doc(summary, "event.write", Event)


async def _moved(call: Calling, id: str, action: str) -> Response:
    call.demand("event", "write")
    asked = uuid_or_missing(id), action, call.version_if_given
    return await call.perform(actions.move, *asked, show=shown(EVENTS, call))


@router.post("/events/{id}/open", **_doc("People may sign up"))
async def open_(call: Calling, id: str) -> Response:
    """planned → open; it has a time."""
    return await _moved(call, id, "open")


@router.post("/events/{id}/hold", **_doc("It has been held"))
async def hold(call: Calling, id: str) -> Response:
    """planned or open → held."""
    return await _moved(call, id, "hold")


@router.post("/events/{id}/resume", **_doc("It was neither held nor cancelled"))
async def resume(call: Calling, id: str) -> Response:
    """held or cancelled → planned."""
    return await _moved(call, id, "resume")


@router.post("/events/{id}/cancel", **_doc("It will not be held"))
async def cancel(call: Calling, id: str, said: EventCancelled) -> Response:
    """planned or open → cancelled, with a reason."""
    call.demand("event", "write")
    asked = uuid_or_missing(id), said, call.version_if_given
    return await call.perform(actions.cancel_event, *asked, show=shown(EVENTS, call))


@router.get(
    "/event-doors/{address}",
    **read_doc("What everybody is shown of an event", "event_door.read", EventDoor),
)
async def door(call: Calling, address: str) -> Response:
    """The door asks, for whoever has the address."""
    call.demand("event_door", "read")
    async with call.reading() as db:
        event = await behind_address(db, address)
        sessions = await programme_of(db, event["id"])
        coming, waiting, _ = await counted(db, event["id"])
    return answer(
        {
            "event": _told(event, Event),
            "sessions": [_told(one, EventSession) for one in sessions],
            "sign_up": rules.window(event, coming, waiting, clock.now()),
            "places_left": rules.places_left(event, coming),
            "waiting_count": waiting,
            "feedback_open": event["status"] == EventStatus.held,
        }
    )


def _told(row: Record, kind: Any) -> Record:
    return {name: row[name] for name in kind.model_fields}
