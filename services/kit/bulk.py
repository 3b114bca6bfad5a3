"""Bulk: many new things in one call, all of them or none.

Every row is judged before the first is written, and what is wrong is told row by row. References,
what must be unique and what may not overlap are asked for all rows at once: the number of queries
does not grow with the rows.
"""

import asyncio
from collections.abc import Awaitable, Callable, Container, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import ARRAY, Uuid, any_, bindparam, cast, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from services.kit import large
from services.kit.bulk_rows import Sent
from services.kit.bulk_sets import overlapping, taken, unknown
from services.kit.collection import Collection
from services.kit.contract import Draft, part_of
from services.kit.errors import Conflict, FieldError, Rejected, field_errors
from services.kit.http import Work
from services.kit.keeping import hidden_from
from services.kit.store import Record, insert_rows

MOST_ERRORS = 1000
CHUNK, BREATH = 2000, 200
Drafts = Mapping[int, Any]
Found = Iterable[tuple[int, FieldError]]


def _as_it_is(draft: Any) -> Any:
    return draft


@dataclass(frozen=True)
class Bulk:
    """What a room's rules say of many rows.

    `refine` is the rule over one row by itself: it gives the draft as it is stored, or Rejected.
    `weigh` is asked once for all rows, of which some may have been read in part only.
    """

    refine: Callable[[Any], Any] = _as_it_is
    weigh: Callable[[Work, Drafts], Awaitable[Found]] | None = None


class Wrong:
    """What is wrong in which row: so many in full, the rest counted."""

    def __init__(self, most: int = MOST_ERRORS) -> None:
        self.told: list[tuple[int, FieldError]] = []
        self.count, self.most = 0, most

    def add(self, found: Found) -> None:
        """More that is wrong."""
        for row, error in found:
            self.count += 1
            if len(self.told) < self.most:
                self.told.append((row, error))

    def forget(self, rows: Container[int]) -> None:
        """Nothing is wrong with rows that are left out."""
        kept = [one for one in self.told if one[0] not in rows]
        self.count -= len(self.told) - len(kept)
        self.told = kept

    @property
    def errors(self) -> list[FieldError]:
        """Each error at its row, counted from 0: rows.17.name."""
        return [
            FieldError(f"rows.{row}.{error.field}".rstrip("."), error.code, error.message)
            for row, error in sorted(self.told, key=lambda one: one[0])
        ]

    def demand_none(self) -> None:
        """Rejected with all that is wrong, and how much that is."""
        if self.count:
            more = (
                f", of which the first {MOST_ERRORS} are told" if self.count > MOST_ERRORS else ""
            )
            told = f"{self.count} errors in the rows{more}; nothing is stored"
            raise Rejected(told, errors=self.errors[:MOST_ERRORS], count=self.count)


@dataclass
class Reading:
    """Rows as drafts: those that are whole, and those read in part beside what is wrong."""

    whole: dict[int, Any]
    parts: dict[int, Any]
    wrong: Wrong


async def read_rows(sent: Sent, draft: type[Draft], bulk: Bulk, most: int = MOST_ERRORS) -> Reading:
    """Each row by itself against the contract and the room's rule; needs no database.

    So many errors are told in full.
    """
    found = Reading({}, {}, Wrong(most))
    found.wrong.add(sent.unread)
    for place, (number, row) in enumerate(sent.rows.items()):
        if place % BREATH == 0:
            await asyncio.sleep(0)  # others are answered meanwhile
        errors, part = _read(row, draft, bulk)
        found.wrong.add((number, error) for error in errors)
        if part is not None:
            (found.parts if errors else found.whole)[number] = part
    return found


def _read(row: Record, draft: type[Draft], bulk: Bulk) -> tuple[list[FieldError], Any]:
    errors: list[FieldError] = []
    try:
        read = draft.model_validate(row)
    except ValidationError as failure:
        errors = field_errors(failure.errors(include_url=False))
        read = _rest(row, draft, errors)
    if read is None:
        return errors, None
    try:
        return errors, bulk.refine(read)
    except (Rejected, Conflict) as refused:
        return [*errors, *refused.errors], read


def _rest(row: Record, draft: type[Draft], errors: list[FieldError]) -> Any:
    """The row without what cannot be read, so that the rest is judged too."""
    unread = {error.field.split(".")[0] for error in errors}
    try:
        return part_of(draft).model_validate({n: v for n, v in row.items() if n not in unread})
    except ValidationError:
        return None


async def weigh_rows(work: Work, things: Collection, reading: Reading, bulk: Bulk) -> None:
    """What only the store can tell of the rows, set by set, beside what is wrong already."""
    drafts = reading.whole | reading.parts
    wrong, db, table = reading.wrong, work.db, things.table
    wrong.add(_others(work, things, drafts))
    hidden = await hidden_from(work, things, drafts.values())
    wrong.add(await unknown(db, table, drafts, hidden))
    wrong.add(await taken(db, table, drafts))
    wrong.add(await overlapping(db, table, drafts))
    if bulk.weigh:
        wrong.add(await bulk.weigh(work, drafts))


def _others(work: Work, things: Collection, drafts: Drafts) -> Found:
    """Rows of another municipality than the key's."""
    code, name = work.caller.bound_to, things.owner_field
    if code is not None and name is not None:
        told = FieldError(name, "other_municipality", "only your own municipality")
        said = {n: getattr(draft, name, None) for n, draft in drafts.items()}
        yield from ((n, told) for n, one in said.items() if one not in (None, code))


async def store_rows(work: Work, things: Collection, drafts: Drafts) -> list[UUID]:
    """Write them, a part at a time. Rejected where one would not be the municipality's own."""
    waiting = list(drafts.values())
    code, name = work.caller.bound_to, things.owner_field
    own = {name: code} if code and name else {}
    made: list[UUID] = []
    for start in range(0, len(waiting), CHUNK):
        made += await insert_rows(work.db, things.row, waiting[start : start + CHUNK], **own)
    if code is not None:
        await _demand_own(work, things, dict(zip(made, drafts, strict=True)))
    return made


async def _demand_own(work: Work, things: Collection, made: Mapping[UUID, int]) -> None:
    table, wrong = things.table, Wrong()
    owner = things.owner(table.c) if things.owner else cast(None, Uuid())
    among = table.c.id == any_(bindparam("made", list(made), type_=ARRAY(Uuid())))
    others = select(table.c.id).where(among, owner.is_distinct_from(work.caller.bound_to))
    told = FieldError(things.decides_owner, "unknown_reference", "not a thing of yours")
    wrong.add((made[one], told) for one in (await work.db.execute(others)).scalars())
    wrong.demand_none()


async def take_time(db: AsyncConnection) -> None:
    """This transaction's statements, and the judging of rows between them, may take as long as a
    large request.
    """
    for name in ("statement_timeout", "idle_in_transaction_session_timeout"):
        await db.execute(text(f"SET LOCAL {name} = '{large.SECONDS:.0f}s'"))


async def settle(db: AsyncConnection) -> None:
    """Write the ledger of many rows now: at the commit it would have seconds only."""
    await take_time(db)
    driver: Any = (await db.get_raw_connection()).driver_connection
    await driver.execute("SET CONSTRAINTS ALL IMMEDIATE", timeout=large.SECONDS)


async def make_rows(
    work: Work, things: Collection, reading: Reading, bulk: Bulk, *, dry_run: bool
) -> list[UUID]:
    """All rows or none; of a dry run nothing stays."""
    await weigh_rows(work, things, reading, bulk)
    reading.wrong.demand_none()
    if dry_run:
        async with work.db.begin_nested() as tried:
            await store_rows(work, things, reading.whole)
            await tried.rollback()
        return []
    made = await store_rows(work, things, reading.whole)
    await settle(work.db)
    return made
