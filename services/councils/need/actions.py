"""What can be done with needs."""

from typing import Any
from uuid import UUID

from services.councils.contract.need import (
    NeedDraft,
    NeedDropped,
    NeedMerge,
    NeedMet,
    NeedSplit,
    NeedStatus,
)
from services.councils.need import rules
from services.councils.need.queries import (
    NEEDS,
    locked_needs,
    needs_of_answers,
    open_status,
    sits_in,
    was_split,
)
from services.councils.sight import demand_no_member, reads_interviews
from services.councils.tables.base import METADATA
from services.councils.tables.interview import AnswerRow
from services.councils.tables.meeting import MeetingRow
from services.councils.tables.need import NeedRow
from services.kit import clock
from services.kit.collection import create_thing, own, remove_thing
from services.kit.errors import Refusals, Rejected
from services.kit.http import Work
from services.kit.judging import weigh
from services.kit.references import demand_known, demand_unlisted
from services.kit.store import Record, change_row, get_row


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
        before = await get_row(work.db, NeedRow, id, lock=True)
        with refused:
            rules.demand_open(before["status"])
    with refused:
        await _sources_known(work, draft, before)
    with refused:
        rules.demand_past(draft.identified_on, clock.today(), field="identified_on")
    refused.demand_none()


async def _demand_seat(work: Work, council_id: UUID | None) -> None:
    if not await sits_in(work.db, work.caller, council_id):
        raise Rejected("no council of yours", field="council_id", reason="unknown_reference")


async def report_need(work: Work, draft: NeedDraft) -> Record:
    """Make a need of something else that is stored."""
    await weigh(work, NEEDS, draft, judge=judge)
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


async def _meetings_known(work: Work, draft: NeedDraft, before: Record) -> None:
    fresh = set(draft.meeting_ids) - set(before.get("meeting_ids", ()))
    await demand_known(work.db, MeetingRow, fresh, field="meeting_ids")


async def _sources_known(work: Work, draft: NeedDraft, before: Record) -> None:
    refused = Refusals()
    with refused:
        await _answers_known(work, draft, before)
    with refused:
        await _meetings_known(work, draft, before)
    refused.demand_none()


async def _move(work: Work, id: UUID, action: str, version: int | None, **values: Any) -> Record:
    await own(work, NEEDS, id)
    need = await get_row(work.db, NeedRow, id, lock=True)
    status = rules.moved_to(action, need["status"])
    return await change_row(work.db, NeedRow, id, version=version, status=status, **values)


async def prioritise_need(work: Work, id: UUID, version: int | None) -> Record:
    """An identified need is taken up."""
    return await _move(work, id, "prioritise", version)


async def start_need(work: Work, id: UUID, version: int | None) -> Record:
    """Somebody works on meeting it."""
    return await _move(work, id, "start", version)


async def meet_need(work: Work, id: UUID, met: NeedMet, version: int | None) -> Record:
    """The need is met, with what shows it."""
    rules.demand_past(met.met_on, clock.today(), field="met_on")
    values = {"evidence": met.evidence, "met_on": met.met_on}
    return await _move(work, id, "meet", version, **values)


async def drop_need(work: Work, id: UUID, dropped: NeedDropped, version: int | None) -> Record:
    """The need is dropped, with the reason."""
    return await _move(work, id, "drop", version, dropped_reason=dropped.reason)


async def reopen_need(work: Work, id: UUID, version: int | None) -> Record:
    """A met or dropped need goes on from where it was; one that others replaced does not."""
    await own(work, NEEDS, id)
    need = await get_row(work.db, NeedRow, id, lock=True)
    rules.demand_living(need, split=await was_split(work.db, id))
    status = rules.reopened_to(need["status"], await open_status(work.db, id))
    forgotten = {"met_on": None, "evidence": None, "dropped_reason": None}
    return await change_row(work.db, NeedRow, id, version=version, status=status, **forgotten)


async def _merging(work: Work, ids: list[UUID], field: str, found: dict[UUID, Record]) -> None:
    """Each need to merge is known, the caller's to write, and open."""
    code = work.caller.bound_to
    for one in ids:
        if one not in found or code not in (None, found[one]["reported_by"]):
            raise Rejected(f"there is no need {one}", field=field, reason="unknown_reference")
        rules.demand_open(found[one]["status"], field=field)


async def merge_needs(work: Work, merge: NeedMerge) -> Record:
    """Needs become one, which takes over their sources; the old ones name it."""
    into = [merge.into_id] if merge.into_id else []
    found = await locked_needs(work.db, [*merge.from_ids, *into])
    await _merging(work, merge.from_ids, "from_ids", found)
    await _merging(work, into, "into_id", found)
    living = await _living(work, merge, found)
    for one in merge.from_ids:
        await _lives_on(work, one, living["id"], merge.reason)
    return living


async def _living(work: Work, merge: NeedMerge, found: dict[UUID, Record]) -> Record:
    merged = [found[one] for one in merge.from_ids]
    if merge.into_id:
        lists: dict[str, Any] = rules.united([found[merge.into_id], *merged])
        return await change_row(work.db, NeedRow, merge.into_id, **lists)
    assert merge.into is not None  # noqa: S101 - the contract says one of the two
    await _sources_known(work, merge.into, {})
    rules.demand_past(merge.into.identified_on, clock.today(), field="into.identified_on")
    lists = rules.united([merge.into.model_dump(), *merged])
    return await create_thing(work, NEEDS, merge.into.model_copy(update=lists))


async def _lives_on(work: Work, id: UUID, living: UUID, reason: str | None) -> None:
    need = NEEDS.table
    earlier = need.select().where(need.c.merged_into_id == id).order_by(need.c.id)
    for row in (await work.db.execute(earlier)).mappings().all():
        await change_row(work.db, NeedRow, row["id"], merged_into_id=living)
    values: dict[str, Any] = {"merged_into_id": living, "dropped_reason": reason}
    await change_row(work.db, NeedRow, id, status=NeedStatus.dropped, **values)


async def split_need(work: Work, id: UUID, split: NeedSplit, version: int | None) -> list[UUID]:
    """A need becomes several, each naming it; answers their ids."""
    await own(work, NEEDS, id)
    whole = await get_row(work.db, NeedRow, id, lock=True)
    rules.demand_open(whole["status"])
    parts = [rules.inheriting(part, whole) for part in split.parts]
    for number, part in enumerate(parts):
        await _sources_known(work, part, whole)
        day = f"parts.{number}.identified_on"
        rules.demand_past(part.identified_on, clock.today(), field=day)
    made = [await create_thing(work, NEEDS, part, split_from_id=id) for part in parts]
    closed = {"status": NeedStatus.dropped, "dropped_reason": split.reason}
    await change_row(work.db, NeedRow, id, version=version, **closed)
    return [part["id"] for part in made]


async def unlink_answers(work: Work, answer_ids: list[UUID]) -> None:
    """Needs stay when answers are withdrawn, without the link to them."""
    gone = set(answer_ids)
    for need in await needs_of_answers(work.db, answer_ids):
        kept = [one for one in need["answer_ids"] if one not in gone]
        await change_row(work.db, NeedRow, need["id"], answer_ids=kept)
