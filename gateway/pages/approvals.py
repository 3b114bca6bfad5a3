"""Approvals: links by which respondents approve, and what was approved opened to be corrected."""

from secrets import token_urlsafe
from typing import Any

from fastapi import Request, Response

from gateway.access import may
from gateway.accounts import digest
from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found
from gateway.forms import Form
from gateway.html import full_address, go, page
from gateway.pages.saving import saved
from gateway.visitor import Visitor
from services.councils.contract.interview import InterviewReopening, InterviewStatus
from services.kit.contract import Sent
from services.kit.errors import Conflict, Rejected, Stale, Unavailable

area = Area("approvals")
NOTHING: Found = {"items": [], "recipient": None}


def asked(visitor: Visitor, house: House, interview: Found) -> list[str]:
    """What is to be read of an interview's links; nothing where there are none to read."""
    draft = interview["status"] == InterviewStatus.draft
    at = house.councils.interviews.at(interview["id"], "/approval-links")
    return [at] if may(visitor, "approvals.make") and not draft else []


@area.take("/intervjuer/{id}/lank", "make")
async def make(request: Request, house: Services, id: str) -> Response:
    """A link that goes by e-mail, or one that is shown this once."""
    form = await Form.received(request, Sent)
    token = "" if form.value("how") == "email" else token_urlsafe(32)
    body = {"hash": digest(token).hex() if token else None}
    try:
        made = await house.councils.interviews.act(id, "approval-links", body, once=form.once)
    except (Conflict, Rejected, Unavailable) as problem:
        form.blame(problem)
        return go(request, "interviews.show", id=id, notice=" ".join(form.wrong.values()))
    if not token:
        return go(request, "interviews.show", id=id, notice="Länken skickas nu med e-post.")
    address = full_address(request, "approval_sheets.show", token=token)
    return page(request, "interviews/link.html", link=made, address=address, id=id)


@area.take("/intervjuer/{id}/lank/{link_id}/aterkalla", "revoke")
async def revoke(request: Request, house: Services, id: str, link_id: str) -> Response:
    """A link shows nothing any more."""
    form, path = await Form.received(request, Sent), f"approval-links/{link_id}/revoke"
    said = "Länken är återkallad. Den som har den ser inget längre."
    try:
        await house.councils.interviews.act(id, path, once=form.once, version=form.version)
    except (Conflict, Stale):
        said = "Länken har ändrats under tiden. Läs igenom listan och försök igen."
    return go(request, "interviews.show", id=id, notice=said)


@area.show("/intervjuer/{id}/ratta", "reopen")
async def ask_reopen(request: Request, house: Services, id: str) -> Response:
    """Why what was approved is to be corrected."""
    return await _reopen_page(request, house, id, Form.empty(InterviewReopening))


@area.take("/intervjuer/{id}/ratta", "reopen")
async def reopen(request: Request, house: Services, id: str) -> Response:
    """It is a draft again, and needs approval anew."""
    form = await Form.posted(request, InterviewReopening)
    if await saved(form, house.councils.interviews.act(id, "reopen", form.sent, once=form.once)):
        said = "Intervjun är öppen för rättelse. Skicka den sedan för godkännande igen."
        return go(request, "interviews.show", id=id, notice=said)
    return await _reopen_page(request, house, id, form, status=422)


async def _reopen_page(
    request: Request, house: House, id: str, form: Form[Any], *, status: int = 200
) -> Response:
    interview = await house.councils.interviews.one(id)
    if interview["status"] != InterviewStatus.approved and not form.had:
        return go(request, "interviews.show", id=id)
    return page(request, "interviews/reopen.html", status=status, form=form, interview=interview)
