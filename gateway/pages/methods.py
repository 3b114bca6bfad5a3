"""The method library: ways of working found by step, read, printed, used, and at last retired."""

import asyncio
from collections.abc import Awaitable
from typing import Any

from fastapi import Request, Response

from gateway.access import may
from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found, ids_in
from gateway.forms import Form
from gateway.html import go, page, visitor_of
from gateway.lookback import times_of
from gateway.pages import post_choices
from gateway.pages.holdings import things_by_id
from gateway.pages.listing import as_file, listed, wanted
from gateway.pages.removing import asks_first
from gateway.pages.saving import saved, taken_away
from gateway.seeking import Choices
from gateway.swedish import sentence
from services.actors.contract import method as codes
from services.actors.contract.method import MethodDraft, MethodRetirement, MethodUseDraft
from services.kit import clock
from services.kit.errors import Conflict, Malformed, NotFound, Stale

area = Area("methods")
FILTERS = ("step", "retired", "group_size", "minutes_until", "as_of")


def _taken_up(request: Request) -> dict[str, str]:
    """Those that are retired are shown to whoever asks for them."""
    return {} if request.query_params.get("retired") else {"retired": "false"}


@area.show("/metoder", "list")
async def list_methods(request: Request, house: Services) -> Response:
    """All methods, narrowed by the filters; the retired ones where they are asked for."""
    shown = await listed(request, house.actors.methods, FILTERS, **_taken_up(request))
    return page(request, "methods/list.html", shown=shown, codes=codes)


@area.show("/metoder.{kind}", "file")
async def methods_file(request: Request, house: Services, kind: str) -> Response:
    """The same list as a file."""
    return await as_file(request, house.actors.methods, kind, FILTERS, **_taken_up(request))


@area.show("/metoder/utskrift", "print")
async def print_methods(request: Request, house: Services) -> Response:
    """The same methods in full, to be taken along on paper."""
    asked = wanted(request, FILTERS) | _taken_up(request)
    try:
        methods = await house.actors.methods.whole(**asked)
    except Malformed:
        return go(request, "methods.list")
    return page(request, "methods/print.html", methods=methods)


@area.begin("/metoder/ny", "new")
async def new_method(request: Request) -> Response:
    """An empty form."""
    return _form_page(request, Form.begun(request, MethodDraft))


@area.take("/metoder/ny", "new")
async def make_method(request: Request, house: Services) -> Response:
    """Store it, or show the form again."""
    form = await Form.posted(request, MethodDraft)
    made = await saved(form, house.actors.methods.make(form.sent, once=form.once))
    if made:
        return go(request, "methods.show", id=made["id"], notice="Metoden är sparad.")
    return _form_page(request, form, status=422)


def _form_page(
    request: Request, form: Form[MethodDraft], *, status: int = 200, method: Found | None = None
) -> Response:
    return page(request, "methods/form.html", status=status, form=form, method=method)


@area.show("/metoder/{id}", "show")
async def show_method(request: Request, house: Services, id: str) -> Response:
    """One method: what it is for, how it is done, and when it was used."""
    mine = visitor_of(request).caller.post_ids
    noting = mine[0] if len(mine) == 1 else None
    form = Form.empty(MethodUseDraft, used_on=clock.today(), noted_by_post_id=noting)
    return await _method_page(request, house, id, form)


async def _method_page(
    request: Request, house: House, id: str, form: Form[MethodUseDraft], *, status: int = 200
) -> Response:
    method, uses, posts = await asyncio.gather(
        house.actors.methods.one(id, **times_of(request).times),
        listed(request, house.actors.method_uses, ("as_of",), method_id=id),
        _posts(request, house, form),
    )
    noting = ids_in([one["noted_by_post_id"] for one in uses.rows])
    return page(
        request, "methods/show.html", status=status, method=method, form=form, uses=uses,
        posts=posts, noted_by=await things_by_id(house.actors.posts, noting),
    )  # fmt: skip


async def _posts(request: Request, house: House, form: Form[Any]) -> Choices:
    """Whom a use may be noted by, for those who may note one."""
    noting = may(visitor_of(request), "methods.use") and not times_of(request).active
    return await post_choices.posts(house, form) if noting else Choices()


@area.show("/metoder/{id}/andra", "edit")
async def edit_method(request: Request, house: Services, id: str) -> Response:
    """The form with what is stored."""
    method = await house.actors.methods.one(id)
    return _form_page(request, Form.showing(MethodDraft, method), method=method)


@area.take("/metoder/{id}/andra", "edit")
async def revise_method(request: Request, house: Services, id: str) -> Response:
    """New values, unless somebody changed it meanwhile."""
    method = await house.actors.methods.one(id)
    form = await Form.posted(request, MethodDraft, kept=method)
    sending = house.actors.methods.replace(id, form.sent, version=form.version)
    if await saved(form, sending):
        return go(request, "methods.show", id=id, notice="Ändringen är sparad.")
    return _form_page(request, form, status=422, method=method)


@area.take("/metoder/{id}/anvand", "use")
async def use_method(request: Request, house: Services, id: str) -> Response:
    """It was used on a day."""
    form = await Form.posted(request, MethodUseDraft, method_id=id)
    if await saved(form, house.actors.method_uses.make(form.sent, once=form.once)):
        return go(request, "methods.show", id=id, notice="Det är antecknat att metoden användes.")
    return await _method_page(request, house, id, form, status=422)


@area.show("/metoder/{id}/anvandningar/{use}/andra", "edit_use")
async def edit_use(request: Request, house: Services, id: str, use: str) -> Response:
    """What is noted of a use."""
    used = await house.actors.method_uses.one(use)
    form = Form.showing(MethodUseDraft, used)
    return await _use_page(request, house, id, used, form)


@area.take("/metoder/{id}/anvandningar/{use}/andra", "edit_use")
async def revise_use(request: Request, house: Services, id: str, use: str) -> Response:
    """Noted otherwise, unless somebody changed it meanwhile."""
    used = await house.actors.method_uses.one(use)
    form = await Form.posted(request, MethodUseDraft, kept=used)
    sending = house.actors.method_uses.replace(use, form.sent, version=form.version)
    if await saved(form, sending):
        return go(request, "methods.show", id=id, notice="Ändringen är sparad.")
    return await _use_page(request, house, id, used, form, status=422)


async def _use_page(
    request: Request,
    house: House,
    id: str,
    used: Found,
    form: Form[MethodUseDraft],
    *,
    status: int = 200,
) -> Response:
    method, posts = await asyncio.gather(
        house.actors.methods.one(id), post_choices.posts(house, form)
    )
    return page(
        request, "methods/edit_use.html", status=status, method=method, used=used, form=form,
        posts=posts,
    )  # fmt: skip


@area.show("/metoder/{id}/anvandningar/{use}/ta-bort", "remove_use")
async def ask_remove_use(request: Request, house: Services, id: str, use: str) -> Response:
    """Whether the note that it was used is to go."""
    method, used = await asyncio.gather(
        house.actors.methods.one(id), house.actors.method_uses.one(use)
    )
    form = Form.showing(MethodUseDraft, used)
    return page(request, "methods/remove_use.html", method=method, used=used, form=form)


@area.take("/metoder/{id}/anvandningar/{use}/ta-bort", "remove_use")
async def remove_use(request: Request, house: Services, id: str, use: str) -> Response:
    """It was not used that day: it was noted by mistake."""
    form: Form[Any] = await Form.posted(request, MethodUseDraft)
    removing = house.actors.method_uses.remove(use, version=form.version)
    away, said = await taken_away(removing, "Anteckningen")
    if away:
        return go(request, "methods.show", id=id, notice=said)
    return go(request, "methods.remove_use", id=id, use=use, notice=said)


@area.show("/metoder/{id}/fasa-ut", "retire")
async def ask_retire(request: Request, house: Services, id: str) -> Response:
    """From which day nobody takes it up; or whether it is to go, where nobody has used it."""
    form = Form.empty(MethodRetirement, retired_on=clock.today())
    return await _retire_page(request, house, id, form)


@area.take("/metoder/{id}/fasa-ut", "retire")
async def retire_method(request: Request, house: Services, id: str) -> Response:
    """Nobody takes it up from the day on."""
    form = await Form.posted(request, MethodRetirement)
    if await saved(form, house.actors.methods.act(id, "retire", form.sent, once=form.once)):
        return go(request, "methods.show", id=id, notice="Metoden är utfasad.")
    return await _retire_page(request, house, id, form, status=422)


async def _retire_page(
    request: Request,
    house: House,
    id: str,
    form: Form[MethodRetirement],
    *,
    status: int = 200,
) -> Response:
    method = await house.actors.methods.one(id)
    return page(request, "methods/retire.html", status=status, method=method, form=form)


@area.take("/metoder/{id}/ta-tillbaka", "restore")
async def restore_method(request: Request, house: Services, id: str) -> Response:
    """It is taken up again."""
    said = await _said(house.actors.methods.act(id, "restore"), "Metoden är i bruk igen.")
    return go(request, "methods.show", id=id, notice=said)


async def _said(sending: Awaitable[Any], done: str) -> str:
    try:
        await sending
    except Conflict as problem:
        return sentence(problem.errors[0].code)
    return done


asks_first(
    area,
    "/metoder/{id}/ta-bort",
    "remove",
    lambda house: house.actors.methods,
    MethodDraft,
    what="metoden",
    told=("name",),
    back="methods.retire",
)


@area.take("/metoder/{id}/ta-bort", "remove")
async def remove_method(request: Request, house: Services, id: str) -> Response:
    """It was written by mistake, and nobody has used it."""
    form: Form[Any] = await Form.posted(request, MethodRetirement)
    try:
        said = await _said(
            house.actors.methods.remove(id, version=form.version), "Metoden är borttagen."
        )
    except Stale:
        said = "Metoden har ändrats under tiden. Läs igenom den och försök igen."
        return go(request, "methods.show", id=id, notice=said)
    except NotFound:
        said = "Metoden var redan borttagen."
    return go(request, "methods.list", notice=said)
