"""Where the quarantine of a source is asked for over HTTP."""

from fastapi import APIRouter, Response

from services.analysis.contract.quarantine import QuarantinedCodeList
from services.analysis.quarantine.queries import quarantine_of
from services.kit.http import Calling, answer, uuid_or_missing
from services.kit.openapi import read_doc

router = APIRouter(tags=["source"])


@router.get(
    "/sources/{id}/quarantine",
    **read_doc("Codes that are joined with nothing", "source.read", QuarantinedCodeList),
)
async def quarantine(call: Calling, id: str) -> Response:
    """Codes of what the source says now that no classification has or no key leads from."""
    call.demand("source", "read")
    engine = call.request.app.state.figures
    return answer(await quarantine_of(call.database, engine, uuid_or_missing(id)))
