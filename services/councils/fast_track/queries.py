"""Questions about the fast track: its signals, and the clock each started."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.contract.council import CouncilPhase
from services.councils.contract.fast_track import SignalFacts, Stage, StoredSignal
from services.councils.contract.initiative import InitiativeStatus
from services.councils.contract.need import NeedStatus
from services.councils.council.queries import below_council_seen
from services.councils.need.links import both, its_need_seen, names_needs
from services.councils.tables.council import CouncilRow, PhaseChangeRow
from services.councils.tables.fast_track import ShortageSignalRow
from services.councils.tables.initiative import InitiativeRow, OutcomeRow
from services.councils.tables.need import NeedRow
from services.kit.collection import Collection
from services.kit.contract import OccupationCode, Reference
from services.kit.errors import NotFound
from services.kit.identity import Caller
from services.kit.paging import same, since, until
from services.kit.store import Record, table_of


def _signals_seen(caller: Caller, columns: Any) -> ColumnElement[bool] | None:
    """With the council, and by a municipality's key with the need that came of it."""
    return both(below_council_seen(caller, columns), its_need_seen(caller, columns))


# The day a stage was reached, what shows it, and whether that is invented.
Shown = tuple[Any, ...]
# What was done before the council was convened is none of its work.
MEASURES = (Stage.first_measure, Stage.seats_filled)
NOT_REACHED: Shown = (None, None, False)
SHORTAGES = Collection(
    row=ShortageSignalRow,
    draft=SignalFacts,
    answer=StoredSignal,
    path="/shortage-signals",
    filters={
        "council_id": same("council_id", Reference),
        "need_id": same("need_id", Reference),
        "occupation_code": same("occupation_code", OccupationCode),
        "signalled_from": since("signalled_on"),
        "signalled_until": until("signalled_on"),
    },
    sorts=("-signalled_on", "needed_by", "created_at"),
    parent=("/councils", "council_id"),
    visible=_signals_seen,
)


async def _signal_of(db: AsyncConnection, council_id: UUID, caller: Caller) -> Record:
    """The signal that a council was made for, with the living need. NotFound."""
    signal, need = table_of(ShortageSignalRow), table_of(NeedRow)
    living = func.coalesce(need.c.merged_into_id, need.c.id).label("living_id")
    council = table_of(CouncilRow)
    example = or_(signal.c.example, council.c.example).label("is_example")
    found = select(signal, living, council.c.closed_on, example).where(
        signal.c.council_id == council_id,
        need.c.id == signal.c.need_id,
        council.c.id == signal.c.council_id,
    )
    seen = _signals_seen(caller, signal.c)
    found = found if seen is None else found.where(seen)
    row = (await db.execute(found)).mappings().one_or_none()
    if row is None:
        raise NotFound("the council was not made on the fast track")
    return dict(row)


def _convened(council_id: UUID) -> Select[Any]:
    change = table_of(PhaseChangeRow)
    active = change.c.phase == CouncilPhase.active
    found = select(change.c.on, change.c.council_id, change.c.example).where(
        change.c.council_id == council_id
    )
    return found.where(active).order_by(change.c.number)


def _measured(need_id: UUID) -> Select[Any]:
    """A proposal is no measure yet."""
    initiative = table_of(InitiativeRow)
    began = func.least(initiative.c.decided_on, initiative.c.started_on)
    taken = initiative.c.status != InitiativeStatus.proposed
    found = select(began, initiative.c.id, initiative.c.example).where(
        names_needs(initiative.c, [need_id]), taken
    )
    return found.where(began.is_not(None)).order_by(began, initiative.c.id)


def _filled(need_id: UUID) -> Select[Any]:
    """The first outcome that an initiative for the need reports."""
    outcome, initiative = table_of(OutcomeRow), table_of(InitiativeRow)
    ours = select(initiative.c.id).where(names_needs(initiative.c, [need_id]))
    theirs = names_needs(outcome.c, [need_id]) | outcome.c.initiative_id.in_(ours)
    found = select(outcome.c.happened_on, outcome.c.id, outcome.c.example).where(theirs)
    return found.order_by(outcome.c.happened_on, outcome.c.id)


def _met(need_id: UUID) -> Select[Any]:
    need = table_of(NeedRow)
    met = need.c.status == NeedStatus.met
    return select(need.c.met_on, need.c.id, need.c.example).where(need.c.id == need_id, met)


async def clock_of(db: AsyncConnection, council_id: UUID, caller: Caller, today: date) -> Record:
    """How long each stage took from the signal on. NotFound without a signal."""
    signal = await _signal_of(db, council_id, caller)
    need_id = signal["living_id"]
    questions = {
        Stage.convened: _convened(council_id),
        Stage.first_measure: _measured(need_id),
        Stage.seats_filled: _filled(need_id),
        Stage.need_met: _met(need_id),
    }
    reached = {
        Stage.signal: (signal["signalled_on"], signal["need_id"], signal["is_example"]),
    }
    for stage, question in questions.items():
        first = question.limit(1)
        if stage in MEASURES and (begun := reached[Stage.convened][0]):
            first = first.where(question.selected_columns[0] >= begun)
        row = (await db.execute(first)).one_or_none()
        reached[stage] = tuple(row) if row else NOT_REACHED
    return _told(signal, reached, today)


def _told(signal: Record, reached: dict[Stage, Shown], today: date) -> Record:
    met_on = reached[Stage.need_met][0]
    end = met_on or signal["closed_on"] or today
    told = ("council_id", "occupation_code", "occupation_name", "headcount", "needed_by", "source")
    return {name: signal[name] for name in told} | {
        "need_id": signal["living_id"],
        "stages": _stages(reached),
        "days": (end - signal["signalled_on"]).days,
        "running": met_on is None and signal["closed_on"] is None,
        "late": (met_on or today) > signal["needed_by"],
        "example": any(example for *_, example in reached.values()),
    }


def _stages(reached: dict[Stage, Shown]) -> list[Record]:
    start = before = reached[Stage.signal][0]
    found = []
    # In order of days: what is not reached yet comes last.
    in_order = sorted(reached.items(), key=lambda one: one[1][0] or date.max)
    for stage, (on, shown_by, _) in in_order:
        found.append(
            {
                "stage": stage,
                "on": on,
                "days_since_signal": (on - start).days if on else None,
                "days_since_previous": (on - before).days if on else None,
                "shown_by_id": shown_by,
            }
        )
        before = on or before
    return found
