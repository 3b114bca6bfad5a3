"""Questions for an export: pages of things as rows, one of them, and what was removed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, DateTime, Uuid, cast, func, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection

from services.councils.agenda.queries import AGENDA_ITEMS
from services.councils.contract.meeting import MinutesState
from services.councils.council.queries import COUNCILS, PHASES
from services.councils.decision.queries import DECISIONS
from services.councils.meeting.queries import MEETINGS
from services.councils.seat.queries import SEATS
from services.councils.sight import only_member
from services.councils.tables.meeting import MeetingRow
from services.kit.collection import Collection
from services.kit.identity import Caller
from services.kit.ledger import ledger
from services.kit.store import table_of

Row = dict[str, Any]
# Which of our things an object is made of.
KEPT: Mapping[str, Collection] = {
    "organizations": COUNCILS,
    "memberships": SEATS,
    "meetings": MEETINGS,
    "locations": MEETINGS,
    "agenda-items": AGENDA_ITEMS,
    "papers": DECISIONS,
    "consultations": DECISIONS,
}


@dataclass(frozen=True)
class Span:
    """Which part of a list: what comes after an id, in these times, of one council."""

    limit: int = 100
    after: UUID | None = None
    council_id: UUID | None = None
    created: tuple[datetime | None, datetime | None] = (None, None)
    modified: tuple[datetime | None, datetime | None] = (None, None)

    def within(self, id: Any, created: Any, modified: Any) -> list[ColumnElement[bool]]:
        """The conditions, for columns of an id and of two times."""
        found = [] if self.after is None else [id > self.after]
        for column, (since, until) in ((created, self.created), (modified, self.modified)):
            found += [] if since is None else [column >= since]
            found += [] if until is None else [column <= until]
        return found


def _of(things: Collection, caller: Caller) -> Any:
    """Every row that the caller may know of; a point also with the state of its minutes."""
    table = things.table
    found, seen = select(table), things.visible(caller, table.c)
    if things is AGENDA_ITEMS:
        meeting = table_of(MeetingRow)
        joined = table.join(meeting, meeting.c.id == table.c.meeting_id)
        found = found.add_columns(meeting.c.minutes_state).select_from(joined)
    return found if seen is None else found.where(seen)


def _read(things: Collection, caller: Caller, row: Row) -> Row:
    """A row with the names of what this caller may not read of it."""
    there = dict.fromkeys(row, MinutesState.draft) | {"minutes_state": row.get("minutes_state")}
    told = things.hide(dict(there), caller)
    hidden = {name for name, value in told.items() if value is None and there[name] is not None}
    return {**row, "hidden": hidden}


async def _rows(
    db: AsyncConnection, things: Collection, caller: Caller, *where: Any, **more: Any
) -> list[Row]:
    asked = _of(things, caller).where(*where).order_by(things.table.c.id).limit(more.get("limit"))
    return [_read(things, caller, dict(row)) for row in (await db.execute(asked)).mappings()]


class Page(NamedTuple):
    """Rows in the order of their ids, whether more follow, and what hangs on them."""

    rows: list[Row]
    more: bool


async def page_of(db: AsyncConnection, caller: Caller, kind: str, span: Span) -> Page:
    """A page of a list; what was removed stands in it where changes are asked for."""
    things = KEPT[kind]
    table, most = things.table, span.limit + 1
    conditions = span.within(table.c.id, table.c.created_at, table.c.updated_at)
    if span.council_id is not None and "council_id" in table.c:
        conditions.append(table.c.council_id == span.council_id)
    found = await _rows(db, things, caller, *conditions, limit=most)
    if span.modified[0] is not None and span.council_id is None:
        found += await _removed(db, caller, things, span)
    found.sort(key=lambda row: row["id"])
    return Page(found[: span.limit], len(found) > span.limit)


def _removals(things: Collection) -> Any:
    """What was removed and is not there again, as it stands in the ledger."""
    table, id = things.table, cast(ledger.c.key, Uuid())  # noqa: A001
    created = cast(ledger.c.before["created_at"].astext, DateTime(timezone=True))
    told = id.label("id"), created.label("created_at"), ledger.c.at.label("updated_at")
    removed = ledger.c.op == "D", ledger.c.entity == things.noun
    there = select(table.c.id).where(table.c.id == id).exists()
    return select(*told).where(*removed, ~there), told


async def _removed(
    db: AsyncConnection, caller: Caller, things: Collection, span: Span
) -> list[Row]:
    if only_member(caller):  # what somebody could not know of is not told to have been
        return []
    asked, (id, created, _) = _removals(things)  # noqa: A001
    within = span.within(id.element, created.element, ledger.c.at)
    found = await db.execute(asked.where(*within).order_by(id).limit(span.limit + 1))
    return [{**row, "gone": True} for row in found.mappings()]


async def one_of(db: AsyncConnection, caller: Caller, kind: str, id: UUID) -> Row | None:
    """One row that is there, or was."""
    things = KEPT[kind]
    found = await _rows(db, things, caller, things.table.c.id == id)
    if found or only_member(caller):
        return found[0] if found else None
    asked, _ = _removals(things)
    newest = asked.where(ledger.c.key == str(id)).order_by(ledger.c.seq.desc()).limit(1)
    row = (await db.execute(newest)).mappings().one_or_none()
    return {**row, "gone": True} if row else None


async def _hung(
    db: AsyncConnection,
    caller: Caller,
    things: Collection,
    field: str,
    ids: Iterable[UUID],
    *,
    by: str = "id",
) -> dict[UUID, list[Row]]:
    """What hangs on some things, by them, in an order."""
    found: dict[UUID, list[Row]] = defaultdict(list)
    among = things.table.c[field] == func.any(cast([*ids], ARRAY(Uuid())))
    for row in sorted(await _rows(db, things, caller, among), key=lambda row: (row[by], row["id"])):
        found[row[field]].append(row)
    return found


class Below(NamedTuple):
    """What hangs on the things of a page, by their ids, and what hangs on that."""

    first: Mapping[UUID, list[Row]] = {}
    second: Mapping[UUID, list[Row]] = {}


async def below_of(db: AsyncConnection, caller: Caller, kind: str, rows: Iterable[Row]) -> Below:
    """All that the objects of a page hold: a question for each table, however many they are."""
    ids = [row["id"] for row in rows if "gone" not in row]
    if kind == "organizations":
        return Below(await _hung(db, caller, PHASES, "council_id", ids, by="number"))
    if kind == "agenda-items":
        return Below(await _hung(db, caller, DECISIONS, "agenda_item_id", ids))
    if kind != "meetings":
        return Below()
    items = await _hung(db, caller, AGENDA_ITEMS, "meeting_id", ids, by="position")
    points = [item["id"] for found in items.values() for item in found]
    return Below(items, await _hung(db, caller, DECISIONS, "agenda_item_id", points))


async def posts_of_seats(db: AsyncConnection, caller: Caller, span: Span, today: Any) -> list[UUID]:
    """The posts that sit today, a page of them and one more."""
    table = SEATS.table
    post, living = table.c.post_id, table.c.valid.op("@>")(today)
    asked = select(post).distinct().where(post.is_not(None), living)
    seen = SEATS.visible(caller, table.c)
    asked = asked if seen is None else asked.where(seen)
    asked = asked if span.after is None else asked.where(post > span.after)
    return list((await db.execute(asked.order_by(post).limit(span.limit + 1))).scalars())


async def sits(db: AsyncConnection, caller: Caller, actor_id: UUID) -> bool:
    """Whether an actor has, or had, a seat that the caller may know of."""
    found = await _rows(db, SEATS, caller, SEATS.table.c.actor_id == actor_id, limit=1)
    return bool(found)
