"""Where interviews and answers are asked for and changed over HTTP."""

from uuid import UUID

from fastapi import APIRouter, Response
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.contract.interview import (
    AnswerSet,
    Interview,
    InterviewReopening,
    NeedOfAnswer,
    Saved,
    SendBack,
)
from services.councils.contract.need import Need
from services.councils.interview import actions
from services.councils.interview.queries import ANSWERS, INTERVIEWS
from services.councils.need.queries import NEEDS
from services.kit.collection import get_thing
from services.kit.errors import Conflict, FieldError
from services.kit.http import Call, Calling, Record, answer, uuid_or_missing
from services.kit.judging import judged
from services.kit.openapi import action_doc
from services.kit.resources import resource, shown

interviews = resource(
    INTERVIEWS,
    replace=actions.revise_interview,
    remove=actions.remove_interview,
    judge=actions.judge,
)
answers = resource(ANSWERS, writable=False)
router = APIRouter(tags=["interview"])


@router.put("/interviews/{id}/answers", **action_doc("Save as you type", "answer.write", Saved))
@judged("answer", "write", AnswerSet, actions.judge_answers)
async def save(call: Calling, id: str, typed: AnswerSet) -> Response:
    """What somebody else wrote meanwhile is not overwritten but shown: 409, the rest saved."""
    call.demand("answer", "write")

    async def show(db: AsyncConnection, done: dict[str, list[UUID]]) -> Response:
        body = {
            name: [await get_thing(db, ANSWERS, one, call.caller) for one in ids]
            for name, ids in done.items()
        }
        return _conflicting(call, body) if body["conflicts"] else answer(body)

    return await call.perform(actions.save_answers, uuid_or_missing(id), typed, show=show)


def _conflicting(call: Call, body: dict[str, list[Record]]) -> Response:
    """409 that keeps what could be saved, and holds the other's texts beside the problem."""
    sentence = "somebody else changed this answer"
    errors = [FieldError(a["question_key"], "stale", sentence) for a in body["conflicts"]]
    problem = Conflict("some answers were changed by somebody else", errors=errors)
    found = answer(problem.body(call.caller.request_id) | body, status=problem.status)
    found.headers["content-type"] = "application/problem+json"
    return found


@router.post(
    "/answers/{id}/need",
    **action_doc("Make a need of an answer", "answer.write", Need, status=201, makes=True),
)
@judged("answer", "write", NeedOfAnswer, actions.judge_need)
async def need(call: Calling, id: str, body: NeedOfAnswer) -> Response:
    """The answer becomes the need's source."""
    call.demand("answer", "write")
    call.demand("need", "decide")
    show = shown(NEEDS, call, status=201)
    return await call.perform(actions.need_of_answer, uuid_or_missing(id), body, show=show)


@router.post("/interviews/{id}/send", **action_doc("Send it back", "interview.write", Interview))
async def send(call: Calling, id: str) -> Response:
    """draft → sent, to the respondent for approval."""
    call.demand("interview", "write")
    asked = uuid_or_missing(id), call.version_if_given
    return await call.perform(actions.send_interview, *asked, show=shown(INTERVIEWS, call))


@router.post("/interviews/{id}/approve", **action_doc("Approve", "interview.write", Interview))
async def approve(call: Calling, id: str) -> Response:
    """sent → approved by the respondent."""
    call.demand("interview", "write")
    asked = uuid_or_missing(id), call.version_if_given
    return await call.perform(actions.approve_interview, *asked, show=shown(INTERVIEWS, call))


@router.post("/interviews/{id}/return", **action_doc("To be changed", "interview.write", Interview))
@judged("interview", "write", SendBack, actions.judge_return)
async def give_back(call: Calling, id: str, back: SendBack) -> Response:
    """sent → draft, with what the respondent wants changed."""
    call.demand("interview", "write")
    asked = uuid_or_missing(id), back, call.version_if_given
    return await call.perform(actions.return_interview, *asked, show=shown(INTERVIEWS, call))


@router.post("/interviews/{id}/reopen", **action_doc("Correct", "interview.write", Interview))
@judged("interview", "write", InterviewReopening, actions.judge_reopening)
async def reopen(call: Calling, id: str, reopening: InterviewReopening) -> Response:
    """approved → draft, with the reason; it needs approval anew."""
    call.demand("interview", "write")
    asked = uuid_or_missing(id), reopening, call.version_if_given
    return await call.perform(actions.reopen_interview, *asked, show=shown(INTERVIEWS, call))


@router.post(
    "/interviews/{id}/withdraw",
    **action_doc("Withdraw the consent", "interview.write", Interview),
)
async def withdraw(call: Calling, id: str) -> Response:
    """Texts are removed, also where needs repeat them; needs stay, and name their source."""
    call.demand("interview", "write")
    asked = uuid_or_missing(id), call.version_if_given
    return await call.perform(actions.withdraw_interview, *asked, show=shown(INTERVIEWS, call))
