"""What can be done with action items."""

from uuid import UUID

from services.councils.action_item import rules
from services.councils.action_item.queries import ACTION_ITEMS
from services.councils.contract.decision import ActionItemDone, ActionItemDraft
from services.councils.council.actions import open_council
from services.councils.decision.actions import referred
from services.councils.decision.rules import demand_council, demand_past
from services.councils.meeting.rules import demand_same
from services.councils.sight import only_member
from services.councils.tables.meeting import ActionItemRow, DecisionRow, MeetingRow
from services.kit import clock
from services.kit.collection import create_thing, get_thing, replace_thing
from services.kit.http import Work
from services.kit.store import Record, change_row, get_row

ORIGINS = {"meeting_id": MeetingRow, "decision_id": DecisionRow}


async def give_item(work: Work, draft: ActionItemDraft) -> Record:
    """Make something that somebody is to do."""
    await open_council(work, draft.council_id)
    await _checked(work, draft)
    return await create_thing(work, ACTION_ITEMS, draft)


async def revise_item(work: Work, id: UUID, draft: ActionItemDraft, version: int) -> Record:
    """Give an action item all new values; also after its council is closed."""
    before = await get_row(work.db, ActionItemRow, id)
    demand_same(before["council_id"], draft.council_id, field="council_id")
    await _checked(work, draft)
    return await replace_thing(work, ACTION_ITEMS, id, draft, version=version)


async def complete_item(work: Work, id: UUID, done: ActionItemDone, version: int | None) -> Record:
    """Something is done. A council member says so of what a post of theirs owns."""
    await get_thing(work.db, ACTION_ITEMS, id, work.caller)
    item = await get_row(work.db, ActionItemRow, id, lock=True)
    if only_member(work.caller):
        rules.demand_owner(item, work.caller.post_ids)
    rules.demand_not_done(item)
    demand_past(done.done_on, clock.today(), field="done_on")
    values = {"done_on": done.done_on, "outcome": done.outcome}
    return await change_row(work.db, ActionItemRow, id, version=version, **values)


async def _checked(work: Work, draft: ActionItemDraft) -> None:
    demand_past(draft.done_on, clock.today(), field="done_on")
    for field, row in ORIGINS.items():
        origin = await referred(work, row, getattr(draft, field), field=field)
        if origin is not None:
            demand_council(draft.council_id, origin, field=field)
