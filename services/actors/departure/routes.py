"""Where departures, withdrawals and returns are told over HTTP."""

from fastapi import APIRouter, Response
from sqlalchemy.ext.asyncio import AsyncConnection

from services.actors.contract.departure import (
    ActorReturn,
    ActorWithdrawal,
    Consequences,
    PersonDeparture,
    StandingUndo,
)
from services.actors.departure import actions
from services.actors.standing.actions import judge_standing, revise_standing
from services.actors.standing.queries import STANDINGS
from services.kit.http import Calling, answer, uuid_or_missing
from services.kit.judging import judged
from services.kit.openapi import action_doc
from services.kit.resources import resource
from services.kit.store import Record

# The newest standing goes with all that it changed, which the actors' room knows nothing of.
standings = resource(
    STANDINGS, judge=judge_standing, replace=revise_standing, remove=actions.remove_standing
)
router = APIRouter(tags=["departure"])


async def _told(_db: AsyncConnection, done: Record) -> Response:
    return answer(done)


@router.post("/people/{id}/depart", **action_doc("A person leaves", "person.depart", Consequences))
@judged("person", "depart", PersonDeparture, actions.judge_departure)
async def depart(call: Calling, id: str, left: PersonDeparture) -> Response:
    """Everything that stands without anybody afterwards."""
    call.demand("person", "depart")
    if left.successors:
        call.demand("holding", "write")
    if left.takeovers:
        call.demand("takeover", "write")
    return await call.perform(actions.depart, uuid_or_missing(id), left, show=_told)


@router.post(
    "/actors/{id}/withdraw", **action_doc("An actor withdraws", "standing.write", Consequences)
)
@judged("standing", "write", ActorWithdrawal, actions.judge_withdrawal)
async def withdraw(call: Calling, id: str, leaving: ActorWithdrawal) -> Response:
    """Its standing changes; its relations are to be rebuilt."""
    call.demand("standing", "write")
    return await call.perform(actions.withdraw, uuid_or_missing(id), leaving, show=_told)


@router.post(
    "/actors/{id}/return", **action_doc("An actor comes back", "standing.write", Consequences)
)
@judged("standing", "write", ActorReturn, actions.judge_return)
async def come_back(call: Calling, id: str, coming: ActorReturn) -> Response:
    """Active again."""
    call.demand("standing", "write")
    return await call.perform(actions.come_back, uuid_or_missing(id), coming, show=_told)


@router.post(
    "/standings/{id}/undo",
    **action_doc("Take back a standing", "standing.write", StandingUndo),
)
async def undo(call: Calling, id: str) -> Response:
    """The standing before it lasts again, and the relations that it marked are as they were."""
    call.demand("standing", "write")
    return await call.perform(actions.undo_standing, uuid_or_missing(id), show=_told)
