"""Where the division of seats is asked for over HTTP."""

import asyncio

from fastapi import APIRouter, Response
from pydantic import Field

from services.analysis.allocation.asking import World, allocation
from services.analysis.allocation.queries import every_open_need
from services.analysis.contract.allocation import Allocation
from services.analysis.contract.verdict import Horizon
from services.analysis.following.asking import brought_up_to_date, listed
from services.analysis.verdict.queries import reach, supply_for
from services.kit import clock
from services.kit.asking import Asking, InQuery
from services.kit.http import Calling
from services.kit.openapi import read_doc

router = APIRouter(tags=["allocation"])


class AllocationAsking(Asking):
    """Which division is asked for."""

    horizon: Horizon = Field(Horizon.short, description="The time it is about")


@router.get(
    "/allocation",
    **read_doc("Seats shared out among all open needs", "verdict.read", Allocation),
)
async def share_out(call: Calling, asked: InQuery[AllocationAsking]) -> Response:
    """What each need could be given, what is lacking, and the fewest seats that would close it."""
    call.demand("verdict", "read")
    fresh = await brought_up_to_date(call)
    async with call.reading() as db:
        needs, left_out = await every_open_need(db, call.caller)
        programmes, intakes = await supply_for(db, needs)
        world = World(needs, programmes, intakes, await reach(db))
    told = await asyncio.to_thread(allocation, world, asked.horizon, clock.today())
    return listed(told.pop("items"), fresh, left_out=left_out, **told)
