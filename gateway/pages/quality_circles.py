"""The quality circle: how a council judges its relations, thinking, acting and results."""

import asyncio
from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found
from gateway.forms import Form
from gateway.html import go, page
from gateway.pages import choices
from gateway.pages.listing import files, listed
from gateway.pages.saving import saved, taken_away
from services.councils.contract.quality_circle import MARKS, QualityCircleDraft
from services.kit import clock

area = Area("quality_circles")
FILTERS = ("council_id", "judged_from", "judged_until")
NAMES = ("Relationer", "Tänka tillsammans", "Handla tillsammans", "Resultat")


@area.show("/kvalitetscirklar", "list")
async def list_circles(request: Request, house: Services) -> Response:
    """All judgements, narrowed by the filters, the latest first."""
    shown, councils = await asyncio.gather(
        listed(request, house.councils.quality_circles, FILTERS),
        choices.options(house.councils.councils, "name"),
    )
    return page(
        request, "quality_circles/list.html", shown=shown, councils=councils,
        called=dict(councils), marks=MARKS, names=NAMES,
    )  # fmt: skip


files(area, "/kvalitetscirklar", lambda house: house.councils.quality_circles, FILTERS)


@area.begin("/kvalitetscirklar/ny", "new")
async def new_circle(request: Request, house: Services) -> Response:
    """An empty form, perhaps begun from a council."""
    council = request.query_params.get("council_id") or None
    begun = {"council_id": council, "judged_on": clock.today()}
    return await _form_page(request, house, Form.begun(request, QualityCircleDraft, **begun))


@area.take("/kvalitetscirklar/ny", "new")
async def make_circle(request: Request, house: Services) -> Response:
    """Store it, or show the form again."""
    form = await Form.posted(request, QualityCircleDraft)
    made = await saved(form, house.councils.quality_circles.make(form.sent, once=form.once))
    if made:
        return go(request, "quality_circles.show", id=made["id"], notice="Bedömningen är sparad.")
    return await _form_page(request, house, form, status=422)


async def _form_page(
    request: Request,
    house: House,
    form: Form[QualityCircleDraft],
    *,
    status: int = 200,
    circle: Found | None = None,
) -> Response:
    councils = await choices.options(house.councils.councils, "name")
    return page(
        request, "quality_circles/form.html", status=status, form=form, circle=circle,
        councils=councils, called=dict(councils), marks=zip(MARKS, NAMES, strict=True),
    )  # fmt: skip


@area.show("/kvalitetscirklar/{id}", "show")
async def show_circle(request: Request, house: Services, id: str) -> Response:
    """One judgement beside the one before it, and the council's whole series."""
    circle = await house.councils.quality_circles.one(id)
    series, labels = await asyncio.gather(
        house.councils.quality_circles.whole(council_id=circle["council_id"], sort="judged_on"),
        house.analysis.labels([circle["council_id"]]),
    )
    earlier = [one for one in series if one["judged_on"] < circle["judged_on"]]
    return page(
        request, "quality_circles/show.html", circle=circle, labels=labels, series=series[::-1],
        before=earlier[-1] if earlier else None, marks=MARKS, names=NAMES,
        steps=[(name, circle[mark]) for mark, name in zip(MARKS, NAMES, strict=True)],
    )  # fmt: skip


@area.show("/kvalitetscirklar/{id}/andra", "edit")
async def edit_circle(request: Request, house: Services, id: str) -> Response:
    """The form with what is stored."""
    circle = await house.councils.quality_circles.one(id)
    form = Form.showing(QualityCircleDraft, circle)
    return await _form_page(request, house, form, circle=circle)


@area.take("/kvalitetscirklar/{id}/andra", "edit")
async def revise_circle(request: Request, house: Services, id: str) -> Response:
    """New values, unless somebody changed it meanwhile."""
    circle = await house.councils.quality_circles.one(id)
    form = await Form.posted(request, QualityCircleDraft, kept=circle)
    sending = house.councils.quality_circles.replace(id, form.sent, version=form.version)
    if await saved(form, sending):
        return go(request, "quality_circles.show", id=id, notice="Ändringen är sparad.")
    return await _form_page(request, house, form, status=422, circle=circle)


@area.show("/kvalitetscirklar/{id}/ta-bort", "remove")
async def ask_remove(request: Request, house: Services, id: str) -> Response:
    """Whether it is to go."""
    circle = await house.councils.quality_circles.one(id)
    labels = await house.analysis.labels([circle["council_id"]])
    form = Form.showing(QualityCircleDraft, circle)
    return page(request, "quality_circles/remove.html", form=form, circle=circle, labels=labels)


@area.take("/kvalitetscirklar/{id}/ta-bort", "remove")
async def remove_circle(request: Request, house: Services, id: str) -> Response:
    """It was written by mistake."""
    form: Form[Any] = await Form.posted(request, QualityCircleDraft)
    removing = house.councils.quality_circles.remove(id, version=form.version)
    away, said = await taken_away(removing, "Bedömningen")
    if away:
        return go(request, "quality_circles.list", notice=said)
    return go(request, "quality_circles.show", id=id, notice=said)
