"""Questions about pulses."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, func, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.contract.pulse import (
    QUESTIONS,
    Pulse,
    PulseDraft,
    PulseLetter,
    PulseOutcome,
    PulseState,
)
from services.councils.council.queries import below_council_seen
from services.councils.pulse.rules import HIGH
from services.councils.tables.council import CouncilRow, SeatRow
from services.councils.tables.pulse import PulseLetterRow, PulseLineRow, PulseRow, PulseTicketRow
from services.kit.collection import Collection, When
from services.kit.contract import Reference
from services.kit.errors import NotFound
from services.kit.hindsight import had_come, told_since
from services.kit.paging import Filter, same, since, until
from services.kit.store import Record, table_of

PULSE, LETTER = table_of(PulseRow), table_of(PulseLetterRow)
TICKET, LINE = table_of(PulseTicketRow), table_of(PulseLineRow)
SEAT, COUNCIL = table_of(SeatRow), table_of(CouncilRow)
_CAME = ("outcome", *(f"{name}_level" for name in QUESTIONS))
_SHOWN = [LETTER.c[name] for name in PulseLetter.model_fields if name in LETTER.c]


def _state(columns: Any, when: When) -> ColumnElement[str]:
    return case(
        (had_come(columns.closed_on, when), PulseState.closed),
        (columns.closes_on < when.day, PulseState.counting),
        else_=PulseState.open,
    )


def _derived(columns: Any, when: When) -> Sequence[ColumnElement[Any]]:
    came = told_since(columns, when, "closed_on", *_CAME)
    return (_state(columns, when).label("state"), *came)


def _in_state() -> Filter:
    keeps = "Only rounds in this state on the day; repeated: any of them"
    holds = lambda c, values, when: _state(c, when).in_(values)  # noqa: E731
    return Filter(PulseState, holds, dated=True, keeps=keeps)


PULSES = Collection(
    row=PulseRow,
    draft=PulseDraft,
    answer=Pulse,
    path="/pulses",
    filters={
        "council_id": same("council_id", Reference),
        "state": _in_state(),
        "asked_from": since("asked_on"),
        "asked_until": until("asked_on"),
    },
    sorts=("-asked_on", "created_at", "updated_at"),
    derive=_derived,
    parent=("/councils", "council_id"),
    visible=below_council_seen,
    on=lambda columns, _: columns.asked_on,
)


async def rounds_of(db: AsyncConnection, council_id: UUID, today: date) -> Record:
    """Whether a round of a council is open, and when one was shown last."""
    mine = PULSE.c.council_id == council_id
    going = and_(PULSE.c.closed_on.is_(None), PULSE.c.closes_on >= today)
    shown = PULSE.c.outcome == PulseOutcome.shown
    told = (
        func.coalesce(func.bool_or(going), literal(False)).label("going"),
        func.max(PULSE.c.closed_on).filter(shown).label("shown_on"),
    )
    return dict((await db.execute(select(*told).where(mine))).mappings().one())


async def asked_before(db: AsyncConnection, council_id: UUID) -> set[UUID]:
    """Whom a council's latest round asked: people, and seats that have no post."""
    mine = PULSE.c.council_id == council_id
    latest = select(PULSE.c.id).where(mine).order_by(PULSE.c.created_at.desc()).limit(1)
    who = func.coalesce(LETTER.c.person_id, LETTER.c.seat_id)
    found = await db.scalars(select(who).where(LETTER.c.pulse_id == latest.scalar_subquery()))
    return set(found.all())


async def shown_before(db: AsyncConnection, pulse: Record) -> Record | None:
    """The round of the same council that was shown last before this one."""
    older = PULSE.c.council_id == pulse["council_id"], PULSE.c.id != pulse["id"]
    shown = select(PULSE).where(*older, PULSE.c.outcome == PulseOutcome.shown)
    newest = shown.order_by(PULSE.c.closed_on.desc(), PULSE.c.id.desc()).limit(1)
    found = (await db.execute(newest)).mappings().first()
    return dict(found) if found else None


async def seats_on(db: AsyncConnection, council_id: UUID, day: date) -> Sequence[Any]:
    """The council's seats on a day."""
    living = SEAT.c.council_id == council_id, SEAT.c.valid.op("@>")(day)
    found = select(SEAT.c.id, SEAT.c.actor_id, SEAT.c.post_id).where(*living)
    return (await db.execute(found.order_by(SEAT.c.valid_from, SEAT.c.id))).all()


async def tally(db: AsyncConnection, pulse_id: UUID) -> Record:
    """How many answered, and how many of them gave each question a high mark."""
    answered = TICKET.c.pulse_id == pulse_id, TICKET.c.relations.is_not(None)
    high = (func.count().filter(TICKET.c[name] >= HIGH).label(name) for name in QUESTIONS)
    asked = select(func.count().label("answered"), *high).where(*answered)
    return dict((await db.execute(asked)).mappings().one())


async def lines_told(db: AsyncConnection, pulse_id: UUID) -> list[str]:
    """What the links of an open round wrote."""
    told = select(TICKET.c.line).where(TICKET.c.pulse_id == pulse_id, TICKET.c.line.is_not(None))
    return list((await db.execute(told)).scalars())


async def lines_of(db: AsyncConnection, pulse_id: UUID) -> list[Record]:
    """What was written in a round that is shown, in no order."""
    found = select(LINE.c.text).where(LINE.c.pulse_id == pulse_id).order_by(LINE.c.id)
    return [dict(row) for row in (await db.execute(found)).mappings()]


async def letters_of(db: AsyncConnection, pulse_id: UUID) -> list[Record]:
    """A round's links."""
    found = select(*_SHOWN).where(LETTER.c.pulse_id == pulse_id).order_by(LETTER.c.id)
    return [dict(row) for row in (await db.execute(found)).mappings()]


async def shown_letter(db: AsyncConnection, pulse_id: UUID, id: UUID) -> Record:
    """One link of a round, as it is answered. NotFound."""
    mine = LETTER.c.pulse_id == pulse_id, LETTER.c.id == id
    found = (await db.execute(select(*_SHOWN).where(*mine))).mappings().first()
    if found is None:
        raise NotFound(f"the round has no link {id}")
    return dict(found)


async def behind_link(db: AsyncConnection, hash: bytes, *, lock: bool = False) -> Record:
    """The round of a link, with its council's name. NotFound."""
    own = select(TICKET.c.pulse_id).where(TICKET.c.hash == hash).scalar_subquery()
    asked = select(PULSE, COUNCIL.c.name.label("council")).where(PULSE.c.id == own)
    asked = asked.join(COUNCIL, COUNCIL.c.id == PULSE.c.council_id)
    asked = asked.with_for_update(of=PULSE) if lock else asked
    found = (await db.execute(asked)).mappings().first()
    if found is None:
        raise NotFound("there is no such link")
    return dict(found)


def over(today: date) -> ColumnElement[bool]:
    """Rounds whose last day is over and that nobody has counted."""
    return and_(PULSE.c.closed_on.is_(None), PULSE.c.closes_on < today)
