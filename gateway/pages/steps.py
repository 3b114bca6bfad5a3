"""Steps of initiatives: added, done or open again, put right and taken away.

A new one has a page of its own: beside the others, *Klart* would throw away what is being typed.
"""

import asyncio
from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found
from gateway.forms import Form
from gateway.html import go, page
from gateway.pages import actor_choices, post_choices
from gateway.pages.saving import saved, taken_away
from gateway.pages.ticking import Words, ticked
from services.councils.contract.initiative import StepDraft

area = Area("steps")
TICKED = Words("Steget är klart.", "Steget är öppet igen.", "Steget")


@area.take("/steg/{id}/klart", "done")
async def done(request: Request, house: Services, id: str) -> Response:
    """The step is done today, or was not done after all."""
    step, said = await ticked(request, house.councils.steps, StepDraft, id, TICKED)
    return go(request, "initiatives.show", id=step["initiative_id"], **said)


@area.begin("/initiativ/{id}/steg/nytt", "new")
async def new_step(request: Request, house: Services, id: str) -> Response:
    """An empty step."""
    return await _form_page(request, house, id, Form.begun(request, StepDraft))


@area.take("/initiativ/{id}/steg/nytt", "new")
async def add_step(request: Request, house: Services, id: str) -> Response:
    """One more step."""
    form = await Form.posted(request, StepDraft, initiative_id=id)
    if await saved(form, house.councils.steps.make(form.sent, once=form.once)):
        return go(request, "initiatives.show", id=id, notice="Steget är tillagt.")
    return await _form_page(request, house, id, form, status=422)


@area.show("/steg/{id}/andra", "edit")
async def edit_step(request: Request, house: Services, id: str) -> Response:
    """The form with what is stored."""
    step = await house.councils.steps.one(id)
    form = Form.showing(StepDraft, step)
    return await _form_page(request, house, step["initiative_id"], form, step=step)


@area.take("/steg/{id}/andra", "edit")
async def revise_step(request: Request, house: Services, id: str) -> Response:
    """New values, unless somebody changed it meanwhile."""
    step = await house.councils.steps.one(id)
    form = await Form.posted(request, StepDraft, kept=step)
    sending = house.councils.steps.replace(id, form.sent, version=form.version)
    if await saved(form, sending):
        said = "Ändringen är sparad."
        return go(request, "initiatives.show", id=step["initiative_id"], notice=said)
    return await _form_page(request, house, step["initiative_id"], form, status=422, step=step)


async def _form_page(
    request: Request,
    house: House,
    initiative_id: str,
    form: Form[Any],
    *,
    status: int = 200,
    step: Found | None = None,
) -> Response:
    initiative, posts, actors = await asyncio.gather(
        house.councils.initiatives.one(initiative_id),
        post_choices.posts(house, form),
        actor_choices.actors(house, form),
    )
    return page(
        request, "initiatives/step.html", status=status, form=form, step=step, posts=posts,
        initiative=initiative, actors=actors,
    )  # fmt: skip  # fmt: skip


@area.show("/steg/{id}/ta-bort", "remove")
async def ask_remove(request: Request, house: Services, id: str) -> Response:
    """Whether it is to go."""
    step = await house.councils.steps.one(id)
    initiative = await house.councils.initiatives.one(step["initiative_id"])
    form = Form.showing(StepDraft, step)
    return page(
        request, "initiatives/step_remove.html", form=form, step=step, initiative=initiative
    )


@area.take("/steg/{id}/ta-bort", "remove")
async def remove_step(request: Request, house: Services, id: str) -> Response:
    """Nobody is to do it."""
    form: Form[Any] = await Form.posted(request, StepDraft)
    step = await house.councils.steps.one(id)
    removing = house.councils.steps.remove(id, version=form.version)
    _, said = await taken_away(removing, "Steget")
    return go(request, "initiatives.show", id=step["initiative_id"], notice=said)
