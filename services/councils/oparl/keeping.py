"""Keeping: rows of an archive become rows of ours; what somebody changed here stays theirs."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import Text, Uuid, bindparam, cast, func, select, text, update
from sqlalchemy.dialects.postgresql import ARRAY, distinct_on
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.contract.meeting import MinutesState
from services.councils.oparl.reading import in_order
from services.councils.oparl.rows import TABLES, Row, Stored
from services.councils.tables.council import CouncilRow, PhaseChangeRow, SeatRow
from services.councils.tables.meeting import AgendaItemRow, DecisionRow, MeetingRow
from services.kit import clock
from services.kit.http import Work
from services.kit.ledger import ledger
from services.kit.store import Record, insert_rows, table_of

ROWS: Mapping[str, Any] = {
    "council": CouncilRow,
    "phase_change": PhaseChangeRow,
    "seat": SeatRow,
    "meeting": MeetingRow,
    "agenda_item": AgendaItemRow,
    "decision": DecisionRow,
}
# What each hangs on, and those of its own kind that it names.
ABOVE = {"phase_change": "council", "seat": "council", "meeting": "council",
         "agenda_item": "meeting", "decision": "meeting"}  # fmt: skip
FORMER = {"council": ("predecessor_id", "parent_id"), "decision": ("supersedes_id",)}
CHUNK = 2000
# How requests that took an archive in begin in the ledger.
MARK = "oparl:"


@dataclass
class Sorted:
    """Rows by what becomes of them."""

    new: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in TABLES})
    changed: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in TABLES})
    same: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)


async def stored(db: AsyncConnection, named: Mapping[str, Iterable[UUID]]) -> Stored:
    """Those of some rows that are there, whole: a question for each table."""
    found: dict[str, dict[UUID, Record]] = {}
    for name, row in ROWS.items():
        table = table_of(row)
        ids = cast(list(named.get(name, ())), ARRAY(Uuid()))
        rows = await db.execute(select(table).where(table.c.id == func.any(ids)))
        found[name] = {one["id"]: dict(one) for one in rows.mappings()}
    return found


async def sort(work: Work, rows: Mapping[str, Mapping[UUID, Row]], there: Stored) -> Sorted:
    """What is new, what differs, what is as it was, and what is not for an import to change."""
    found = Sorted()
    theirs = {name: await changed_here(work, name, there[name]) for name in TABLES}
    shut = {
        "council": {one for one in theirs["council"] if there["council"][one]["closed_on"]},
        "meeting": {one for one in theirs["meeting"] if _approved(there["meeting"][one])},
    }
    for name in TABLES:
        closed = shut.get(ABOVE.get(name, ""), set())
        for row in rows[name].values():
            known, hangs = there[name].get(row.id), _hangs(row, ABOVE.get(name))
            if known is not None and not _differs(row, known):
                found.same[name] += 1
            elif _is_theirs(name, row, hangs, theirs, closed):
                found.kept[name] += 1
                shut.setdefault(name, set()).update(set() if known else {row.id})
            else:
                (found.changed if known else found.new)[name].append(row)
    return found


def _is_theirs(
    name: str, row: Row, hangs: UUID | None, theirs: Mapping[str, set[UUID]], closed: set[UUID]
) -> bool:
    """Whether somebody here has changed a row, or closed what it hangs on."""
    if row.id in theirs[name] or any(
        row.given.get(field) in closed for field in FORMER.get(name, ())
    ):
        return True
    return hangs in (theirs["council"] if name == "phase_change" else closed)


def _approved(meeting: Record) -> bool:
    return bool(meeting["minutes_state"] == MinutesState.approved)


def _hangs(row: Row, above: str | None) -> UUID | None:
    return row.given.get(f"{above}_id") if above else None


def _differs(row: Row, known: Record) -> bool:
    return any(known[name] != value for name, value in row.given.items())


async def changed_here(work: Work, name: str, ids: Iterable[UUID]) -> set[UUID]:
    """Those of some rows that something else than an import wrote last, as the ledger says."""
    wanted = cast([str(one) for one in ids], ARRAY(Text()))
    newest = (
        select(ledger.c.key, ledger.c.request_id)
        .ext(distinct_on(ledger.c.key))
        .where(ledger.c.entity == name, ledger.c.key == func.any(wanted))
        .order_by(ledger.c.key, ledger.c.seq.desc())
    )
    found = (await work.db.execute(newest)).all()
    return {UUID(one.key) for one in found if not one.request_id.startswith(MARK)}


async def write(work: Work, found: Sorted) -> None:
    """Write what is new and what changed, a part at a time; the ledger says how it came."""
    marked = text("SELECT set_config('app.request_id', :request, true)")
    await work.db.execute(marked, {"request": f"{MARK}{work.caller.request_id}"})
    for name, table in ROWS.items():
        new = found.new[name]
        if name in FORMER:
            new = in_order({row.id: row for row in new}, FORMER[name])
        values: list[Any] = [row.once | row.given | {"id": row.id} for row in new]
        for start in range(0, len(values), CHUNK):
            await insert_rows(work.db, table, values[start : start + CHUNK])
        await _change(work.db, table, found.changed[name])


async def _change(db: AsyncConnection, row: Any, rows: Iterable[Row]) -> None:
    """One statement for all that say the same fields."""
    alike: dict[tuple[str, ...], list[Record]] = defaultdict(list)
    for one in rows:
        alike[tuple(sorted(one.given))].append(one.given | {"its_id": one.id})
    table = table_of(row)
    for values in alike.values():
        counted = update(table).values(version=table.c.version + 1, updated_at=clock.now())
        await db.execute(counted.where(table.c.id == bindparam("its_id")), values)
