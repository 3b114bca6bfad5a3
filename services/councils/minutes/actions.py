"""What can be done with minutes while they are typed."""

from uuid import UUID

from services.councils.agenda.queries import items_of
from services.councils.agenda.rules import written_by
from services.councils.contract.minutes import MinutesSet, TypedMinutes
from services.councils.meeting.rules import demand_not_cancelled, demand_unlocked
from services.councils.minutes import rules
from services.councils.minutes.rules import Fate
from services.councils.tables.meeting import AgendaItemRow, MeetingRow
from services.kit.errors import Refusals
from services.kit.http import Work
from services.kit.store import Record, change_row, get_row


async def judge(work: Work, typed: MinutesSet, id: UUID) -> list[Record]:
    """All that forbids to store what was typed; answers the points of the meeting.

    The meeting is locked: its writers come one after another, and none while it is approved.
    """
    meeting, refused = await get_row(work.db, MeetingRow, id, lock=True), Refusals()
    points = await items_of(work.db, id)
    with refused:
        demand_unlocked(meeting)
    with refused:
        demand_not_cancelled(meeting)
    with refused:
        rules.demand_points(typed, (point["id"] for point in points))
    refused.demand_none()
    return points


async def save_minutes(work: Work, id: UUID, typed: MinutesSet) -> dict[str, list[UUID]]:
    """Store what was typed, except over what somebody else wrote; ids saved and in conflict."""
    stored = {point["id"]: point for point in await judge(work, typed, id)}
    done: dict[str, list[UUID]] = {"saved": [], "conflicts": []}
    for item in typed.items:
        before = stored[item.agenda_item_id]
        fate = rules.fate_of(item, before, typed)
        if fate is Fate.written:
            await _write(work, item, before, typed)
        done["conflicts" if fate is Fate.conflict else "saved"].append(before["id"])
    return done


async def _write(work: Work, item: TypedMinutes, before: Record, typed: MinutesSet) -> None:
    told = written_by(typed.writer, typed.turn, before["version"] + 1)
    await change_row(work.db, AgendaItemRow, before["id"], minutes=item.minutes, **told)
