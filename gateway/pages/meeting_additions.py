"""Additions to a meeting: a point on its agenda, and something that somebody will do.

Pages of their own: beside the decision that is being written they would throw it away.
"""

import asyncio
from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.forms import Form
from gateway.html import go, page
from gateway.pages import choices, post_choices
from gateway.pages.saving import saved
from services.councils.contract.decision import ActionItemDraft
from services.councils.contract.meeting import AgendaItemDraft

area = Area("meetings")


@area.begin("/moten/{id}/dagordning", "add_item")
async def new_item(request: Request, house: Services, id: str) -> Response:
    """An empty point, while the minutes are not approved."""
    if said := choices.locked(await house.councils.meetings.one(id)):
        return go(request, "meetings.show", id=id, notice=said)
    return await _item_page(request, house, id, Form.begun(request, AgendaItemDraft))


@area.take("/moten/{id}/dagordning", "add_item")
async def add_item(request: Request, house: Services, id: str) -> Response:
    """One more point on the agenda."""
    form = await Form.posted(request, AgendaItemDraft, meeting_id=id)
    sending = house.councils.agenda_items.make(form.sent, once=form.once)
    if await saved(form, sending):
        return go(request, "meetings.show", id=id, notice="Punkten är tillagd.")
    return await _item_page(request, house, id, form, status=422)


async def _item_page(
    request: Request, house: House, id: str, form: Form[Any], *, status: int = 200
) -> Response:
    meeting, agenda = await asyncio.gather(
        house.councils.meetings.one(id),
        house.councils.agenda_items.whole(sort="position", meeting_id=id),
    )
    living = await choices.living_needs(house, council_id=meeting["council_id"])
    named = (one for item in agenda for one in item["need_ids"])
    needs = await choices.with_needs(house, living, form.chosen("need_ids"), named)
    return page(
        request, "meetings/add_item.html", status=status, form=form, meeting=meeting, needs=needs
    )


@area.begin("/moten/{id}/atgarder", "add_action")
async def new_action(request: Request, house: Services, id: str) -> Response:
    """Nothing yet."""
    return await _action_page(request, house, id, Form.begun(request, ActionItemDraft))


@area.take("/moten/{id}/atgarder", "add_action")
async def add_action(request: Request, house: Services, id: str) -> Response:
    """Something that somebody will do."""
    meeting = await house.councils.meetings.one(id)
    form = await Form.posted(
        request, ActionItemDraft, meeting_id=id, council_id=meeting["council_id"]
    )
    if await saved(form, house.councils.action_items.make(form.sent, once=form.once)):
        return go(request, "meetings.show", id=id, notice="Åtgärden är sparad.")
    return await _action_page(request, house, id, form, status=422)


async def _action_page(
    request: Request, house: House, id: str, form: Form[Any], *, status: int = 200
) -> Response:
    meeting, posts = await asyncio.gather(
        house.councils.meetings.one(id), post_choices.posts(house, form)
    )
    return page(
        request, "meetings/add_action.html", status=status, form=form, meeting=meeting, posts=posts
    )
