"""Where it is asked over HTTP how long things have taken."""

from fastapi import APIRouter, Response
from pydantic import Field

from services.actors.contract.lead_time import LeadTimes
from services.actors.lead_time.queries import lead_times
from services.kit import clock
from services.kit.asking import Asking, InQuery
from services.kit.collection import When
from services.kit.contract import IsoDate, Moment
from services.kit.http import Calling, answer
from services.kit.openapi import read_doc

router = APIRouter(tags=["lead_time"])


class LeadTimesAsking(Asking):
    """Up to which day, and as it was known when."""

    as_of: IsoDate | None = Field(None, description="Up to this day; left out: today")
    known_at: Moment | None = Field(None, description="As it was known at this moment")


@router.get("/lead-times", **read_doc("How long things have taken", "lead_time.read", LeadTimes))
async def how_long(call: Calling, asked: InQuery[LeadTimesAsking]) -> Response:
    """By the registry's own history; of no actor or person by name."""
    call.demand("lead_time", "read")
    when = When(asked.as_of or clock.today(), asked.known_at)
    async with call.reading() as db:
        return answer({"on": when.day, "items": await lead_times(db, when)})
