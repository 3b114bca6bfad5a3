"""Where dialogue maps are asked for and changed over HTTP."""

from fastapi import APIRouter, Response

from services.councils.contract.interview import DialogueMap
from services.councils.dialogue_map import actions
from services.councils.dialogue_map.queries import DIALOGUE_MAPS
from services.kit.http import Calling, uuid_or_missing
from services.kit.openapi import action_doc
from services.kit.resources import resource, shown

dialogue_maps = resource(
    DIALOGUE_MAPS, replace=actions.revise_map, remove=actions.remove_map, judge=actions.judge
)
router = APIRouter(tags=["dialogue_map"])


@router.post(
    "/dialogue-maps/default",
    **action_doc("Make our own dialogue map, once", "dialogue_map.write", DialogueMap),
)
async def make_default(call: Calling) -> Response:
    """The same map however often it is asked for."""
    call.demand("dialogue_map", "write")
    return await call.perform(actions.make_default_map, show=shown(DIALOGUE_MAPS, call))


@router.post(
    "/dialogue-maps/{id}/publish",
    **action_doc("Publish a set of questions", "dialogue_map.write", DialogueMap),
)
async def publish(call: Calling, id: str) -> Response:
    """From here on it never changes."""
    call.demand("dialogue_map", "write")
    asked = uuid_or_missing(id), call.version_if_given
    return await call.perform(actions.publish_map, *asked, show=shown(DIALOGUE_MAPS, call))


@router.post(
    "/dialogue-maps/{id}/edition",
    **action_doc("Begin the next edition", "dialogue_map.write", DialogueMap),
)
async def edition(call: Calling, id: str) -> Response:
    """A draft with what this edition says; the draft that is there, where there is one."""
    call.demand("dialogue_map", "write")
    show = shown(DIALOGUE_MAPS, call)
    return await call.perform(actions.make_edition, uuid_or_missing(id), show=show)


@router.post(
    "/dialogue-maps/{id}/retire",
    **action_doc("Begin no interview by it any more", "dialogue_map.write", DialogueMap),
)
async def retire(call: Calling, id: str) -> Response:
    """Interviews that were begun by it keep it."""
    call.demand("dialogue_map", "write")
    asked = uuid_or_missing(id), call.version_if_given
    return await call.perform(actions.retire_map, *asked, show=shown(DIALOGUE_MAPS, call))


@router.post(
    "/dialogue-maps/{id}/resume",
    **action_doc("Begin interviews by it again", "dialogue_map.write", DialogueMap),
)
async def resume(call: Calling, id: str) -> Response:
    """What was retired is in use again."""
    call.demand("dialogue_map", "write")
    asked = uuid_or_missing(id), call.version_if_given
    return await call.perform(actions.resume_map, *asked, show=shown(DIALOGUE_MAPS, call))
