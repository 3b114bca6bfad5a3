"""Where the balance of a council is asked for and told over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from services.councils.balance import actions, rules
from services.councils.balance.queries import SEX_REPORTS, balance, seats_of_actors
from services.councils.contract.balance import Balance
from services.councils.council.queries import COUNCILS
from services.councils.kinds import actors_known
from services.kit import clock
from services.kit.collection import get_thing
from services.kit.contract import Day
from services.kit.http import Calling, answer, uuid_or_missing
from services.kit.openapi import read_doc
from services.kit.resources import resource

sex_reports = resource(SEX_REPORTS, judge=actions.judge)
router = APIRouter(tags=["seat"])
On = Annotated[Day | None, Query(description="As it was on this day; left out: today")]


@router.get("/councils/{id}/balance", **read_doc("Who sits in a council", "seat.read", Balance))
async def council_balance(call: Calling, id: str, as_of: On = None) -> Response:
    """Today, or on the day asked for. An actor counts on the side of its kind as it is now, and
    those that are merged by now are one."""
    call.demand("seat", "read")
    wanted, day = uuid_or_missing(id), as_of or clock.today()
    async with call.reading() as db:
        await get_thing(db, COUNCILS, wanted, call.caller)
        found = await balance(db, wanted, day)
        seats = await seats_of_actors(db, wanted, day)
    # Nobody waits with a connection: the registry is asked afterwards.
    known = await actors_known(call.request.app.state.wire, call.caller, list(seats))
    kinds = {one: actor.kind for one, actor in (known or {}).items()}
    one_of = {one: actor.id for one, actor in (known or {}).items()}
    sides = None if known is None else rules.by_side(seats, kinds, one_of)
    return answer(rules.each_once(found, one_of) | {"sides": sides})
