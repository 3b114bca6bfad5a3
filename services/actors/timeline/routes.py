"""Where an actor's timeline and its corrections are asked for over HTTP."""

from fastapi import APIRouter, Response

from services.actors.actor.queries import ACTORS
from services.actors.contract.timeline import Timeline
from services.actors.timeline.days import Asking
from services.actors.timeline.queries import FILTERS
from services.actors.timeline.queries import timeline as timeline_of
from services.kit import clock, paging
from services.kit.collection import When
from services.kit.http import Calling, answer, uuid_or_missing
from services.kit.openapi import paged_doc
from services.kit.pages import read_one
from services.kit.resources import next_page

router = APIRouter(tags=["timeline"])


@router.get(
    "/actors/{id}/timeline",
    **paged_doc("Everything dated about an actor", "actor.read", Timeline, FILTERS, dated=True),
)
async def timeline(call: Calling, id: str) -> Response:
    """The latest first; of what the caller may read."""
    call.demand("actor", "read")
    pairs = call.request.query_params.multi_items()
    asked = paging.read(pairs, filters=FILTERS, sorts=(), search=False, periodic=True)
    when = When(asked.as_of or clock.today(), asked.known_at)
    wanted = uuid_or_missing(id)
    await read_one(call.database, ACTORS, wanted, call.caller, when)
    asking = Asking(call.caller, when)
    items, after, count = await timeline_of(call.database, wanted, asking, asked)
    found = {"items": items, "next": next_page(call, after)}
    return answer(found | ({"count": count} if count is not None else {}))
