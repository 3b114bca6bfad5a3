"""Where contacts are asked for and changed over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from services.actors.contact import actions
from services.actors.contact.queries import CONTACTS
from services.actors.contact.queries import bridges as who_bridges
from services.actors.contract.contact import Bridges, Contact, ContactDone
from services.kit import clock
from services.kit.collection import When
from services.kit.contract import Day
from services.kit.http import Calling, answer, uuid_or_missing
from services.kit.judging import judged
from services.kit.openapi import action_doc, read_doc
from services.kit.resources import resource, shown

contacts = resource(CONTACTS, judge=actions.judge)
router = APIRouter(tags=["contact"])
Ours = Annotated[UUID | None, Query(description="Only bridges by contacts of this actor of ours")]
On = Annotated[Day | None, Query(description="The last day of the twelve months; left out: today")]


@router.get(
    "/contacts/bridges",
    **read_doc("Who bridges actors and levels", "contact.read", Bridges, known=True, dated=True),
)
async def bridges(call: Calling, our_actor_id: Ours = None, on: On = None) -> Response:
    """By the contacts of the twelve months up to today, or to the day asked for (`on`, `as_of`)."""
    call.demand("contact", "read")
    asked = call.times("our_actor_id", "on")
    when = When(on or asked.as_of or clock.today(), asked.known_at)
    async with call.reading() as db:
        return answer(await who_bridges(db, call.caller, when, our_actor_id))


@router.post(
    "/contacts/{id}/complete",
    **action_doc("The next step was taken", "contact.complete", Contact),
)
@judged("contact", "complete", ContactDone, actions.judge_step)
async def complete(call: Calling, id: str, done: ContactDone) -> Response:
    """With the day."""
    call.demand("contact", "complete")
    asked = uuid_or_missing(id), done, call.version_if_given
    return await call.perform(actions.take_step, *asked, show=shown(CONTACTS, call))


@router.post(
    "/contacts/{id}/reopen",
    **action_doc("The next step was not taken after all", "contact.complete", Contact),
)
async def reopen(call: Calling, id: str) -> Response:
    """It waits again."""
    call.demand("contact", "complete")
    asked = uuid_or_missing(id), call.version_if_given
    return await call.perform(actions.reopen_step, *asked, show=shown(CONTACTS, call))
