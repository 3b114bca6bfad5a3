"""What can be done with needs."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import exists, select, update

from services.councils.consent import demand_usable, talks_of
from services.councils.contract.need import (
    NeedDraft,
    NeedDropped,
    NeedMet,
)
from services.councils.council.actions import demand_taking
from services.councils.need import rules
from services.councils.need.days import first_known, last_convened
from services.councils.need.queries import (
    NEEDS,
    first_decided,
    open_status,
    sits_in,
    was_split,
)
from services.councils.owner import demand_own_post
from services.councils.sight import demand_no_member, reads_interviews
from services.councils.tables.base import METADATA
from services.councils.tables.council import CouncilRow
from services.councils.tables.interview import AnswerRow
from services.councils.tables.meeting import MeetingRow
from services.councils.tables.need import NeedRow
from services.kit import clock
from services.kit.errors import Refusals, Rejected
from services.kit.http import Work
from services.kit.judging import weigh
from services.kit.keeping import create_thing, own, remove_thing
from services.kit.references import demand_known, demand_unlisted
from services.kit.store import Record, change_row, get_row, table_of


async def judge(work: Work, draft: NeedDraft, id: UUID | None = None) -> None:
    """All that forbids a new need, or these values for one. A member proposes in own councils.

    New sources must be things that the caller may know of; those there before may stay.
    """
    refused, before = Refusals(), Record()
    if id is None:
        with refused:
            await _demand_seat(work, draft.council_id)
    else:
        demand_no_member(work.caller)
        # Interviews are locked before needs, as a withdrawal does.
        await talks_of(work.db, draft.answer_ids)
        before = await get_row(work.db, NeedRow, id, lock=True)
        with refused:
            rules.demand_open(before["status"])
        with refused:
            if draft.identified_on != before["identified_on"]:
                rules.demand_seen_by(draft.identified_on, await first_decided(work.db, id))
    with refused:
        await judge_content(work, draft, before)
    refused.demand_none()


async def _demand_seat(work: Work, council_id: UUID | None) -> None:
    if not await sits_in(work.db, work.caller, council_id):
        raise Rejected("no council of yours", field="council_id", reason="no_seat")


async def judge_new(work: Work, draft: NeedDraft) -> None:
    """All that forbids a need of something else that is stored."""
    await weigh(work, NEEDS, draft, judge=judge)


async def report_need(work: Work, draft: NeedDraft) -> Record:
    """Make a need of something else that is stored."""
    await judge_new(work, draft)
    return await create_thing(work, NEEDS, draft)


async def remove_need(work: Work, id: UUID, version: int) -> None:
    """Delete a need that nothing names."""
    demand_no_member(work.caller)
    await own(work, NEEDS, id)
    await get_row(work.db, NeedRow, id, lock=True)
    await demand_unlisted(work.db, METADATA, "need", id)
    await remove_thing(work, NEEDS, id, version=version)


async def _answers_known(work: Work, draft: NeedDraft, before: Record) -> None:
    fresh = set(draft.answer_ids) - set(before.get("answer_ids", ()))
    seen = reads_interviews(work.caller)
    await demand_known(work.db, AnswerRow, fresh, field="answer_ids", seen=seen)
    demand_usable(await talks_of(work.db, fresh), clock.today())


async def _meetings_known(work: Work, draft: NeedDraft, before: Record) -> None:
    fresh = set(draft.meeting_ids) - set(before.get("meeting_ids", ()))
    await demand_known(work.db, MeetingRow, fresh, field="meeting_ids")


async def judge_content(work: Work, draft: NeedDraft, before: Record) -> None:
    """All that forbids what a need says; what it said before may stay."""
    refused = Refusals()
    with refused:
        await _answers_known(work, draft, before)
    with refused:
        await _meetings_known(work, draft, before)
    with refused:
        await demand_own_post(work, draft.owner_post_id, before)
    with refused:
        await demand_taking(work, draft.council_id, before)
    with refused:
        rules.demand_past(draft.identified_on, clock.today(), field="identified_on")
    with refused:
        rules.demand_within_horizon(draft, before, clock.today())
    refused.demand_none()


async def own_locked(work: Work, id: UUID) -> Record:
    """A need that the caller may write, locked."""
    await own(work, NEEDS, id)
    return await get_row(work.db, NeedRow, id, lock=True)


async def _move(work: Work, id: UUID, action: str, version: int | None, **values: Any) -> Record:
    need = await own_locked(work, id)
    status = rules.moved_to(action, need["status"])
    return await change_row(work.db, NeedRow, id, version=version, status=status, **values)


async def prioritise_need(work: Work, id: UUID, version: int | None) -> Record:
    """An identified need is taken up."""
    return await _move(work, id, "prioritise", version)


async def start_need(work: Work, id: UUID, version: int | None) -> Record:
    """Somebody works on meeting it."""
    return await _move(work, id, "start", version)


async def judge_met(work: Work, met: NeedMet, id: UUID) -> None:
    """All that forbids to say that a need is met."""
    need, refused = await own_locked(work, id), Refusals()
    with refused:
        rules.moved_to("meet", need["status"])
    with refused:
        rules.demand_past(met.met_on, clock.today(), field="met_on")
    with refused:
        rules.demand_seen_first(await first_known(work.db, need), met.met_on)
    with refused:
        rules.demand_convened_first(await last_convened(work.db, need), met.met_on)
    refused.demand_none()


async def meet_need(work: Work, id: UUID, met: NeedMet, version: int | None) -> Record:
    """The need is met, with what shows it."""
    await judge_met(work, met, id)
    values = {"evidence": met.evidence, "met_on": met.met_on}
    return await _move(work, id, "meet", version, **values)


async def judge_dropped(work: Work, _dropped: NeedDropped, id: UUID) -> None:
    """Conflict where the need is closed."""
    rules.moved_to("drop", (await own_locked(work, id))["status"])


async def drop_need(work: Work, id: UUID, dropped: NeedDropped, version: int | None) -> Record:
    """The need is dropped, with the reason."""
    return await _move(work, id, "drop", version, dropped_reason=dropped.reason)


async def reopen_need(work: Work, id: UUID, version: int | None) -> Record:
    """A met or dropped need goes on from where it was; one that others replaced does not."""
    need = await own_locked(work, id)
    rules.demand_living(need, split=await was_split(work.db, id))
    status = rules.reopened_to(need["status"], await open_status(work.db, id))
    forgotten = {"met_on": None, "evidence": None, "dropped_reason": None}
    return await change_row(work.db, NeedRow, id, version=version, status=status, **forgotten)


async def take_up(work: Work, ids: Iterable[UUID], council_id: UUID) -> None:
    """Open needs that no council works on become this one's, while it is open."""
    need, council = table_of(NeedRow), table_of(CouncilRow)
    living = exists().where(council.c.id == council_id, council.c.closed_on.is_(None))
    lone = need.c.council_id.is_(None), need.c.status.in_(rules.OPEN), living
    # Locked in one order, as merges do, so that neither waits for the other.
    found = select(need.c.id).where(need.c.id.in_(list(ids)), *lone).order_by(need.c.id)
    taken = update(need).where(need.c.id.in_(found.with_for_update(of=need)))
    values = {"version": need.c.version + 1, "updated_at": clock.now()}
    await work.db.execute(taken.values(council_id=council_id, **values))
