"""What can be done with joinings."""

from typing import Any
from uuid import UUID

from services.actors.checks import demand_own_post, demand_past
from services.actors.contract.joining import JoiningDraft
from services.actors.family import living_of
from services.actors.joining import grounds
from services.actors.joining.queries import JOININGS, is_joined
from services.actors.tables import PledgeRow
from services.kit.errors import Conflict, NotFound, Refusals, Rejected
from services.kit.http import Work
from services.kit.references import stored
from services.kit.store import get_row

STEPS = ("proposed_on", "asked_on", "answered_on", "connected_on", "lapsed_on")
FIXED = ("actor_id", "need_id")


async def judge(work: Work, draft: JoiningDraft, id: UUID | None = None) -> None:
    """All that forbids to write down how far an actor has come.

    Councils are asked before any row is locked.
    """
    refused, before = Refusals(), await stored(work.db, JOININGS.table, id)
    for field in FIXED if before else ():
        with refused:
            if getattr(draft, field) not in (None, before[field]):
                raise Rejected("another joining is meant", field=field, reason="fixed")
    with refused:
        demand_past(draft, *STEPS)
    with refused:
        await demand_own_post(work, draft.owner_post_id, before)
    with refused:
        await _demand_own_pledge(work, draft)
    for rule in (grounds.demand_seat, grounds.demand_initiative, grounds.demand_need):
        with refused:
            await rule(work, draft, before)
    with refused:
        await grounds.demand_there(work, draft, before)
    with refused:
        await _demand_only_one(work, draft, id)
    refused.demand_none()


async def _demand_own_pledge(work: Work, draft: JoiningDraft) -> None:
    """What nobody has is told with the other unknown references."""
    if draft.pledge_id is None or draft.actor_id is None:
        return
    try:
        pledge = await get_row(work.db, PledgeRow, draft.pledge_id)
    except NotFound:
        return
    living = await living_of(work.db, [pledge["actor_id"], draft.actor_id])
    if living.get(pledge["actor_id"]) != living.get(draft.actor_id, draft.actor_id):
        raise Rejected("a pledge of another actor", field="pledge_id", reason="other_actor")


async def _demand_only_one(work: Work, draft: JoiningDraft, id: UUID | None) -> None:
    """Conflict where one of the actor's family is on its way for the need already."""
    known: Any = (draft.actor_id, draft.need_id)
    if None not in known and draft.goes_on and await is_joined(work.db, *known, but=id):
        raise Conflict("it is on its way already", field="actor_id", reason="taken")
