"""Where approvals are asked for and given over HTTP."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.approval import actions, rules
from services.councils.approval.queries import (
    behind,
    company_name,
    council_name,
    links_of,
    read_questions,
    recipient_of,
)
from services.councils.contract.approval import (
    ApprovalGiven,
    ApprovalLink,
    ApprovalLinkDraft,
    ApprovalLinks,
    ApprovalSheet,
    WishList,
)
from services.councils.interview.queries import INTERVIEWS
from services.kit import clock
from services.kit.collection import get_thing
from services.kit.errors import Unavailable
from services.kit.http import Calling, answer, etag_of, uuid_or_missing
from services.kit.openapi import action_doc, read_doc
from services.kit.store import Record

router = APIRouter(tags=["approval"])
LINKS = "/interviews/{id}/approval-links"


@router.get(LINKS, **read_doc("An interview's links", "approval_link.read", ApprovalLinks))
async def links(call: Calling, id: str) -> Response:
    """How each has come to the respondent, and who would get another."""
    call.demand("approval_link", "read")
    async with call.reading() as db:
        interview = await get_thing(db, INTERVIEWS, uuid_or_missing(id), call.caller)
        found = await links_of(db, interview["id"])
    recipient: dict[str, Any] | None = None
    try:
        told = await recipient_of(call.request.app.state.wire, call.caller, interview)
        recipient = told.model_dump()
    except Unavailable:
        pass
    return answer({"items": found, "recipient": recipient})


@router.post(
    LINKS,
    **action_doc("Make a link", "approval_link.write", ApprovalLink, status=201, makes=True),
)
async def make(call: Calling, id: str, draft: ApprovalLinkDraft) -> Response:
    """The respondent approves by it, asks for changes, or withdraws the consent."""
    call.demand("approval_link", "write")
    interview_id = uuid_or_missing(id)

    async def show(db: AsyncConnection, made: UUID) -> Response:
        return await _one(db, interview_id, made, status=201)

    return await call.perform(actions.make_link, interview_id, draft, show=show)


async def _one(db: AsyncConnection, interview_id: UUID, id: UUID, *, status: int = 200) -> Response:
    found = next(one for one in await links_of(db, interview_id) if one["id"] == id)
    return answer(found, tag=etag_of(found), status=status)


@router.post(
    f"{LINKS}/{{link}}/revoke",
    **action_doc("Revoke a link", "approval_link.write", ApprovalLink),
)
async def revoke(call: Calling, id: str, link: str) -> Response:
    """It shows nothing any more."""
    call.demand("approval_link", "write")
    interview_id = uuid_or_missing(id)

    async def show(db: AsyncConnection, done: UUID) -> Response:
        return await _one(db, interview_id, done)

    asked = interview_id, uuid_or_missing(link), call.version_if_given
    return await call.perform(actions.revoke_link, *asked, show=show)


SHEET = "/approval-sheets/{hash}"


@router.get(SHEET, **read_doc("What a link shows", "approval_sheet.read", ApprovalSheet))
async def sheet(call: Calling, hash: str) -> Response:
    """The answers. The door asks, by what is kept of a link and leads to none."""
    call.demand("approval_sheet", "read")
    async with call.reading() as db:
        found, interview = await _sheet(db, actions.hash_in(hash))
        shown = found["state"] in rules.SHOWN
        items = await read_questions(db, interview) if shown else []
    company = await company_name(call.request.app.state.wire, call.caller, interview)
    return answer(found | {"company": company, "items": items})


async def _sheet(db: AsyncConnection, hash: bytes) -> tuple[Record, Record]:
    link, interview = await behind(db, hash)
    state = rules.state_of_sheet(link, interview, clock.now())
    told = {name: interview[name] for name in ApprovalSheet.model_fields if name in interview}
    return told | {"state": state, "council": await council_name(db, interview)}, interview


async def _shown(db: AsyncConnection, hash: bytes) -> Response:
    """Without what was said: it is kept for a repeated request, also after a withdrawal."""
    found, _interview = await _sheet(db, hash)
    return answer(found | {"company": None, "items": []})


@router.post(f"{SHEET}/approve", **action_doc("Approve", "approval_sheet.write", ApprovalSheet))
async def approve(call: Calling, hash: str, given: ApprovalGiven) -> Response:
    """sent → approved, by the respondent."""
    call.demand("approval_sheet", "write")
    return await call.perform(actions.approve, actions.hash_in(hash), given, show=_shown)


@router.post(
    f"{SHEET}/want-changes",
    **action_doc("Ask for changes", "approval_sheet.write", ApprovalSheet),
)
async def want_changes(call: Calling, hash: str, wanted: WishList) -> Response:
    """sent → draft, with what the respondent wants changed."""
    call.demand("approval_sheet", "write")
    return await call.perform(actions.want_changes, actions.hash_in(hash), wanted, show=_shown)


@router.post(
    f"{SHEET}/withdraw",
    **action_doc("Withdraw the consent", "approval_sheet.write", ApprovalSheet),
)
async def withdraw(call: Calling, hash: str) -> Response:
    """What was said is removed."""
    call.demand("approval_sheet", "write")
    return await call.perform(actions.withdraw, actions.hash_in(hash), show=_shown)
