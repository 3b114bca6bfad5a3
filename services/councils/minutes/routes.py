"""Where typed minutes are saved over HTTP."""

from itertools import chain
from uuid import UUID

from fastapi import APIRouter, Response
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.agenda.queries import AGENDA_ITEMS
from services.councils.contract.meeting import MinutesRead
from services.councils.contract.minutes import MinutesSet, SavedMinutes
from services.councils.meeting.queries import MEETINGS
from services.councils.meeting.reading import mark_of
from services.councils.minutes import actions
from services.councils.minutes.queries import last_writers
from services.kit.collection import get_thing, get_things
from services.kit.errors import Conflict, FieldError
from services.kit.http import Call, Calling, Record, answer, uuid_or_missing
from services.kit.judging import judged
from services.kit.openapi import action_doc, read_doc

router = APIRouter(tags=["agenda_item"])


@router.get(
    "/meetings/{id}/minutes", **read_doc("Which minutes stand there", "meeting.read", MinutesRead)
)
async def read(call: Calling, id: str) -> Response:
    """To be approved as they were read: the mark goes with the approval."""
    call.demand("meeting", "read")
    async with call.reading() as db:
        meeting = await get_thing(db, MEETINGS, uuid_or_missing(id), call.caller)
        return answer({"mark": await mark_of(db, meeting["id"])})


@router.put(
    "/meetings/{id}/minutes",
    **action_doc("Save minutes as you type", "agenda_item.write", SavedMinutes),
)
@judged("agenda_item", "write", MinutesSet, actions.judge)
async def save(call: Calling, id: str, typed: MinutesSet) -> Response:
    """What somebody else wrote meanwhile is not overwritten but shown: 409, the rest saved."""
    call.demand("agenda_item", "write")

    async def show(db: AsyncConnection, done: dict[str, list[UUID]]) -> Response:
        points = await get_things(db, AGENDA_ITEMS, [*chain(*done.values())], call.caller)
        shown = {point["id"]: point for point in points}
        body = {name: [shown[one] for one in ids] for name, ids in done.items()}
        if not body["conflicts"]:
            return answer(body)
        writers = await last_writers(db, done["conflicts"])
        hidden = {} if call.caller.sees_people else {"written_by": None}
        for point in body["conflicts"]:
            point.update(writers.get(str(point["id"]), {}) | hidden)
        return _conflicting(call, body)

    return await call.perform(actions.save_minutes, uuid_or_missing(id), typed, show=show)


def _conflicting(call: Call, body: dict[str, list[Record]]) -> Response:
    """409 that keeps what could be saved, and holds the other's texts beside the problem."""
    sentence = "somebody else wrote here meanwhile"
    errors = [FieldError(str(item["id"]), "stale", sentence) for item in body["conflicts"]]
    problem = Conflict("some minutes were written by somebody else", errors=errors)
    found = answer(problem.body(call.caller.request_id) | body, status=problem.status)
    found.headers["content-type"] = "application/problem+json"
    return found
