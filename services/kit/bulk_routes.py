"""The route that takes many new things at once, where a room has opted in."""

from typing import Any

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field
from sqlalchemy.ext.asyncio import AsyncConnection

from services.kit.asking import Asking, InQuery
from services.kit.bulk import Bulk, make_rows, read_rows
from services.kit.bulk_rows import CSV, JSON, NDJSON, Sent, sent_rows
from services.kit.collection import Collection
from services.kit.contract import Reference
from services.kit.http import Calling, Work, answer
from services.kit.openapi import KEY
from services.kit.problem_docs import WRITE, problems


class Made(BaseModel):
    """What came of many rows: all of them were made, in the order in which they were sent."""

    count: int = Field(description="How many were made, or would be")
    ids: list[Reference] = Field(
        description="Their ids in the order of the rows; none of a dry run"
    )


class ManyAsking(Asking):
    """How many rows are taken."""

    dry_run: bool = Field(False, description="Judge everything and store nothing")


def add_bulk(router: APIRouter, things: Collection, bulk: Bulk) -> None:
    """POST <path>/bulk."""

    @router.post(f"{things.path}/bulk", status_code=201, **bulk_doc(things))
    async def made(call: Calling, asked: InQuery[ManyAsking]) -> Response:
        call.demand(things.noun, "write")
        dry_run = asked.dry_run
        sent = await sent_rows(call.request, things.draft)
        reading = await read_rows(sent, things.draft, bulk)

        async def make(work: Work, _sent: Sent, _dry_run: bool) -> Made:
            ids = await make_rows(work, things, reading, bulk, dry_run=dry_run)
            return Made(count=len(reading.whole), ids=ids)

        async def show(_db: AsyncConnection, done: Made) -> Response:
            return answer(done.model_dump(), status=200 if dry_run else 201)

        return await call.perform(make, sent, dry_run, show=show, tried=dry_run)


def bulk_doc(things: Collection) -> dict[str, Any]:
    """How many at once are described."""
    one = {"$ref": f"#/components/schemas/{things.draft.__name__}"}
    lines = '{"name": "Exempel 1"}\n{"name": "Exempel 2"}\n'
    content: dict[str, Any] = {
        JSON: {"schema": {"type": "array", "minItems": 1, "items": one}},
        NDJSON: {"schema": {"type": "string"}, "examples": {"example": {"value": lines}}},
        CSV: {"schema": {"type": "string"}},
    }
    tried = {"model": Made, "description": "A dry run: nothing is wrong, and nothing is stored"}
    return {
        "summary": f"Make many {things.path.strip('/')}",
        "description": (
            "Up to 100,000 rows, all of them or none: as a JSON array, a line of JSON for each "
            "row, or CSV whose first line names the fields (empty is absent, lists have | between "
            "their values). "
            "What is wrong is told row by row, counted from 0: `rows.17.name`; at most a thousand "
            "errors, and `count` says how many there are. " + (things.draft.__doc__ or "").strip()
        ),
        "responses": {
            201: {"model": Made, "description": "All of them are made"},
            200: tried,
            **problems(*WRITE),
        },
        "openapi_extra": {
            "parameters": [KEY],
            "x-right": f"{things.noun}.write",
            "requestBody": {"required": True, "content": content, "description": "The rows"},
        },
    }
