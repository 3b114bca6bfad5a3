"""What can be done with decisions."""

from uuid import UUID

from services.councils.contract.decision import DecisionDraft
from services.councils.contract.meeting import MeetingStatus
from services.councils.council.actions import open_council
from services.councils.decision import rules
from services.councils.decision.queries import DECISIONS, is_replaced
from services.councils.equality import equality_due
from services.councils.meeting.actions import unlocked_meeting
from services.councils.meeting.queries import day_of
from services.councils.meeting.rules import demand_same
from services.councils.tables.base import METADATA
from services.councils.tables.meeting import AgendaItemRow, DecisionRow, MeetingRow
from services.councils.tables.need import NeedRow
from services.kit import clock
from services.kit.errors import Refusals
from services.kit.http import Work
from services.kit.keeping import create_thing, remove_thing
from services.kit.references import demand_known, demand_unlisted, referred
from services.kit.store import Record, change_row, get_row

FIXED = ("council_id", "meeting_id", "supersedes_id")


async def make_decision(work: Work, draft: DecisionDraft) -> Record:
    """A decision is made: where the meeting was still planned, it is being held."""
    made = await create_thing(work, DECISIONS, draft)
    meeting = await get_row(work.db, MeetingRow, draft.meeting_id, lock=True)
    if meeting["status"] == MeetingStatus.planned:
        await change_row(work.db, MeetingRow, meeting["id"], status=MeetingStatus.held)
    return made


async def remove_decision(work: Work, id: UUID, version: int) -> None:
    """Delete a decision that was never made."""
    decision = await get_row(work.db, DecisionRow, id)
    await unlocked_meeting(work, decision["meeting_id"])
    await demand_unlisted(work.db, METADATA, "decision", id)
    await remove_thing(work, DECISIONS, id, version=version)


async def judge(work: Work, draft: DecisionDraft, id: UUID | None = None) -> None:
    """All that forbids a new decision, or these values for one, told at once.

    The fields of a draft that could be read in part only may be None: those are not judged.
    """
    refused, known = Refusals(), set[UUID]()
    if id is None:
        await _judge_place(work, draft, refused)
    else:
        known = await _judge_kept(work, id, draft, refused)
    with refused:
        rules.demand_past(draft.decided_on, clock.today(), field="decided_on")
    with refused:
        item = await referred(work.db, AgendaItemRow, draft.agenda_item_id, field="agenda_item_id")
        rules.demand_on_agenda(draft.meeting_id, item)
    with refused:
        fresh = set(draft.need_ids) - known
        await demand_known(work.db, NeedRow, fresh, field="need_ids")
    with refused:
        due = await equality_due(work, draft.need_ids)
        rules.demand_equality(due=due, check=draft.equality_check)
    refused.demand_none()


async def _judge_place(work: Work, draft: DecisionDraft, refused: Refusals) -> None:
    """Whether a decision may be made by that council, at that meeting, in place of that one."""
    meeting = corrected = None
    with refused:
        if draft.council_id is not None:
            await open_council(work, draft.council_id)
    with refused:
        meeting = await referred(work.db, MeetingRow, draft.meeting_id, field="meeting_id")
    with refused:
        corrected = await referred(work.db, DecisionRow, draft.supersedes_id, field="supersedes_id")
        rules.demand_council(draft.council_id, corrected, field="supersedes_id")
    with refused:
        replaced = await is_replaced(work.db, draft.supersedes_id)
        rules.demand_standing(corrected, replaced=replaced)
    with refused:
        rules.demand_meeting(draft.council_id, meeting, corrected)
    with refused:
        rules.demand_begun(draft.decided_on, meeting and day_of(meeting["starts_at"]))


async def _judge_kept(work: Work, id: UUID, draft: DecisionDraft, refused: Refusals) -> set[UUID]:
    """Whether a decision may change, staying where it is; answers the needs that it names."""
    before = await get_row(work.db, DecisionRow, id)
    with refused:
        await unlocked_meeting(work, before["meeting_id"])
    for field in FIXED:
        with refused:
            demand_same(before[field], getattr(draft, field), field=field)
    with refused:
        if draft.decided_on != before["decided_on"]:
            meeting = await get_row(work.db, MeetingRow, before["meeting_id"])
            rules.demand_begun(draft.decided_on, day_of(meeting["starts_at"]))
    return set(before["need_ids"])
