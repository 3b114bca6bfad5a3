"""What can be done with action items."""

from datetime import date
from uuid import UUID

from services.councils.action_item import rules
from services.councils.action_item.queries import ACTION_ITEMS
from services.councils.contract.decision import ActionItemDone, ActionItemDraft
from services.councils.contract.meeting import MeetingStatus
from services.councils.council.actions import open_council
from services.councils.decision.rules import demand_council, demand_past
from services.councils.meeting.queries import day_of
from services.councils.meeting.rules import demand_same, demand_unlocked
from services.councils.sight import only_member
from services.councils.tables.meeting import ActionItemRow, DecisionRow, MeetingRow
from services.kit import clock
from services.kit.collection import get_thing
from services.kit.errors import Refusals
from services.kit.http import Work
from services.kit.references import referred
from services.kit.rows import Row
from services.kit.store import Record, change_row, get_row

ORIGINS: dict[str, type[Row]] = {"meeting_id": MeetingRow, "decision_id": DecisionRow}


async def judge(work: Work, draft: ActionItemDraft, id: UUID | None = None) -> None:
    """All that forbids a new action item, or these values for one, also in a closed council."""
    refused, before = Refusals(), Record()
    with refused:
        if id is not None:
            before = await get_row(work.db, ActionItemRow, id)
            demand_same(before["council_id"], draft.council_id, field="council_id")
        elif draft.council_id is not None:
            await open_council(work, draft.council_id)
    with refused:
        demand_past(draft.done_on, clock.today(), field="done_on")
    for field, row in ORIGINS.items():
        with refused:
            origin = await referred(work.db, row, getattr(draft, field), field=field)
            demand_council(draft.council_id, origin, field=field)
            if row is MeetingRow and origin and draft.meeting_id != before.get("meeting_id"):
                demand_unlocked(origin, field=field)
            if draft.done_on != before.get("done_on"):
                rules.demand_asked_first(_asked_on(origin), draft.done_on)
    refused.demand_none()


def _asked_on(origin: Record | None) -> date | None:
    """The day of the decision or meeting that asked; None for a meeting that is still to be."""
    if origin is None or origin.get("status") == MeetingStatus.planned:
        return None
    return origin.get("decided_on") or day_of(origin["starts_at"])


async def judge_done(work: Work, done: ActionItemDone, id: UUID) -> None:
    """All that forbids to say that it is done. A member says so of what a post of theirs owns."""
    item = await _own_item(work, id)
    refused = Refusals()
    with refused:
        rules.demand_not_done(item)
    with refused:
        demand_past(done.done_on, clock.today(), field="done_on")
    for field, row in ORIGINS.items():
        with refused:
            asked = _asked_on(await referred(work.db, row, item[field], field=field))
            rules.demand_asked_first(asked, done.done_on)
    refused.demand_none()


async def _own_item(work: Work, id: UUID) -> Record:
    """The item, locked, for who may say whether it is done."""
    await get_thing(work.db, ACTION_ITEMS, id, work.caller)
    item = await get_row(work.db, ActionItemRow, id, lock=True)
    if only_member(work.caller):
        rules.demand_owner(item, work.caller.post_ids)
    return item


async def complete_item(work: Work, id: UUID, done: ActionItemDone, version: int | None) -> Record:
    """Something is done."""
    await judge_done(work, done, id)
    values = {"done_on": done.done_on, "outcome": done.outcome}
    return await change_row(work.db, ActionItemRow, id, version=version, **values)


async def reopen_item(work: Work, id: UUID, version: int | None) -> Record:
    """Something is not done after all, unless approved minutes tell that it is."""
    item = await _own_item(work, id)
    rules.demand_done(item)
    meeting = await referred(work.db, MeetingRow, item["meeting_id"], field="meeting_id")
    rules.demand_untold(item, meeting)
    values = {"done_on": None, "outcome": None}
    return await change_row(work.db, ActionItemRow, id, version=version, **values)
