"""Where the consequences of a departure are asked for over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from services.councils.consequence.queries import actor_consequences, consequences
from services.councils.contract.consequence import ActorConsequences, Consequences
from services.kit import clock
from services.kit.collection import When
from services.kit.contract import IsoDate, Moment
from services.kit.http import Calling, answer
from services.kit.openapi import read_doc

router = APIRouter(tags=["consequence"])
Actors = Annotated[
    list[UUID], Query(min_length=1, max_length=100, description="The actors, each by all its ids")
]
Posts = Annotated[list[UUID], Query(min_length=1, max_length=100, description="The posts")]
On = Annotated[IsoDate | None, Query(description="From which day on; left out: today")]
Known = Annotated[Moment | None, Query(description="As it was known at this moment")]


@router.get(
    "/post-consequences",
    **read_doc("What loses its owner with these posts", "consequence.read", Consequences),
)
async def post_consequences(
    call: Calling, post_id: Posts, on: On = None, known_at: Known = None
) -> Response:
    """Today, or from the day asked for on."""
    call.demand("consequence", "read")
    async with call.reading() as db:
        when = When(on or clock.today(), known_at)
        return answer(await consequences(db, post_id, when, call.caller))


@router.get(
    "/actor-consequences",
    **read_doc("What actors have taken on and would leave", "consequence.read", ActorConsequences),
)
async def what_actors_leave(
    call: Calling, actor_id: Actors, on: On = None, known_at: Known = None
) -> Response:
    """Today, or from the day asked for on. What its posts hold is asked for beside it.

    An actor that others were merged into is asked for by all its ids, its present one first.
    """
    call.demand("consequence", "read")
    async with call.reading() as db:
        return answer(await actor_consequences(db, actor_id, When(on or clock.today(), known_at)))
