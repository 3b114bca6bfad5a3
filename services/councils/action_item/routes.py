"""Where action items are asked for and changed over HTTP."""

from fastapi import APIRouter, Response

from services.councils.action_item import actions
from services.councils.action_item.queries import ACTION_ITEMS
from services.councils.contract.decision import ActionItem, ActionItemDone
from services.councils.meeting.queries import MEETINGS
from services.kit.collection import get_thing
from services.kit.http import Calling, uuid_or_missing
from services.kit.judging import judged
from services.kit.openapi import action_doc, list_doc
from services.kit.resources import answer_list, resource, shown

action_items = resource(ACTION_ITEMS, judge=actions.judge)
router = APIRouter(tags=["action_item"])


@router.post(
    "/action-items/{id}/complete",
    **action_doc("An action item is done", "action_item.complete", ActionItem),
)
@judged("action_item", "complete", ActionItemDone, actions.judge_done)
async def complete(call: Calling, id: str, done: ActionItemDone) -> Response:
    """With the day, and what came of it."""
    call.demand("action_item", "complete")
    asked = uuid_or_missing(id), done, call.version_if_given
    return await call.perform(actions.complete_item, *asked, show=shown(ACTION_ITEMS, call))


@router.post(
    "/action-items/{id}/reopen",
    **action_doc("An action item is not done after all", "action_item.complete", ActionItem),
)
async def reopen(call: Calling, id: str) -> Response:
    """The day and what came of it are taken back."""
    call.demand("action_item", "complete")
    asked = uuid_or_missing(id), call.version_if_given
    return await call.perform(actions.reopen_item, *asked, show=shown(ACTION_ITEMS, call))


@router.get(
    "/meetings/{id}/open-action-items", **list_doc(ACTION_ITEMS, "up_to_meeting_id", "open")
)
async def followed(call: Calling, id: str) -> Response:
    """What the council had to do when the meeting began, and has not done yet."""
    call.demand("action_item", "read")
    wanted = uuid_or_missing(id)
    fixed = {"up_to_meeting_id": str(wanted), "open": "true"}
    ACTION_ITEMS.read_query(call.request.query_params.multi_items(), fixed=fixed)
    async with call.reading() as db:
        await get_thing(db, MEETINGS, wanted, call.caller)
    return await answer_list(call, ACTION_ITEMS, **fixed)
