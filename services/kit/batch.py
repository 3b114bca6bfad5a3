"""Batches: several readings of one service in one round trip, with one caller's rights."""

import asyncio
from typing import Annotated, Any
from urllib.parse import unquote, urlsplit

import orjson
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from services.kit.errors import Problem
from services.kit.http import Calling, answer
from services.kit.middleware import QUERY_WITHIN
from services.kit.openapi import read_doc
from services.kit.problem_docs import WRITE, problems

MOST = 32


class Batch(BaseModel):
    """Paths with query strings to read, each as GET would."""

    model_config = ConfigDict(extra="forbid")
    get: Annotated[list[Annotated[str, Field(max_length=QUERY_WITHIN)]], Field(max_length=MOST)]


class BatchPart(BaseModel):
    """What one of the readings answered."""

    status: int
    body: Any = Field(description="The answer, or the problem; null where there is none")


def batch_doc() -> dict[str, Any]:
    """How a batch is described: nothing is changed, so there is no key and no condition."""
    doc = read_doc("Several readings at once", "batch.read", list[BatchPart], tagged=False)
    doc["responses"] |= problems(*WRITE)
    return doc


def batch_routes() -> APIRouter:
    """POST /batch {"get": [...]} answers [{"status": …, "body": …}] in the same order."""
    router = APIRouter(tags=["batch"])

    @router.post("/batch", **batch_doc())
    async def batch(call: Calling, wanted: Batch) -> Response:
        call.demand("batch", "read")
        return answer(await _together(call.request, wanted.get))

    return router


async def _together(request: Request, targets: list[str]) -> list[dict[str, Any]]:
    """All of them at the same time, each begun in a turn of its own.

    A question may have to be built first. Were all built in one turn, nobody would hear the
    database meanwhile, and those that wait for a connection would give it up for silent.
    """
    reading = []
    async with asyncio.TaskGroup() as group:
        for target in targets:
            reading.append(group.create_task(_read(request, target)))
            await asyncio.sleep(0)
    return [one.result() for one in reading]


async def _read(request: Request, target: str) -> dict[str, Any]:
    """One GET, dispatched inside this program; nothing but the path is new."""
    parts = urlsplit(target)
    scope = {
        "type": "http",
        "asgi": request.scope["asgi"],
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": unquote(parts.path),
        "raw_path": parts.path.encode(),
        "root_path": "",
        "query_string": parts.query.encode(),
        "headers": [(b"accept", b"application/json")],
        "client": None,
        "server": None,
        "app": request.app,
        "state": {},
        "caller": request.scope["caller"],
        "also": request.scope["also"],
    }
    found: dict[str, Any] = {"status": 500, "body": b""}

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            found["status"] = message["status"]
        elif message["type"] == "http.response.body":
            found["body"] += message.get("body", b"")

    try:
        await request.app.state.inside(scope, receive, send)
    except Problem as problem:
        return {"status": problem.status, "body": problem.body("-")}
    body = found["body"]
    return {"status": found["status"], "body": orjson.Fragment(body) if body else None}
