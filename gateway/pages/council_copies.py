"""Copies: a council for another industry, or one organisation, from another without its names."""

import asyncio
from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import ids_in
from gateway.forms import Form
from gateway.html import go, page
from gateway.pages import actor_choices
from gateway.pages.saving import saved
from gateway.swedish.fields import word_for
from services.councils.contract.charter import CHARTER_TEXTS, CharterDraft
from services.councils.contract.copying import CouncilCopyDraft

area = Area("council_copies")
CALLED = {"purpose": "Rådets syfte"} | {
    f"charter.{name}": f"Uppdragsbeskrivningen: {word_for(CharterDraft, name)}"
    for name in CHARTER_TEXTS
}
STANDING = "Stående punkt på dagordningen"


@area.begin("/branschrad/{id}/kopiera", "new")
async def begin_copy(request: Request, house: Services, id: str) -> Response:
    """What comes along and what not, with every text to read through."""
    council, told = await house.councils.batch(
        house.councils.councils.at(id), house.councils.councils.at(id, "/copy")
    )
    texts = [{"field": one["field"], "text": one["proposed"]} for one in told["texts"]]
    form = Form.begun(request, CouncilCopyDraft, kind=council["kind"], texts=texts)
    return await _form_page(request, house, form, council, told)


@area.take("/branschrad/{id}/kopiera", "new")
async def make_copy(request: Request, house: Services, id: str) -> Response:
    """Begin it, or show the form again."""
    form = await Form.posted(request, CouncilCopyDraft)
    sending = house.councils.councils.act(id, "copy", form.sent, once=form.once)
    if made := await saved(form, sending):
        said = "Rådet är föreslaget. Platserna har ingen innehavare ännu."
        return go(request, "councils.show", id=made["id"], notice=said)
    council, told = await house.councils.batch(
        house.councils.councils.at(id), house.councils.councils.at(id, "/copy")
    )
    return await _form_page(request, house, form, council, told, status=422)


async def _form_page(
    request: Request,
    house: House,
    form: Form[CouncilCopyDraft],
    council: dict[str, Any],
    told: dict[str, Any],
    *,
    status: int = 200,
) -> Response:
    actors, labels = await asyncio.gather(
        actor_choices.actors(house, form, most=actor_choices.FEW),
        house.analysis.labels(ids_in([told["parent_id"]])),
    )
    return page(
        request, "council_copies/form.html", status=status, form=form, council=council, told=told,
        actors=actors, labels=labels, called=CALLED, standing=STANDING,
        names={one["field"]: one["names"] for one in told["texts"]},
    )  # fmt: skip
