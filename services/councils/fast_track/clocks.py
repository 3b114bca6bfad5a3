"""Questions about the clocks that the fast track started: of one council, or of all of them."""

from collections.abc import Mapping, Sequence
from datetime import date
from statistics import median
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, literal, or_, select, true, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.contract.council import CouncilPhase
from services.councils.contract.fast_track import Stage
from services.councils.contract.initiative import InitiativeStatus
from services.councils.contract.need import NeedStatus
from services.councils.fast_track.filling import began, counted_full, told_full
from services.councils.fast_track.queries import signals_seen
from services.councils.need.links import names_need
from services.councils.tables.council import CouncilRow, PhaseChangeRow
from services.councils.tables.fast_track import ShortageSignalRow
from services.councils.tables.initiative import InitiativeRow
from services.councils.tables.need import NeedRow
from services.kit.errors import NotFound
from services.kit.identity import Caller
from services.kit.store import Record, table_of

MOST = 500  # fast tracks that are compared
REACHED = tuple(stage for stage in Stage if stage is not Stage.signal)
# What was done before the council was convened is none of its work.
MEASURES = (Stage.first_measure, Stage.seats_filled)
TOLD = ("council_id", "occupation_code", "occupation_name", "headcount", "needed_by", "source")
OF_COUNCIL = ("industry", "closed_on", "closing_reason", "result", "lessons")


def _convened(council_id: ColumnElement[Any]) -> Select[Any]:
    change = table_of(PhaseChangeRow)
    active = change.c.phase == CouncilPhase.active
    found = select(change.c.on, change.c.council_id.label("shown_by"), change.c.example)
    return found.where(change.c.council_id == council_id, active).order_by(change.c.number)


def _measured(need_id: ColumnElement[Any]) -> Select[Any]:
    """A proposal is no measure yet."""
    initiative = table_of(InitiativeRow)
    day = began(initiative)
    taken = initiative.c.status != InitiativeStatus.proposed, day.is_not(None)
    found = select(day.label("on"), initiative.c.id.label("shown_by"), initiative.c.example)
    return found.where(names_need(initiative.c, need_id), *taken)


def _met(need_id: ColumnElement[Any]) -> Select[Any]:
    need = table_of(NeedRow).alias("met_need")
    met = need.c.id == need_id, need.c.status == NeedStatus.met
    found = select(need.c.met_on.label("on"), need.c.id.label("shown_by"), need.c.example)
    return found.where(*met)


def _ours(question: Select[Any], stage: Stage, convened_on: ColumnElement[Any]) -> Select[Any]:
    on = question.selected_columns[0]
    return question.where(on >= func.coalesce(convened_on, on)) if stage in MEASURES else question


def _clocks(caller: Caller) -> Select[Any]:
    """Each signal, its council, its living need, and when each stage was reached."""
    signal, need, council = (table_of(one) for one in (ShortageSignalRow, NeedRow, CouncilRow))
    living = func.coalesce(need.c.merged_into_id, need.c.id)
    convened = _convened(signal.c.council_id).limit(1).lateral(Stage.convened)
    stages = {Stage.convened: convened}
    lacking = living, signal.c.headcount
    for stage, questions in (
        (Stage.first_measure, [_measured(living)]),
        (Stage.seats_filled, [counted_full(*lacking), told_full(*lacking)]),
        (Stage.need_met, [_met(living)]),
    ):
        narrowed = (_ours(one, stage, convened.c.on) for one in questions)
        first = union_all(*narrowed).order_by("on", "shown_by").limit(1)
        stages[stage] = first.lateral(stage)
    joined: Any = signal.join(need, need.c.id == signal.c.need_id)
    joined = joined.join(council, council.c.id == signal.c.council_id)
    for one in stages.values():
        joined = joined.outerjoin(one, true())
    shown = [
        one.c[name].label(f"{stage}_{name}")
        for stage, one in stages.items()
        for name in ("on", "shown_by", "example")
    ]
    found = select(
        signal, living.label("living_id"), *(council.c[name] for name in OF_COUNCIL),
        council.c.name.label("council_name"),
        or_(signal.c.example, council.c.example).label("is_example"), *shown,
    ).select_from(joined)  # fmt: skip
    seen = signals_seen(caller, signal.c)
    return found if seen is None else found.where(seen)


async def clock_of(db: AsyncConnection, council_id: UUID, caller: Caller, today: date) -> Record:
    """How long each stage took from the signal on. NotFound without a signal."""
    of_it = table_of(ShortageSignalRow).c.council_id == council_id
    row = (await db.execute(_clocks(caller).where(of_it))).mappings().one_or_none()
    if row is None:
        raise NotFound("the council was not made on the fast track")
    corrected = row["updated_at"] if row["version"] > 1 else None
    told = {"signal_id": row["id"], "corrected_at": corrected, "stages": _stages(row)}
    return {name: row[name] for name in TOLD} | _ran(row, today) | told


async def convened_on(db: AsyncConnection, council_id: UUID) -> date | None:
    """The day that a council was convened."""
    found: date | None = await db.scalar(_convened(literal(council_id)).limit(1))
    return found


async def fast_tracks(db: AsyncConnection, caller: Caller, today: date) -> Record:
    """All of them beside each other, the newest signal first, and what is usual."""
    signal = table_of(ShortageSignalRow)
    order = signal.c.signalled_on.desc(), signal.c.id
    rows = (await db.execute(_clocks(caller).order_by(*order).limit(MOST))).mappings()
    items = [_beside(row, today) for row in rows]
    usual = {f"days_to_{stage}": _usual(items, f"days_to_{stage}") for stage in REACHED}
    return {"items": items, "median": usual}


def _beside(row: Mapping[str, Any], today: date) -> Record:
    kept = (*TOLD, *OF_COUNCIL, "council_name", "signalled_on")
    days = {f"days_to_{stage}": _since(row, stage) for stage in REACHED}
    return {name: row[name] for name in kept} | _ran(row, today) | days


def _usual(items: Sequence[Record], name: str) -> float | None:
    reached = [one[name] for one in items if one[name] is not None]
    return float(median(reached)) if reached else None


def _since(row: Mapping[str, Any], stage: Stage) -> int | None:
    on: date | None = row[f"{stage}_on"]
    return (on - row["signalled_on"]).days if on else None


def _ran(row: Mapping[str, Any], today: date) -> Record:
    """For how long a clock has run, and whether it runs."""
    met_on = row[f"{Stage.need_met}_on"]
    end = met_on or row["closed_on"] or today
    invented = [row["is_example"], *(row[f"{stage}_example"] for stage in REACHED)]
    return {
        "need_id": row["living_id"],
        "days": (end - row["signalled_on"]).days,
        "running": met_on is None and row["closed_on"] is None,
        "late": (met_on or today) > row["needed_by"],
        "example": any(invented),
    }


def _stages(row: Mapping[str, Any]) -> list[Record]:
    start = before = row["signalled_on"]
    reached = {Stage.signal: (start, row["need_id"])}
    reached |= {stage: (row[f"{stage}_on"], row[f"{stage}_shown_by"]) for stage in REACHED}
    found = []
    # In order of days: what is not reached yet comes last.
    for stage, (on, shown_by) in sorted(reached.items(), key=lambda one: one[1][0] or date.max):
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
