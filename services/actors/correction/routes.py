"""Where an actor's corrections are asked for over HTTP."""

from fastapi import APIRouter, Response

from services.actors.actor.queries import ACTORS
from services.actors.contract.timeline import Corrections
from services.actors.correction.queries import FILTERS
from services.actors.correction.queries import corrections as corrections_of
from services.actors.timeline.days import Asking
from services.kit import clock, paging
from services.kit.collection import When
from services.kit.http import Calling, answer, uuid_or_missing
from services.kit.openapi import paged_doc
from services.kit.pages import read_one
from services.kit.resources import next_page

router = APIRouter(tags=["correction"])


@router.get(
    "/actors/{id}/corrections",
    **paged_doc("What was corrected about an actor", "correction.read", Corrections, FILTERS),
)
async def corrections(call: Calling, id: str) -> Response:
    """The latest first; of what the caller may read."""
    call.demand("correction", "read")
    pairs = call.request.query_params.multi_items()
    asked = paging.read(pairs, filters=FILTERS, sorts=(), search=False, periodic=False)
    when, wanted = When(clock.today(), asked.known_at), uuid_or_missing(id)
    await read_one(call.database, ACTORS, wanted, call.caller, when)
    asking = Asking(call.caller, when)
    items, after, count = await corrections_of(call.database, wanted, asking, asked)
    found = {"items": items, "next": next_page(call, after)}
    return answer(found | ({"count": count} if count is not None else {}))
