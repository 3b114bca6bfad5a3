"""Selections: which industry is chosen, by what criteria, and how sure the result is."""

import asyncio
from collections.abc import Collection
from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found, ids_in
from gateway.form_fields import compact
from gateway.forms import Form
from gateway.html import go, page
from gateway.pages import choices
from gateway.pages.listing import files, listed
from gateway.pages.removing import asks_first
from gateway.pages.saving import saved, taken_away
from gateway.pages.selection_files import selections_in_words
from gateway.swedish import day
from services.councils.contract.council import CHOOSERS
from services.councils.contract.selection import SelectionDraft, SwotQuarter, is_decided

area = Area("selections")
FILTERS = ("council_id", "decided", "held_from", "held_until")
# What somebody types in a row of each list; the key follows the row unseen.
ROWS = {"candidates": ("name", "note"), "criteria": ("name", "why", "weight")}
# What a score names of each list.
JUDGED = (("candidates", "candidate"), ("criteria", "criterion"))
MOST_DECISIONS, LONGEST = 100, 100


@area.show("/urval", "list")
async def list_selections(request: Request, house: Services) -> Response:
    """All selections, the newest first, narrowed by the filters."""
    shown, councils = await asyncio.gather(
        listed(request, house.councils.selections, FILTERS), _choosers(house)
    )
    labels = await house.analysis.labels(ids_in([one["council_id"] for one in shown.rows]))
    return page(
        request, "selections/list.html", shown=shown, councils=councils, labels=labels,
        name=choices.name_in,
    )  # fmt: skip


files(area, "/urval", lambda house: house.councils.selections, FILTERS, worded=selections_in_words)


async def _choosers(house: House, **narrowed: object) -> choices.Options:
    return await choices.options(
        house.councils.councils, "name", kind=[one.value for one in CHOOSERS], **narrowed
    )


@area.begin("/urval/ny", "new")
async def new_selection(request: Request, house: Services) -> Response:
    """An empty form, perhaps begun from a council."""
    council = request.query_params.get("council_id") or None
    return await _form_page(request, house, Form.begun(request, SelectionDraft, council_id=council))


@area.take("/urval/ny", "new")
async def make_selection(request: Request, house: Services) -> Response:
    """Store it, or show the form again."""
    form = await _posted(request)
    made = await saved(form, house.councils.selections.make(form.sent, once=form.once))
    if made:
        said = "Urvalet är sparat. Skriv SWOT-punkter och bedöm kandidaterna."
        return go(request, "selections.show", id=made["id"], notice=said)
    return await _form_page(request, house, form, status=422)


async def _posted(request: Request, kept: Found | None = None) -> Form[SelectionDraft]:
    """What was sent: a row that is emptied goes, and a new one has a key that nothing else had."""
    form = await Form.received(request, SelectionDraft)
    for field, typed in ROWS.items():
        known = {one["key"] for one in kept[field]} if kept else set()
        _key_rows(form, field, typed, known)
    form.values = compact(form.values)
    form.take_in(SelectionDraft, kept, **({"council_id": kept["council_id"]} if kept else {}))
    return form


def _key_rows(form: Form[Any], field: str, typed: Collection[str], known: set[str]) -> None:
    """Take the emptied rows of a list away, and give each new one a key."""
    known |= {form.value(f"{field}.{row}.key") for row in form.rows(field, 0)}
    number = 0
    for row in form.rows(field, 0):
        at = f"{field}.{row}."
        if not any(form.value(at + part).strip() for part in typed):
            form.values = {n: t for n, t in form.values.items() if not n.startswith(at)}
        elif not form.value(at + "key"):
            number = next(n for n in range(number + 1, 1000) if f"{field}_{n}" not in known)
            form.values[at + "key"] = [f"{field}_{number}"]


async def _form_page(
    request: Request,
    house: House,
    form: Form[SelectionDraft],
    *,
    status: int = 200,
    selection: Found | None = None,
) -> Response:
    councils = [] if selection else await _choosers(house, open="true")
    return page(
        request, "selections/form.html", status=status, form=form, selection=selection,
        councils=councils, decided=bool(selection) and is_decided(selection),
    )  # fmt: skip


@area.show("/urval/{id}", "show")
async def show_selection(request: Request, house: Services, id: str) -> Response:
    """One selection: its question, what was said, the result with its arithmetic, the decision."""
    at = house.councils.selections.at
    selection, result = await house.councils.batch(at(id), at(id, "/result"))
    council, labels = await asyncio.gather(
        house.councils.councils.one(selection["council_id"]),
        house.analysis.labels(ids_in([selection["council_id"]], [selection["decision_id"]])),
    )
    marks = {(one["candidate"], one["criterion"]): one for one in selection["scores"]}
    return page(
        request, "selections/show.html", selection=selection, result=result, labels=labels,
        decided=is_decided(selection), marks=marks, quarters=SwotQuarter,
        called={one["key"]: one["name"] for one in selection["candidates"]},
        criteria={one["key"]: one for one in selection["criteria"]},
        closed=council["closed_on"] is not None, uneven=_are_uneven(selection, result),
        by_group=request.query_params.get("visa") == "grupper",
        groups=_groups(result["swot"]),
    )  # fmt: skip


def _are_uneven(selection: Found, result: Found) -> bool:
    """Whether candidates are judged by different ones of the criteria that count."""
    counts = {one["key"] for one in selection["criteria"] if one["weight"]}
    return len({frozenset(counts & {*one["unjudged"]}) for one in result["candidates"]}) > 1


def _groups(swot: list[Found]) -> list[str]:
    """The groups that said something, in the order they stand."""
    points = (point for of in swot for quarter in of["quarters"].values() for point in quarter)
    return list(dict.fromkeys(group for point in points for group in point["groups"]))


@area.show("/urval/{id}/andra", "edit")
async def edit_selection(request: Request, house: Services, id: str) -> Response:
    """The form with what is stored."""
    selection = await house.councils.selections.one(id)
    form = Form.showing(SelectionDraft, selection, change_reason="")
    return await _form_page(request, house, form, selection=selection)


@area.take("/urval/{id}/andra", "edit")
async def revise_selection(request: Request, house: Services, id: str) -> Response:
    """New values, unless somebody changed it meanwhile."""
    selection = await house.councils.selections.one(id)
    form = await _posted(request, selection)
    if await _stored(house, form, id):
        return go(request, "selections.show", id=id, notice="Ändringen är sparad.")
    _judged_at_rows(form)
    return await _form_page(request, house, form, status=422, selection=selection)


def _judged_at_rows(form: Form[Any]) -> None:
    """A score of what was taken away is told at its list: this form has no scores."""
    for field, part in JUDGED:
        judged = [at for at in form.wrong if at.startswith("scores.") and at.endswith(f".{part}")]
        for at in judged:
            del form.wrong[at]
        if judged:
            form.fail(field, "judged")


async def _stored(house: House, form: Form[SelectionDraft], id: str) -> Any:
    return await saved(form, house.councils.selections.replace(id, form.sent, version=form.version))


@area.show("/urval/{id}/bedom", "score")
async def ask_scores(request: Request, house: Services, id: str) -> Response:
    """A table of each criterion, with a mark and its evidence for each candidate."""
    selection = await house.councils.selections.one(id)
    form = Form.showing(SelectionDraft, selection, change_reason="")
    return _score_page(request, form, selection)


@area.take("/urval/{id}/bedom", "score")
async def take_scores(request: Request, house: Services, id: str) -> Response:
    """How the candidates are judged; a row with neither mark nor evidence is none."""
    selection = await house.councils.selections.one(id)
    form = await Form.received(request, SelectionDraft)
    for row in form.rows("scores", 0):
        at = f"scores.{row}."
        if not any(form.value(at + part).strip() for part in ("score", "evidence")):
            form.values = {n: t for n, t in form.values.items() if not n.startswith(at)}
    form.values = compact(form.values)
    form.take_in(SelectionDraft, selection)
    if await _stored(house, form, id):
        return go(request, "selections.show", id=id, notice="Bedömningarna är sparade.")
    return _score_page(request, form, selection, status=422)


def _score_page(
    request: Request, form: Form[SelectionDraft], selection: Found, *, status: int = 200
) -> Response:
    return page(
        request, "selections/score.html", status=status, form=form, selection=selection,
        places=_places(form, selection), decided=is_decided(selection),
        called=[
            (f"{part}.{one['key']}", one["name"])
            for field, part in JUDGED
            for one in selection[field]
        ],
        marks=[(str(mark), str(mark)) for mark in range(1, 6)],
    )  # fmt: skip


def _places(form: Form[Any], selection: Found) -> dict[tuple[str, str], int]:
    """Which row of the form each candidate has at each criterion."""
    rows = form.rows("scores", 0)
    found = {
        (form.value(f"scores.{row}.candidate"), form.value(f"scores.{row}.criterion")): row
        for row in rows
    }
    pairs = [(a["key"], b["key"]) for b in selection["criteria"] for a in selection["candidates"]]
    new = (pair for pair in pairs if pair not in found)
    return found | {pair: place for place, pair in enumerate(new, rows.stop)}


@area.show("/urval/{id}/besluta", "decide")
async def ask_decision(request: Request, house: Services, id: str) -> Response:
    """What was decided, beside what the scores say."""
    selection = await house.councils.selections.one(id)
    form = Form.showing(SelectionDraft, selection, change_reason="")
    return await _decide_page(request, house, form, selection)


@area.take("/urval/{id}/besluta", "decide")
async def take_decision(request: Request, house: Services, id: str) -> Response:
    """The choice, or that it is open again; what was decided before stays beside it."""
    selection = await house.councils.selections.one(id)
    form = await Form.posted(request, SelectionDraft, kept=selection)
    if stored := await _stored(house, form, id):
        said = (
            "Beslutet är sparat." if stored["decision_text"] else "Urvalet är öppet, utan beslut."
        )
        return go(request, "selections.show", id=id, notice=said)
    return await _decide_page(request, house, form, selection, status=422)


async def _decide_page(
    request: Request,
    house: House,
    form: Form[SelectionDraft],
    selection: Found,
    *,
    status: int = 200,
) -> Response:
    councils = house.councils
    result, found = await councils.batch(
        councils.selections.at(selection["id"], "/result"),
        councils.decisions.asked(
            council_id=selection["council_id"], sort="-decided_on", limit=MOST_DECISIONS
        ),
    )
    decisions = [
        (one["id"], f"{day(one['decided_on'])}: {one['text'][:LONGEST]}") for one in found["items"]
    ]
    return page(
        request, "selections/decide.html", status=status, form=form, selection=selection,
        decided=is_decided(selection), decisions=decisions, result=result,
        candidates=[(one["key"], one["name"]) for one in selection["candidates"]],
        called={one["key"]: one["name"] for one in selection["candidates"]},
    )  # fmt: skip


asks_first(
    area,
    "/urval/{id}/ta-bort",
    "remove",
    lambda house: house.councils.selections,
    SelectionDraft,
    what="urvalet",
    told=("council_id", "title"),
    back="selections.show",
)


@area.take("/urval/{id}/ta-bort", "remove")
async def remove_selection(request: Request, house: Services, id: str) -> Response:
    """It was begun by mistake: nothing is said or decided."""
    form: Form[Any] = await Form.posted(request, SelectionDraft)
    removing = house.councils.selections.remove(id, version=form.version)
    held = "Urvalet är eller har varit beslutat, eller har SWOT-punkter, så det står kvar."
    away, said = await taken_away(removing, "Urvalet", held=held)
    if away:
        return go(request, "selections.list", notice=said)
    return go(request, "selections.show", id=id, notice=said)
