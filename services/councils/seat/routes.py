"""Where seats are asked for and changed over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from services.councils.contract.council import Balance
from services.councils.council.queries import COUNCILS
from services.councils.seat import actions
from services.councils.seat.queries import SEATS, balance
from services.kit import clock
from services.kit.collection import get_thing
from services.kit.contract import Day
from services.kit.http import Calling, answer, uuid_or_missing
from services.kit.openapi import read_doc
from services.kit.resources import resource

seats = resource(SEATS, remove=actions.remove_seat, judge=actions.judge)
router = APIRouter(tags=["seat"])
On = Annotated[Day | None, Query(description="As it was on this day; left out: today")]


@router.get("/councils/{id}/balance", **read_doc("Seats by role", "seat.read", Balance))
async def council_balance(call: Calling, id: str, as_of: On = None) -> Response:
    """Today, or on the day asked for."""
    call.demand("seat", "read")
    wanted = uuid_or_missing(id)
    async with call.reading() as db:
        await get_thing(db, COUNCILS, wanted, call.caller)
        return answer(await balance(db, wanted, as_of or clock.today()))
