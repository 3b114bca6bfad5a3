"""What can be done with meetings."""

from uuid import UUID

from services.councils.calling import MEETING, ask_anew, tell_changes
from services.councils.contract.meeting import (
    MeetingDraft,
    MeetingStatus,
    MinutesApproval,
    MinutesState,
)
from services.councils.council.actions import demand_its_time, open_council
from services.councils.council.rules import demand_within
from services.councils.meeting import rules
from services.councils.meeting.queries import MEETINGS, day_of, days_decided
from services.councils.meeting.reading import mark_of
from services.councils.standing_item.actions import put_on
from services.councils.tables.base import METADATA
from services.councils.tables.meeting import MeetingRow
from services.kit import clock
from services.kit.elsewhere import demand_elsewhere
from services.kit.errors import NotFound, Refusals, Rejected
from services.kit.http import Work
from services.kit.judging import weigh
from services.kit.keeping import create_thing, remove_thing, replace_thing
from services.kit.references import demand_unlisted
from services.kit.store import Record, change_row, get_row


async def judge(work: Work, draft: MeetingDraft, id: UUID | None = None) -> None:
    """All that forbids a new meeting, or these values for one whose minutes are not approved."""
    refused = Refusals()
    if id is None:
        with refused:
            if draft.council_id is not None:
                _demand_within(await open_council(work, draft.council_id), draft)
    else:
        await _judge_kept(work, id, draft, refused)
    with refused:
        if draft.starts_at is not None:
            rules.demand_possible(draft.status, day_of(draft.starts_at), clock.today())
    refused.demand_none()


def _demand_within(council: Record, draft: MeetingDraft) -> None:
    if draft.starts_at is not None:
        day, field = day_of(draft.starts_at), "starts_at"
        demand_within(council, day, day, early=field, late=field)


async def _judge_kept(work: Work, id: UUID, draft: MeetingDraft, refused: Refusals) -> None:
    before = await get_row(work.db, MeetingRow, id)
    with refused:
        if rules.needs_council(before["status"], draft.status):
            await open_council(work, before["council_id"], field="status")
    with refused:
        if draft.starts_at not in (None, before["starts_at"]):
            day = day_of(draft.starts_at)
            council = await demand_its_time(work, before["council_id"], day, field="starts_at")
            _demand_within(council, draft)
    meeting = await get_row(work.db, MeetingRow, id, lock=True)
    with refused:
        rules.demand_unlocked(meeting)
    with refused:
        rules.demand_same(meeting["council_id"], draft.council_id, field="council_id")
    decided = await days_decided(work.db, id)
    with refused:
        if draft.status not in (MeetingStatus.held, meeting["status"]):
            rules.demand_undecided(decided=bool(decided))
    with refused:
        if draft.starts_at is not None:
            was, day = day_of(meeting["starts_at"]), day_of(draft.starts_at)
            rules.demand_before_decisions(was, day, decided)


async def plan_meeting(work: Work, draft: MeetingDraft) -> Record:
    """Make a meeting together with something else."""
    await weigh(work, MEETINGS, draft, judge=judge)
    return await call_meeting(work, draft)


async def call_meeting(work: Work, draft: MeetingDraft) -> Record:
    """Make a meeting; what stands on all its council's agendas stands on its own."""
    made = await create_thing(work, MEETINGS, draft)
    await put_on(work, made)
    return made


async def revise_meeting(work: Work, id: UUID, draft: MeetingDraft, version: int) -> Record:
    """Give a meeting all new values; cancelled with its council it stays so while cancelled."""
    meeting = await get_row(work.db, MeetingRow, id)
    ended = meeting["cancelled_with_council"] and draft.status is MeetingStatus.cancelled
    more = {"cancelled_with_council": ended}
    done = await replace_thing(work, MEETINGS, id, draft, version=version, **more)
    when = ("starts_at", "status")
    if done["status"] == MeetingStatus.planned and any(meeting[n] != done[n] for n in when):
        await put_on(work, done)  # else what somebody took off the agenda stays off
    await ask_anew(work.db, [(meeting, done)])
    await tell_changes(work.db, MEETING.c.id == id)
    return done


async def remove_meeting(work: Work, id: UUID, version: int) -> None:
    """Delete a meeting that nothing hangs on; one that was called is cancelled instead."""
    rules.demand_unlocked(await get_row(work.db, MeetingRow, id, lock=True))
    await demand_unlisted(work.db, METADATA, "meeting", id)
    await remove_thing(work, MEETINGS, id, version=version)


async def judge_approval(work: Work, approval: MinutesApproval, id: UUID) -> None:
    """All that forbids to approve the minutes."""
    refused = Refusals()
    with refused:
        await demand_elsewhere(work, MEETINGS.table, approval, id)
    meeting = await get_row(work.db, MeetingRow, id, lock=True)
    decided = await days_decided(work.db, id)
    last, on = max([day_of(meeting["starts_at"]), *decided]), approval.approved_on
    with refused:
        rules.demand_unlocked(meeting)
    with refused:
        rules.demand_held(meeting)
    with refused:
        if on is not None:
            rules.demand_approval_day(on, last=last, today=clock.today())
    with refused:
        if approval.mark is not None:
            rules.demand_read(approval.mark, await mark_of(work.db, id))
    refused.demand_none()


async def approve_minutes(
    work: Work, id: UUID, approval: MinutesApproval, version: int | None
) -> Record:
    """Approve the minutes: the meeting, its agenda and decisions are locked."""
    await judge_approval(work, approval, id)
    on = approval.approved_on
    values = {"approved_on": on, "approved_by_post_id": approval.approved_by_post_id}
    state = MinutesState.approved
    return await change_row(work.db, MeetingRow, id, version=version, minutes_state=state, **values)


async def known_meeting(work: Work, id: UUID, *, field: str = "meeting_id") -> Record:
    """The meeting that something hangs on, locked. Rejected if unknown."""
    try:
        return await get_row(work.db, MeetingRow, id, lock=True)
    except NotFound as unknown:
        raise Rejected(unknown.detail, field=field, reason="unknown_reference") from None


async def unlocked_meeting(work: Work, id: UUID, *, field: str = "meeting_id") -> Record:
    """The meeting to write in, locked against approval until commit. Conflict if approved."""
    meeting = await known_meeting(work, id, field=field)
    rules.demand_unlocked(meeting, field=field)
    return meeting


async def taking_meeting(work: Work, id: UUID) -> Record:
    """The meeting to add to, locked as `unlocked_meeting`. Conflict also if cancelled."""
    meeting = await unlocked_meeting(work, id)
    rules.demand_not_cancelled(meeting)
    return meeting
