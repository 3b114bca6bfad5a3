"""Role trials: actors asked to take a role in the model, and what came of it."""

import asyncio

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found, ids_in
from gateway.forms import Form
from gateway.html import go, page
from gateway.lookback import times_of
from gateway.pages import actor_choices
from gateway.pages.known_names import labels_then
from gateway.pages.listing import files, listed
from gateway.pages.saving import saved
from services.actors.contract import role_trial as codes
from services.actors.contract.role_trial import RoleTrialDraft, TrialAnswer
from services.kit import clock

area = Area("role_trials")
FILTERS = ("answer", "overdue", "actor_id", "as_of")


@area.show("/rollprovningar", "list")
async def list_trials(request: Request, house: Services) -> Response:
    """All role trials, narrowed by the filters."""
    shown, actors = await asyncio.gather(
        listed(request, house.actors.role_trials, FILTERS),
        actor_choices.actors(house, Form.asked(request)),
    )
    whose = ids_in([one["actor_id"] for one in shown.rows])
    labels = await labels_then(house, whose, times_of(request))
    return page(
        request, "role_trials/list.html", shown=shown, actors=actors, labels=labels, codes=codes
    )


files(area, "/rollprovningar", lambda house: house.actors.role_trials, FILTERS)


@area.begin("/rollprovningar/ny", "new")
async def new_trial(request: Request, house: Services) -> Response:
    """An empty form, perhaps begun from an actor."""
    form = Form.begun(
        request, RoleTrialDraft, actor_id=request.query_params.get("actor_id") or None,
        asked_on=clock.today(), answer=TrialAnswer.waiting,
    )  # fmt: skip
    return await _form_page(request, house, form)


@area.take("/rollprovningar/ny", "new")
async def make_trial(request: Request, house: Services) -> Response:
    """Store it, or show the form again."""
    form = await Form.posted(request, RoleTrialDraft)
    made = await saved(form, house.actors.role_trials.make(form.sent, once=form.once))
    if made:
        return go(request, "role_trials.show", id=made["id"], notice="Rollprövningen är sparad.")
    return await _form_page(request, house, form, status=422)


async def _form_page(
    request: Request,
    house: House,
    form: Form[RoleTrialDraft],
    *,
    status: int = 200,
    trial: Found | None = None,
) -> Response:
    actors = await actor_choices.actors(house, form)
    return page(
        request, "role_trials/form.html", status=status, form=form, trial=trial, actors=actors
    )


@area.show("/rollprovningar/{id}", "show")
async def show_trial(request: Request, house: Services, id: str) -> Response:
    """One role trial: who was asked, what they answered, and why."""
    look = times_of(request)
    trial = await house.actors.role_trials.one(id, **look.times)
    labels = await labels_then(house, [trial["actor_id"]], look)
    return page(request, "role_trials/show.html", trial=trial, labels=labels)


@area.show("/rollprovningar/{id}/andra", "edit")
async def edit_trial(request: Request, house: Services, id: str) -> Response:
    """The form with what is stored."""
    trial = await house.actors.role_trials.one(id)
    return await _form_page(request, house, Form.showing(RoleTrialDraft, trial), trial=trial)


@area.take("/rollprovningar/{id}/andra", "edit")
async def revise_trial(request: Request, house: Services, id: str) -> Response:
    """New values, unless somebody changed the trial meanwhile."""
    trial = await house.actors.role_trials.one(id)
    form = await Form.posted(request, RoleTrialDraft, kept=trial)
    sending = house.actors.role_trials.replace(id, form.sent, version=form.version)
    if await saved(form, sending):
        return go(request, "role_trials.show", id=id, notice="Ändringen är sparad.")
    return await _form_page(request, house, form, status=422, trial=trial)
