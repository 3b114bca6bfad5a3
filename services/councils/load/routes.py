"""Where it is asked over HTTP what posts carry."""

from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import Field

from services.councils.contract.load import Loads
from services.councils.load.queries import loads
from services.kit import clock
from services.kit.asking import Asking, InQuery
from services.kit.collection import When
from services.kit.contract import Moment
from services.kit.http import Calling, answer
from services.kit.openapi import read_doc

router = APIRouter(tags=["load"])


class LoadsAsking(Asking):
    """Which posts are asked about."""

    post_id: list[UUID] = Field(min_length=1, max_length=200, description="The posts")
    known_at: Moment | None = Field(None, description="As it was known at this moment")


@router.get("/loads", **read_doc("How much each of some posts carries", "load.read", Loads))
async def how_much(call: Calling, asked: InQuery[LoadsAsking]) -> Response:
    """Today, of what the caller may know of."""
    call.demand("load", "read")
    when = When(clock.today(), asked.known_at)
    async with call.reading() as db:
        return answer({"on": when.day, "items": await loads(db, asked.post_id, call.caller, when)})
