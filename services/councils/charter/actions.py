"""What can be done with charters."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from services.councils.charter import rules
from services.councils.charter.queries import CHARTERS
from services.councils.contract.charter import CharterDraft
from services.councils.council.actions import demand_its_time, open_council
from services.councils.order import demand_order
from services.councils.tables.charter import CharterRow
from services.kit import clock
from services.kit.errors import Refusals
from services.kit.http import Work
from services.kit.keeping import remove_thing, replace_thing
from services.kit.store import Record, get_row


async def judge(work: Work, draft: CharterDraft, id: UUID | None = None) -> None:
    """All that forbids it."""
    refused = Refusals()
    before: Mapping[str, Any] = {}
    if id is not None:
        before = await get_row(work.db, CharterRow, id, lock=True)
    with refused:
        await _judge_council(work, draft, before)
    with refused:
        await demand_order(work, "charter", draft, before)
    with refused:
        if before:
            rules.demand_reason(before, draft, clock.today())
    refused.demand_none()


async def _judge_council(work: Work, draft: CharterDraft, before: Mapping[str, Any]) -> None:
    if before:
        rules.demand_its_council(before, draft.council_id)
        day = draft.valid_from
        await demand_its_time(work, before["council_id"], day, field="valid_from")
    elif draft.council_id is not None:
        await open_council(work, draft.council_id)


async def revise_charter(work: Work, id: UUID, draft: CharterDraft, version: int) -> Record:
    """Give a charter all new values; what it said while others relied on it stands beside them."""
    before = await get_row(work.db, CharterRow, id, lock=True)
    kept = rules.amended(before, draft, clock.today(), clock.now())
    return await replace_thing(work, CHARTERS, id, draft, version=version, amendments=kept)


async def remove_charter(work: Work, id: UUID, version: int) -> None:
    """It was written by mistake, and nobody relied on it yet."""
    rules.demand_unlocked(await get_row(work.db, CharterRow, id, lock=True), clock.today())
    await remove_thing(work, CHARTERS, id, version=version)
