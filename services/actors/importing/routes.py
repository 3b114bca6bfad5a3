"""Where files are taken in, looked at beforehand, and undone, over HTTP."""

from hashlib import sha256
from typing import Any

import orjson
from fastapi import APIRouter, Response
from pydantic import ValidationError
from sqlalchemy.ext.asyncio import AsyncConnection

from services.actors.contract.importing import Import, ImportDraft, ImportOrder, ImportPreview
from services.actors.importing import actions
from services.actors.importing.planning import read
from services.actors.importing.queries import IMPORTS
from services.kit.asking import InQuery
from services.kit.bulk_routes import ManyAsking
from services.kit.bulk_rows import MOST_ROWS
from services.kit.errors import Malformed, Rejected, TooLarge, field_errors
from services.kit.http import Calling, answer, uuid_or_missing
from services.kit.openapi import KEY, WRITE, action_doc, problems
from services.kit.resources import resource, shown

imports = resource(IMPORTS, writable=False)
router = APIRouter(tags=["import"])


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
    call.demand(str(order.noun), "write")
    sent, reading = await read(order, rows, print_)
    if asked.dry_run:
        return await call.perform(actions.preview, order, sent, reading, show=_told)
    show = shown(IMPORTS, call, status=201)
    return await call.perform(actions.take_in, order, sent, reading, show=show, key_required=True)


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
    return order, rows, sha256(body).hexdigest()


async def _told(_db: AsyncConnection, preview: ImportPreview) -> Response:
    return answer(preview.model_dump(mode="json"))


@router.post(
    "/imports/{id}/undo", **action_doc("Remove what an import made", "import.write", Import)
)
async def undo(call: Calling, id: str) -> Response:
    """All of it or nothing: 409 names the rows that were changed since, or are referred to."""
    call.demand("import", "write")
    return await call.perform(actions.undo, uuid_or_missing(id), show=shown(IMPORTS, call))
