"""What can be done with charters."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from services.councils.charter import rules
from services.councils.contract.charter import CharterDraft
from services.councils.council.actions import demand_its_time, open_council
from services.councils.order import demand_order
from services.councils.tables.charter import CharterRow
from services.kit.errors import Refusals
from services.kit.http import Work
from services.kit.store import get_row


async def judge(work: Work, draft: CharterDraft, id: UUID | None = None) -> None:
    """All that forbids it."""
    refused = Refusals()
    before: Mapping[str, Any] = await get_row(work.db, CharterRow, id) if id is not None else {}
    with refused:
        await _judge_council(work, draft, before)
    with refused:
        await demand_order(work, "charter", draft, before)
    refused.demand_none()


async def _judge_council(work: Work, draft: CharterDraft, before: Mapping[str, Any]) -> None:
    if before:
        rules.demand_its_council(before, draft.council_id)
        day = draft.valid_from
        await demand_its_time(work, before["council_id"], day, field="valid_from")
    elif draft.council_id is not None:
        await open_council(work, draft.council_id)
