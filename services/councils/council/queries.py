"""Questions about councils."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Date,
    Uuid,
    and_,
    case,
    exists,
    func,
    literal,
    null,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.contract.council import (
    Council,
    CouncilDraft,
    CouncilKind,
    CouncilLevel,
    CouncilPhase,
    PhaseChange,
    PhaseChangeDraft,
)
from services.councils.contract.meeting import MeetingStatus
from services.councils.contract.need import OPEN_NEEDS
from services.councils.membership import day_in_sweden, in_own_council
from services.councils.tables.council import CouncilRow, PhaseChangeRow, SeatRow
from services.councils.tables.direction import DirectionAnswerRow, EscalationRow
from services.councils.tables.fast_track import ShortageSignalRow
from services.councils.tables.meeting import DecisionRow, MeetingRow
from services.councils.tables.need import NeedRow
from services.councils.tables.selection import SelectionRow
from services.kit.collection import Collection, When
from services.kit.contract import Reference
from services.kit.hindsight import had_come, told_since, true_of
from services.kit.identity import Caller
from services.kit.paging import Filter, has, same, since, until
from services.kit.store import Record, table_of


def phase_on(council_id: Any, when: When, name: str) -> ColumnElement[Any]:
    """What the change says that a council's phase on the day comes from."""
    change = when.table(PhaseChangeRow).alias("phase_now")
    newest = select(change.c[name]).where(
        change.c.council_id == council_id, change.c.on <= when.day
    )
    return newest.order_by(change.c.number.desc()).limit(1).scalar_subquery()


def _phase_since(columns: Any, when: When) -> ColumnElement[Any]:
    """Since when; null where it is the first phase and nobody said when the council began.

    The first phase then counts from the day the council was written down, which says nothing of it.
    """
    on = phase_on(columns.id, when, "on")
    told = or_(columns.starts_on <= when.day, phase_on(columns.id, when, "number") > 1)
    return case((told, on), else_=null())


def _seat_count(council_id: Any, when: When) -> ColumnElement[int]:
    seat = when.table(SeatRow).alias("seat_now")
    sits = and_(seat.c.council_id == council_id, seat.c.valid.op("@>")(when.day))
    return select(func.count()).select_from(seat).where(sits).scalar_subquery()


def _those_naming(council_id: Any, when: When, name: str) -> ColumnElement[list[UUID]]:
    """The councils that name one in a field: those founded anew from it, or under it."""
    other = when.table(CouncilRow).alias(f"by_{name}")
    found = select(other.c.id).where(other.c[name] == council_id).order_by(other.c.id)
    return func.array(found.scalar_subquery(), type_=ARRAY(Uuid()))


def _parent_closed_on(columns: Any, when: When) -> ColumnElement[Any]:
    parent = when.table(CouncilRow).alias("parent")
    closed = parent.c.id == columns.parent_id, had_come(parent.c.closed_on, when)
    return select(parent.c.closed_on).where(*closed).scalar_subquery()


def _derived(columns: Any, when: When) -> Sequence[ColumnElement[Any]]:
    return (
        phase_on(columns.id, when, "phase").label("phase"),
        _phase_since(columns, when).label("phase_since"),
        _seat_count(columns.id, when).label("seat_count"),
        _those_naming(columns.id, when, "predecessor_id").label("successor_ids"),
        _those_naming(columns.id, when, "parent_id").label("child_ids"),
        _parent_closed_on(columns, when).label("parent_closed_on"),
        *told_since(columns, when, "closed_on", "closing_reason", "result", "lessons"),
    )


def _in_phase() -> Filter:
    """Only councils that are in one of these phases on the day."""
    return Filter(
        CouncilPhase,
        lambda c, values, when: phase_on(c.id, when, "phase").in_(values),
        dated=True,
    )


def _in_industry() -> Filter:
    """Only councils of these industries, however they are capitalised."""
    return Filter(str, lambda c, values: func.lower(c.industry).in_([v.lower() for v in values]))


def _rests_on() -> Filter:
    """Only councils that rest on a policy source whose title holds any of these."""

    def clause(columns: Any, values: Sequence[str]) -> ColumnElement[bool]:
        sources = func.jsonb_array_elements(columns.policy_sources, type_=JSONB)
        title = func.lower(sources.column_valued("one")["title"].astext)
        held = or_(*(title.contains(value.lower(), autoescape=True) for value in values))
        return exists(select(literal(True)).where(held))

    keeps = "Only those that rest on a policy source with this in its title; repeated: any of them"
    return Filter(str, clause, keeps=keeps)


def _is_open() -> Filter:
    """true: not closed; false: closed."""
    return true_of(lambda columns, when: ~had_come(columns.closed_on, when))


def councils_seen(caller: Caller, columns: Any) -> ColumnElement[bool] | None:
    """Members see the councils where they sit; others see all."""
    return in_own_council(caller, columns.id)


def below_council_seen(caller: Caller, columns: Any) -> ColumnElement[bool] | None:
    """What belongs to a council (column council_id) is seen with it."""
    return in_own_council(caller, columns.council_id)


COUNCILS = Collection(
    row=CouncilRow,
    draft=CouncilDraft,
    answer=Council,
    path="/councils",
    filters={
        "kind": same("kind", CouncilKind),
        "phase": _in_phase(),
        "open": _is_open(),
        "level": same("level", CouncilLevel),
        "industry": _in_industry(),
        "leader_actor_id": has("leader_actor_ids", Reference),
        "convened_by_actor_id": same("convened_by_actor_id", Reference),
        "process_leader_post_id": same("process_leader_post_id", Reference),
        "predecessor_id": same("predecessor_id", Reference),
        "parent_id": same("parent_id", Reference),
        "policy_source": _rests_on(),
        "ends_from": since("ends_on"),
        "ends_until": until("ends_on"),
    },
    sorts=("name", "kind", "industry", "starts_on", "ends_on", "created_at", "updated_at"),
    search=("name", "purpose", "industry"),
    derive=_derived,
    visible=councils_seen,
    dated=True,
)
PHASES = Collection(
    row=PhaseChangeRow,
    draft=PhaseChangeDraft,
    answer=PhaseChange,
    path="/phases",
    filters={
        "council_id": same("council_id", Reference),
        "phase": same("phase", CouncilPhase),
        "from": since("on"),
        "until": until("on"),
    },
    sorts=("number", "on", "created_at"),
    parent=("/councils", "council_id"),
    visible=below_council_seen,
)


async def last_change(db: AsyncConnection, council_id: UUID) -> Record:
    """The newest change of a council's phase."""
    change = table_of(PhaseChangeRow)
    newest = (
        select(change).where(change.c.council_id == council_id).order_by(change.c.number.desc())
    )
    return dict((await db.execute(newest.limit(1))).mappings().one())


async def changes(db: AsyncConnection, council_id: UUID) -> list[Record]:
    """A council's changes of phase, from the first."""
    change = table_of(PhaseChangeRow)
    found = select(change).where(change.c.council_id == council_id).order_by(change.c.number)
    return [dict(row) for row in (await db.execute(found)).mappings()]


async def first_seat(db: AsyncConnection, council_id: UUID) -> date | None:
    """The first day of a council's first seat."""
    seat = table_of(SeatRow)
    first = select(func.min(func.lower(seat.c.valid, type_=Date())))
    return await db.scalar(first.where(seat.c.council_id == council_id))


async def first_meeting(db: AsyncConnection, council_id: UUID) -> date | None:
    """The day of a council's first meeting that is not cancelled."""
    meeting = table_of(MeetingRow)
    theirs = meeting.c.council_id == council_id, meeting.c.status != MeetingStatus.cancelled
    day: date | None = await db.scalar(
        select(func.min(day_in_sweden(meeting.c.starts_at))).where(*theirs)
    )
    return day


async def last_work(db: AsyncConnection, council_id: UUID) -> date | None:
    """The last day that a council met, decided, got a need, lifted something or answered."""
    meeting, decision, need = table_of(MeetingRow), table_of(DecisionRow), table_of(NeedRow)
    given, lift = table_of(DirectionAnswerRow), table_of(EscalationRow)
    choice = table_of(SelectionRow)
    theirs = meeting.c.council_id == council_id, meeting.c.status == MeetingStatus.held
    met = select(func.max(day_in_sweden(meeting.c.starts_at))).where(*theirs).scalar_subquery()
    decided = select(func.max(decision.c.decided_on)).where(decision.c.council_id == council_id)
    seen = select(func.max(need.c.identified_on)).where(need.c.council_id == council_id)
    said = select(func.max(given.c.answered_on)).where(given.c.council_id == council_id)
    lifted = select(func.max(lift.c.raised_on)).where(lift.c.council_id == council_id)
    replied = select(func.max(lift.c.answered_on)).where(lift.c.to_council_id == council_id)
    chosen = select(func.max(choice.c.decided_on)).where(choice.c.council_id == council_id)
    asked = decided, seen, said, lifted, replied, chosen
    days = (one.scalar_subquery() for one in asked)
    last: date | None = await db.scalar(select(func.greatest(met, *days)))
    return last


async def ancestors(db: AsyncConnection, council_id: UUID) -> set[UUID]:
    """The council itself, all that it was founded anew from or works under, and all of theirs."""
    council = table_of(CouncilRow)
    named = council.c.predecessor_id, council.c.parent_id
    line = select(council.c.id, *named).where(council.c.id == council_id)
    below = line.cte("line", recursive=True)
    above = select(council.c.id, *named).where(
        or_(council.c.id == below.c.predecessor_id, council.c.id == below.c.parent_id)
    )
    return set((await db.execute(select(below.union(above).c.id))).scalars())


async def open_one(db: AsyncConnection, id: UUID | None) -> UUID | None:
    """That council where it is open; None where it is closed, or none is named."""
    council = table_of(CouncilRow)
    living = select(council.c.id).where(council.c.id == id, council.c.closed_on.is_(None))
    found: UUID | None = await db.scalar(living)
    return found


async def open_needs_of(db: AsyncConnection, council_id: UUID) -> int:
    """How many needs of a council, or that it was convened for, are still worked on."""
    need, signal = table_of(NeedRow), table_of(ShortageSignalRow)
    told = need.alias("told")
    living = select(func.coalesce(told.c.merged_into_id, told.c.id)).where(
        signal.c.council_id == council_id, told.c.id == signal.c.need_id
    )
    called = or_(need.c.id.in_(living), need.c.split_from_id.in_(living))
    theirs = or_(need.c.council_id == council_id, called)
    found = select(func.count()).select_from(need).where(theirs, need.c.status.in_(OPEN_NEEDS))
    return await db.scalar(found) or 0
