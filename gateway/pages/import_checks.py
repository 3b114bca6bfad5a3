"""Import checks: what a file would become, row by row, before anything is stored."""

import asyncio
from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found, ids_in
from gateway.html import go, page
from gateway.importing import uploads
from gateway.importing.faults import holder_in, row_of
from gateway.importing.sheets import read_sheet
from gateway.importing.work import MOST_TOLD, cells_in
from gateway.pages.holdings import names, things_by_id
from gateway.pages.import_errors import cells_of, place_of, wrong_in
from gateway.pages.imports import LISTS, mine, places_of
from gateway.swedish.problems import SENTENCES, WHOLE
from services.kit import export
from services.kit.errors import Forbidden, NotFound, Unavailable

area = Area("imports")
SHOWN = 100


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
        wrong=wrong_in(upload, await _holders(house, upload), SHOWN),
        joined=_alike(upload, "joined_rows")[:SHOWN],
        known=_known(upload)[:SHOWN], namesakes=_known(upload, "namesake_rows")[:SHOWN],
        doubts=(await _doubts(house, upload))[:SHOWN],
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


def _known(upload: Found, told: str = "known_rows") -> list[dict[str, Any]]:
    """Rows that somebody or something in the register is like, with the post that they tell of."""
    result = upload["result"]
    return [
        one
        | {"place": place_of(result, one["row"])}
        | {"post": cells_of(result, one["row"]).get("post_title", "")}
        for one in result.get(told, ())
    ]


def _alike(upload: Found, told: str = "alike_rows") -> list[dict[str, Any]]:
    """Rows of the file that are probably the same as an earlier one, which nothing forbids."""
    result = upload["result"]
    wrong = {
        row_of(error["field"]) for error in result.get("errors", ()) if error["code"] == "taken"
    }
    return [
        one
        | {"place": place_of(result, one["row"]), "other_place": place_of(result, one["other_row"])}
        | {"name": _name_at(result, one["row"]), "other_name": _name_at(result, one["other_row"])}
        for one in result.get(told, ())
        if one["row"] not in wrong
    ]


def _name_at(result: Found, row: int) -> str:
    """What the row calls itself in the file."""
    cells = cells_of(result, row)
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
    rows = [{name: one[key] for name, key in heads.items()} for one in wrong_in(upload, holders)]
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
