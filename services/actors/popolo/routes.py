"""Where the registry is taken out and in as Popolo over HTTP."""

from typing import Any

from fastapi import APIRouter, Response
from sqlalchemy.ext.asyncio import AsyncConnection

from services.actors.contract.popolo import Popolo, PopoloTaken
from services.actors.popolo import actions, queries
from services.kit import clock
from services.kit.collection import When
from services.kit.http import Calling, answer
from services.kit.openapi import action_doc, read_doc

router = APIRouter(tags=["popolo"])


@router.get(
    "/export/popolo", **read_doc("The registry as Popolo", "popolo.read", Popolo, known=True)
)
async def export(call: Calling) -> Response:
    """Everything, with its whole history; people only for those who may read people."""
    call.demand("popolo", "read")
    when = When(clock.today(), call.times(periodic=False).known_at)
    async with call.reading() as db:
        return answer(await queries.registry(db, call.caller, when))


@router.post("/import/popolo", **action_doc("Take a registry in", "popolo.write", PopoloTaken))
async def take(call: Calling, archive: Popolo) -> Response:
    """All or nothing; what is there already by its id is left as it is."""
    call.demand("popolo", "write")

    async def show(_db: AsyncConnection, taken: Any) -> Response:
        return answer(taken)

    return await call.perform(actions.take, archive, show=show)
