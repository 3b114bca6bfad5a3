"""Resources: the routes every collection has, so that a room writes only what is its own."""

import dataclasses
from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Request, Response
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.responses import StreamingResponse

from services.kit import clock, export
from services.kit.bulk import Bulk
from services.kit.bulk_routes import add_bulk
from services.kit.collection import Collection, When, get_thing
from services.kit.contract import Draft
from services.kit.cursors import values_in
from services.kit.http import (
    PREFIX,
    Call,
    Calling,
    Record,
    Work,
    answer,
    etag_of,
    matches_tag,
    unchanged,
    uuid_or_missing,
    whole_tag,
)
from services.kit.judging import Judge, judged, weigh
from services.kit.keeping import create_thing, remove_thing, replace_thing
from services.kit.openapi import create_doc, list_doc, one_doc, remove_doc, replace_doc
from services.kit.pages import Page, list_tag, newest, read_one, read_page
from services.kit.paging import Asked

Create = Callable[[Work, Any], Awaitable[Record]]
Replace = Callable[[Work, UUID, Any, int], Awaitable[Record]]
Remove = Callable[[Work, UUID, int], Awaitable[None]]


def shown(things: Collection, call: Call, *, status: int = 200) -> Any:
    """How an action's record is answered: as the collection shows it, with its ETag."""

    async def show(db: AsyncConnection, record: Record) -> Response:
        thing = await get_thing(db, things, record["id"], call.caller)
        place = {"Location": f"{things.path}/{thing['id']}"} if status == 201 else {}  # noqa: PLR2004
        return answer(thing, status=status, tag=etag_of(thing), headers=place)

    return show


async def nothing(_db: AsyncConnection, _done: Any) -> Response:
    """The answer of an action that leaves nothing to show."""
    return Response(status_code=204)


def resource(  # noqa: C901
    things: Collection,
    *,
    create: Create | None = None,
    replace: Replace | None = None,
    remove: Remove | None = None,
    judge: Judge | None = None,
    bulk: Bulk | None = None,
    writable: bool = True,
) -> APIRouter:
    """A router with list, one, create, replace and remove; actions of the room take part.

    `judge` says what the room's rules refuse in a draft, also in one that can be read in part only;
    `create` and `replace` come after it. `bulk` says what they refuse in many rows at once; without
    it many are not taken.

    Rights asked for: (noun, "read") and (noun, "write").
    """
    router = APIRouter(tags=[things.noun])
    draft_type, noun = things.draft, things.noun

    async def all_rules(work: Work, draft: Draft, id: UUID | None) -> None:
        await weigh(work, things, draft, id, judge=judge)

    async def make(work: Work, draft: Draft) -> Record:
        await all_rules(work, draft, None)
        return await (create(work, draft) if create else create_thing(work, things, draft))

    async def renew(work: Work, id: UUID, draft: Draft, version: int) -> Record:
        await all_rules(work, draft, id)
        if replace:
            return await replace(work, id, draft, version)
        return await replace_thing(work, things, id, draft, version=version)

    async def drop(work: Work, id: UUID, version: int) -> None:
        if remove:
            return await remove(work, id, version)
        return await remove_thing(work, things, id, version=version)

    @router.get(things.path, **list_doc(things))
    async def listed(request: Request) -> Response:
        return await answer_list(Call.of(request), things)

    listed.lists = things  # type: ignore[attr-defined]

    @router.get(things.path + "/{id}", **one_doc(things))
    async def one(request: Request, id: str) -> Response:
        return await answer_one(Call.of(request), things, id)

    if things.parent:
        above, field = things.parent

        @router.get(f"{above}/{{id}}{things.path}", **list_doc(things, field))
        async def listed_below(request: Request, id: str) -> Response:
            return await answer_list(Call.of(request), things, **{field: str(uuid_or_missing(id))})

    if not writable:
        return router

    @router.post(things.path, status_code=201, **create_doc(things))
    @judged(noun, "write", draft_type, all_rules)
    async def created(call: Calling, draft: draft_type) -> Response:  # type: ignore[valid-type]
        call.demand(noun, "write")
        show = shown(things, call, status=201)
        return await call.perform(make, draft, show=show)

    if bulk:
        add_bulk(router, things, bulk)

    @router.put(things.path + "/{id}", **replace_doc(things))
    @judged(noun, "write", draft_type, all_rules)
    async def replaced(call: Calling, id: str, draft: draft_type) -> Response:  # type: ignore[valid-type]
        call.demand(noun, "write")
        wanted, version = uuid_or_missing(id), call.version
        return await call.perform(renew, wanted, draft, version, show=shown(things, call))

    @router.delete(things.path + "/{id}", status_code=204, **remove_doc(things))
    async def removed(call: Calling, id: str) -> Response:
        call.demand(noun, "write")
        return await call.perform(drop, uuid_or_missing(id), call.version, show=nothing)

    return router


async def answer_list(call: Call, things: Collection, **fixed: str) -> Response:
    """A list as JSON, CSV or Excel; 304 where nothing in the service has changed."""
    call.demand(things.noun, "read")
    pairs = call.request.query_params.multi_items()
    asked = things.read_query(pairs, fixed=fixed)
    wanted = call.request.headers.get("accept", "")
    if file := file_wanted(call):
        return await _exported(call, things, asked, excel=file == export.EXCEL)
    asked_how = (call.caller, call.request.scope["query_string"].decode(), wanted)
    if "if-none-match" in call.request.headers:
        tag = list_tag(await newest(call.database), *asked_how)
        if matches_tag(call.request, tag):
            return unchanged(tag)
    page = await read_page(call.database, things, asked, call.caller)
    tag = list_tag(page.seq, *asked_how)
    return answer(_body(call, page), tag=tag, headers=_links(call, page))


def next_page(call: Call, after: str | None) -> str | None:
    """The address that continues a list from a cursor."""
    if after is None:
        return None
    kept = [
        (name, value)
        for name, value in call.request.query_params.multi_items()
        if name not in {"after", "page"}
    ]
    asked_at = call.request.headers.get(PREFIX, "") + call.request.scope["path"]
    return f"{asked_at}?{urlencode([*kept, ('after', after)])}"


def _body(call: Call, page: Page) -> Record:
    body: Record = {"items": page.items, "next": next_page(call, page.after)}
    return body | ({"count": page.count} if page.count is not None else {})


def _links(call: Call, page: Page) -> dict[str, str]:
    following = next_page(call, page.after)
    return {"Link": f'<{following}>; rel="next"'} if following else {}


async def _exported(call: Call, things: Collection, asked: Asked, *, excel: bool) -> Response:
    names = list(things.answer.model_fields)
    records = await _whole(call, things, asked)
    return as_file(things.path.strip("/"), names, records, excel=excel)


async def _whole(call: Call, things: Collection, asked: Asked) -> list[Record]:
    """All of a list, however long."""
    stretch = dataclasses.replace(asked, limit=export.STRETCH, page=1, after=None, count=False)
    found: list[Record] = []
    while True:
        page = await read_page(call.database, things, stretch, call.caller)
        found += page.items
        if page.after is None:
            return found
        stretch = dataclasses.replace(stretch, after=values_in(page.after))


def file_wanted(call: Call) -> str | None:
    """The kind of file that a reading is asked for as, if any."""
    wanted = call.request.headers.get("accept", "")
    return next((kind for kind in (export.EXCEL, export.CSV) if kind in wanted), None)


def as_file(name: str, names: Sequence[str], records: list[Record], *, excel: bool) -> Response:
    """Records as an Excel or CSV file that is saved by a name."""
    place = {"Content-Disposition": f'attachment; filename="{name}.{"xlsx" if excel else "csv"}"'}
    if excel:
        return Response(export.excel_bytes(names, records), 200, place, export.EXCEL)
    lines = export.csv_lines(names, records)
    return StreamingResponse(lines, 200, place, f"{export.CSV}; charset=utf-8")


def _moved(call: Call, thing: Record, path: str) -> Response:
    """301: what was asked for, and where it lives on, on the same day and as known then."""
    query = call.request.scope["query_string"].decode("latin-1")
    place = call.request.headers.get(PREFIX, "") + path + ("?" + query if query else "")
    # What was merged may be parted again: nobody keeps the way.
    return answer(thing, status=301, headers={"Location": place, "Cache-Control": "no-store"})


async def answer_one(call: Call, things: Collection, id: str) -> Response:
    """One thing, as of a day and as known at a moment if asked; 304 where unchanged."""
    call.demand(things.noun, "read")
    query = call.request.scope["query_string"]
    asked = call.times(periodic=things.periodic) if query else Asked()
    when = When(asked.as_of or clock.today(), asked.known_at)
    thing = await read_one(call.database, things, uuid_or_missing(id), call.caller, when)
    if things.heir and thing[things.heir]:
        return _moved(call, thing, f"{things.path}/{thing[things.heir]}")
    tag = whole_tag(thing) if things.derives else etag_of(thing)
    if matches_tag(call.request, tag):
        return unchanged(tag)
    return answer(thing, tag=tag)
