"""What can be done with pledges."""

from uuid import UUID

from services.actors.checks import demand_own_post, demand_past, demand_same_actor
from services.actors.contract.pledge import PledgeDelivery, PledgeDraft
from services.actors.pledge import rules
from services.actors.pledge.queries import PLEDGES
from services.actors.rights import STAFF
from services.kit.errors import Refusals
from services.kit.http import Work
from services.kit.keeping import own
from services.kit.references import stored
from services.kit.store import Record, change_row, get_row


async def judge(work: Work, draft: PledgeDraft, id: UUID | None = None) -> None:
    """All that forbids to write down what an actor has promised."""
    refused = Refusals()
    with refused:
        await demand_same_actor(work, PLEDGES.row, id, draft)
    with refused:
        before = await stored(work.db, PLEDGES.table, id)
        await demand_own_post(work, draft.owner_post_id, before)
    with refused:
        demand_past(draft, "delivered_on")
    refused.demand_none()


async def judge_delivery(work: Work, delivery: PledgeDelivery, id: UUID) -> None:
    """All that forbids to say that it came; a member says so of what a post of theirs owns."""
    await own(work, PLEDGES, id)
    pledge = await get_row(work.db, PLEDGES.row, id, lock=True)
    if work.caller.kind == "user" and not STAFF(work.caller):
        rules.demand_owner(pledge, work.caller.post_ids)
    refused = Refusals()
    with refused:
        rules.demand_open(pledge)
    with refused:
        demand_past(delivery, "delivered_on")
    refused.demand_none()


async def deliver(work: Work, id: UUID, delivery: PledgeDelivery, version: int | None) -> Record:
    """What was promised has come."""
    await judge_delivery(work, delivery, id)
    told = {"delivered_on": delivery.delivered_on, "result": delivery.result}
    return await change_row(work.db, PLEDGES.row, id, version=version, **told)
