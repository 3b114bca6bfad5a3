"""Where agenda items are asked for and changed over HTTP."""

from uuid import UUID

from fastapi import APIRouter, Response
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.agenda import actions
from services.councils.agenda.queries import AGENDA_ITEMS
from services.councils.contract.meeting import AgendaItems, AgendaOrder
from services.kit.collection import get_thing
from services.kit.http import Calling, answer, uuid_or_missing
from services.kit.openapi import action_doc
from services.kit.resources import resource

agenda_items = resource(
    AGENDA_ITEMS,
    create=actions.add_item,
    replace=actions.revise_item,
    remove=actions.remove_item,
    judge=actions.judge,
)
router = APIRouter(tags=["agenda_item"])


@router.post(
    "/meetings/{id}/order", **action_doc("Order an agenda", "agenda_item.write", AgendaItems)
)
async def order(call: Calling, id: str, wanted: AgendaOrder) -> Response:
    """Name each item of the meeting once, in the order wanted."""
    call.demand("agenda_item", "write")

    async def show(db: AsyncConnection, ids: list[UUID]) -> Response:
        return answer({"items": [await get_thing(db, AGENDA_ITEMS, i, call.caller) for i in ids]})

    return await call.perform(actions.order_agenda, uuid_or_missing(id), wanted, show=show)
