"""The questions of a dialogue map that is a draft: written, changed, taken away and ordered.

A map is stored as a whole; two who work on different questions of it do not clash.
"""

from collections.abc import Callable, Collection
from typing import Any

from fastapi import Request, Response

from gateway import clash
from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found
from gateway.forms import Form
from gateway.html import go, is_htmx, page
from gateway.pages.agenda_order import moved, pressed_in
from gateway.pages.saving import saved
from gateway.posted import fields_of, first
from gateway.swedish import sentence
from services.councils.contract.interview import DialogueMapDraft, MapStatus, Question
from services.councils.contract.need import Area as Of
from services.kit.errors import Conflict, Rejected, Stale

area = Area("dialogue_maps")
SAID = tuple(name for name in Question.model_fields if name != "key")
CHANGED = "Frågorna ändrades av någon annan, eller är publicerade. Så här är de nu."
GONE = "Någon annan har tagit bort frågan. Sparar du blir den en ny fråga."
TRIES = 3


def by_area(dialogue_map: Found) -> list[tuple[str, list[Found]]]:
    """The questions of each area, in the order in which they are asked."""
    asked = dialogue_map["questions"]
    return [(code, [one for one in asked if one["area"] == code]) for code in Of]


def as_begun(form: Form[Any], fields: Collection[str]) -> int | None:
    """The version to save over: the newest one where nobody changed these fields meanwhile."""
    began = clash.marks_in(form.marks)
    same = all(began.get(name) == clash.mark(form.stored, name) for name in fields)
    return form.newest if same else form.version


@area.begin("/dialogkartor/{id}/fragor/ny", "add_question")
async def new_question(request: Request, house: Services, id: str) -> Response:
    """An empty form, in an area where one is given."""
    dialogue_map = await house.councils.dialogue_maps.one(id)
    if dialogue_map["status"] == MapStatus.published:
        return go(request, "dialogue_maps.show", id=id, notice=sentence("published"))
    form = Form.begun(request, Question, kind="text", area=request.query_params.get("area"))
    return _form_page(request, dialogue_map, form)


@area.take("/dialogkartor/{id}/fragor/ny", "add_question")
async def add_question(request: Request, house: Services, id: str) -> Response:
    """It comes last in its area; sent twice it is added once."""
    form = await Form.received(request, Question)
    key = f"question_{form.once}"[:60].lower()
    form.take_in(Question, key=key)

    def added(asked: list[Found]) -> list[Found]:
        return [*(one for one in asked if one["key"] != key), form.said]

    if form.draft and await saved(form, _changed(house, id, added)):
        return go(request, "dialogue_maps.show", id=id, notice="Frågan är sparad.")
    return _form_page(request, await house.councils.dialogue_maps.one(id), form, status=422)


@area.show("/dialogkartor/{id}/fragor/{key}/andra", "question_form")
async def edit_question(request: Request, house: Services, id: str, key: str) -> Response:
    """The form with the question as it stands."""
    dialogue_map = await house.councils.dialogue_maps.one(id)
    asked = _stored(dialogue_map, key)
    if asked is None or dialogue_map["status"] == MapStatus.published:
        said = CHANGED if asked is None else sentence("published")
        return go(request, "dialogue_maps.show", id=id, notice=said)
    return _form_page(request, dialogue_map, Form.showing(Question, asked), key)


@area.take("/dialogkartor/{id}/fragor/{key}/andra", "question_form")
async def revise_question(request: Request, house: Services, id: str, key: str) -> Response:
    """Other words, unless somebody changed the same question meanwhile."""
    dialogue_map = await house.councils.dialogue_maps.one(id)
    asked = _stored(dialogue_map, key)
    form = await Form.posted(request, Question, kept=asked, key=key)
    if asked is None:
        form.fail("", "gone")
        form.wrong[""] = GONE
        form.version = None
        return _form_page(request, dialogue_map, form, status=422)
    questions = [form.said if one["key"] == key else one for one in dialogue_map["questions"]]
    sending = _put(house, dialogue_map, questions, as_begun(form, SAID))
    if form.draft and await saved(form, sending):
        return go(request, "dialogue_maps.show", id=id, notice="Ändringen är sparad.")
    return _form_page(request, dialogue_map, form, key, status=422)


def _stored(dialogue_map: Found, key: str) -> Found | None:
    """A question with the version of its map; None where it is gone."""
    found = (one for one in dialogue_map["questions"] if one["key"] == key)
    return next((one | {"version": dialogue_map["version"]} for one in found), None)


def _form_page(
    request: Request, dialogue_map: Found, form: Form[Any], key: str = "", *, status: int = 200
) -> Response:
    return page(
        request, "dialogue_maps/question_form.html", status=status, dialogue_map=dialogue_map,
        form=form, key=key,
    )  # fmt: skip


async def _put(
    house: House, dialogue_map: Found, questions: list[Found], version: int | None
) -> Any:
    draft = {name: dialogue_map[name] for name in DialogueMapDraft.model_fields}
    things, told = house.councils.dialogue_maps, draft | {"questions": questions}
    return await things.replace(dialogue_map["id"], told, version=version)


async def _changed(house: House, id: str, change: Callable[[list[Found]], list[Found]]) -> Any:
    """The questions changed as they stand now, also where somebody else is at it just then."""
    for _ in range(TRIES):
        dialogue_map = await house.councils.dialogue_maps.one(id)
        questions = change(dialogue_map["questions"])
        try:
            return await _put(house, dialogue_map, questions, dialogue_map["version"])
        except Stale as problem:
            stale = problem
    raise stale


@area.show("/dialogkartor/{id}/fragor/{key}/ta-bort", "remove_question")
async def ask_remove(request: Request, house: Services, id: str, key: str) -> Response:
    """Whether a question is to go."""
    dialogue_map = await house.councils.dialogue_maps.one(id)
    asked = _stored(dialogue_map, key)
    if asked is None:
        return go(request, "dialogue_maps.show", id=id, notice="Frågan är redan borttagen.")
    return page(
        request, "removal.html", form=Form.showing(Question, asked), what="frågan",
        lead=asked["text"], back_to="dialogue_maps.show", place={"id": id},
    )  # fmt: skip


@area.take("/dialogkartor/{id}/fragor/{key}/ta-bort", "remove_question")
async def remove_question(request: Request, house: Services, id: str, key: str) -> Response:
    """It is asked no more; nothing happens where it is gone already."""
    said = "Frågan är borttagen."
    try:
        await _changed(house, id, lambda asked: [one for one in asked if one["key"] != key])
    except Conflict:
        said = sentence("published")
    return go(request, "dialogue_maps.show", id=id, notice=said)


@area.show("/dialogkartor/{id}/ordning", "order")
async def show_order(request: Request, house: Services, id: str) -> Response:
    """The questions as they stand, area by area."""
    return await _order_page(request, house, id)


@area.take("/dialogkartor/{id}/ordning", "order")
async def move(request: Request, house: Services, id: str) -> Response:
    """One question moves within its area; where the others stand is read anew."""
    sent = await fields_of(request)
    told = {name: first(sent, name) for name in sent}
    said = CHANGED

    def ordered(asked: list[Found]) -> list[Found]:
        nonlocal said
        found, said = _ordered(asked, told)
        return found

    try:
        await _changed(house, id, ordered)
    except (Conflict, Rejected, Stale):
        said = CHANGED
    if is_htmx(request):
        return await _order_page(request, house, id, said=said, pressed=pressed_in(sent))
    return go(request, "dialogue_maps.order", id=id, notice=said)


def _ordered(asked: list[Found], told: dict[str, str]) -> tuple[list[Found], str]:
    """The questions after a move, and what is said of it."""
    found, said = [], CHANGED
    for _, questions in by_area({"questions": asked}):
        texts = {one["key"]: one for one in questions}
        key, wanted = moved(list(texts), told)
        found += [texts[one] for one in wanted]
        if key:
            place = wanted.index(key) + 1
            said = f"”{texts[key]['text']}” är på plats {place} av {len(wanted)}."
    return found, said


async def _order_page(
    request: Request, house: House, id: str, *, said: str = "", pressed: str = ""
) -> Response:
    dialogue_map = await house.councils.dialogue_maps.one(id)
    return page(
        request, "dialogue_maps/order.html", only="page", dialogue_map=dialogue_map,
        areas=by_area(dialogue_map), said=said, pressed=pressed,
        closed=dialogue_map["status"] == MapStatus.published,
    )  # fmt: skip
