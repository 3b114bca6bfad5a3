"""Where questions from the floor are asked for and changed over HTTP."""

from fastapi import APIRouter, Response
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.contract.event import EventSession
from services.councils.contract.event_question import (
    EventQuestion,
    EventQuestions,
    LiveQuestionSets,
    OwnQuestionVotes,
    QuestionAnswered,
    QuestionByBrowser,
    QuestionModerated,
    QuestionVote,
)
from services.councils.event.queries import EVENT_SESSIONS
from services.councils.event_question import actions
from services.councils.event_question.queries import all_of, live, one, session_at, voted
from services.councils.invitation.actions import hash_in
from services.kit.collection import get_thing
from services.kit.errors import NotFound
from services.kit.http import Calling, answer, uuid_or_missing, whole_tag
from services.kit.openapi import action_doc, read_doc
from services.kit.store import Record

router = APIRouter(tags=["event_question"])
# A house listens to so many sessions at once.
LIVE_MOST = 50


async def _shown(_: AsyncConnection, done: Record) -> Response:
    found = {name: done[name] for name in EventQuestion.model_fields}
    return answer(found, tag=whole_tag(found))


@router.post(
    "/event-doors/{address}/sessions/{session}/questions",
    **action_doc("Ask from the floor", "event_door.write", EventQuestion, makes=True),
)
async def asked(call: Calling, address: str, session: str, given: QuestionByBrowser) -> Response:
    """It waits until somebody lets it through."""
    call.demand("event_door", "write")
    return await call.perform(actions.ask, address, uuid_or_missing(session), given, show=_shown)


@router.post(
    "/event-doors/{address}/questions/{question}/vote",
    **action_doc("Vote for a question", "event_door.write", EventQuestion),
)
async def voted_for(call: Calling, address: str, question: str, who: QuestionVote) -> Response:
    """A second time it changes nothing."""
    call.demand("event_door", "write")
    return await call.perform(actions.vote, address, uuid_or_missing(question), who, show=_shown)


@router.post(
    "/event-doors/{address}/questions/{question}/take-back",
    **action_doc("Take a vote back", "event_door.write", EventQuestion),
)
async def taken_back(call: Calling, address: str, question: str, who: QuestionVote) -> Response:
    """Where there is none it changes nothing."""
    call.demand("event_door", "write")
    return await call.perform(
        actions.take_back, address, uuid_or_missing(question), who, show=_shown
    )


@router.get(
    "/event-doors/{address}/sessions/{session}",
    **read_doc("A session that takes questions", "event_door.read", EventSession),
)
async def taking(call: Calling, address: str, session: str) -> Response:
    """Whether it is of the event there."""
    call.demand("event_door", "read")
    async with call.reading() as db:
        found, _ = await session_at(db, address, uuid_or_missing(session))
        return answer({name: found[name] for name in EventSession.model_fields})


@router.get(
    "/event-doors/{address}/sessions/{session}/votes/{browser}",
    **read_doc("What a browser has voted for", "event_door.read", OwnQuestionVotes),
)
async def own_votes(call: Calling, address: str, session: str, browser: str) -> Response:
    """The numbers of the questions."""
    call.demand("event_door", "read")
    async with call.reading() as db:
        found, _ = await session_at(db, address, uuid_or_missing(session))
        return answer({"numbers": await voted(db, found["id"], hash_in(browser))})


@router.get(
    "/live-questions/{sessions}",
    **read_doc("What the floor sees now", "event_door.read", LiveQuestionSets),
)
async def live_(call: Calling, sessions: str) -> Response:
    """Of several sessions, their ids with commas between."""
    call.demand("event_door", "read")
    ids = list(dict.fromkeys(uuid_or_missing(text) for text in sessions.split(",")))
    if len(ids) > LIVE_MOST:
        raise NotFound(f"at most {LIVE_MOST} at once")
    async with call.reading() as db:
        return answer({"items": await live(db, ids)})


@router.get(
    "/event-sessions/{id}/questions",
    **read_doc("A session's questions", "event_question.read", EventQuestions),
)
async def listed(call: Calling, id: str) -> Response:
    """Those that wait, are shown, are hidden; the newest of each first."""
    call.demand("event_question", "read")
    async with call.reading() as db:
        session = await get_thing(db, EVENT_SESSIONS, uuid_or_missing(id), call.caller)
        return answer({"items": await all_of(db, session["id"])})


@router.get(
    "/event-questions/{question}",
    **read_doc("A question from the floor", "event_question.read", EventQuestion),
)
async def shown_(call: Calling, question: str) -> Response:
    """Whether the floor sees it or not."""
    call.demand("event_question", "read")
    async with call.reading() as db:
        return await _shown(db, await one(db, uuid_or_missing(question)))


@router.post(
    "/event-questions/{question}/moderate",
    **action_doc("Let a question through, or hide it", "event_question.write", EventQuestion),
)
async def moderated(call: Calling, question: str, said: QuestionModerated) -> Response:
    """waiting, shown, hidden: any of them."""
    call.demand("event_question", "write")
    wanted = uuid_or_missing(question), said, call.version_if_given
    return await call.perform(actions.moderate, *wanted, show=_shown)


@router.post(
    "/event-questions/{question}/answer",
    **action_doc("A question is answered", "event_question.write", EventQuestion),
)
async def answered(call: Calling, question: str, said: QuestionAnswered) -> Response:
    """In the room, or in words afterwards."""
    call.demand("event_question", "write")
    wanted = uuid_or_missing(question), said, call.version_if_given
    return await call.perform(actions.answer, *wanted, show=_shown)
