"""What can be done with decision reviews."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from services.councils.contract.decision_review import DecisionReviewDraft
from services.councils.decision_review import rules
from services.councils.order import demand_order
from services.councils.tables.meeting import DecisionReviewRow, DecisionRow
from services.kit import clock
from services.kit.errors import Refusals
from services.kit.http import Work
from services.kit.references import referred
from services.kit.store import get_row


async def judge(work: Work, draft: DecisionReviewDraft, id: UUID | None = None) -> None:
    """All that forbids it."""
    refused = Refusals()
    before: Mapping[str, Any] = await get_row(work.db, DecisionReviewRow, id) if id else {}
    with refused:
        rules.demand_its_decision(before, draft.decision_id)
    with refused:
        rules.demand_past(draft.reviewed_on, clock.today())
    with refused:
        await referred(work.db, DecisionRow, draft.decision_id, field="decision_id")
        await demand_order(work, "decision_review", draft, before)
    refused.demand_none()
