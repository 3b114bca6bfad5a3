"""Action items: what somebody does until a day, in one list over all councils, and done."""

import asyncio
from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found, ids_in
from gateway.forms import Form
from gateway.html import go, page, pages_of, visitor_of
from gateway.pages import choices, post_choices
from gateway.pages.listing import files, listed
from gateway.pages.saving import saved
from services.councils.contract.decision import ActionItemDone, ActionItemDraft
from services.kit import clock
from services.kit.errors import Rejected, Unavailable

area = Area("action_items")
FILTERS = ("council_id", "owner_post_id", "owned", "open", "due_from", "due_until")


@area.show("/atgarder", "list")
async def list_items(request: Request, house: Services) -> Response:
    """All action items, narrowed by the filters, the soonest due first."""
    shown, councils, posts, steps = await asyncio.gather(
        listed(request, house.councils.action_items, FILTERS, sort="due_on"),
        choices.options(house.councils.councils, "name"),
        post_choices.posts(house, Form.asked(request)),
        _late_steps(request, house),
    )
    named = ([one["initiative_id"], one["owner_post_id"]] for one in steps)
    owners = [one["owner_post_id"] for one in shown.rows]
    labels = await house.analysis.labels(ids_in(owners, *named))
    return page(
        request, "action_items/list.html", shown=shown, councils=councils, names=dict(councils),
        posts=posts, labels=labels, today=clock.today(), steps=steps, name=choices.name_in,
        mine=set(map(str, visitor_of(request).caller.post_ids)),
    )  # fmt: skip


async def _late_steps(request: Request, house: House) -> list[Found]:
    """Steps of initiatives that are due: where the list is not narrowed to what no step has."""
    asked = request.query_params
    no_step = [name for name in ("q", "council_id", "due_from", "page") if asked.get(name)]
    if no_step or asked.get("open") == "false":
        return []
    owned = {"true": "false", "false": "true"}.get(asked.get("owned", ""))
    due = {"open": "true", "due_to": clock.today(), "sort": "due_on", "ownerless": owned}
    try:
        owner = asked.get("owner_post_id") or None
        return await house.councils.steps.whole(owner_post_id=owner, **due)
    except (Rejected, Unavailable):
        return []


files(area, "/atgarder", lambda house: house.councils.action_items, FILTERS)


@area.show("/atgarder/{id}/klar", "done")
async def ask_done(request: Request, house: Services, id: str) -> Response:
    """When it was done, and what came of it."""
    item = await house.councils.action_items.one(id)
    form = Form.empty(ActionItemDone, done_on=clock.today())
    return page(request, "action_items/done.html", form=form, item=item)


@area.take("/atgarder/{id}/klar", "done")
async def done(request: Request, house: Services, id: str) -> Response:
    """It is done."""
    form = await Form.posted(request, ActionItemDone)
    item = await house.councils.action_items.one(id)
    sending = house.councils.action_items.act(id, "complete", form.sent, once=form.once)
    if await saved(form, sending):
        undo = pages_of(request).addresses.to("action_items.undo", id=id)
        return _back(request, item, "Åtgärden är klar.", undo=undo)
    return page(request, "action_items/done.html", status=422, form=form, item=item)


def _back(request: Request, item: Found, said: str, *, undo: str | None = None) -> Response:
    """To the meeting that it comes from, else its council."""
    if item["meeting_id"]:
        return go(request, "meetings.show", id=item["meeting_id"], notice=said, undo=undo)
    return go(request, "councils.show", id=item["council_id"], notice=said, undo=undo)


@area.take("/atgarder/{id}/angra", "undo")
async def undo_done(request: Request, house: Services, id: str) -> Response:
    """It is not done after all."""
    item = await house.councils.action_items.one(id)
    form: Form[Any] = Form.empty(None)
    if await saved(form, house.councils.action_items.act(id, "reopen")):
        return _back(request, item, "Åtgärden är inte klar.")
    return _back(request, item, next(iter(form.wrong.values()), ""))


@area.show("/atgarder/{id}/andra", "edit")
async def edit_item(request: Request, house: Services, id: str) -> Response:
    """The form with what is stored."""
    item = await house.councils.action_items.one(id)
    return await _edit_page(request, house, item, Form.showing(ActionItemDraft, item))


@area.take("/atgarder/{id}/andra", "edit")
async def revise_item(request: Request, house: Services, id: str) -> Response:
    """New words, another day, another owner."""
    item = await house.councils.action_items.one(id)
    form = await Form.posted(request, ActionItemDraft, kept=item)
    sending = house.councils.action_items.replace(id, form.sent, version=form.version)
    if await saved(form, sending):
        return _back(request, item, "Ändringen är sparad.")
    return await _edit_page(request, house, item, form, status=422)


async def _edit_page(
    request: Request, house: House, item: Found, form: Form[Any], *, status: int = 200
) -> Response:
    posts = await post_choices.posts(house, form)
    return page(request, "action_items/edit.html", status=status, form=form, item=item, posts=posts)
