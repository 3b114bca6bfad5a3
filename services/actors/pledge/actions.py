"""What can be done with pledges."""

from uuid import UUID

from services.actors.checks import demand_past, demand_same_actor
from services.actors.contract.pledge import PledgeDelivery, PledgeDraft
from services.actors.pledge import rules
from services.actors.pledge.queries import PLEDGES
from services.actors.rights import STAFF
from services.kit.collection import create_thing, own, replace_thing
from services.kit.http import Work
from services.kit.store import Record, change_row, get_row


async def promise(work: Work, draft: PledgeDraft) -> Record:
    """Write down what an actor has promised."""
    demand_past(draft, "delivered_on")
    return await create_thing(work, PLEDGES, draft)


async def revise_pledge(work: Work, id: UUID, draft: PledgeDraft, version: int) -> Record:
    """Give a pledge all new values."""
    await own(work, PLEDGES, id)
    await demand_same_actor(work, PLEDGES.row, id, draft)
    demand_past(draft, "delivered_on")
    return await replace_thing(work, PLEDGES, id, draft, version=version)


async def deliver(work: Work, id: UUID, delivery: PledgeDelivery, version: int | None) -> Record:
    """What was promised has come. A council member says so of what a post of theirs owns."""
    await own(work, PLEDGES, id)
    pledge = await get_row(work.db, PLEDGES.row, id, lock=True)
    if work.caller.kind == "user" and not STAFF(work.caller):
        rules.demand_owner(pledge, work.caller.post_ids)
    rules.demand_open(pledge)
    demand_past(delivery, "delivered_on")
    told = {"delivered_on": delivery.delivered_on, "result": delivery.result}
    return await change_row(work.db, PLEDGES.row, id, version=version, **told)
