"""What can be done with pulses."""

from secrets import SystemRandom
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import case, delete, null, update

from services.councils.contract.pulse import (
    QUESTIONS,
    PulseAnswer,
    PulseDraft,
    PulseLetterState,
    PulseOutcome,
)
from services.councils.council.actions import open_council
from services.councils.pulse import rules
from services.councils.pulse.links import links_for
from services.councils.pulse.queries import (
    LETTER,
    PULSES,
    TICKET,
    asked_before,
    behind_link,
    lines_told,
    rounds_of,
    seats_on,
    shown_before,
    tally,
)
from services.councils.tables.pulse import PulseLetterRow, PulseLineRow, PulseRow, PulseTicketRow
from services.kit import clock
from services.kit.errors import Refusals
from services.kit.http import Work
from services.kit.keeping import create_thing, own, replace_thing
from services.kit.store import Record, change_row, get_row, insert_rows, remove_row

DICE = SystemRandom()


async def judge(work: Work, draft: PulseDraft, id: UUID | None = None) -> None:
    """All that forbids it."""
    refused, today = Refusals(), clock.today()
    if id is None:
        with refused:
            await _judge_turn(work, draft.council_id)
        with refused:
            rules.demand_asked(draft.asked_on, today)
    else:
        before = await get_row(work.db, PulseRow, id, lock=True)
        with refused:
            rules.demand_same(before, draft.council_id, draft.asked_on)
        with refused:
            rules.demand_open(before, today, field="closes_on")
    with refused:
        rules.demand_until(draft.closes_on, today)
    refused.demand_none()


async def _judge_turn(work: Work, council_id: UUID | None) -> None:
    if council_id is not None:
        await open_council(work, council_id)
        today = clock.today()
        rules.demand_turn(await rounds_of(work.db, council_id, today), today)


async def open_round(work: Work, draft: PulseDraft) -> Record:
    """Make a link for everybody who has a seat; they go by e-mail where there is an address."""
    then = await asked_before(work.db, draft.council_id)
    links = await links_for(work, await seats_on(work.db, draft.council_id, draft.asked_on))
    rules.demand_enough(len(links))
    more: dict[str, Any] = {"asked_count": len(links)}
    if then:
        now = {one.letter["person_id"] or one.letter["seat_id"] for one in links}
        more |= {"seats_new": len(now - then), "seats_gone": len(then - now)}
    pulse = await create_thing(work, PULSES, draft, **more)
    of = {"pulse_id": pulse["id"]}
    await insert_rows(work.db, PulseLetterRow, [one.letter | of for one in links])
    # In the order of what nobody can guess: no row stands where its letter does.
    tickets = [{"id": uuid4(), "hash": key} | of for key in sorted(one.hash for one in links)]
    await insert_rows(work.db, PulseTicketRow, list(tickets))
    return pulse


async def move_closing(work: Work, id: UUID, draft: PulseDraft, version: int) -> Record:
    """Another last day, while it is open."""
    return await replace_thing(work, PULSES, id, draft, version=version)


async def call_off(work: Work, id: UUID, version: int) -> None:
    """It was opened by mistake: nobody has seen an answer, and nobody will."""
    await own(work, PULSES, id)
    rules.demand_open(await get_row(work.db, PulseRow, id, lock=True), clock.today(), field="id")
    for table in (LETTER, TICKET):
        await work.db.execute(delete(table).where(table.c.pulse_id == id))
    await remove_row(work.db, PulseRow, id, version=version)


async def close_now(work: Work, id: UUID, version: int | None) -> Record:
    """It takes no more answers, and is counted."""
    pulse = await get_row(work.db, PulseRow, id, lock=True)
    rules.demand_open(pulse, clock.today(), field="state")
    return await count(work, pulse, version)


async def count(work: Work, pulse: Record, version: int | None = None) -> Record:
    """Tell what may be told of a round that is locked, and forget what each answered."""
    found = await tally(work.db, pulse["id"])
    outcome = rules.outcome(found["answered"])
    told: dict[str, Any] = {"closed_on": clock.today(), "outcome": outcome}
    if outcome is PulseOutcome.shown:
        told |= await _levels(work, pulse, found)
        await _keep_lines(work, pulse["id"])
    await _forget(work, pulse["id"])
    return await change_row(work.db, PulseRow, pulse["id"], version=version, **told)


async def _levels(work: Work, pulse: Record, found: Record) -> Record:
    last = await shown_before(work.db, pulse) or {}
    names = {name: f"{name}_level" for name in QUESTIONS}
    return {
        level: rules.level(found[name], found["answered"], last.get(level))
        for name, level in names.items()
    }


async def _keep_lines(work: Work, id: UUID) -> None:
    """In the order of new random ids, as they are also read."""
    lines = await lines_told(work.db, id)
    DICE.shuffle(lines)
    ids = sorted(uuid4() for _ in lines)
    rows = [{"id": key, "pulse_id": id, "text": line} for key, line in zip(ids, lines, strict=True)]
    await insert_rows(work.db, PulseLineRow, list(rows))


async def _forget(work: Work, id: UUID) -> None:
    """Links stay a while to say that the round is over; what they answered is gone."""
    nothing: dict[str, Any] = dict.fromkeys((*QUESTIONS, "line"), null())
    await work.db.execute(update(TICKET).where(TICKET.c.pulse_id == id).values(nothing))
    mine = LETTER.c.pulse_id == id
    await work.db.execute(
        update(LETTER).where(mine, LETTER.c.token.is_not(None)).values(token=None)
    )
    waiting = mine, LETTER.c.state.in_((PulseLetterState.queued, PulseLetterState.to_copy))
    gone = {"state": PulseLetterState.skipped, "next_try_at": None}
    changed = {"version": LETTER.c.version + 1, "updated_at": clock.now()}
    await work.db.execute(update(LETTER).where(*waiting).values(gone | changed))


async def answer(work: Work, hash: bytes, given: PulseAnswer) -> bytes:
    """What a link answers takes the place of what it answered before.

    Every ticket of the round is written: no row tells by its place or its transaction which it was.
    """
    pulse = await behind_link(work.db, hash, lock=True)
    rules.demand_open(pulse, clock.today(), field="relations")
    this = TICKET.c.hash == hash
    values = {
        name: case((this, getattr(given, name)), else_=TICKET.c[name])
        for name in (*QUESTIONS, "line")
    }
    mine = TICKET.c.pulse_id == pulse["id"]
    await work.db.execute(update(TICKET).where(mine).values(values))
    return hash
