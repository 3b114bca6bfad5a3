"""Where it is asked over HTTP what councils use."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from services.councils.contract.use import UsedNoun, Uses
from services.councils.use.queries import uses
from services.kit.http import Calling, answer
from services.kit.openapi import read_doc

router = APIRouter(tags=["use"])
Noun = Annotated[UsedNoun, Query(description="What sort of things is asked about")]
Ids = Annotated[list[UUID], Query(max_length=100, description="Only these things; without: all")]


@router.get("/uses", **read_doc("What councils name of the registry", "use.read", Uses))
async def what_is_used(call: Calling, noun: Noun, id: Ids = []) -> Response:  # noqa: B006
    """Whoever removes things asks before, for no key to other services' databases exists."""
    call.demand("use", "read")
    async with call.reading() as db:
        return answer({"items": await uses(db, noun, id)})
