"""Needs become one or several, and are as they were again where that was a mistake."""

from typing import Any
from uuid import UUID

from services.councils.consent import talks_of
from services.councils.contract.need import NeedDraft, NeedMerge, NeedSplit, NeedStatus
from services.councils.contract.need_union import united
from services.councils.need import gifts, rules
from services.councils.need.actions import judge_content, own_locked
from services.councils.need.queries import (
    NEEDS,
    living_in,
    locked_needs,
    open_status,
    parts_made,
)
from services.councils.tables.base import METADATA
from services.councils.tables.need import NeedRow
from services.kit.elsewhere import learn
from services.kit.errors import NotFound, Refusals, Rejected, within
from services.kit.http import Work
from services.kit.judging import weigh
from services.kit.keeping import create_thing, own
from services.kit.references import stored
from services.kit.store import Record, change_row, get_row


async def _judge_part(work: Work, draft: NeedDraft, before: Record) -> None:
    """All that forbids a need that takes over sources of another."""

    async def content(_work: Work, _draft: NeedDraft, _id: None) -> None:
        await judge_content(work, draft, before)

    await weigh(work, NEEDS, draft, judge=content)


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
    """Needs become one, which takes over their sources; the old ones keep what they gave it."""
    found = await judge_merge(work, merge)
    living = await _living(work, merge, found)
    before = found[merge.into_id] if merge.into_id else _drafted(merge)
    for one in merge.from_ids:
        await _lives_on(work, found[one], before, living, merge.reason or rules.MERGED)
    return living


def _drafted(merge: NeedMerge) -> Record:
    assert merge.into is not None  # noqa: S101 - the contract says one of the two
    return merge.into.model_dump() | {"status": NeedStatus.identified}


async def _living(work: Work, merge: NeedMerge, found: dict[UUID, Record]) -> Record:
    whole, status = _whole(merge, found), rules.furthest(found.values())
    if merge.into_id:
        return await change_row(work.db, NeedRow, merge.into_id, status=status, **whole)
    assert merge.into is not None  # noqa: S101 - the contract says one of the two
    return await create_thing(work, NEEDS, merge.into.model_copy(update=whole), status=status)


async def _lives_on(work: Work, need: Record, before: Record, living: Record, why: str) -> None:
    for one in await living_in(work.db, need["id"]):
        await change_row(work.db, NeedRow, one["id"], merged_into_id=living["id"])
    values: dict[str, Any] = {"merged_into_id": living["id"], "dropped_reason": why}
    values |= {"status": NeedStatus.dropped, "given": gifts.given(need, before, living)}
    await change_row(work.db, NeedRow, need["id"], **values)


async def part_need(work: Work, id: UUID, version: int | None) -> Record:
    """Undo a merge: the need is open again, with what had been merged into it before.

    What it gave goes back where it still is as it was given. Conflict unless what it lives on in is
    open.
    """
    await own(work, NEEDS, id)
    need, living, others = await _with_living(work, id)
    rules.demand_parting(need, living, by_another=gifts.came_by_another(need))
    assert living is not None  # noqa: S101 - demanded just above
    _demand_own(work, living)
    came = gifts.came_with(id, others)
    rest = [one for one in others if one["id"] not in came]
    status = await open_status(work.db, id) or NeedStatus.identified
    back = gifts.taken_back(need | {"status": status}, living, rest)
    await change_row(work.db, NeedRow, living["id"], **back)
    for one in came:
        await change_row(work.db, NeedRow, one, merged_into_id=id)
    return await _opened(work, id, version, status=status, merged_into_id=None, given=None)


async def _with_living(work: Work, id: UUID) -> tuple[Record, Record | None, list[Record]]:
    """A need, the one that it lives on in, and all others that do so; locked."""
    into = (await get_row(work.db, NeedRow, id))["merged_into_id"]
    ids = [into, *(one["id"] for one in await living_in(work.db, into))] if into else []
    found = await locked_needs(work.db, [id, *ids])
    others = [found[one] for one in ids if one not in (id, into)]
    return found[id], found.get(found[id]["merged_into_id"]), others


def _demand_own(work: Work, need: Record) -> None:
    """Not found where another's need would be changed, too."""
    if work.caller.bound_to not in (None, need["reported_by"]):
        raise NotFound("what it lives on in is not yours")


async def _opened(work: Work, id: UUID, version: int | None, **values: Any) -> Record:
    return await change_row(work.db, NeedRow, id, version=version, dropped_reason=None, **values)


async def rejoin_need(work: Work, id: UUID, version: int | None) -> Record:
    """Undo a split: the parts live on in what they were parts of, which is open again.

    Conflict unless all of its parts are open.
    """
    await own(work, NEEDS, id)
    ids = [(await get_row(work.db, NeedRow, id))["id"], *await parts_made(work.db, id)]
    found = await locked_needs(work.db, ids)
    whole, *parts = (found[one] for one in ids)
    rules.demand_rejoining(whole, parts)
    for one in parts:
        _demand_own(work, one)
    before = whole | {"status": await open_status(work.db, id) or NeedStatus.identified}
    values = united([before, *parts]) | {"status": rules.furthest([before, *parts])}
    rules.demand_room(values)
    living = await _opened(work, id, version, **values)
    for one in parts:
        await _lives_on(work, one, before, living, rules.REJOINED)
    return living


async def judge_split(work: Work, split: NeedSplit, id: UUID) -> list[NeedDraft]:
    """All that forbids to make several needs of one; answers the parts."""
    await learn(work, METADATA, split, kept=await stored(work.db, NEEDS.table, id))
    await talks_of(work.db, {one for part in split.parts or () for one in part.answer_ids})
    whole, refused = await own_locked(work, id), Refusals()
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
