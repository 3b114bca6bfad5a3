"""Changes of standings: one is put right, or taken back after a question."""

from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found
from gateway.forms import Form
from gateway.html import go, page
from gateway.pages.saving import saved
from services.actors.contract.actor import GONE, StandingDraft
from services.kit.errors import Conflict

area = Area("standings")


@area.show("/lagen/{id}/andra", "edit")
async def edit_standing(request: Request, house: Services, id: str) -> Response:
    """The form with what is stored."""
    standing = await house.actors.standings.one(id)
    return await _form_page(request, house, standing, Form.showing(StandingDraft, standing))


@area.take("/lagen/{id}/andra", "edit")
async def revise_standing(request: Request, house: Services, id: str) -> Response:
    """New values, unless somebody changed it meanwhile."""
    standing = await house.actors.standings.one(id)
    form = await Form.posted(request, StandingDraft, kept=standing, actor_id=standing["actor_id"])
    sending = house.actors.standings.replace(id, form.sent, version=form.version)
    if await saved(form, sending):
        notice = "Ändringen är sparad. Läget före gäller fram till den nya dagen."
        return go(request, "actors.show", id=standing["actor_id"], notice=notice)
    return await _form_page(request, house, standing, form, status=422)


async def _form_page(
    request: Request,
    house: House,
    standing: Found,
    form: Form[StandingDraft],
    *,
    status: int = 200,
) -> Response:
    actor = await house.actors.actors.one(standing["actor_id"])
    # Who leaves does so by a withdrawal: one that says so goes on saying it, another never does.
    gone = [one for one in GONE if one != standing["status"]]
    return page(
        request, "actors/edit_standing.html", status=status, form=form, actor=actor,
        standing=standing, gone=gone,
    )  # fmt: skip


@area.show("/lagen/{id}/angra", "undo")
async def ask_undo(request: Request, house: Services, id: str) -> Response:
    """Whether it is to be taken back, and what is then as it was."""
    standing = await house.actors.standings.one(id)
    form = Form.showing(StandingDraft, standing)
    return await _undo_page(request, house, standing, form)


@area.take("/lagen/{id}/angra", "undo")
async def undo_standing(request: Request, house: Services, id: str) -> Response:
    """It never was: the one before lasts as long as it did, and relations are as they were."""
    standing = await house.actors.standings.one(id)
    form: Form[Any] = await Form.posted(request, StandingDraft, kept=standing)
    try:
        await house.actors.standings.act(id, "undo", once=form.once)
    except Conflict as problem:
        form.blame(problem)
        return await _undo_page(request, house, standing, form, status=409)
    return go(request, "actors.show", id=standing["actor_id"], notice="Läget är ångrat.")


async def _undo_page(
    request: Request,
    house: House,
    standing: Found,
    form: Form[StandingDraft],
    *,
    status: int = 200,
) -> Response:
    actor = await house.actors.actors.one(standing["actor_id"])
    return page(
        request, "actors/undo_standing.html", status=status, form=form, actor=actor,
        standing=standing, left=standing["status"] in GONE,
    )  # fmt: skip
