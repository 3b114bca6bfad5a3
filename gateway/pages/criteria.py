"""Criteria: what actors are weighed by, kept by the association and dated."""

from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import Services
from gateway.clients.service import Found
from gateway.forms import Form
from gateway.html import go, page
from gateway.pages.listing import files, listed
from gateway.pages.removing import asks_first
from gateway.pages.saving import saved, taken_away
from services.actors.contract.priority import CriterionDraft
from services.kit import clock

area = Area("criteria")
FILTERS = ("as_of",)
WEIGHTS = [("1", "1, lätt"), ("2", "2"), ("3", "3"), ("4", "4"), ("5", "5, tung")]


@area.show("/kriterier", "list")
async def list_criteria(request: Request, house: Services) -> Response:
    """All criteria, those that are ended too."""
    shown = await listed(request, house.actors.criteria, FILTERS)
    return page(
        request, "criteria/list.html", shown=shown, today=clock.today().isoformat()
    )  # fmt: skip


files(area, "/kriterier", lambda house: house.actors.criteria, FILTERS)


@area.begin("/kriterier/nytt", "new")
async def new_criterion(request: Request) -> Response:
    """An empty form."""
    form = Form.begun(request, CriterionDraft, valid_from=clock.today())
    return _form_page(request, form)


@area.take("/kriterier/nytt", "new")
async def make_criterion(request: Request, house: Services) -> Response:
    """Store it, or show the form again."""
    form = await Form.posted(request, CriterionDraft)
    if await saved(form, house.actors.criteria.make(form.sent, once=form.once)):
        return go(request, "criteria.list", notice="Kriteriet är sparat.")
    return _form_page(request, form, status=422)


def _form_page(
    request: Request, form: Form[Any], *, status: int = 200, criterion: Found | None = None
) -> Response:
    return page(
        request, "criteria/form.html", status=status, form=form, criterion=criterion,
        weights=WEIGHTS,
    )  # fmt: skip


@area.show("/kriterier/{id}/andra", "edit")
async def edit_criterion(request: Request, house: Services, id: str) -> Response:
    """The form with what is stored."""
    one = await house.actors.criteria.one(id)
    return _form_page(request, Form.showing(CriterionDraft, one), criterion=one)


@area.take("/kriterier/{id}/andra", "edit")
async def revise_criterion(request: Request, house: Services, id: str) -> Response:
    """New values, unless somebody changed the criterion meanwhile."""
    one = await house.actors.criteria.one(id)
    form = await Form.posted(request, CriterionDraft, kept=one)
    if await saved(form, house.actors.criteria.replace(id, form.sent, version=form.version)):
        return go(request, "criteria.list", notice="Ändringen är sparad.")
    return _form_page(request, form, status=422, criterion=one)


asks_first(
    area,
    "/kriterier/{id}/ta-bort",
    "remove",
    lambda house: house.actors.criteria,
    CriterionDraft,
    what="kriteriet",
    told=("name",),
    back="criteria.edit",
)


@area.take("/kriterier/{id}/ta-bort", "remove")
async def remove_criterion(request: Request, house: Services, id: str) -> Response:
    """It never was: it was written by mistake."""
    form: Form[Any] = await Form.posted(request, CriterionDraft)
    removing = house.actors.criteria.remove(id, version=form.version)
    _away, said = await taken_away(
        removing,
        "Kriteriet",
        held="Beslut är vägda efter kriteriet. Ge det ett slutdatum i stället.",
    )
    return go(request, "criteria.list", notice=said)
