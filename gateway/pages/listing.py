"""Lists: what every list page does with its address, and the same list as a file."""

import re
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from fastapi import Request, Response

from gateway.areas import Area
from gateway.clients.house import House, Services
from gateway.clients.service import Found, Listing, Things
from gateway.forms import Form
from gateway.here import Here
from gateway.lookback import DAY, times_of
from gateway.misread import asked_of, demand_known, demand_read, misread, misread_at
from services.kit import export
from services.kit.errors import Malformed, NotFound

# The columns of a file, and its rows.
Sheet = tuple[list[str], list[dict[str, Any]]]
Worded = Callable[[House, list[Found]], Awaitable[Sheet]]
SIZE = 20
NUMBER = "org_number"
_PAGE = re.compile(r"0*[1-9][0-9]*")
_NUMBER = re.compile(r"(?:16)?([0-9]{2}[2-9][0-9]{3})[ -]?([0-9]{4})")
MOST_PAGES = 500
KINDS = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True)
class Shown:
    """A list page: the filter form, the rows, and where in the list we are."""

    asked: Form[Any]
    rows: list[dict[str, Any]]
    number: int
    more: bool
    total: int
    left_out: int = field(default=0, kw_only=True)


def wanted(request: Request, filters: Collection[str]) -> dict[str, object]:
    """The part of the address that the service understands."""
    here = Here.of(request.url.path, request.url.query)
    look, names = times_of(request), [name for name in filters if name != DAY]
    found: dict[str, object] = {name: here.all(name) for name in names if here.all(name)}
    found |= look.times if DAY in filters else look.known
    for name in ("q", "sort"):
        if here.get(name):
            found[name] = here.get(name)
    number = number_in(here.get("q")) if NUMBER in filters else ""
    if number:
        del found["q"]
        found[NUMBER] = number
    return found


def number_in(text: str) -> str:
    """A text that is an organisation number, as services write it; nothing for other words."""
    found = _NUMBER.fullmatch(text.strip())
    return "-".join(found.groups()) if found else ""


def number_of(request: Request, parameter: str = "page") -> int:
    """Which page of the list, from 1."""
    text = request.query_params.get(parameter) or "1"
    if not _PAGE.fullmatch(text):
        misread_at(request, parameter)
        return 1
    return min(int(text.lstrip("0")[:5]), MOST_PAGES)


async def listed(
    request: Request,
    things: Things,
    filters: Collection[str],
    *,
    sort: str = "",
    also: Collection[str] = (),
    **fixed: object,
) -> Shown:
    """A page of a list; where a filter cannot be read the list is empty and the form says so.

    `sort` is the order where nobody has chosen one; empty: the service's own. `also`: what the page
    itself reads in the address.
    """
    form, number = asked_of(request), number_of(request)
    demand_known(request, form, {*filters, *also})
    query = ({"sort": sort} if sort else {}) | wanted(request, filters) | fixed
    try:
        found = await things.list(**query, page=number, limit=SIZE, count="true")
    except Malformed as problem:
        form.blame(problem)
    if form.wrong:
        misread(request, form)
        found = Listing([], more=False, count=0)
    return Shown(form, found.items, number, found.more, found.count or 0, left_out=found.left_out)


def files(
    area: Area,
    path: str,
    things: Callable[[House], Things],
    filters: Collection[str],
    *,
    also: Collection[str] = (),
    worded: Worded | None = None,
) -> None:
    """The list at a path also as files of its name, with the same filters.

    `worded`: its rows as people read them, where the service's own hold keys and lists of parts.
    """

    @area.show(f"{path}.{{kind}}", "file")
    async def file(request: Request, house: Services, kind: str) -> Response:
        if worded is None:
            return await as_file(request, things(house), kind, filters, also=also)
        query = file_query(request, kind, filters)
        sheet = await worded(house, await things(house).whole(**query))
        return file_of(path.strip("/"), kind, *sheet)


def file_query(
    request: Request, kind: str, filters: Collection[str], *, also: Collection[str] = ()
) -> Mapping[str, object]:
    """What a file is asked by. NotFound for another kind; Malformed where it cannot be read."""
    if kind not in KINDS:
        raise NotFound("there is no such file")
    form = asked_of(request)
    demand_known(request, form, {*filters, *also})
    if form.wrong:
        misread(request, form)
    demand_read(request)
    return wanted(request, filters)


def file_of(name: str, kind: str, names: list[str], rows: list[dict[str, Any]]) -> Response:
    """Rows as a file that is saved by a name."""
    excel = kind == "xlsx"
    body = export.excel_bytes(names, rows) if excel else b"".join(export.csv_lines(names, rows))
    told = {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    return Response(body, headers=told | {"Cache-Control": "no-store"}, media_type=KINDS[kind])


async def as_file(
    request: Request,
    things: Things,
    kind: str,
    filters: Collection[str],
    *,
    also: Collection[str] = (),
    **fixed: object,
) -> Response:
    """The whole list with the same filters, as CSV or Excel."""
    query = {**file_query(request, kind, filters, also=also), **fixed}
    reply = await things.service.send(
        "GET", things.path, query=query, headers={"accept": KINDS[kind]}
    )
    if reply.status != 200:  # noqa: PLR2004
        raise reply.problem()
    kept = {n: reply.headers[n] for n in ("content-disposition", "content-type")}
    return Response(reply.body, headers=kept | {"Cache-Control": "no-store"})
