"""SWOT entries: what a group of participants says of a candidate."""

from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found
from gateway.forms import Form
from gateway.html import go, page
from gateway.pages.listing import files
from gateway.pages.removing import asks_first
from gateway.pages.saving import saved, taken_away
from gateway.pages.selection_files import entries_in_words
from gateway.swedish.codes import label
from services.councils.contract.selection import SwotEntryDraft

area = Area("swot_entries")
BEGUN = ("candidate", "quarter", "group_name")
MOST, LONGEST = 200, 80

files(
    area,
    "/swot-punkter",
    lambda house: house.councils.swot_entries,
    ("selection_id",),
    worded=entries_in_words,
)


@area.begin("/urval/{selection_id}/swot/ny", "new")
async def new_entry(request: Request, house: Services, selection_id: str) -> Response:
    """An empty form, perhaps begun at a quarter of a candidate."""
    begun = {name: request.query_params.get(name) or None for name in BEGUN}
    form = Form.begun(request, SwotEntryDraft, selection_id=selection_id, **begun)
    return await _form_page(request, house, form, selection_id)


@area.take("/urval/{selection_id}/swot/ny", "new")
async def make_entry(request: Request, house: Services, selection_id: str) -> Response:
    """Store it, or show the form again."""
    form = await Form.posted(request, SwotEntryDraft, selection_id=selection_id)
    if await saved(form, house.councils.swot_entries.make(form.sent, once=form.once)):
        return go(request, "selections.show", id=selection_id, notice="SWOT-punkten är sparad.")
    return await _form_page(request, house, form, selection_id, status=422)


async def _form_page(
    request: Request,
    house: House,
    form: Form[SwotEntryDraft],
    selection_id: str,
    *,
    status: int = 200,
    entry: Found | None = None,
) -> Response:
    councils = house.councils
    selection, entries = await councils.whole(
        councils.selections.at(selection_id),
        councils.swot_entries.asked(selection_id=selection_id, limit=MOST),
    )
    called = {one["key"]: one["name"] for one in selection["candidates"]}
    others = [
        (one["id"], _called(one, called))
        for one in entries["items"]
        if one["same_as_id"] is None and one["id"] != (entry or {}).get("id")
    ]
    return page(
        request, "swot_entries/form.html", status=status, form=form, entry=entry,
        selection=selection, candidates=list(called.items()), others=others,
        groups=sorted({one["group_name"] for one in entries["items"]}),
    )  # fmt: skip


def _called(entry: Found, candidates: dict[str, str]) -> str:
    where = f"{candidates.get(entry['candidate'], '')}, {label(entry['quarter'], 'SwotQuarter')}"
    return f"{where}: {entry['text'][:LONGEST]} ({entry['group_name']})"


@area.show("/swot-punkter/{id}/andra", "edit")
async def edit_entry(request: Request, house: Services, id: str) -> Response:
    """The form with what is stored."""
    entry = await house.councils.swot_entries.one(id)
    form = Form.showing(SwotEntryDraft, entry)
    return await _form_page(request, house, form, entry["selection_id"], entry=entry)


@area.take("/swot-punkter/{id}/andra", "edit")
async def revise_entry(request: Request, house: Services, id: str) -> Response:
    """New values, or that another entry says the same."""
    entry = await house.councils.swot_entries.one(id)
    at = entry["selection_id"]
    form = await Form.posted(request, SwotEntryDraft, kept=entry, selection_id=at)
    if await saved(form, house.councils.swot_entries.replace(id, form.sent, version=form.version)):
        return go(request, "selections.show", id=at, notice="Ändringen är sparad.")
    return await _form_page(request, house, form, at, status=422, entry=entry)


asks_first(
    area,
    "/swot-punkter/{id}/ta-bort",
    "remove",
    lambda house: house.councils.swot_entries,
    SwotEntryDraft,
    what="SWOT-punkten",
    told=("group_name", "text"),
    back="swot_entries.edit",
)


@area.take("/swot-punkter/{id}/ta-bort", "remove")
async def remove_entry(request: Request, house: Services, id: str) -> Response:
    """It was written by mistake."""
    entry = await house.councils.swot_entries.one(id)
    form: Form[Any] = await Form.posted(request, SwotEntryDraft)
    removing = house.councils.swot_entries.remove(id, version=form.version)
    held = (
        "Andra punkter är sagda vara samma som den här, urvalet är beslutat, eller rådet avslutat"
    )
    _, said = await taken_away(removing, "SWOT-punkten", held=f"{held}. Den står kvar.")
    return go(request, "selections.show", id=entry["selection_id"], notice=said)
