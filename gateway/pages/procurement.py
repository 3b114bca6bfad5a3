"""Procurement: the steps of buying a training, made from a published template in one press."""

from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found
from gateway.forms import Form
from gateway.html import go, page
from gateway.pages import post_choices
from gateway.pages.saving import saved
from services.councils.contract.checklist import TemplateKind
from services.councils.contract.interview import MapStatus
from services.councils.contract.procurement import ProcurementDraft
from services.councils.procurement.default_template import DEFAULT_PROCUREMENT

area = Area("procurement")


@area.begin("/initiativ/{id}/upphandling/ny", "begin")
async def ask(request: Request, house: Services, id: str) -> Response:
    """The points of the template, each with the day that is planned for it."""
    initiative, template = await _known(house, id, request.query_params.get("template", ""))
    begun = {"checklist_template_id": template["id"], "owner_post_id": initiative["owner_post_id"]}
    steps = [{"key": point["key"]} for point in template["items"]]
    form = Form.begun(request, ProcurementDraft, steps=steps, **begun)
    return await _form_page(request, house, initiative, template, form)


@area.take("/initiativ/{id}/upphandling/ny", "begin")
async def begin(request: Request, house: Services, id: str) -> Response:
    """Each point becomes a step."""
    form = await Form.posted(request, ProcurementDraft)
    sending = house.councils.initiatives.act(id, "procure", form.sent, once=form.once)
    if await saved(form, sending):
        return go(request, "initiatives.show", id=id, notice="Upphandlingens steg är tillagda.")
    initiative, template = await _known(house, id, form.value("checklist_template_id"))
    return await _form_page(request, house, initiative, template, form, status=422)


async def _known(house: House, id: str, chosen: str) -> tuple[Found, Found]:
    """The initiative, and the chosen template: else the latest published one, else our own."""
    initiative = await house.councils.initiatives.one(id)
    published = {"kind": TemplateKind.procurement, "status": MapStatus.published}
    found = await house.councils.checklist_templates.whole(**published)
    found.sort(key=lambda one: (one["published_on"], one["edition"]), reverse=True)
    ours = DEFAULT_PROCUREMENT.model_dump(mode="json") | {"id": None}
    named = [one for one in found if one["id"] == chosen]
    return initiative, ([*named, *found, ours])[0]


async def _form_page(
    request: Request,
    house: House,
    initiative: Found,
    template: Found,
    form: Form[Any],
    *,
    status: int = 200,
) -> Response:
    return page(
        request, "initiatives/procure.html", status=status, form=form, initiative=initiative,
        template=template, posts=await post_choices.posts(house, form),
    )  # fmt: skip
