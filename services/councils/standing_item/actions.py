"""What can be done with standing items; the agendas of coming meetings follow."""

from typing import Any
from uuid import UUID

from services.councils.contract.meeting import MeetingStatus
from services.councils.contract.standing_item import StandingItemDraft
from services.councils.council.actions import open_council
from services.councils.standing_item.queries import (
    STANDING_ITEMS,
    agendas_of,
    coming_meetings,
    points_of,
    standing_in,
)
from services.councils.standing_item.rules import GIVEN, demand_its_council, lasts, point
from services.councils.tables.council import CouncilRow
from services.councils.tables.meeting import AgendaItemRow, StandingItemRow
from services.kit.clock import day_of
from services.kit.http import Work
from services.kit.keeping import create_thing, remove_thing, replace_thing
from services.kit.store import Record, change_row, get_row, insert_rows, remove_row


async def judge(work: Work, draft: StandingItemDraft, id: UUID | None = None) -> None:
    """All that forbids it; the council is locked, so that no meeting is called meanwhile."""
    if id is None:
        if draft.council_id is not None:
            await open_council(work, draft.council_id)
        return
    before = await get_row(work.db, StandingItemRow, id)
    await get_row(work.db, CouncilRow, before["council_id"], lock=True)
    demand_its_council(before, draft.council_id)


async def make_item(work: Work, draft: StandingItemDraft) -> Record:
    """From now on its council's meetings have it, those that are planned already too."""
    made = await create_thing(work, STANDING_ITEMS, draft)
    await _settle(work, made)
    return made


async def revise_item(work: Work, id: UUID, draft: StandingItemDraft, version: int) -> Record:
    """Coming meetings have it as it is now; what somebody wrote at a point stays."""
    done = await replace_thing(work, STANDING_ITEMS, id, draft, version=version)
    await _settle(work, done)
    return done


async def remove_item(work: Work, id: UUID, version: int) -> None:
    """It never was. Conflict where a meeting had it: such a one is given an end."""
    item = await get_row(work.db, StandingItemRow, id)
    await get_row(work.db, CouncilRow, item["council_id"], lock=True)
    meetings = [one["id"] for one in await coming_meetings(work.db, item["council_id"])]
    for one in await points_of(work.db, id, meetings):
        if not one["touched"]:
            await remove_row(work.db, AgendaItemRow, one["id"])
    await remove_thing(work, STANDING_ITEMS, id, version=version)


async def put_on(work: Work, *meetings: Record) -> None:
    """Meetings that are called, or moved, get what stands on their council's agendas that day."""
    planned = [one for one in meetings if one["status"] != MeetingStatus.cancelled]
    items = await standing_in(work.db, {one["council_id"] for one in planned})
    if not items:
        return
    agendas = await agendas_of(work.db, [one["id"] for one in planned])
    new: list[Any] = []
    for meeting in planned:
        last, there = agendas.get(meeting["id"], (0, set()))
        wanted = [one for one in items if one["id"] not in there and _stands_at(one, meeting)]
        new += (point(one, meeting["id"], place) for place, one in enumerate(wanted, last + 1))
    await insert_rows(work.db, AgendaItemRow, new)


def _stands_at(item: Record, meeting: Record) -> bool:
    its_council = item["council_id"] == meeting["council_id"]
    return its_council and lasts(item, day_of(meeting["starts_at"]))


async def _settle(work: Work, item: Record) -> None:
    """The coming agendas have it where it lasts, and elsewhere only what somebody wrote at it."""
    coming = await coming_meetings(work.db, item["council_id"])
    wanted = {one["id"]: one for one in coming if lasts(item, one["day"])}
    points = await points_of(work.db, item["id"], [one["id"] for one in coming])
    for one in points:
        if one["touched"]:
            continue
        if one["meeting_id"] in wanted:
            given = {name: item[name] for name in GIVEN}
            await change_row(work.db, AgendaItemRow, one["id"], **given)
        else:
            await remove_row(work.db, AgendaItemRow, one["id"])
    there = {one["meeting_id"] for one in points}
    new = [point(item, key, one["last"] + 1) for key, one in wanted.items() if key not in there]
    await insert_rows(work.db, AgendaItemRow, list(new))
