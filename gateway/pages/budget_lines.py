"""Budget lines of initiatives: what each thing was to cost, what it came to and who pays."""

import asyncio
from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found
from gateway.forms import Form
from gateway.html import go, page
from gateway.pages import actor_choices
from gateway.pages.listing import files
from gateway.pages.saving import saved, taken_away
from gateway.pages.sheets import Columns, amount, coded, in_words, named
from services.councils.contract.budget_line import BudgetLineDraft

area = Area("budget_lines")
NARROWED = ("initiative_id",)
COLUMNS: Columns = (
    ("Initiativ", "initiative_id", named), ("Rad", "label"),
    ("Kostnadsslag", "kind", coded("BudgetKind")), ("Finansiär", "financier_actor_id", named),
    ("Planerat", "plan", amount), ("Utfall", "actual", amount), ("Avvikelse", "variance", amount),
    ("Orsak", "cause"), ("Källa", "source"),
)  # fmt: skip

files(area, "/budgetrader", lambda house: house.councils.budget_lines, NARROWED,
      worded=in_words(COLUMNS))  # fmt: skip


@area.begin("/initiativ/{id}/budgetrader/ny", "new")
async def new_line(request: Request, house: Services, id: str) -> Response:
    """An empty line."""
    form = Form.begun(request, BudgetLineDraft)
    return await _form_page(request, house, id, form)


@area.take("/initiativ/{id}/budgetrader/ny", "new")
async def add_line(request: Request, house: Services, id: str) -> Response:
    """One more line."""
    form = await Form.posted(request, BudgetLineDraft, initiative_id=id)
    if await saved(form, house.councils.budget_lines.make(form.sent, once=form.once)):
        return go(request, "initiatives.show", id=id, notice="Budgetraden är sparad.")
    return await _form_page(request, house, id, form, status=422)


@area.show("/budgetrader/{id}/andra", "edit")
async def edit_line(request: Request, house: Services, id: str) -> Response:
    """The form with what is stored."""
    line = await house.councils.budget_lines.one(id)
    form = Form.showing(BudgetLineDraft, line)
    return await _form_page(request, house, line["initiative_id"], form, line=line)


@area.take("/budgetrader/{id}/andra", "edit")
async def revise_line(request: Request, house: Services, id: str) -> Response:
    """New values, unless somebody changed it meanwhile."""
    line = await house.councils.budget_lines.one(id)
    form = await Form.posted(request, BudgetLineDraft, kept=line)
    of = line["initiative_id"]
    sending = house.councils.budget_lines.replace(id, form.sent, version=form.version)
    if await saved(form, sending):
        return go(request, "initiatives.show", id=of, notice="Ändringen är sparad.")
    return await _form_page(request, house, of, form, status=422, line=line)


async def _form_page(
    request: Request,
    house: House,
    initiative_id: str,
    form: Form[Any],
    *,
    status: int = 200,
    line: Found | None = None,
) -> Response:
    initiative, actors = await asyncio.gather(
        house.councils.initiatives.one(initiative_id), actor_choices.actors(house, form)
    )
    return page(
        request, "budget_lines/form.html", status=status, form=form, line=line, actors=actors,
        initiative=initiative,
    )  # fmt: skip


@area.show("/budgetrader/{id}/ta-bort", "remove")
async def ask_remove(request: Request, house: Services, id: str) -> Response:
    """Whether it is to go."""
    line = await house.councils.budget_lines.one(id)
    initiative = await house.councils.initiatives.one(line["initiative_id"])
    form = Form.showing(BudgetLineDraft, line)
    return page(request, "budget_lines/remove.html", form=form, line=line, initiative=initiative)


@area.take("/budgetrader/{id}/ta-bort", "remove")
async def remove_line(request: Request, house: Services, id: str) -> Response:
    """It was written by mistake; the sums follow."""
    form: Form[Any] = await Form.posted(request, BudgetLineDraft)
    line = await house.councils.budget_lines.one(id)
    removing = house.councils.budget_lines.remove(id, version=form.version)
    _, said = await taken_away(removing, "Budgetraden")
    return go(request, "initiatives.show", id=line["initiative_id"], notice=said)
