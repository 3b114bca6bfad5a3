"""What can be done with seats."""

from collections.abc import Sequence
from uuid import UUID

from services.councils.contract.council import SeatDraft
from services.councils.council.actions import open_council
from services.councils.council.queries import changes
from services.councils.readiness import NOT_ASSESSED, states_on
from services.councils.seat import rules
from services.councils.seat.queries import SEATS
from services.councils.tables.council import SeatRow
from services.kit.collection import create_thing, remove_thing, replace_thing
from services.kit.errors import Unavailable
from services.kit.http import Work
from services.kit.store import Record, get_row


async def seat_actor(work: Work, draft: SeatDraft) -> Record:
    """Give an actor a seat. Conflict in a closed council, or beside the same seat.

    Rejected in an active council where the actor is not ready and no reason is told.
    """
    await open_council(work, draft.council_id)
    await _demand_ready(work, draft)
    return await create_thing(work, SEATS, draft)


async def seat_in_a_hurry(work: Work, drafts: Sequence[SeatDraft], reason: str) -> list[UUID]:
    """Seats in a new council that must meet at once, all from one day.

    Whoever is not known to be ready sits all the same, for a reason that stands with the seat.
    """
    actors = [draft.actor_id for draft in drafts]
    try:
        states = await states_on(work, actors, drafts[0].valid_from)
    except Unavailable:
        states = dict.fromkeys(actors, NOT_ASSESSED)
    made = []
    for draft in drafts:
        ready = states is None or states[draft.actor_id] == rules.READY
        told = {"readiness_exception": None if ready else reason}
        made.append(await create_thing(work, SEATS, draft.model_copy(update=told)))
    return [seat["id"] for seat in made]


async def revise_seat(work: Work, id: UUID, draft: SeatDraft, version: int) -> Record:
    """Give a seat all new values, in the council where it is."""
    seat = await get_row(work.db, SeatRow, id)
    rules.demand_same_council(seat, draft)
    await open_council(work, draft.council_id)
    if rules.asks_again(seat, draft):
        await _demand_ready(work, draft)
    return await replace_thing(work, SEATS, id, draft, version=version)


async def _demand_ready(work: Work, draft: SeatDraft) -> None:
    """The gate: asked of active councils, on the seat's first day, where no reason is told."""
    day = draft.valid_from
    if draft.readiness_exception is not None:
        return
    if not rules.is_active(await changes(work.db, draft.council_id), day):
        return
    states = await states_on(work, [draft.actor_id], day)
    if states is not None:
        rules.demand_ready(states[draft.actor_id])


async def remove_seat(work: Work, id: UUID, version: int) -> None:
    """Delete a seat that was never meant; one that was is ended instead."""
    seat = await get_row(work.db, SeatRow, id)
    await open_council(work, seat["council_id"])
    await remove_thing(work, SEATS, id, version=version)
