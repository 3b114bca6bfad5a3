"""Where fetching is asked for over HTTP."""

from fastapi import APIRouter, Response

from services.analysis.connector.actions import ask_fetch
from services.analysis.contract.source import Source
from services.analysis.source.queries import SOURCES
from services.kit.http import Calling, uuid_or_missing
from services.kit.openapi import action_doc
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
