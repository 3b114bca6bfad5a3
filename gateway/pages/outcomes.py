"""Outcomes: what initiatives led to; each is read, put right and taken away by itself."""

from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found, ids_in
from gateway.forms import Form
from gateway.html import go, page
from gateway.pages import choices
from gateway.pages.saving import saved, taken_away
from services.councils.contract.initiative import OutcomeDraft
from services.kit import clock

area = Area("outcomes")
HELD = "Initiativet är klart genom resultatet. Återuppta initiativet först."


@area.begin("/initiativ/{id}/resultat/nytt", "new")
async def ask_outcome(request: Request, house: Services, id: str) -> Response:
    """What changed, and what shows it; those whom the registry knows as employed stand there."""
    initiative = await house.councils.initiatives.one(id)
    intake = await choices.intake_of(house, initiative)
    known = intake["employed_after"] if intake and initiative["persons_employed"] is None else None
    form = Form.begun(
        request,
        OutcomeDraft,
        happened_on=clock.today(),
        horizon=initiative["horizon"],
        need_ids=initiative["need_ids"],
        persons_employed=known,
    )
    return await _form_page(request, house, initiative, form, known=known)


@area.take("/initiativ/{id}/resultat/nytt", "new")
async def note_outcome(request: Request, house: Services, id: str) -> Response:
    """Store the outcome."""
    form = await Form.posted(request, OutcomeDraft, initiative_id=id)
    if await saved(form, house.councils.outcomes.make(form.sent, once=form.once)):
        return go(request, "initiatives.show", id=id, notice="Resultatet är sparat.")
    initiative = await house.councils.initiatives.one(id)
    return await _form_page(request, house, initiative, form, status=422)


async def _form_page(
    request: Request,
    house: House,
    initiative: Found,
    form: Form[Any],
    *,
    status: int = 200,
    outcome: Found | None = None,
    known: int | None = None,
) -> Response:
    """What is for other needs than the initiative's may stay so."""
    ids = initiative["need_ids"]
    own = await choices.options(house.councils.needs, "statement", id=ids) if ids else []
    needs = await choices.with_needs(house, own, form.chosen("need_ids"))
    return page(
        request, "initiatives/outcome.html", status=status, form=form, initiative=initiative,
        needs=needs, outcome=outcome, known=known,
    )  # fmt: skip


@area.show("/resultat/{id}", "show")
async def show_outcome(request: Request, house: Services, id: str) -> Response:
    """One outcome, and the needs in whose threads it stands."""
    outcome, initiative = await _with_initiative(house, id)
    labels = await house.analysis.labels(ids_in(outcome["need_ids"]))
    return page(
        request, "initiatives/outcome_shown.html", outcome=outcome, initiative=initiative,
        labels=labels,
    )  # fmt: skip


async def _with_initiative(house: House, id: str) -> tuple[Found, Found]:
    outcome = await house.councils.outcomes.one(id)
    return outcome, await house.councils.initiatives.one(outcome["initiative_id"])


@area.show("/resultat/{id}/andra", "edit")
async def edit_outcome(request: Request, house: Services, id: str) -> Response:
    """The form with what is stored."""
    outcome, initiative = await _with_initiative(house, id)
    form = Form.showing(OutcomeDraft, outcome)
    return await _form_page(request, house, initiative, form, outcome=outcome)


@area.take("/resultat/{id}/andra", "edit")
async def revise_outcome(request: Request, house: Services, id: str) -> Response:
    """New values, unless somebody changed it meanwhile."""
    outcome, initiative = await _with_initiative(house, id)
    form = await Form.posted(request, OutcomeDraft, kept=outcome)
    sending = house.councils.outcomes.replace(id, form.sent, version=form.version)
    if await saved(form, sending):
        return go(request, "outcomes.show", id=id, notice="Ändringen är sparad.")
    return await _form_page(request, house, initiative, form, status=422, outcome=outcome)


@area.show("/resultat/{id}/ta-bort", "remove")
async def ask_remove(request: Request, house: Services, id: str) -> Response:
    """Whether it is to go."""
    outcome, initiative = await _with_initiative(house, id)
    form = Form.showing(OutcomeDraft, outcome)
    return page(
        request, "initiatives/outcome_remove.html", form=form, outcome=outcome,
        initiative=initiative,
    )  # fmt: skip


@area.take("/resultat/{id}/ta-bort", "remove")
async def remove_outcome(request: Request, house: Services, id: str) -> Response:
    """It did not come of the initiative: the threads that it stood in show what is missing."""
    form: Form[Any] = await Form.posted(request, OutcomeDraft)
    outcome = await house.councils.outcomes.one(id)
    removing = house.councils.outcomes.remove(id, version=form.version)
    away, said = await taken_away(removing, "Resultatet", held=HELD)
    if away:
        return go(request, "initiatives.show", id=outcome["initiative_id"], notice=said)
    return go(request, "outcomes.show", id=id, notice=said)
