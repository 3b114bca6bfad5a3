"""Dialogue maps: drafted, previewed, published once for all, followed by editions, and retired."""

from collections.abc import Awaitable
from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found
from gateway.forms import Form
from gateway.html import go, page
from gateway.pages.editions import before_of, changes_of
from gateway.pages.listing import files, listed
from gateway.pages.map_questions import as_begun, by_area
from gateway.pages.saving import saved, taken_away
from gateway.pages.sheets import coded, in_words, yes_or_no
from gateway.swedish import sentence
from services.councils.contract.interview import DialogueMapDraft, MapStatus
from services.kit.errors import Conflict, Problem, Stale

area = Area("dialogue_maps")
FILTERS = ("status", "retired")
HEAD = ("name", "introduction", "source", "example")
COLUMNS = (
    ("Dialogkarta", "name"),
    ("Utgåva", "edition"),
    ("Läge", "status", coded("MapStatus")),
    ("Publicerad", "published_on"),
    ("Tagen ur bruk", "retired_on"),
    ("Frågor", "questions", lambda asked, _: len(asked)),
    ("Intervjuer", "interview_count"),
    ("Kompetensnavs egen", "ours", yes_or_no),
)


@area.show("/dialogkartor", "list")
async def list_maps(request: Request, house: Services) -> Response:
    """All maps and their editions, by name."""
    shown = await listed(request, house.councils.dialogue_maps, FILTERS, sort="name")
    return page(request, "dialogue_maps/list.html", shown=shown, states=MapStatus)


files(
    area, "/dialogkartor", lambda house: house.councils.dialogue_maps, FILTERS,
    worded=in_words(COLUMNS),
)  # fmt: skip


@area.take("/dialogkartor/var-egen", "default")
async def bring_default(request: Request, house: Services) -> Response:
    """Kompetensnav's own map comes into use; once, however often it is asked for."""
    made = await house.councils.post("/dialogue-maps/default")
    said = "Kompetensnavs egen dialogkarta kan nu användas."
    return go(request, "dialogue_maps.show", id=made["id"], notice=said)


@area.begin("/dialogkartor/ny", "new")
async def new_map(request: Request, house: Services) -> Response:
    """An empty form, or one begun from a map whose questions are copied."""
    copied = await _copied(request, house)
    begun = {name: copied[name] for name in ("introduction", "source")} if copied else {}
    return _new_page(request, Form.begun(request, DialogueMapDraft, **begun), copied)


@area.take("/dialogkartor/ny", "new")
async def make_map(request: Request, house: Services) -> Response:
    """Store it as a draft, with the questions of the one it is begun from."""
    copied = await _copied(request, house)
    questions = copied["questions"] if copied else []
    form = await Form.posted(request, DialogueMapDraft, questions=questions)
    made = await saved(form, house.councils.dialogue_maps.make(form.sent, once=form.once))
    if made:
        return go(request, "dialogue_maps.show", id=made["id"], notice="Utkastet är sparat.")
    return _new_page(request, form, copied, status=422)


async def _copied(request: Request, house: House) -> Found | None:
    asked = request.query_params.get("begun_from")
    return await house.councils.dialogue_maps.one(asked) if asked else None


def _new_page(
    request: Request, form: Form[Any], copied: Found | None, *, status: int = 200
) -> Response:
    return page(request, "dialogue_maps/form.html", status=status, form=form, copied=copied,
        dialogue_map=None,
    )  # fmt: skip


@area.show("/dialogkartor/{id}", "show")
async def show_map(request: Request, house: Services, id: str) -> Response:
    """One map, its questions area by area, and its editions."""
    dialogue_map = await house.councils.dialogue_maps.one(id)
    editions = await house.councils.dialogue_maps.whole(name=dialogue_map["name"])
    return page(
        request, "dialogue_maps/show.html", dialogue_map=dialogue_map, areas=by_area(dialogue_map),
        before=before_of(editions, dialogue_map),
        editions=sorted(editions, key=lambda one: int(one["edition"]), reverse=True),
    )  # fmt: skip


@area.show("/dialogkartor/{id}/forhandsvisning", "preview")
async def preview(request: Request, house: Services, id: str) -> Response:
    """As the interviewer sees it, with empty fields; also to print and take along."""
    dialogue_map = await house.councils.dialogue_maps.one(id)
    return page(
        request, "dialogue_maps/preview.html", dialogue_map=dialogue_map,
        areas=by_area(dialogue_map), form=Form.empty(None),
    )  # fmt: skip


@area.show("/dialogkartor/{id}/jamfor/{other}", "compare")
async def compare(request: Request, house: Services, id: str, other: str) -> Response:
    """What came, went, was reworded and moved from the earlier of two to the later."""
    two = [await house.councils.dialogue_maps.one(one) for one in (id, other)]
    before, after = sorted(two, key=lambda one: (int(one["edition"]), one["created_at"]))
    return page(
        request, "dialogue_maps/compare.html", before=before, after=after,
        changes=changes_of(before, after, "questions"),
    )  # fmt: skip


@area.show("/dialogkartor/{id}/andra", "edit")
async def edit_map(request: Request, house: Services, id: str) -> Response:
    """The form with what is stored; a published map leads to itself."""
    dialogue_map = await house.councils.dialogue_maps.one(id)
    if dialogue_map["status"] == MapStatus.published:
        return go(request, "dialogue_maps.show", id=id, notice=sentence("published"))
    form = Form.showing(DialogueMapDraft, dialogue_map)
    return _edit_page(request, form, dialogue_map)


@area.take("/dialogkartor/{id}/andra", "edit")
async def revise_map(request: Request, house: Services, id: str) -> Response:
    """Another name or introduction, unless somebody changed these or published it meanwhile."""
    dialogue_map = await house.councils.dialogue_maps.one(id)
    form = await Form.posted(request, DialogueMapDraft, kept=dialogue_map)
    version = as_begun(form, HEAD)
    sending = house.councils.dialogue_maps.replace(id, form.sent, version=version)
    if await saved(form, sending):
        return go(request, "dialogue_maps.show", id=id, notice="Ändringen är sparad.")
    return _edit_page(request, form, dialogue_map, status=422)


def _edit_page(
    request: Request, form: Form[Any], dialogue_map: Found, *, status: int = 200
) -> Response:
    return page(request, "dialogue_maps/form.html", status=status, form=form, copied=None,
        dialogue_map=dialogue_map,
    )  # fmt: skip


@area.take("/dialogkartor/{id}/utgava", "edition")
async def begin_edition(request: Request, house: Services, id: str) -> Response:
    """A draft of the next edition, with what this one says; the one begun already, where it is."""
    try:
        made = await house.councils.dialogue_maps.act(id, "edition")
    except Conflict as problem:
        return go(request, "dialogue_maps.show", id=id, notice=_why(problem))
    said = f"Utkastet till utgåva {made['edition']} väntar på att publiceras."
    return go(request, "dialogue_maps.show", id=made["id"], notice=said)


@area.show("/dialogkartor/{id}/publicera", "publish")
async def ask_publish(request: Request, house: Services, id: str) -> Response:
    """It is asked first: what is published never changes."""
    return await _question(request, house, id, "publish")


@area.take("/dialogkartor/{id}/publicera", "publish")
async def publish(request: Request, house: Services, id: str) -> Response:
    """From here on interviews may be held by it, and it never changes."""
    form: Form[Any] = await Form.posted(request, DialogueMapDraft)
    sending = house.councils.dialogue_maps.act(id, "publish", version=form.version)
    said = await _said(sending, "Dialogkartan är publicerad och kan användas i intervjuer.")
    return go(request, "dialogue_maps.show", id=id, notice=said)


@area.take("/dialogkartor/{id}/ur-bruk", "retire")
async def retire(request: Request, house: Services, id: str) -> Response:
    """No interview is begun by it; those that were keep it."""
    done = "Kartan är tagen ur bruk. Intervjuer som redan har den behåller den."
    said = await _said(house.councils.dialogue_maps.act(id, "retire"), done)
    undo = f"/dialogkartor/{id}/i-bruk" if said == done else None
    return go(request, "dialogue_maps.show", id=id, notice=said, undo=undo)


@area.take("/dialogkartor/{id}/i-bruk", "resume")
async def resume(request: Request, house: Services, id: str) -> Response:
    """Interviews may be begun by it again."""
    sending = house.councils.dialogue_maps.act(id, "resume")
    said = await _said(sending, "Kartan kan användas i nya intervjuer igen.")
    return go(request, "dialogue_maps.show", id=id, notice=said)


async def _said(sending: Awaitable[Any], done: str) -> str:
    try:
        await sending
    except (Conflict, Stale) as problem:
        return _why(problem)
    return done


def _why(problem: Problem) -> str:
    return sentence(problem.errors[0].code if problem.errors else "stale")


@area.show("/dialogkartor/{id}/ta-bort", "remove")
async def ask_remove(request: Request, house: Services, id: str) -> Response:
    """Whether a draft is to go."""
    return await _question(request, house, id, "remove")


async def _question(request: Request, house: House, id: str, what: str) -> Response:
    dialogue_map = await house.councils.dialogue_maps.one(id)
    form = Form.showing(DialogueMapDraft, dialogue_map)
    return page(
        request, f"dialogue_maps/{what}.html", dialogue_map=dialogue_map, form=form,
        areas=by_area(dialogue_map),
    )  # fmt: skip


@area.take("/dialogkartor/{id}/ta-bort", "remove")
async def remove_map(request: Request, house: Services, id: str) -> Response:
    """A draft goes; what is published stays, for interviews rest on it."""
    form: Form[Any] = await Form.posted(request, DialogueMapDraft)
    removing = house.councils.dialogue_maps.remove(id, version=form.version)
    away, said = await taken_away(removing, "Dialogkartan", held=sentence("published"))
    if away:
        return go(request, "dialogue_maps.list", notice=said)
    return go(request, "dialogue_maps.show", id=id, notice=said)
