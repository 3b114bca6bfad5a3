"""What can be done with joinings."""

from uuid import UUID

from services.actors.checks import demand_past
from services.actors.contract.joining import JoiningDraft
from services.actors.family import living_of
from services.actors.joining.queries import JOININGS
from services.actors.tables import PledgeRow
from services.kit.errors import NotFound, Refusals, Rejected
from services.kit.http import Work
from services.kit.store import get_row

STEPS = ("proposed_on", "asked_on", "answered_on", "connected_on")


async def judge(work: Work, draft: JoiningDraft, id: UUID | None = None) -> None:
    """All that forbids to write down how far an actor has come."""
    refused = Refusals()
    if id is not None:
        before = await get_row(work.db, JOININGS.row, id)
        for field in ("actor_id", "need_id"):
            with refused:
                if getattr(draft, field) not in (None, before[field]):
                    raise Rejected("another joining is meant", field=field, reason="fixed")
    with refused:
        demand_past(draft, *STEPS)
    with refused:
        await _demand_own_pledge(work, draft)
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
