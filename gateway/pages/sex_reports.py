"""Sex reports: how many women and men sit in a council, as it says itself."""

from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found
from gateway.forms import Form
from gateway.html import go, page
from gateway.pages.removing import asks_first
from gateway.pages.saving import saved, taken_away
from services.councils.contract.balance import SexReportDraft
from services.kit import clock
from services.kit.errors import NotFound

area = Area("councils")


@area.begin("/branschrad/{id}/konsfordelning", "report_sexes")
async def ask_sexes(request: Request, house: Services, id: str) -> Response:
    """How many they are, and on which day."""
    begun: dict[str, Any] = {"council_id": id, "reported_on": clock.today()}
    return await _form_page(request, house, id, Form.begun(request, SexReportDraft, **begun))


@area.take("/branschrad/{id}/konsfordelning", "report_sexes")
async def report_sexes(request: Request, house: Services, id: str) -> Response:
    """From now on this is what counts; earlier reports stay readable."""
    form = await Form.posted(request, SexReportDraft, council_id=id)
    if await saved(form, house.councils.sex_reports.make(form.sent, once=form.once)):
        return go(request, "councils.show", id=id, notice="Könsfördelningen är sparad.")
    return await _form_page(request, house, id, form, status=422)


@area.show("/branschrad/{id}/konsfordelning/{report}", "edit_sexes")
async def edit_sexes(request: Request, house: Services, id: str, report: str) -> Response:
    """The form with what was told."""
    told = await _told(house, id, report)
    return await _form_page(request, house, id, Form.showing(SexReportDraft, told), told=told)


@area.take("/branschrad/{id}/konsfordelning/{report}", "edit_sexes")
async def revise_sexes(request: Request, house: Services, id: str, report: str) -> Response:
    """What was told was wrong."""
    told = await _told(house, id, report)
    form = await Form.posted(request, SexReportDraft, kept=told)
    sending = house.councils.sex_reports.replace(report, form.sent, version=form.version)
    if await saved(form, sending):
        return go(request, "councils.show", id=id, notice="Ändringen är sparad.")
    return await _form_page(request, house, id, form, status=422, told=told)


asks_first(
    area,
    "/branschrad/{id}/konsfordelning/{report}/ta-bort",
    "remove_sexes",
    lambda house: house.councils.sex_reports,
    SexReportDraft,
    what="uppgiften",
    told=("council_id", "reported_on"),
    back="councils.edit_sexes",
    id="report",
)


@area.take("/branschrad/{id}/konsfordelning/{report}/ta-bort", "remove_sexes")
async def remove_sexes(request: Request, house: Services, id: str, report: str) -> Response:
    """It was told by mistake: what was told before counts again."""
    form: Form[Any] = await Form.posted(request, SexReportDraft)
    removing = house.councils.sex_reports.remove(report, version=form.version)
    away, said = await taken_away(removing, "Uppgiften")
    if away:
        return go(request, "councils.show", id=id, notice=said)
    return go(request, "councils.edit_sexes", id=id, report=report, notice=said)


async def _told(house: House, council: str, id: str) -> Found:
    told: Found = await house.councils.sex_reports.one(id)
    if told["council_id"] != council:
        raise NotFound("it is another council's")
    return told


async def _form_page(
    request: Request,
    house: House,
    id: str,
    form: Form[Any],
    *,
    status: int = 200,
    told: Found | None = None,
) -> Response:
    """The form, and what the council told before."""
    council, reports = await house.councils.whole(
        house.councils.councils.at(id),
        house.councils.sex_reports.asked(council_id=id, sort="-reported_on", limit=200),
    )
    return page(
        request, "councils/sexes.html", status=status, form=form, council=council, told=told,
        reports=reports["items"],
    )  # fmt: skip
