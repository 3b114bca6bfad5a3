"""Questions about what fills the model on a day: a query for each sort of thing, none in a loop."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    and_,
    any_,
    cast,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.contract.council import CouncilPhase
from services.councils.contract.meeting import MeetingStatus
from services.councils.contract.picture import LATELY_DAYS, FillerKind, Happening, TieKind
from services.councils.council.queries import councils_seen, phase_on
from services.councils.direction.queries import DIRECTIONS
from services.councils.direction.waiting import still_there
from services.councils.escalation.queries import ESCALATIONS
from services.councils.initiative.queries import INITIATIVES
from services.councils.load.queries import is_running
from services.councils.membership import day_in_sweden
from services.councils.model_definition.default_model import DEFAULT_MODEL
from services.councils.model_definition.queries import definition_of
from services.councils.picture import rules
from services.councils.tables.council import CouncilRow
from services.councils.tables.direction import DirectionAnswerRow, DirectionRow, EscalationRow
from services.councils.tables.initiative import InitiativeRow, OutcomeRow
from services.councils.tables.meeting import DecisionRow, MeetingRow
from services.kit import clock
from services.kit.collection import When
from services.kit.identity import Caller
from services.kit.store import Record

OF_COUNCIL = ("id", "name", "level", "parent_id", "process_leader_post_id", "example")


async def picture(db: AsyncConnection, caller: Caller, when: When) -> Record:
    """The whole picture of a day."""
    model = await definition_of(db, when)
    defined = model["parts"] if model else [one.model_dump(mode="json") for one in DEFAULT_MODEL]
    councils = await _councils(db, caller, when)
    actors = await _rows(db, _executors(caller, when))
    counted = await _rows(db, union_all(_directed(caller, when), _lifted(caller, when)))
    return {
        "on": when.day,
        "model_definition_id": model["id"] if model else None,
        "valid_from": model["valid_from"] if model else None,
        "parts": rules.parts(defined, councils, actors),
        "outside": rules.outside(defined, councils),
        "ties": rules.ties(councils, counted),
    }


async def _rows(db: AsyncConnection, statement: Any) -> list[Record]:
    return [dict(row) for row in (await db.execute(statement)).mappings()]


def _seen(things: Any, caller: Caller, columns: Any) -> ColumnElement[bool]:
    found = things(caller, columns)
    return literal(value=True) if found is None else found


def _happened(when: When) -> Iterator[Select[Any]]:
    """What happens in councils: (council, day, what)."""
    meeting = when.table(MeetingRow).alias("met")
    held = meeting.c.status == MeetingStatus.held
    day = day_in_sweden(meeting.c.starts_at)
    yield select(meeting.c.council_id, day.label("day"), _what(Happening.meeting)).where(held)
    outcome, initiative = (when.table(one) for one in (OutcomeRow, InitiativeRow))
    outcome, initiative = outcome.alias("came"), initiative.alias("its")
    yield (
        select(initiative.c.council_id, outcome.c.happened_on, _what(Happening.outcome))
        .select_from(outcome)
        .join(initiative, initiative.c.id == outcome.c.initiative_id)
    )
    for row, council, on, what in (
        (DecisionRow, "council_id", "decided_on", Happening.decision),
        (DirectionAnswerRow, "council_id", "answered_on", Happening.direction_answer),
        (EscalationRow, "council_id", "raised_on", Happening.escalation),
        (EscalationRow, "to_council_id", "answered_on", Happening.escalation_answer),
    ):
        thing = when.table(row).alias(f"of_{what}")
        yield select(thing.c[council], thing.c[on], _what(what))


def _what(happening: Happening) -> ColumnElement[str]:
    return literal(happening.value).label("what")


def _lately(when: When) -> Any:
    """By council when something happened last, what, and how much in the year before."""
    told = union_all(*_happened(when)).subquery("told")
    recent = told.c.day > clock.from_day(when.day, -timedelta(days=LATELY_DAYS))
    newest = func.array_agg(aggregate_order_by(told.c.what, told.c.day.desc(), told.c.what))
    counts = [
        func.count().filter(and_(recent, told.c.what == what.value)).label(f"{what}_count")
        for what in (Happening.meeting, Happening.decision)
    ]
    found = select(
        told.c.council_id, func.max(told.c.day).label("last_on"), newest[1].label("last"), *counts
    )
    by_then = told.c.council_id.is_not(None), told.c.day <= when.day
    return found.where(*by_then).group_by(told.c.council_id).subquery("lately")


async def _councils(db: AsyncConnection, caller: Caller, when: When) -> list[Record]:
    """All councils that there are on the day, each with whether the caller sees it."""
    council, lately = when.table(CouncilRow).alias("there"), _lately(when)
    phase, on = (phase_on(council.c.id, when, name) for name in ("phase", "on"))
    found = (
        select(
            *(council.c[name] for name in OF_COUNCIL),
            council.c.kind.label("council_kind"),
            literal(FillerKind.council.value).label("kind"),
            phase.label("phase"),
            on.label("phase_on"),
            _seen(councils_seen, caller, council.c).label("seen"),
            lately.c.last_on,
            lately.c.last,
            *(func.coalesce(lately.c[f"{one}_count"], 0).label(f"{one}_count") for one in COUNTED),
        )
        .select_from(council)
        .outerjoin(lately, lately.c.council_id == council.c.id)
        .where(phase != CouncilPhase.closed)
        .order_by(council.c.name, council.c.id)
    )
    rows = await _rows(db, found)
    return [row | {"shell": rules.is_shell(row, when.day)} for row in rows]


COUNTED = (Happening.meeting, Happening.decision)


def _executors(caller: Caller, when: When) -> Select[Any]:
    """The actors that lead initiatives under way."""
    initiative = when.table(InitiativeRow).alias("under_way")
    led = initiative.c.lead_actor_id
    nothing = [literal(None).label(name) for name in ("name", "phase", "last")]
    zeros = [cast(literal(0), Integer).label(f"{one}_count") for one in COUNTED]
    seen = func.bool_or(_seen(INITIATIVES.visible, caller, initiative.c))
    goes_on = led.is_not(None), is_running(initiative.c, when)
    return (
        select(
            literal(FillerKind.actor.value).label("kind"),
            led.label("id"),
            func.max(initiative.c.started_on).label("last_on"),
            literal(value=False).label("shell"),
            func.bool_and(initiative.c.example).label("example"),
            seen.label("seen"),
            *nothing,
            *zeros,
        )
        .where(*goes_on)
        .group_by(led)
        .order_by(led)
    )


def _directed(caller: Caller, when: When) -> Select[Any]:
    """Directions from a council to each that is asked, and how many wait for an answer."""
    direction, decision = when.table(DirectionRow).alias("asks"), when.table(DecisionRow)
    decision, given = decision.alias("rests_on"), when.table(DirectionAnswerRow).alias("said")
    other = when.table(CouncilRow).alias("asked")
    own = given.c.direction_id == direction.c.id, given.c.council_id == other.c.id
    answered = select(given.c.id).where(*own, given.c.answered_on <= when.day)
    answered = answered.correlate(direction, other)
    waits = and_(~answered.exists(), still_there(other.c, when))
    tied = _tied(TieKind.direction, direction.c.council_id, other.c.id, waits)
    return (
        tied.select_from(direction)
        .join(other, other.c.id == any_(direction.c.council_ids))
        .join(decision, decision.c.id == direction.c.decision_id)
        .where(decision.c.decided_on <= when.day, _seen(DIRECTIONS.visible, caller, direction.c))
    )


def _lifted(caller: Caller, when: When) -> Select[Any]:
    """Lifts from a council to another, and how many wait for an answer."""
    lift = when.table(EscalationRow).alias("lifts")
    waits = or_(lift.c.answered_on.is_(None), lift.c.answered_on > when.day)
    tied = _tied(TieKind.escalation, lift.c.council_id, lift.c.to_council_id, waits)
    return tied.where(lift.c.raised_on <= when.day, _seen(ESCALATIONS.visible, caller, lift.c))


def _tied(kind: TieKind, one: Any, other: Any, waits: ColumnElement[bool]) -> Select[Any]:
    return select(
        literal(kind.value).label("kind"),
        one.label("from_id"),
        other.label("to_id"),
        func.count().label("count"),
        func.count().filter(waits).label("waiting_count"),
    ).group_by(one, other)
