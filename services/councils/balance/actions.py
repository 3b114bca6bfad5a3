"""What councils say of their balance."""

from uuid import UUID

from services.councils.balance import rules
from services.councils.balance.queries import SEX_REPORTS
from services.councils.contract.balance import SexReportDraft
from services.councils.council.actions import open_council
from services.kit import clock
from services.kit.errors import Refusals, Rejected
from services.kit.http import Work
from services.kit.store import get_row


async def judge(work: Work, draft: SexReportDraft, id: UUID | None = None) -> None:
    """A report is of an open council, stays in it, and is of no day to come."""
    refused = Refusals()
    before = None if id is None else await get_row(work.db, SEX_REPORTS.row, id)
    with refused:
        if before is not None and draft.council_id not in (None, before["council_id"]):
            raise Rejected("a report stays with its council", field="council_id", reason="fixed")
    with refused:
        if draft.council_id is not None:
            await open_council(work, draft.council_id)
    with refused:
        if draft.reported_on is not None:
            rules.demand_past(draft.reported_on, clock.today())
    refused.demand_none()
