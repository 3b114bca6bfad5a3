"""Where actors are merged and parted over HTTP."""

from fastapi import APIRouter, Response

from services.actors.actor.queries import ACTORS
from services.actors.contract.actor import Actor, ActorMerge
from services.actors.merge import actions
from services.kit.http import Calling, uuid_or_missing
from services.kit.openapi import action_doc
from services.kit.resources import shown

router = APIRouter(tags=["actor"])


@router.post(
    "/actors/{id}/merge", **action_doc("The actor lives on in another", "actor.write", Actor)
)
async def merge(call: Calling, id: str, asked: ActorMerge) -> Response:
    """Answers the one that lives on; the old id leads there from now on."""
    call.demand("actor", "write")
    wanted = uuid_or_missing(id), asked, call.version_if_given
    return await call.perform(actions.merge, *wanted, show=shown(ACTORS, call))


@router.post("/actors/{id}/part", **action_doc("Undo a merge", "actor.write", Actor))
async def part(call: Calling, id: str) -> Response:
    """Answers the actor, which is its own again."""
    call.demand("actor", "write")
    wanted = uuid_or_missing(id), call.version_if_given
    return await call.perform(actions.part, *wanted, show=shown(ACTORS, call))
