"""What can be done with decisions."""

from datetime import date
from uuid import UUID

from services.councils.agenda.actions import add_item
from services.councils.agenda.queries import AGENDA_ITEMS, has_decision
from services.councils.agenda.rules import UNDECIDED
from services.councils.contract.decision import DecisionDraft
from services.councils.contract.meeting import (
    AgendaItemDraft,
    AgendaKind,
    MeetingStatus,
    MinutesState,
)
from services.councils.council.actions import demand_its_time, open_council
from services.councils.decision import rules
from services.councils.decision.basis import demand_basis
from services.councils.decision.queries import (
    DECISIONS,
    is_replaced,
    point_made_with,
)
from services.councils.equality import equality_due
from services.councils.meeting.actions import unlocked_meeting
from services.councils.meeting.queries import day_of
from services.councils.meeting.rules import demand_same
from services.councils.need.actions import take_up
from services.councils.need.living import demand_living
from services.councils.need.queries import seen_later
from services.councils.order import demand_order
from services.councils.tables.base import METADATA
from services.councils.tables.meeting import AgendaItemRow, DecisionRow, MeetingRow
from services.councils.tables.need import NeedRow
from services.kit import clock
from services.kit.errors import Refusals, Rejected
from services.kit.http import Work
from services.kit.keeping import create_thing, remove_thing, replace_thing
from services.kit.references import demand_known, demand_unlisted, referred, stored
from services.kit.store import Record, change_row, get_row, remove_row
from services.kit.texts import heading

LONGEST_TITLE = 200
FIXED = ("council_id", "meeting_id", "supersedes_id")


async def make_decision(work: Work, draft: DecisionDraft) -> Record:
    """A decision is made: where the meeting was still planned, it is being held."""
    draft = await _about(work, draft)
    meeting = await get_row(work.db, MeetingRow, draft.meeting_id, lock=True)
    made = await create_thing(work, DECISIONS, await _at_its_point(work, draft, meeting))
    await take_up(work, draft.need_ids, made["council_id"])
    if meeting["status"] == MeetingStatus.planned:
        await change_row(work.db, MeetingRow, meeting["id"], status=MeetingStatus.held)
    return made


async def revise_decision(work: Work, id: UUID, draft: DecisionDraft, version: int) -> Record:
    """Give a decision all new values; without a point it stays at the one that it was made at."""
    draft, before = await _about(work, draft), await get_row(work.db, DecisionRow, id)
    meeting = await get_row(work.db, MeetingRow, before["meeting_id"], lock=True)
    at = draft.agenda_item_id or before["agenda_item_id"]
    placed = await _at_its_point(work, draft.model_copy(update={"agenda_item_id": at}), meeting)
    changed = await replace_thing(work, DECISIONS, id, placed, version=version)
    await take_up(work, set(draft.need_ids) - set(before["need_ids"]), before["council_id"])
    return changed


async def _about(work: Work, draft: DecisionDraft) -> DecisionDraft:
    """Where nothing was said of needs, it is about those of the point that it names."""
    if "need_ids" in draft.model_fields_set:
        return draft
    item = await stored(work.db, AGENDA_ITEMS.table, draft.agenda_item_id)
    return draft.model_copy(update={"need_ids": item.get("need_ids", [])})


async def _at_its_point(work: Work, draft: DecisionDraft, meeting: Record) -> DecisionDraft:
    """A decision is made at a point of the agenda, and that is then a point where one decides.

    What corrects one of the same meeting stands where that does. Approved minutes stay as they are.
    """
    at, locked = draft.agenda_item_id, meeting["minutes_state"] == MinutesState.approved
    if at is None and draft.supersedes_id is not None:
        corrected = await get_row(work.db, DecisionRow, draft.supersedes_id)
        at = corrected["agenda_item_id"] if corrected["meeting_id"] == meeting["id"] else None
    if at is not None and not locked:
        await _decide_at(work, at)
    if at is None and not locked:
        at = (await add_item(work, _point_of(draft)))["id"]
    return draft.model_copy(update={"agenda_item_id": at})


async def _decide_at(work: Work, item_id: UUID) -> None:
    item = await get_row(work.db, AgendaItemRow, item_id, lock=True)
    if item["kind"] in UNDECIDED:
        await change_row(work.db, AgendaItemRow, item["id"], kind=AgendaKind.decision)


def _point_of(draft: DecisionDraft) -> AgendaItemDraft:
    """The point of a decision that was made at none of the agenda's."""
    return AgendaItemDraft(
        meeting_id=draft.meeting_id,
        kind=AgendaKind.decision,
        title=heading(draft.text, LONGEST_TITLE),
        need_ids=draft.need_ids,
        source=draft.source,
        example=draft.example,
    )


async def remove_decision(work: Work, id: UUID, version: int) -> None:
    """Delete a decision that was never made, and the point that was made for it alone."""
    decision = await get_row(work.db, DecisionRow, id)
    await unlocked_meeting(work, decision["meeting_id"])
    await demand_unlisted(work.db, METADATA, "decision", id)
    made = await point_made_with(work.db, decision)
    await remove_thing(work, DECISIONS, id, version=version)
    if made and made["title"] == heading(made["text"], LONGEST_TITLE):
        await _remove_point(work, decision)


async def _remove_point(work: Work, decision: Record) -> None:
    """Off the agenda with a point that nothing else was written at since."""
    point = await get_row(work.db, AgendaItemRow, decision["agenda_item_id"], lock=True)
    decided = await has_decision(work.db, point["id"])
    if not decided and rules.holds_nothing_else(point, decision):
        await remove_row(work.db, AgendaItemRow, point["id"])


async def judge(work: Work, draft: DecisionDraft, id: UUID | None = None) -> None:
    """All that forbids a new decision, or these values for one, told at once.

    The fields of a draft that could be read in part only may be None: those are not judged.
    """
    refused, draft = Refusals(), await _about(work, draft)
    if id is None:
        before = await _judge_place(work, draft, refused)
    else:
        before = await _judge_kept(work, id, draft, refused)
    with refused:
        rules.demand_past(draft.decided_on, clock.today(), field="decided_on")
    with refused:
        item = await referred(work.db, AgendaItemRow, draft.agenda_item_id, field="agenda_item_id")
        rules.demand_on_agenda(draft.meeting_id, item)
    with refused:
        fresh = set(draft.need_ids) - set(before.get("need_ids", ()))
        await demand_known(work.db, NeedRow, fresh, field="need_ids")
        await demand_living(work, fresh)
    with refused:
        moved = draft.decided_on != before.get("decided_on")
        await _demand_seen(work, set(draft.need_ids) if moved and id else fresh, draft.decided_on)
    with refused:
        rules.demand_known_then(draft.basis, draft.decided_on, clock.today(), before)
    with refused:
        await demand_basis(work, draft.basis, before.get("basis", ()))
    with refused:
        due = await equality_due(work, draft.need_ids)
        rules.demand_equality(due=due, check=draft.equality_check)
    refused.demand_none()


async def _demand_seen(work: Work, need_ids: set[UUID], day: date | None) -> None:
    """Rejected where something is decided about a need that nobody had seen yet."""
    late = await seen_later(work.db, need_ids, day) if day else None
    if late:
        told = f"the need {late} was seen later"
        raise Rejected(told, field="need_ids", reason="before_identified")


async def _judge_place(work: Work, draft: DecisionDraft, refused: Refusals) -> Record:
    """Whether a decision may be made by that council, at that meeting, in place of that one.

    Answers the one that it corrects, which may be about needs that were dropped since.
    """
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
        if meeting and corrected and corrected["meeting_id"] != meeting["id"]:
            before = await get_row(work.db, MeetingRow, corrected["meeting_id"])
            rules.demand_later(meeting, before)
    with refused:
        rules.demand_begun(draft.decided_on, meeting and day_of(meeting["starts_at"]))
    return corrected or Record()


async def _judge_kept(work: Work, id: UUID, draft: DecisionDraft, refused: Refusals) -> Record:
    """Whether a decision may change, staying where it is; answers it as it was."""
    before = await get_row(work.db, DecisionRow, id)
    with refused:
        if draft.decided_on != before["decided_on"]:
            day = draft.decided_on
            await demand_its_time(work, before["council_id"], day, field="decided_on")
    with refused:
        await unlocked_meeting(work, before["meeting_id"])
    for field in FIXED:
        with refused:
            demand_same(before[field], getattr(draft, field), field=field)
    with refused:
        if draft.decided_on != before["decided_on"]:
            meeting = await get_row(work.db, MeetingRow, before["meeting_id"])
            rules.demand_begun(draft.decided_on, day_of(meeting["starts_at"]))
    with refused:
        await demand_order(
            work, "decision", draft, await get_row(work.db, DecisionRow, id, lock=True)
        )
    return before
