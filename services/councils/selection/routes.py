"""Where selections are asked for and changed over HTTP."""

from fastapi import APIRouter, Response
from pydantic import Field

from services.councils.contract.selection import SelectionResult
from services.councils.selection import actions
from services.councils.selection.queries import SELECTIONS, SWOT_ENTRIES, selection_result
from services.kit import clock
from services.kit.asking import Asking, InQuery
from services.kit.collection import When
from services.kit.contract import Moment
from services.kit.http import Calling, answer, uuid_or_missing
from services.kit.openapi import read_doc
from services.kit.resources import resource

selections = resource(
    SELECTIONS,
    replace=actions.revise_selection,
    remove=actions.remove_selection,
    judge=actions.judge,
)
swot_entries = resource(SWOT_ENTRIES, remove=actions.remove_entry, judge=actions.judge_entry)
router = APIRouter(tags=["selection"])


class ResultAsking(Asking):
    """When the result was known."""

    known_at: Moment | None = Field(None, description="As it was known at this moment")


@router.get(
    "/selections/{id}/result",
    **read_doc("What a selection's scores and groups say", "selection.read", SelectionResult),
)
async def how_it_went(call: Calling, id: str, asked: InQuery[ResultAsking]) -> Response:
    """Weighted means over what is judged, places, what a moved weight changes, and the SWOT."""
    call.demand("selection", "read")
    when = When(clock.today(), asked.known_at)
    async with call.reading() as db:
        found = await selection_result(db, uuid_or_missing(id), call.caller, when)
    return answer(found.model_dump(mode="json"))
