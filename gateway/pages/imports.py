"""Imports: a file is sent, its columns are understood, and it can be gone back on."""

import asyncio
from datetime import datetime
from typing import Any
from uuid import UUID

from fastapi import Request, Response
from starlette.datastructures import UploadFile

from gateway import accounts
from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found
from gateway.forms import Form
from gateway.html import go, page, visitor_of
from gateway.importing import columns, periods, susa, uploads
from gateway.importing.headings import TARGETS, guessed
from gateway.importing.sheets import MOST_BYTES, Sheet, Unreadable, read_sheet
from gateway.importing.values import CONSTANT
from gateway.importing.words import CODED
from gateway.lookback import Lookback, times_of
from gateway.pages import choices
from gateway.pages.import_results import HELD_SHOWN, actors_of, held_rows
from gateway.pages.listing import listed
from gateway.posted import fields_of, first
from gateway.swedish import options_of
from gateway.swedish.municipalities import MUNICIPALITIES
from gateway.swedish.problems import WHOLE
from services.actors.contract.importing import ImportNoun
from services.kit import clock
from services.kit.errors import Forbidden, Unavailable

area = Area("imports")
PAGES = {
    "actor": "actors.show", "person": "people.show", "programme": "programmes.show",
    "intake": "programmes.edit_intake", "post": "posts.show", "holding": "posts.end_holding",
}  # fmt: skip
LISTS = {"actor": "actors.list", "person": "people.list", "programme": "programmes.list"}


@area.show("/importer", "list")
async def list_imports(request: Request, house: Services) -> Response:
    """What has been imported before."""
    shown = await listed(request, house.actors.imports, ("noun", "as_of"))
    return page(request, "imports/list.html", shown=shown, names=await _names(request))


async def _names(request: Request) -> dict[str, str]:
    async with request.app.state.database.reading() as db:
        return await accounts.names(db)


@area.show("/importer/ny", "new")
async def choose_file(request: Request) -> Response:
    """Which file, and what its rows are."""
    return _file_page(request, Form.asked(request))


def file_too_large(request: Request) -> Response:
    """The form again, where the file was not even let in: what else was chosen is not known."""
    form = Form.asked(request)
    form.fail("file", "file_large")
    return _file_page(request, form, status=413)


@area.take("/importer/ny", "new", too_large=file_too_large)
async def send_file(request: Request) -> Response:
    """Keep it between the steps, or say why it cannot be read."""
    sent = await fields_of(request, files=1)
    form: Form[Any] = Form(None, {"noun": [first(sent, "noun")]})
    if form.value("noun") not in set(ImportNoun):
        form.fail("noun", "enum")
    name, content = await _file_in(request)
    begun = {} if form.wrong else await _begun(form, content)
    if form.wrong:
        return _file_page(request, form, status=422)
    noun = "programme" if begun["susa"] else form.value("noun")
    database, owner = request.app.state.database, visitor_of(request).caller.subject
    made = await uploads.keep(database, owner, noun, name, content)
    await uploads.note(database, made, choices=begun)
    return go(request, "imports.columns", id=made)


async def _file_in(request: Request) -> tuple[str, bytes]:
    """The file's name and what is in it; nothing where none was chosen."""
    async with request.form() as data:
        found = data.get("file")
        if not isinstance(found, UploadFile):
            return "", b""
        return (found.filename or "fil")[-200:], await found.read()


async def _begun(form: Form[Any], content: bytes) -> dict[str, Any]:
    """The first guess at the columns; what is wrong with the file stands in the form."""
    try:
        if len(content) > MOST_BYTES:
            raise Unreadable("file_large")
        if content.lstrip()[:1] in (b"{", b"["):
            unnamed = await asyncio.to_thread(columns.unnamed_providers, content)
            return columns.first_choices([], unnamed=unnamed)
        sheet = await asyncio.to_thread(read_sheet, content)
    except Unreadable as failure:
        form.fail("file", str(failure), limit=failure.line)
        return {}
    return _guess(ImportNoun(form.value("noun")), sheet)


def _guess(noun: ImportNoun, sheet: Sheet) -> dict[str, Any]:
    fields = guessed(noun, sheet.headings)
    return columns.first_choices(fields, sheet=sheet.name, headed=sheet.headed)


def _file_page(request: Request, form: Form[Any], *, status: int = 200) -> Response:
    nouns = options_of(ImportNoun)
    return page(request, "imports/new.html", status=status, form=form, nouns=nouns)


@area.show("/importer/filer/{id}/kolumner", "columns")
async def choose_columns(request: Request, id: str) -> Response:
    """What each column was taken for, to be corrected."""
    upload = await mine(request, id)
    if upload["state"] == uploads.TAKEN:
        return go(request, "imports.show", id=upload["result"]["id"])
    return await _columns_page(request, upload, columns.form_of(upload["choices"]))


@area.take("/importer/filer/{id}/kolumner", "columns")
async def check_columns(request: Request, house: Services, id: str) -> Response:
    """Judge every row by that; nothing is stored."""
    upload = await mine(request, id)
    form: Form[Any] = Form(None, await fields_of(request))
    noun, begun = ImportNoun(upload["noun"]), upload["choices"]
    if columns.is_turned(form, begun):
        return await _turned(request, upload, form)
    chosen = columns.choices_of(form, noun, begun)
    if form.wrong:
        return await _columns_page(request, upload, form, status=422)
    database = request.app.state.database
    if await uploads.begin(database, upload["id"], uploads.CHECKING, choices=chosen):
        work = upload | {"state": uploads.CHECKING, "choices": chosen}
        await request.app.state.works.start(house.actors, work, await places_of(request, house))
    return go(request, "imports.check", id=id)


async def _turned(request: Request, upload: Found, form: Form[Any]) -> Response:
    """The columns anew, where the first row became headings or a row like the others."""
    before, headed = upload["choices"], form.ticked("headed")
    content, sheet_name, _ = uploads.table_in(upload)
    try:
        sheet = await asyncio.to_thread(read_sheet, content, sheet_name, headed)
    except Unreadable as failure:
        form.fail("headed", str(failure), limit=failure.line)
        return await _columns_page(request, upload, form, status=422)
    chosen = columns.turned(form, ImportNoun(upload["noun"]), before, sheet)
    await uploads.begin(request.app.state.database, upload["id"], uploads.BEGUN, choices=chosen)
    said = "Första raden är rubriker." if headed else "Första raden läses in som de andra."
    said += " Stämmer kolumnerna nu?"
    return go(request, "imports.columns", id=upload["id"], notice=said)


@area.take("/importer/filer/{id}/blad", "sheet")
async def choose_sheet(request: Request, id: str) -> Response:
    """Another sheet of the workbook, and a new guess at its columns."""
    upload = await mine(request, id)
    asked: Form[Any] = Form(None, await fields_of(request))
    try:
        sheet = await asyncio.to_thread(read_sheet, upload["content"], asked.value("sheet"))
    except Unreadable as failure:
        asked.fail("sheet", str(failure), limit=failure.line)
        form = columns.form_of(upload["choices"])
        return await _columns_page(request, upload, form, asked=asked, status=422)
    kept = {name: upload["choices"].get(name) for name in (*columns.SWITCHES, "source")}
    chosen = _guess(ImportNoun(upload["noun"]), sheet) | kept
    await uploads.begin(request.app.state.database, upload["id"], uploads.BEGUN, choices=chosen)
    return go(request, "imports.columns", id=id)


async def _columns_page(
    request: Request,
    upload: Found,
    form: Form[Any],
    *,
    asked: Form[Any] | None = None,
    status: int = 200,
) -> Response:
    noun = ImportNoun(upload["noun"])
    shown: list[columns.Column] = []
    sheets: list[tuple[str, str]] = []
    merged = 0
    if not upload["choices"]["susa"]:
        sheet = await asyncio.to_thread(read_sheet, *uploads.table_in(upload))
        shown, sheets = columns.columns_of(sheet), [(name, name) for name in sheet.names]
        merged = sheet.merged
        asked = asked or Form(None, {"sheet": [sheet.name]})
        asked.at = "s"
    targets = [(one.field, one.label) for one in TARGETS[noun]]
    constant = CONSTANT[noun]
    return page(
        request, "imports/columns.html", status=status, form=form, upload=upload, columns=shown,
        targets=targets, constant=constant, codes=options_of(CODED.get(constant, ())),
        programme=noun is ImportNoun.programme, susa=susa.NAME, sheets=sheets, asked=asked,
        merged=merged,
        unnamed=list(upload["choices"].get("providers", ())), latest=periods.latest_short(),
        in_file=any(form.value(f"column_{one.number}") == constant for one in shown),
    )  # fmt: skip


async def mine(request: Request, id: str) -> Found:
    """A file that the visitor sent. NotFound."""
    return await uploads.find(request.app.state.database, visitor_of(request).caller.subject, id)


async def places_of(request: Request, house: House) -> dict[str, str]:
    """Municipalities by name: all of the country, and ours as we call them."""
    ours = await choices.municipalities(request)
    try:
        known = await house.analysis.codes.whole(sort="code", system="municipality")
    except (Unavailable, Forbidden):
        known = []
    others = ((one["code"], one["name"]) for one in known)
    return columns.places([*MUNICIPALITIES.items(), *others, *ours])


@area.take("/importer/filer/{id}/glom", "forget")
async def forget_file(request: Request, id: str) -> Response:
    """Away with the file; nothing of it is stored."""
    owner = visitor_of(request).caller.subject
    await uploads.forget(request.app.state.database, owner, id)
    return go(request, "imports.list", notice="Filen är borttagen. Inget är importerat.")


@area.show("/importer/{id}", "show")
async def show_import(request: Request, house: Services, id: str) -> Response:
    """What was made of a file, and the way back: how far it has come, or what holds it up."""
    look = times_of(request)
    found = await house.actors.imports.one(id, **look.known)
    if _is_later(found["undone_at"], look):
        found["undone_at"] = None
    then = look.active or found["undone_at"]
    undoing = None if then else await uploads.undo_of(request.app.state.database, id)
    held = undoing if undoing and undoing["state"] == uploads.HELD else None
    silent = bool(undoing and uploads.is_silent(undoing))
    rows = await held_rows(house, id, held) if held else []
    actors = await actors_of(house, id, look.known) if not found["undone_at"] else None
    return page(
        request, "imports/show.html", found=found, held=held, silent=silent,
        working=_is_working(undoing),
        failed=WHOLE.get(held["result"].get("code", ""), "") if held else "",
        rows=rows, most=HELD_SHOWN, later=_is_later(found["created_at"], look),
        actors=actors, pages=PAGES, names=await _names(request),
        list_page=LISTS[found["noun"]],
    )  # fmt: skip


def _is_later(moment: str | None, look: Lookback) -> bool:
    """Whether something was done after the day that a page is about."""
    return bool(moment) and clock.day_of(datetime.fromisoformat(str(moment))) > look.on


@area.show("/importer/{id}/angra", "undo")
async def ask_undo(request: Request, house: Services, id: str) -> Response:
    """Whether all of it is to go; where nothing is left to ask, how far it has come."""
    found = await house.actors.imports.one(id)
    undoing = await uploads.undo_of(request.app.state.database, id)
    if found["undone_at"] or _is_working(undoing):
        return go(request, "imports.show", id=id)
    return page(request, "imports/undo.html", found=found, form=Form.empty(None))


def _is_working(undoing: Found | None) -> bool:
    """Whether an import is being undone, by somebody who is still heard of."""
    return bool(undoing and undoing["state"] == uploads.UNDOING and not uploads.is_silent(undoing))


@area.take("/importer/{id}/angra", "undo")
async def undo_import(request: Request, house: Services, id: str) -> Response:
    """All of it or nothing. It goes on though the browser is closed."""
    found = await house.actors.imports.one(id)
    state, owner = request.app.state, visitor_of(request).caller.subject
    if not found["undone_at"] and await uploads.begin_undo(state.database, owner, found):
        await state.works.undo(house.actors, UUID(found["id"]))
    return go(request, "imports.show", id=id)
