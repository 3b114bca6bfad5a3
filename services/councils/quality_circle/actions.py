"""What can be done with quality circles."""

from uuid import UUID

from services.councils.contract.quality_circle import QualityCircleDraft
from services.councils.quality_circle import rules
from services.councils.tables.council import QualityCircleRow
from services.kit import clock
from services.kit.errors import Refusals
from services.kit.http import Work
from services.kit.store import get_row


async def judge(work: Work, draft: QualityCircleDraft, id: UUID | None = None) -> None:
    """All that forbids it."""
    refused = Refusals()
    if id is not None:
        with refused:
            before = await get_row(work.db, QualityCircleRow, id)
            rules.demand_its_council(before, draft.council_id)
    with refused:
        rules.demand_past(draft.judged_on, clock.today())
    refused.demand_none()
