"""Headcounts: places and those who came through them, day by day that somebody counted."""

from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found
from gateway.forms import Form
from gateway.html import go, page
from gateway.pages.listing import files
from gateway.pages.saving import saved, taken_away
from gateway.pages.sheets import Columns, in_words, named, yes_or_no
from gateway.swedish import day
from services.councils.contract.headcount import STAGES, HeadcountDraft, above
from services.kit import clock

area = Area("headcounts")
NARROWED = ("initiative_id",)
CALLED = {
    "seats": "Platser",
    "filled": "Började",
    "completed": "Slutförde",
    "employed": "Anställda",
}
# The same stages, as the registry calls them at an intake.
OF_INTAKE = {"filled": "admitted", "employed": "employed_after"}

COLUMNS: Columns = (
    ("Initiativ", "initiative_id", named), ("Räknat den", "counted_on"),
    *((text, stage) for stage, text in CALLED.items()),
    ("Förklaring", "explanation"), ("Källa", "source"), ("Exempel", "example", yes_or_no),
)  # fmt: skip
files(area, "/deltagaruppgifter", lambda house: house.councils.headcounts, NARROWED,
      worded=in_words(COLUMNS))  # fmt: skip


def funnel_of(
    intake: Found | None, headcounts: list[Found], outcomes: list[Found]
) -> dict[str, Any] | None:
    """The last that is known of those who came through, stage by stage; None: nothing is.

    An intake's own figures where the initiative fills one and has not counted its own. How many
    got a job the outcomes tell, also those that came after the last count.
    """
    told, when = headcounts[0] if headcounts else {}, ""
    if told:
        when = f"räknat {day(told['counted_on'])}"
    elif intake:
        told = {stage: intake[OF_INTAKE.get(stage, stage)] for stage in STAGES}
        told |= {"source": intake["source"]}
        when = "enligt utbildningsstarten"
    counts = {stage: told.get(stage) for stage in STAGES}
    if got := [one for one in outcomes if one["persons_employed"] is not None]:
        counts["employed"] = sum(one["persons_employed"] for one in got)
        last = max(one["happened_on"] for one in got)
        when = ", ".join(
            filter(None, (when, f"anställda enligt resultat till och med {day(last)}"))
        )
    if all(count is None for count in counts.values()):
        return None
    return _funnel(counts) | {"source": told.get("source") or "", "when": when}


def _funnel(counts: Found) -> dict[str, Any]:
    known = [stage for stage in STAGES if counts[stage] is not None]
    told = " · ".join(f"{CALLED[stage].lower()} {counts[stage]}" for stage in known)
    return {
        "rows": [(CALLED[stage], counts[stage]) for stage in STAGES],
        "headline": told[:1].upper() + told[1:],
        "above": above(counts),
    }


@area.begin("/initiativ/{id}/deltagare/ny", "new")
async def new_headcount(request: Request, house: Services, id: str) -> Response:
    """Begun today, with as many places as were known last."""
    found = await house.councils.headcounts.list(initiative_id=id, limit=1)
    seats = found.items[0]["seats"] if found.items else None
    form = Form.begun(request, HeadcountDraft, counted_on=clock.today(), seats=seats)
    return await _form_page(request, house, id, form)


@area.take("/initiativ/{id}/deltagare/ny", "new")
async def add_headcount(request: Request, house: Services, id: str) -> Response:
    """Store it."""
    form = await Form.posted(request, HeadcountDraft, initiative_id=id)
    if await saved(form, house.councils.headcounts.make(form.sent, once=form.once)):
        return go(request, "initiatives.show", id=id, notice="Deltagaruppgiften är sparad.")
    return await _form_page(request, house, id, form, status=422)


@area.show("/deltagaruppgifter/{id}/andra", "edit")
async def edit_headcount(request: Request, house: Services, id: str) -> Response:
    """The form with what is stored."""
    headcount = await house.councils.headcounts.one(id)
    form = Form.showing(HeadcountDraft, headcount)
    of = headcount["initiative_id"]
    return await _form_page(request, house, of, form, headcount=headcount)


@area.take("/deltagaruppgifter/{id}/andra", "edit")
async def revise_headcount(request: Request, house: Services, id: str) -> Response:
    """New values, unless somebody changed it meanwhile."""
    headcount = await house.councils.headcounts.one(id)
    form = await Form.posted(request, HeadcountDraft, kept=headcount)
    of = headcount["initiative_id"]
    sending = house.councils.headcounts.replace(id, form.sent, version=form.version)
    if await saved(form, sending):
        return go(request, "initiatives.show", id=of, notice="Ändringen är sparad.")
    return await _form_page(request, house, of, form, status=422, headcount=headcount)


async def _form_page(
    request: Request,
    house: House,
    initiative_id: str,
    form: Form[Any],
    *,
    status: int = 200,
    headcount: Found | None = None,
) -> Response:
    initiative = await house.councils.initiatives.one(initiative_id)
    return page(
        request, "headcounts/form.html", status=status, form=form, initiative=initiative,
        headcount=headcount,
    )  # fmt: skip


@area.show("/deltagaruppgifter/{id}/ta-bort", "remove")
async def ask_remove(request: Request, house: Services, id: str) -> Response:
    """Whether it is to go."""
    headcount = await house.councils.headcounts.one(id)
    initiative = await house.councils.initiatives.one(headcount["initiative_id"])
    form = Form.showing(HeadcountDraft, headcount)
    return page(
        request, "headcounts/remove.html", form=form, headcount=headcount, initiative=initiative
    )


@area.take("/deltagaruppgifter/{id}/ta-bort", "remove")
async def remove_headcount(request: Request, house: Services, id: str) -> Response:
    """It was written by mistake."""
    form: Form[Any] = await Form.posted(request, HeadcountDraft)
    headcount = await house.councils.headcounts.one(id)
    removing = house.councils.headcounts.remove(id, version=form.version)
    _, said = await taken_away(removing, "Deltagaruppgiften")
    return go(request, "initiatives.show", id=headcount["initiative_id"], notice=said)
