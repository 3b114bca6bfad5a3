"""What can be done with seats."""

from uuid import UUID

from services.councils.contract.council import SeatDraft
from services.councils.council.actions import open_council
from services.councils.seat.queries import SEATS
from services.councils.seat.rules import demand_same_council
from services.councils.tables.council import SeatRow
from services.kit.collection import create_thing, remove_thing, replace_thing
from services.kit.http import Work
from services.kit.store import Record, get_row


async def seat_actor(work: Work, draft: SeatDraft) -> Record:
    """Give an actor a seat. Conflict in a closed council, or beside the same seat."""
    await open_council(work, draft.council_id)
    return await create_thing(work, SEATS, draft)


async def revise_seat(work: Work, id: UUID, draft: SeatDraft, version: int) -> Record:
    """Give a seat all new values, in the council where it is."""
    seat = await get_row(work.db, SeatRow, id)
    demand_same_council(seat, draft)
    await open_council(work, draft.council_id)
    return await replace_thing(work, SEATS, id, draft, version=version)


async def remove_seat(work: Work, id: UUID, version: int) -> None:
    """Delete a seat that was never meant; one that was is ended instead."""
    seat = await get_row(work.db, SeatRow, id)
    await open_council(work, seat["council_id"])
    await remove_thing(work, SEATS, id, version=version)
