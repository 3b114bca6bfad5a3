"""The method library: ways of working found by step, read, printed, used, and at last retired."""

from collections.abc import Awaitable
from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found
from gateway.forms import Form
from gateway.html import go, page
from gateway.lookback import times_of
from gateway.pages.listing import as_file, listed, wanted
from gateway.pages.saving import saved
from gateway.swedish import sentence
from services.actors.contract import method as codes
from services.actors.contract.method import MethodDraft, MethodRetirement, MethodUse
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
    """One method: what it is for, how it is done, and whether it is used."""
    method = await house.actors.methods.one(id, **times_of(request).times)
    form = Form.empty(MethodUse, used_on=clock.today())
    return page(request, "methods/show.html", method=method, form=form)


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
    form = await Form.posted(request, MethodUse)
    if await saved(form, house.actors.methods.act(id, "use", form.sent, once=form.once)):
        return go(request, "methods.show", id=id, notice="Det är antecknat att metoden användes.")
    method = await house.actors.methods.one(id)
    return page(request, "methods/show.html", status=422, method=method, form=form)


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
