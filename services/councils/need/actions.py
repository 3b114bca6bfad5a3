"""What can be done with needs."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import exists, select, update

from services.councils.consent import demand_usable, talks_of
from services.councils.contract.need import (
    NeedDraft,
    NeedDropped,
    NeedMerge,
    NeedMet,
    NeedSplit,
    NeedStatus,
)
from services.councils.contract.need_union import united
from services.councils.council.actions import demand_taking
from services.councils.need import rules
from services.councils.need.days import first_known, last_convened
from services.councils.need.queries import (
    NEEDS,
    first_decided,
    locked_needs,
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
from services.kit.elsewhere import learn
from services.kit.errors import Refusals, Rejected, within
from services.kit.http import Work
from services.kit.judging import weigh
from services.kit.keeping import create_thing, own, remove_thing
from services.kit.references import demand_known, demand_unlisted, stored
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
        await _judge_content(work, draft, before)
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


async def _judge_content(work: Work, draft: NeedDraft, before: Record) -> None:
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
    refused.demand_none()


async def _judge_part(work: Work, draft: NeedDraft, before: Record) -> None:
    """All that forbids a need that takes over sources of another."""

    async def content(_work: Work, _draft: NeedDraft, _id: None) -> None:
        await _judge_content(work, draft, before)

    await weigh(work, NEEDS, draft, judge=content)


async def _own_locked(work: Work, id: UUID) -> Record:
    await own(work, NEEDS, id)
    return await get_row(work.db, NeedRow, id, lock=True)


async def _move(work: Work, id: UUID, action: str, version: int | None, **values: Any) -> Record:
    need = await _own_locked(work, id)
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
    need, refused = await _own_locked(work, id), Refusals()
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
    rules.moved_to("drop", (await _own_locked(work, id))["status"])


async def drop_need(work: Work, id: UUID, dropped: NeedDropped, version: int | None) -> Record:
    """The need is dropped, with the reason."""
    return await _move(work, id, "drop", version, dropped_reason=dropped.reason)


async def reopen_need(work: Work, id: UUID, version: int | None) -> Record:
    """A met or dropped need goes on from where it was; one that others replaced does not."""
    need = await _own_locked(work, id)
    rules.demand_living(need, split=await was_split(work.db, id))
    status = rules.reopened_to(need["status"], await open_status(work.db, id))
    forgotten = {"met_on": None, "evidence": None, "dropped_reason": None}
    return await change_row(work.db, NeedRow, id, version=version, status=status, **forgotten)


async def judge_merge(work: Work, merge: NeedMerge, _id: None = None) -> dict[UUID, Record]:
    """All that forbids to make one need of several; answers those that exist, locked."""
    await learn(work, METADATA, merge)
    gone, into = merge.from_ids or [], [merge.into_id] if merge.into_id else []
    await talks_of(work.db, merge.into.answer_ids if merge.into else ())
    found = await locked_needs(work.db, [*gone, *into])
    refused = Refusals()
    for field, ids in (("from_ids", gone), ("into_id", into)):
        for one in ids:
            with refused:
                _demand_mergeable(work, one, found.get(one), field)
    if merge.into:
        with refused, within("into"):
            await _judge_part(work, merge.into, _sources(found))
    with refused:
        if found.keys() >= {*gone, *into} and (merge.into or into):
            rules.demand_room(_whole(merge, found))
    refused.demand_none(type(merge).model_fields)
    return found


def _sources(found: dict[UUID, Record]) -> Record:
    """What needs rest on already."""
    whole = united(found.values())
    return {name: whole[name] for name in ("answer_ids", "meeting_ids")}


def _whole(merge: NeedMerge, found: dict[UUID, Record]) -> Record:
    """What the needs hold together."""
    into = found[merge.into_id] if merge.into_id else merge.into.model_dump() if merge.into else {}
    return united([into, *(found[one] for one in merge.from_ids or ())])


def _demand_mergeable(work: Work, id: UUID, need: Record | None, field: str) -> None:
    """A need to merge is known, the caller's to write, and open."""
    if need is None or work.caller.bound_to not in (None, need["reported_by"]):
        raise Rejected(f"there is no need {id}", field=field, reason="unknown_reference")
    rules.demand_open(need["status"], field=field)


async def merge_needs(work: Work, merge: NeedMerge) -> Record:
    """Needs become one, which takes over their sources; the old ones name it."""
    living = await _living(work, merge, await judge_merge(work, merge))
    for one in merge.from_ids:
        await _lives_on(work, one, living["id"], merge.reason)
    return living


async def _living(work: Work, merge: NeedMerge, found: dict[UUID, Record]) -> Record:
    whole, status = _whole(merge, found), rules.furthest(found.values())
    if merge.into_id:
        return await change_row(work.db, NeedRow, merge.into_id, status=status, **whole)
    assert merge.into is not None  # noqa: S101 - the contract says one of the two
    return await create_thing(work, NEEDS, merge.into.model_copy(update=whole), status=status)


async def _lives_on(work: Work, id: UUID, living: UUID, reason: str | None) -> None:
    need = NEEDS.table
    earlier = need.select().where(need.c.merged_into_id == id).order_by(need.c.id)
    for row in (await work.db.execute(earlier)).mappings().all():
        await change_row(work.db, NeedRow, row["id"], merged_into_id=living)
    values: dict[str, Any] = {"merged_into_id": living, "dropped_reason": reason or rules.MERGED}
    await change_row(work.db, NeedRow, id, status=NeedStatus.dropped, **values)


async def judge_split(work: Work, split: NeedSplit, id: UUID) -> list[NeedDraft]:
    """All that forbids to make several needs of one; answers the parts."""
    await learn(work, METADATA, split, kept=await stored(work.db, NEEDS.table, id))
    await talks_of(work.db, {one for part in split.parts or () for one in part.answer_ids})
    whole, refused = await _own_locked(work, id), Refusals()
    with refused:
        rules.demand_open(whole["status"])
    parts = [rules.inheriting(part, whole) for part in split.parts or []]
    for number, part in enumerate(parts):
        with refused, within(f"parts.{number}"):
            await _judge_part(work, part, whole)
    refused.demand_none(type(split).model_fields)
    return parts


async def split_need(work: Work, id: UUID, split: NeedSplit, version: int | None) -> list[UUID]:
    """A need becomes several, each naming it; answers their ids."""
    parts = await judge_split(work, split, id)
    made = [await create_thing(work, NEEDS, part, split_from_id=id) for part in parts]
    closed = {"status": NeedStatus.dropped, "dropped_reason": split.reason or rules.SPLIT}
    await change_row(work.db, NeedRow, id, version=version, **closed)
    return [part["id"] for part in made]


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
