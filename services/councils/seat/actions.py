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
from services.kit import clock
from services.kit.elsewhere import demand_whole
from services.kit.errors import Refusals, Unavailable
from services.kit.http import Work
from services.kit.keeping import create_thing, remove_thing
from services.kit.store import get_row


async def judge(work: Work, draft: SeatDraft, id: UUID | None = None) -> None:
    """A seat is in an open council and stays in it; who is seated is ready, or it is told why.

    Conflict beside a closed council.
    """
    refused = Refusals()
    with refused:
        await demand_whole(
            work, SEATS.table, draft, id, part="post_id", whole="actor_id", reason="other_actor"
        )
    before = None if id is None else await get_row(work.db, SeatRow, id)
    with refused:
        if before is not None:
            rules.demand_same_council(before, draft)
    with refused:
        if draft.council_id is not None:
            council = await open_council(work, draft.council_id)
            if before is None or before["valid_from"] != draft.valid_from:
                rules.demand_begun(draft.valid_from, council["starts_on"])
            if before is None or rules.asks_again(before, draft, clock.today()):
                await _demand_ready(work, draft)
    refused.demand_none()


async def seat_in_a_hurry(work: Work, drafts: Sequence[SeatDraft], reason: str) -> list[UUID]:
    """Seats in a new council that must meet at once, all from one day.

    Whoever is not known to be ready sits all the same, for a reason that stands with the seat.
    """
    actors = [draft.actor_id for draft in drafts]
    unready: set[UUID] = set()
    for day in rules.days_of_gate(drafts[0], clock.today()):
        try:
            states = await states_on(work, actors, day)
        except Unavailable:
            states = dict.fromkeys(actors, NOT_ASSESSED)
        unready |= {one for one, state in (states or {}).items() if state != rules.READY}
    made = []
    for draft in drafts:
        ready = draft.actor_id not in unready
        told = {"readiness_exception": None if ready else reason}
        made.append(await create_thing(work, SEATS, draft.model_copy(update=told)))
    return [seat["id"] for seat in made]


async def _demand_ready(work: Work, draft: SeatDraft) -> None:
    """The gate: asked of active councils where no reason is told, on each day that counts."""
    if draft.readiness_exception is not None or None in (draft.valid_from, draft.actor_id):
        return
    phases = await changes(work.db, draft.council_id)
    for day in sorted(rules.days_of_gate(draft, clock.today())):
        states = None
        if rules.is_active(phases, day):
            states = await states_on(work, [draft.actor_id], day)
        if states is not None:
            rules.demand_ready(states[draft.actor_id])


async def remove_seat(work: Work, id: UUID, version: int) -> None:
    """Delete a seat that was never meant; one that was is ended instead."""
    seat = await get_row(work.db, SeatRow, id)
    await open_council(work, seat["council_id"])
    await remove_thing(work, SEATS, id, version=version)
