"""What can be done with decisions."""

from typing import Any
from uuid import UUID

from services.councils.contract.decision import DecisionDraft
from services.councils.council.actions import open_council
from services.councils.decision import rules
from services.councils.decision.queries import DECISIONS
from services.councils.equality import equality_due
from services.councils.meeting.actions import known_meeting, unlocked_meeting
from services.councils.meeting.rules import demand_same
from services.councils.tables.base import METADATA
from services.councils.tables.meeting import AgendaItemRow, DecisionRow
from services.councils.tables.need import NeedRow
from services.kit import clock
from services.kit.collection import create_thing, remove_thing, replace_thing
from services.kit.errors import NotFound, Rejected
from services.kit.http import Work
from services.kit.references import demand_known, demand_unlisted
from services.kit.rows import Row
from services.kit.store import Record, get_row

FIXED = ("council_id", "meeting_id", "supersedes_id")


async def referred(work: Work, row: type[Row], id: UUID | None, *, field: str) -> Any:
    """What a field refers to, or None where it refers to nothing. Rejected if unknown."""
    if id is None:
        return None
    try:
        return await get_row(work.db, row, id, lock=True)
    except NotFound as unknown:
        raise Rejected(unknown.detail, field=field, reason="unknown_reference") from None


async def record_decision(work: Work, draft: DecisionDraft) -> Record:
    """Write down what a meeting decided; correcting an older decision takes its place."""
    await open_council(work, draft.council_id)
    meeting = await known_meeting(work, draft.meeting_id)
    corrected = await referred(work, DecisionRow, draft.supersedes_id, field="supersedes_id")
    if corrected is not None:
        rules.demand_council(draft.council_id, corrected, field="supersedes_id")
    rules.demand_meeting(draft, meeting, corrected)
    await _checked(work, draft)
    return await create_thing(work, DECISIONS, draft)


async def revise_decision(work: Work, id: UUID, draft: DecisionDraft, version: int) -> Record:
    """Give a decision all new values while its meeting's minutes are not approved."""
    before = await _unlocked_decision(work, id)
    for field in FIXED:
        demand_same(before[field], getattr(draft, field), field=field)
    await _checked(work, draft, before["need_ids"])
    return await replace_thing(work, DECISIONS, id, draft, version=version)


async def remove_decision(work: Work, id: UUID, version: int) -> None:
    """Delete a decision that was never made."""
    await _unlocked_decision(work, id)
    await demand_unlisted(work.db, METADATA, "decision", id)
    await remove_thing(work, DECISIONS, id, version=version)


async def _unlocked_decision(work: Work, id: UUID) -> Record:
    decision = await get_row(work.db, DecisionRow, id)
    await unlocked_meeting(work, decision["meeting_id"])
    return decision


async def _checked(work: Work, draft: DecisionDraft, known: list[UUID] | None = None) -> None:
    rules.demand_past(draft.decided_on, clock.today(), field="decided_on")
    item = await referred(work, AgendaItemRow, draft.agenda_item_id, field="agenda_item_id")
    if item is not None and item["meeting_id"] != draft.meeting_id:
        reason = "other_meeting"
        raise Rejected("not on that agenda", field="agenda_item_id", reason=reason)
    fresh = set(draft.need_ids) - set(known or ())
    await demand_known(work.db, NeedRow, fresh, field="need_ids")
    due = await equality_due(work, draft.need_ids)
    rules.demand_equality(due=due, check=draft.equality_check)
