"""What can be done with agenda items."""

from uuid import UUID

from services.councils.agenda import rules
from services.councils.agenda.queries import AGENDA_ITEMS, has_decision, items_of
from services.councils.contract.meeting import AgendaItemDraft, AgendaOrder
from services.councils.council.queries import open_one
from services.councils.meeting.actions import taking_meeting, unlocked_meeting
from services.councils.meeting.rules import demand_not_cancelled, demand_same, demand_unlocked
from services.councils.tables.meeting import AgendaItemRow, MeetingRow
from services.councils.tables.need import NeedRow
from services.kit.errors import Refusals
from services.kit.http import Work
from services.kit.keeping import create_thing, remove_thing, replace_thing
from services.kit.references import demand_known
from services.kit.store import Record, change_row, get_row


async def judge(work: Work, draft: AgendaItemDraft, id: UUID | None = None) -> None:
    """All that forbids a point on a meeting's agenda, or these values for one."""
    refused, known = Refusals(), set[UUID]()
    if id is not None:
        before = await get_row(work.db, AgendaItemRow, id)
        known = set(before["need_ids"])
        with refused:
            await taking_meeting(work, before["meeting_id"])
            demand_same(before["meeting_id"], draft.meeting_id, field="meeting_id")
        with refused:
            if draft.kind != before["kind"]:
                rules.demand_deciding(draft.kind, decided=await has_decision(work.db, id))
    elif draft.meeting_id is not None:
        with refused:
            meeting = await unlocked_meeting(work, draft.meeting_id)
            rules.demand_taking(meeting, council=await open_one(work.db, meeting["council_id"]))
    with refused:
        await demand_known(work.db, NeedRow, set(draft.need_ids) - known, field="need_ids")
    refused.demand_none()


async def add_item(work: Work, draft: AgendaItemDraft) -> Record:
    """Put a point on a meeting's agenda, last unless a position is given."""
    there = await items_of(work.db, draft.meeting_id)
    last = there[-1]["position"] if there else 0
    placed = draft.model_copy(update={"position": draft.position or last + 1})
    return await create_thing(work, AGENDA_ITEMS, placed)


async def revise_item(work: Work, id: UUID, draft: AgendaItemDraft, version: int) -> Record:
    """Give a point all new values; without a position it stays where it is."""
    before = await get_row(work.db, AgendaItemRow, id)
    placed = draft.model_copy(update={"position": draft.position or before["position"]})
    changed = draft.minutes != before["minutes"]
    told = rules.written_by(None, 0, before["version"] + 1) if changed else {}
    return await replace_thing(work, AGENDA_ITEMS, id, placed, version=version, **told)


async def remove_item(work: Work, id: UUID, version: int) -> None:
    """Take a point off an agenda."""
    item = await get_row(work.db, AgendaItemRow, id)
    await unlocked_meeting(work, item["meeting_id"])
    await remove_thing(work, AGENDA_ITEMS, id, version=version)


async def order_agenda(work: Work, meeting_id: UUID, order: AgendaOrder) -> list[UUID]:
    """Put a meeting's points in another order; answers their ids in it."""
    meeting = await get_row(work.db, MeetingRow, meeting_id, lock=True)
    demand_unlocked(meeting, field="item_ids")
    demand_not_cancelled(meeting)
    there = {item["id"]: item["position"] for item in await items_of(work.db, meeting_id)}
    rules.demand_all(order.item_ids, there)
    for position, item_id in enumerate(order.item_ids, start=1):
        if there[item_id] != position:
            await change_row(work.db, AgendaItemRow, item_id, position=position)
    return order.item_ids
