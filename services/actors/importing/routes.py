"""Where files are taken in, looked at beforehand, and undone, over HTTP."""

from functools import partial
from hashlib import sha256
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Query, Response
from pydantic import Field, ValidationError
from sqlalchemy.ext.asyncio import AsyncConnection

from services.actors.contract.importing import (
    Import,
    ImportDraft,
    ImportedActors,
    ImportedThings,
    ImportNoun,
    ImportOrder,
    ImportPreview,
    ImportProgress,
)
from services.actors.importing import actions, progress
from services.actors.importing.planning import read
from services.actors.importing.queries import IMPORTS, named_actors, named_things
from services.kit import clock
from services.kit.asking import InQuery
from services.kit.bulk_routes import ManyAsking
from services.kit.bulk_rows import MOST_ROWS
from services.kit.collection import When
from services.kit.contract import Moment
from services.kit.errors import Malformed, Rejected, TooLarge, field_errors
from services.kit.http import Calling, answer, uuid_or_missing
from services.kit.idempotency import HEADER
from services.kit.openapi import KEY, action_doc, read_doc
from services.kit.problem_docs import WRITE, problems
from services.kit.resources import resource, shown
from services.kit.store import get_row

imports = resource(IMPORTS, writable=False)
router = APIRouter(tags=["import"])
WRITTEN = {
    ImportNoun.actor: ("actor", "standing"),
    ImportNoun.person: ("person", "post", "holding"),
    ImportNoun.programme: ("programme",),
}
Row = Annotated[int, Field(ge=0, le=10_000_000)]
Key = Annotated[
    str,
    Query(min_length=1, max_length=200, description="The Idempotency-Key that it was sent with"),
]
Known = Annotated[Moment | None, Query(description="As it was known at this moment")]
Rows = Annotated[
    list[Row],
    Query(max_length=100, description="A row of the file, counted from 0; repeated: several"),
]


def _doc() -> dict[str, Any]:
    schema = ImportDraft.model_json_schema(ref_template="#/components/schemas/{model}")
    del schema["$defs"]  # those stand in the document already
    content = {"application/json": {"schema": schema}}
    tried = {"model": ImportPreview, "description": "A dry run: what would happen"}
    return {
        "summary": "Take in a file's rows",
        "description": (ImportDraft.__doc__ or "") + " A dry run tells what would happen, with "
        "every wrong row and those that are probably there already.",
        "responses": {
            201: {"model": Import, "description": "All of them are made"},
            200: tried,
            **problems(*WRITE),
        },
        "openapi_extra": {
            "parameters": [KEY],
            "x-right": "import.write",
            "requestBody": {"required": True, "content": content, "description": "The rows"},
        },
    }


@router.post("/imports", status_code=201, **_doc())
async def take_in(call: Calling, asked: InQuery[ManyAsking]) -> Response:
    """All rows or none; what was made is remembered, so that it can be undone."""
    call.demand("import", "write")
    order, rows, print_ = _asked(await call.request.body())
    for noun in WRITTEN[order.noun]:
        call.demand(noun, "write")
    sent, reading = await read(order, rows, print_)
    if asked.dry_run:
        look = partial(actions.preview, reading=reading)
        return await call.perform(look, order, sent, show=_told, tried=True)
    mark = progress.mark_of(call.caller.subject, call.request.headers.get(HEADER, ""))
    # What is read of the rows is no part of what the Idempotency-Key's request is told apart by.
    take = partial(actions.take_in, reading=reading, mark=mark)
    show = shown(IMPORTS, call, status=201)
    return await call.perform(take, order, sent, show=show)


@router.get(
    "/imports/under-way",
    **read_doc("How far an import has come", "import.read", ImportProgress),
)
async def under_way(call: Calling, key: Key) -> Response:
    """Of the caller's own import that is being taken in, by its Idempotency-Key."""
    call.demand("import", "read")
    async with call.reading() as db:
        found = await progress.told(db, progress.mark_of(call.caller.subject, key))
    return answer(found.model_dump())


def _asked(body: bytes) -> tuple[ImportOrder, list[Any], str]:
    """The order and its rows. Malformed, Rejected, TooLarge."""
    try:
        said = orjson.loads(body)
    except ValueError:
        raise Malformed("the JSON cannot be read", field="", reason="json_invalid") from None
    if not isinstance(said, dict):
        raise Malformed("send a JSON object", field="", reason="model_type")
    rows = said.pop("rows", None)
    try:
        order = ImportOrder.model_validate(said)
    except ValidationError as failure:
        raise Rejected(errors=field_errors(failure.errors(include_url=False))) from None
    if not isinstance(rows, list) or not rows:
        raise Rejected("a list of objects", field="rows", reason="missing")
    if len(rows) > MOST_ROWS:
        raise TooLarge(f"at most {MOST_ROWS} rows")
    if order.row_numbers is not None and len(order.row_numbers) != len(rows):
        raise Rejected("one for each row", field="row_numbers", reason="missing")
    return order, rows, sha256(body).hexdigest()


async def _told(_db: AsyncConnection, preview: ImportPreview) -> Response:
    return answer(preview.model_dump(mode="json"))


@router.get(
    "/imports/{id}/things",
    **read_doc("What an import made of some rows", "import.read", ImportedThings),
)
async def things(call: Calling, id: str, row: Rows, known_at: Known = None) -> Response:
    """By row, each thing as it is called now, or was then; what was removed by then is left out."""
    call.demand("import", "read")
    async with call.reading() as db:
        stored = await get_row(db, IMPORTS.row, uuid_or_missing(id))
        call.demand(stored["noun"], "read")
        found = await named_things(db, stored["id"], row, When(clock.today(), known_at))
    return answer({"items": found})


@router.get(
    "/imports/{id}/actors",
    **read_doc("Which actors an import's rows were taken for", "import.read", ImportedActors),
)
async def actors(call: Calling, id: str, known_at: Known = None) -> Response:
    """Those that it made, and those that were there, each with its rows; the first 200."""
    call.demand("import", "read")
    call.demand("actor", "read")
    async with call.reading() as db:
        stored = await get_row(db, IMPORTS.row, uuid_or_missing(id))
        call.demand(stored["noun"], "read")
        found = await named_actors(db, stored["id"], When(clock.today(), known_at))
    return answer(ImportedActors(**found).model_dump(mode="json"))


@router.post(
    "/imports/{id}/undo", **action_doc("Remove what an import made", "import.write", Import)
)
async def undo(call: Calling, id: str) -> Response:
    """All of it or nothing: 409 names the rows that were changed since, or are referred to."""
    call.demand("import", "write")
    return await call.perform(actions.undo, uuid_or_missing(id), show=shown(IMPORTS, call))
