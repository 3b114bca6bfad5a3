"""Import checks: what a file would become, row by row, before anything is stored."""

import asyncio
import re
from collections.abc import Mapping
from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found, ids_in
from gateway.html import go, page
from gateway.importing import uploads
from gateway.importing.cells import is_some_day
from gateway.importing.faults import holder_in, meant_in, other_row, row_of
from gateway.importing.headings import TARGETS
from gateway.importing.sheets import read_sheet
from gateway.importing.values import seats_field
from gateway.importing.words import CODED
from gateway.importing.work import MOST_TOLD, cells_in
from gateway.pages.holdings import names, things_by_id
from gateway.pages.imports import LISTS, mine, places_of
from gateway.swedish.codes import label as label_of
from gateway.swedish.problems import SENTENCES, WHOLE, sentence, with_label
from services.actors.contract.actor import GONE
from services.actors.contract.importing import ImportNoun
from services.kit import export
from services.kit.errors import Forbidden, NotFound, Unavailable

area = Area("imports")
SHOWN = 100
DAYS = ("valid_from", "valid_to")
ASKED = frozenset({"undated", "some_day", "other_year"})  # for a day
_LIMIT = re.compile(r"(?:to|than|least|most) (-?\d+)\b")


@area.show("/importer/filer/{id}", "check")
async def show_check(request: Request, house: Services, id: str) -> Response:
    """How far the file has come, or what would become of it."""
    upload = await mine(request, id)
    if upload["state"] == uploads.TAKEN:
        said = "Importen är klar."
        return go(request, "imports.show", id=upload["result"]["id"], notice=said)
    if upload["state"] == uploads.BEGUN:
        return go(request, "imports.columns", id=id)
    return page(
        request, "imports/check.html", upload=upload, found=upload["result"],
        working=upload["state"] in uploads.WORKING and not uploads.is_silent(upload),
        silent=uploads.is_silent(upload), shown=SHOWN,
        wrong=_wrong(upload, await _holders(house, upload))[:SHOWN],
        joined=_alike(upload, "joined_rows")[:SHOWN],
        known=_known(upload)[:SHOWN], doubts=(await _doubts(house, upload))[:SHOWN],
        alike=_alike(upload)[:SHOWN], failed=_failure(upload),
        list_page=LISTS[upload["noun"]],
    )  # fmt: skip


def _failure(upload: Found) -> str:
    """Why nothing could be done with the file."""
    if upload["state"] != uploads.FAILED:
        return ""
    code = upload["result"].get("code", "internal")
    return SENTENCES.get(code) or WHOLE.get(code, WHOLE["internal"])


async def _holders(house: House, upload: Found, most: int | None = MOST_TOLD) -> dict[str, str]:
    """What those are called who hold posts that rows say others hold."""
    errors = upload["result"].get("errors", ())[:most]
    ids = ids_in([holder_in(error) for error in errors])
    return names(await things_by_id(house.actors.people, ids)) if ids else {}


def _wrong(
    upload: Found, holders: Mapping[str, str], most: int | None = MOST_TOLD
) -> list[dict[str, Any]]:
    """Each error: the row in the file, the column, what stands there, and what to do."""
    found, result = [], upload["result"]
    twice = {str(one["row"]): one for one in result.get("alike_rows", ())}
    labels = {one.field: one.label for one in TARGETS[ImportNoun(upload["noun"])]}
    for error in result.get("errors", ())[:most]:
        row = str(row_of(error["field"]))
        cells = result.get("cells", {}).get(row, {})
        field = field_of(error["field"], cells)
        label = labels.get(field, "")
        assumed = is_some_day(cells.get("valid_from", ""))
        empty = error["code"] == "string_too_short" and not cells.get(field)
        code = "missing" if empty else error["code"]
        if (field, code) == ("valid_from", "missing"):
            code = "undated"
        elif assumed and field == "valid_from" and code.startswith("date_"):
            code = "other_year" if upload["choices"]["constant"] else "some_day"
        limit = limit_in(error["message"])
        text = with_label(sentence(code, field, limit=limit), label or None)
        if code == "enum" and field in CODED:
            codes = [label_of(code) for code in CODED[field] if code not in GONE]
            text = f"{text.removesuffix('.')}: {', '.join(codes)}."
        text = _with_names(error, result, twice.get(row), holders) or text
        if code not in ASKED and (field in DAYS or other_row(error) is not None):
            text += _assumed(upload["choices"], cells)
        place = result.get("numbers", {}).get(row, "")
        found.append({"row": place, "column": label, "value": cells.get(field, ""), "text": text})
    return found


def _assumed(choices: Found, cells: Mapping[str, str]) -> str:
    """Which days of a row nobody said, where some were counted from what was."""
    said = [f"”{cells[name]}”" for name in DAYS if is_some_day(cells.get(name, ""))]
    if not said or not (choices["constant"] or choices.get("own_years")):
        return ""
    days = "Dagen är antagen" if len(said) == 1 else "Dagarna är antagna"
    return f" {days}: filen säger bara {' och '.join(said)}."


def _with_names(
    error: Mapping[str, str], result: Found, twin: Found | None, holders: Mapping[str, str]
) -> str:
    """What an error says where it names another row, actor or person."""
    if meant := meant_in(error):
        return f"Flera aktörer kan menas: {meant}. Ange organisationsnumret, eller slå ihop dem."
    if (other := other_row(error)) is not None:
        return f"Rad {_place(result, other)} i filen säger samma befattning då."
    if name := holders.get(holder_in(error)):
        return f"{name} har redan befattningen då."
    if twin and "stands in row" in error["message"]:
        return f"Samma organisationsnummer står på rad {_place(result, twin['other_row'])}."
    return ""


async def _doubts(house: House, upload: Found) -> list[dict[str, Any]]:
    """What was spoiled before the file was sent, as far as anybody can tell: a code that there is
    only with the zero that it lacks.
    """
    told = upload["result"].get("doubts", ())
    codes = {one["value"] for one in told if one["field"] == "sni_codes"}
    known = await _known_codes(house, codes | {f"0{code}" for code in codes})
    return [
        one
        for one in told
        if one["field"] == "phone" or (one["value"] not in known and f"0{one['value']}" in known)
    ]


async def _known_codes(house: House, codes: set[str]) -> set[str]:
    if not codes:
        return set()
    try:
        found = await house.analysis.codes.whole(system="sni2007", code=sorted(codes))
    except (Unavailable, Forbidden):
        return set()
    return {one["code"] for one in found}


def limit_in(message: str) -> str:
    """The limit that an error's words end with: ... should be less than or equal to 100."""
    found = _LIMIT.search(message)
    return found[1] if found else ""


def field_of(path: str, cells: Mapping[str, str]) -> str:
    """The column that an error is about: rows.3.intakes.0.starts_on is about the first day."""
    names = [part for part in path.split(".")[2:] if not part.isdigit()]
    name = names[-1] if names else ""
    if name == "seats":
        name = seats_field(cells, int(path.split(".")[3]))
    return {"municipality_code": "municipality", "provider_actor_id": "provider_name"}.get(
        name, name
    )


def _known(upload: Found) -> list[dict[str, Any]]:
    numbers, known = (upload["result"].get(name) or {} for name in ("numbers", "known_rows"))
    return [one | {"place": numbers.get(str(one["row"]), "")} for one in known]


def _alike(upload: Found, told: str = "alike_rows") -> list[dict[str, Any]]:
    """Rows of the file that are probably the same as an earlier one, which nothing forbids."""
    result = upload["result"]
    wrong = {
        row_of(error["field"]) for error in result.get("errors", ()) if error["code"] == "taken"
    }
    return [
        one
        | {"place": _place(result, one["row"]), "other_place": _place(result, one["other_row"])}
        | {"name": _name_at(result, one["row"]), "other_name": _name_at(result, one["other_row"])}
        for one in result.get(told, ())
        if one["row"] not in wrong
    ]


def _place(result: Found, row: int) -> str:
    """The row's number in the file."""
    return str(result.get("numbers", {}).get(str(row), ""))


def _name_at(result: Found, row: int) -> str:
    """What the row calls itself in the file."""
    cells = result.get("cells", {}).get(str(row), {})
    parts = (cells.get(part, "") for part in ("name", "first_name", "last_name"))
    return " ".join(filter(None, parts))


@area.take("/importer/filer/{id}", "check")
async def take_in(request: Request, house: Services, id: str) -> Response:
    """Import: all or nothing. It goes on though the browser is closed."""
    upload = await mine(request, id)
    database = request.app.state.database
    again = uploads.is_silent(upload) or upload["state"] == uploads.FAILED
    ready = upload["state"] == uploads.CHECKED and not upload["result"]["error_count"]
    if (ready or again) and await uploads.begin(database, upload["id"], uploads.TAKING):
        work = upload | {"state": uploads.TAKING}
        await request.app.state.works.start(house.actors, work, await places_of(request, house))
    return go(request, "imports.check", id=id)


@area.show("/importer/filer/{id}/fel.csv", "errors")
async def errors_file(request: Request, house: Services, id: str) -> Response:
    """Everything wrong in the file, as a file."""
    upload = await mine(request, id)
    if upload["state"] != uploads.CHECKED:
        raise NotFound("it is not checked")
    upload["result"] |= await asyncio.to_thread(_all_of, upload)
    holders = await _holders(house, upload, None)
    heads = {"Rad": "row", "Kolumn": "column", "Värde": "value", "Fel": "text"}
    rows = [
        {name: one[key] for name, key in heads.items()} for one in _wrong(upload, holders, None)
    ]
    headers = {
        "Content-Disposition": 'attachment; filename="fel.csv"',
        "Cache-Control": "no-store",
    }
    return Response(b"".join(export.csv_lines(list(heads), rows)), 200, headers, "text/csv")


def _all_of(upload: Found) -> dict[str, Any]:
    """The rows' numbers and what stands in them, for all rows: the page keeps the first."""
    if upload["choices"].get("susa"):
        return {}
    sheet = read_sheet(*uploads.table_in(upload))
    cells = cells_in(sheet, upload["choices"]["fields"])
    numbers = {str(row): number for row, (number, _) in enumerate(sheet.rows)}
    return {"numbers": numbers, "cells": {str(row): told for row, told in enumerate(cells)}}
