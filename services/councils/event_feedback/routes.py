"""Where feedback on events is given and asked for over HTTP."""

from fastapi import APIRouter, Response
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.contract.event_feedback import (
    FeedbackByBrowser,
    FeedbackKept,
    FeedbackResult,
    FeedbackResults,
)
from services.councils.event.queries import EVENTS
from services.councils.event_feedback import actions
from services.councils.event_feedback.queries import events_of, results
from services.councils.project.queries import PROJECTS
from services.councils.sight import READS_WORDS
from services.kit.collection import get_thing
from services.kit.http import Calling, answer, uuid_or_missing
from services.kit.openapi import action_doc, read_doc

router = APIRouter(tags=["event_feedback"])


@router.post(
    "/event-doors/{address}/feedback",
    **action_doc("Say what you thought of an event", "event_door.write", FeedbackKept),
)
async def given_(call: Calling, address: str, given: FeedbackByBrowser) -> Response:
    """Once it has been held; the last that a browser says stands, until it is told with others'."""
    call.demand("event_door", "write")
    return await call.perform(actions.give, address, given, show=_kept)


async def _kept(_db: AsyncConnection, _done: None) -> Response:
    return answer({"kept": True})


@router.get(
    "/events/{id}/feedback",
    **read_doc("What was thought of an event", "event_feedback.read", FeedbackResult),
)
async def of_event(call: Calling, id: str) -> Response:
    """Together; nobody is told apart."""
    call.demand("event_feedback", "read")
    async with call.reading() as db:
        event = await get_thing(db, EVENTS, uuid_or_missing(id), call.caller)
        (found,) = await results(db, [event["id"]], words=READS_WORDS(call.caller))
        return answer(found)


@router.get(
    "/projects/{id}/event-feedback",
    **read_doc("What was thought of a project's events", "event_feedback.read", FeedbackResults),
)
async def of_project(call: Calling, id: str) -> Response:
    """Each of them, in the order of their times."""
    call.demand("event_feedback", "read")
    async with call.reading() as db:
        project = await get_thing(db, PROJECTS, uuid_or_missing(id), call.caller)
        ids = await events_of(db, project["id"])
        return answer({"items": await results(db, ids, words=READS_WORDS(call.caller))})
