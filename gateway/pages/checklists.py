"""Checklists: a published template filled for a programme or an initiative, point by point."""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found, ids_in
from gateway.forms import Form
from gateway.html import go, page
from gateway.lookback import Lookback
from gateway.pages import choices
from gateway.pages.editions import newest_of
from gateway.pages.listing import files, listed
from gateway.pages.saving import saved, taken_away
from gateway.pages.sheets import Columns, in_words, named, yes_or_no
from gateway.pages.thing_choices import things
from services.councils.contract.checklist import ChecklistDraft, TemplateKind
from services.councils.contract.interview import MapStatus
from services.kit import clock
from services.kit.errors import Forbidden, Unavailable

area = Area("checklists")
FILTERS = ("checklist_template_id", "initiative_id", "programme_id")
BEGUN = ("programme_id", "initiative_id", "checklist_template_id")
AROUND = ("programme_id", "initiative_id")


@area.show("/checklistor", "list")
async def list_checklists(request: Request, house: Services) -> Response:
    """All filled checklists, narrowed by the filters, the newest first."""
    shown, templates, initiatives, programmes = await asyncio.gather(
        listed(request, house.councils.checklists, FILTERS),
        templates_of(house),
        things(house, Form.asked(request), "initiative_id"),
        things(house, Form.asked(request), "programme_id"),
    )
    labels = await labels_of(house, shown.rows)
    return page(
        request, "checklists/list.html", shown=shown, templates=templates,
        called=dict(templates), initiatives=initiatives, programmes=programmes, labels=labels,
    )  # fmt: skip


async def templates_of(house: House, **query: object) -> choices.Options:
    """Templates that are filled in, by their name and edition."""
    found = await house.councils.checklist_templates.whole(
        sort="name", kind=TemplateKind.checklist, **query
    )
    return [(one["id"], f"{one['name']}, utgåva {one['edition']}") for one in found]


async def _names(house: House) -> list[tuple[str, str]]:
    """Templates by their id, and each point by its template's and its own key."""
    found = await house.councils.checklist_templates.whole(kind=TemplateKind.checklist)
    told = [(one["id"], f"{one['name']}, utgåva {one['edition']}") for one in found]
    points = [
        (f"{one['id']}.{item['key']}", item["text"]) for one in found for item in one["items"]
    ]
    return [*told, *points]


def _points(checklist: Found, names: Mapping[str, str]) -> list[str]:
    """What is met, and what is noted of the rest."""
    of = checklist["checklist_template_id"]
    return [
        f"{item['text'] or names.get(f'{of}.{key}', key)}: {yes_or_no(item['done'], names)}"
        + (f" ({item['note']})" if item["note"] else "")
        for item in checklist["items"]
        if (key := item["key"]) and (item["done"] or item["note"])
    ]


COLUMNS: Columns = (
    ("Mall", "checklist_template_id", named), ("Utbildning", "programme_id", named),
    ("Initiativ", "initiative_id", named), ("Ifylld den", "filled_on"),
    ("Punkter", "item_count"), ("Uppfyllda", "done_count"), ("Vad som är uppfyllt", "", _points),
    ("Källa", "source"), ("Exempel", "example", yes_or_no),
)  # fmt: skip
files(area, "/checklistor", lambda house: house.councils.checklists, FILTERS,
      worded=in_words(COLUMNS, _names))  # fmt: skip


async def section_of(house: House, look: Lookback, /, **whose: str) -> dict[str, Any]:
    """The checklists of a programme or an initiative, for a card; None where nobody can say.

    As the page looks: those that were filled by its day.
    """
    told: dict[str, Any] = {"begun": whose, "checklists": None, "templates": {}}
    try:
        found, templates = await asyncio.gather(
            house.councils.checklists.whole(sort="-created_at", **whose, **look.known),
            templates_of(house),
        )
    except (Forbidden, Unavailable):
        return told
    by_then = [one for one in found if look.day is None or _filled_on(one) <= look.day]
    return told | {"checklists": by_then, "templates": dict(templates)}


def _filled_on(checklist: Found) -> str:
    """The day a checklist was filled, or written down where that is not told."""
    written = datetime.fromisoformat(checklist["created_at"])
    return str(checklist["filled_on"] or clock.day_of(written).isoformat())


async def labels_of(house: House, checklists: list[Found]) -> dict[str, Found]:
    """What some checklists are of."""
    whose = ids_in(*([one[name] for name in AROUND] for one in checklists))
    labels: dict[str, Found] = await house.analysis.labels(whose)
    return labels


@area.begin("/checklistor/ny", "new")
async def new_checklist(request: Request, house: Services) -> Response:
    """Which template, and of what; perhaps begun from a programme or an initiative."""
    begun = {name: request.query_params.get(name) or None for name in BEGUN}
    form = Form.begun(request, ChecklistDraft, **begun)
    return await _new_page(request, house, form)


@area.take("/checklistor/ny", "new")
async def make_checklist(request: Request, house: Services) -> Response:
    """An empty list of its points, to be filled in."""
    form = await Form.posted(request, ChecklistDraft)
    made = await saved(form, house.councils.checklists.make(form.sent, once=form.once))
    if made:
        return go(request, "checklists.edit", id=made["id"], notice="Checklistan är skapad.")
    return await _new_page(request, house, form, status=422)


async def _new_page(
    request: Request, house: House, form: Form[ChecklistDraft], *, status: int = 200
) -> Response:
    templates, initiatives, programmes = await asyncio.gather(
        templates_of(house, status=MapStatus.published.value),
        things(house, form, "initiative_id"),
        things(house, form, "programme_id"),
    )
    if not form.value("checklist_template_id") and len(templates) == 1:
        form.values["checklist_template_id"] = [templates[0][0]]
    return page(
        request, "checklists/new.html", status=status, form=form, templates=templates,
        initiatives=initiatives, programmes=programmes,
    )  # fmt: skip


async def _around(house: House, checklist: Found) -> dict[str, Any]:
    """A checklist with its template, and the names of what it is of."""
    template, labels = await asyncio.gather(
        house.councils.checklist_templates.one(checklist["checklist_template_id"]),
        labels_of(house, [checklist]),
    )
    helps = {item["key"]: item["help"] for item in template["items"]}
    return {"checklist": checklist, "template": template, "labels": labels, "helps": helps}


@area.show("/checklistor/{id}", "show")
async def show_checklist(request: Request, house: Services, id: str) -> Response:
    """One checklist: what is done of it, what is said at each point, and whether its template has
    a newer edition."""
    checklist = await house.councils.checklists.one(id)
    around = await _around(house, checklist)
    name, edition = around["template"]["name"], around["template"]["edition"]
    newest = newest_of(await house.councils.checklist_templates.whole(name=name))
    newer = newest if newest and newest["edition"] > edition else None
    return page(request, "checklists/show.html", newer=newer, **around)


@area.show("/checklistor/{id}/andra", "edit")
async def edit_checklist(request: Request, house: Services, id: str) -> Response:
    """Every point, to tick and to write at."""
    checklist = await house.councils.checklists.one(id)
    begun = {} if checklist["filled_on"] else {"filled_on": clock.today()}
    form = Form.showing(ChecklistDraft, checklist, **begun)
    return await _edit_page(request, house, checklist, form)


@area.take("/checklistor/{id}/andra", "edit")
async def fill_checklist(request: Request, house: Services, id: str) -> Response:
    """As it is filled now, unless somebody filled it meanwhile."""
    checklist = await house.councils.checklists.one(id)
    form = await Form.posted(request, ChecklistDraft, kept=checklist)
    sending = house.councils.checklists.replace(id, form.sent, version=form.version)
    if await saved(form, sending):
        return go(request, "checklists.show", id=id, notice="Checklistan är sparad.")
    return await _edit_page(request, house, checklist, form, status=422)


async def _edit_page(
    request: Request,
    house: House,
    checklist: Found,
    form: Form[ChecklistDraft],
    *,
    status: int = 200,
) -> Response:
    around = await _around(house, checklist)
    return page(request, "checklists/edit.html", status=status, form=form, **around)


@area.show("/checklistor/{id}/ta-bort", "remove")
async def ask_remove(request: Request, house: Services, id: str) -> Response:
    """Whether it is to go."""
    checklist = await house.councils.checklists.one(id)
    form = Form.showing(ChecklistDraft, checklist)
    around = await _around(house, checklist)
    return page(request, "checklists/remove.html", form=form, **around)


@area.take("/checklistor/{id}/ta-bort", "remove")
async def remove_checklist(request: Request, house: Services, id: str) -> Response:
    """It was made by mistake; its template stays."""
    form: Form[Any] = await Form.posted(request, ChecklistDraft)
    removing = house.councils.checklists.remove(id, version=form.version)
    away, said = await taken_away(removing, "Checklistan")
    if away:
        return go(request, "checklists.list", notice=said)
    return go(request, "checklists.show", id=id, notice=said)
