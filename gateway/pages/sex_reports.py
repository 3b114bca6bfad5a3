"""Sex reports: how many women and men sit in a council, as it says itself."""

from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.forms import Form
from gateway.html import go, page
from gateway.pages.saving import saved
from services.councils.contract.balance import SexReportDraft
from services.kit import clock

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


async def _form_page(
    request: Request, house: House, id: str, form: Form[Any], *, status: int = 200
) -> Response:
    council = await house.councils.councils.one(id)
    return page(request, "councils/sexes.html", status=status, form=form, council=council)
