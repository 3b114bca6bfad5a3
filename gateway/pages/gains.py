"""Gains: what an actor gets out of taking part: stated, confirmed by it, and later judged."""

import asyncio
from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found
from gateway.forms import Form
from gateway.html import go, page
from gateway.pages import choices
from gateway.pages.saving import saved
from services.actors.contract.readiness import GainDraft
from services.kit import clock

area = Area("gains")


@area.begin("/aktorer/{id}/vinster/ny", "new")
async def new_gain(request: Request, house: Services, id: str) -> Response:
    """An empty form."""
    return await _form_page(
        request, house, id, Form.begun(request, GainDraft, stated_on=clock.today())
    )


@area.take("/aktorer/{id}/vinster/ny", "new")
async def state_gain(request: Request, house: Services, id: str) -> Response:
    """Store it, or show the form again."""
    form = await Form.posted(request, GainDraft, actor_id=id)
    if await saved(form, house.actors.gains.make(form.sent, once=form.once)):
        return go(request, "actors.show", id=id, notice="Vinsten är sparad.")
    return await _form_page(request, house, id, form, status=422)


@area.show("/vinster/{id}/andra", "edit")
async def edit_gain(request: Request, house: Services, id: str) -> Response:
    """The form with what is stored: here the gain is confirmed, and judged."""
    gain = await house.actors.gains.one(id)
    form = Form.showing(GainDraft, gain)
    return await _form_page(request, house, gain["actor_id"], form, gain=gain)


@area.take("/vinster/{id}/andra", "edit")
async def revise_gain(request: Request, house: Services, id: str) -> Response:
    """New values, unless somebody changed the gain meanwhile."""
    gain = await house.actors.gains.one(id)
    form = await Form.posted(request, GainDraft, kept=gain)
    sending = house.actors.gains.replace(id, form.sent, version=form.version)
    if await saved(form, sending):
        return go(request, "actors.show", id=gain["actor_id"], notice="Ändringen är sparad.")
    return await _form_page(request, house, gain["actor_id"], form, status=422, gain=gain)


async def _form_page(
    request: Request,
    house: House,
    actor_id: str,
    form: Form[Any],
    *,
    status: int = 200,
    gain: Found | None = None,
) -> Response:
    actor, posts = await asyncio.gather(
        house.actors.actors.one(actor_id),
        choices.options(house.actors.posts, "title", actor_id=actor_id),
    )
    return page(
        request, "actors/gain.html", status=status, form=form, actor=actor, gain=gain, posts=posts
    )
