"""Where fetching is asked for over HTTP."""

from fastapi import APIRouter, Response

from services.analysis.connector.actions import ask_fetch, describe
from services.analysis.connector.queries import registers
from services.analysis.contract.source import RegisterList, Source
from services.analysis.source.queries import SOURCES
from services.kit.http import Calling, answer, uuid_or_missing
from services.kit.openapi import action_doc, read_doc
from services.kit.resources import shown

router = APIRouter(tags=["source"])
TAKEN = 202


@router.post(
    "/sources/{id}/fetch",
    **action_doc("A source is to be fetched now", "source.write", Source, status=TAKEN),
)
async def fetch(call: Calling, id: str) -> Response:
    """It is taken down and done beside; `fetching_at`, `fetched_at` and `failure` tell how."""
    call.demand("source", "write")
    show = shown(SOURCES, call, status=TAKEN)
    asked = await call.perform(ask_fetch, uuid_or_missing(id), show=show)
    call.request.app.state.keeper.wake()
    return asked


@router.get(
    "/registers",
    **read_doc("Registers that are known without being described", "source.read", RegisterList),
)
async def known(call: Calling) -> Response:
    """What could be fetched, and which of it is a source already."""
    call.demand("source", "read")
    async with call.reading() as db:
        return answer({"items": await registers(db), "next": None})


@router.post(
    "/registers/{key}/describe",
    **action_doc("A known register becomes a source", "source.write", Source),
)
async def described(call: Calling, key: str) -> Response:
    """With what it measures; nothing is fetched. One that there is stays as it is."""
    call.demand("source", "write")
    return await call.perform(describe, key, show=shown(SOURCES, call))
