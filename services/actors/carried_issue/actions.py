"""What can be done with carried issues."""

from uuid import UUID

from services.actors.carried_issue.queries import CARRIED_ISSUES
from services.actors.checks import demand_past
from services.actors.contract.carried_issue import CarriedIssueDraft
from services.actors.tables import MandateRow
from services.kit.errors import NotFound, Refusals, Rejected
from services.kit.http import Work
from services.kit.store import get_row


async def judge(work: Work, draft: CarriedIssueDraft, id: UUID | None = None) -> None:
    """All that forbids to write down what an ambassador carried."""
    refused = Refusals()
    with refused:
        demand_past(draft, "carried_on", "replied_on")
    with refused:
        await _demand_ambassador(work, draft, id)
    refused.demand_none()


async def _demand_ambassador(work: Work, draft: CarriedIssueDraft, id: UUID | None) -> None:
    """What was carried stays so, though the mandate has other ambassadors since."""
    named, post = draft.mandate_id, draft.ambassador_post_id
    if named is None or post is None:
        return
    if id is not None:
        before = await get_row(work.db, CARRIED_ISSUES.row, id)
        if (named, post) == (before["mandate_id"], before["ambassador_post_id"]):
            return
    try:
        mandate = await get_row(work.db, MandateRow, named)
    except NotFound:  # told with the other unknown references
        return
    if post not in mandate["ambassador_post_ids"]:
        told = "the post is no ambassador of the mandate"
        raise Rejected(told, field="ambassador_post_id", reason="not_ambassador")
