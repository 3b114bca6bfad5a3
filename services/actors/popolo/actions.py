"""Taking a whole registry in: all of it, or nothing."""

from typing import Any
from uuid import UUID

from services.actors.contract.popolo import Popolo
from services.actors.popolo import past, queries
from services.actors.popolo.merges import wrong_merges
from services.actors.popolo.naming import KINDS, named_in, uuid_in
from services.actors.popolo.reading import Reading
from services.actors.tables import (
    ActorRow,
    HoldingRow,
    PersonRow,
    PostRow,
    RelationRow,
    StandingRow,
)
from services.kit import clock
from services.kit.bulk_sets import overlapping, taken
from services.kit.errors import FieldError, Forbidden, Rejected
from services.kit.http import Work
from services.kit.store import Record, insert_rows, table_of

ROWS: dict[str, Any] = {
    "actor": ActorRow,
    "standing": StandingRow,
    "post": PostRow,
    "person": PersonRow,
    "holding": HoldingRow,
    "relation": RelationRow,
}
TABLES: tuple[tuple[str, Any], ...] = (
    ("organizations", ActorRow),
    ("posts", PostRow),
    ("persons", PersonRow),
    ("memberships", HoldingRow),
    ("memberships", RelationRow),
)
MOST_TOLD = 1000


async def take(work: Work, archive: Popolo) -> Record:
    """Make everything in an archive that is not there yet; what is there is left as it is.

    Rejected with every wrong field, at most 1,000 of them. Forbidden for a municipality's key.
    """
    if work.caller.bound_to is not None:
        raise Forbidden("a whole registry belongs to no municipality")
    known = await _known(work, named_in(archive))
    read = Reading(archive, known, clock.today())
    actors = [(row.where, row.more) for row in read.rows["actor"]]
    merges = wrong_merges(actors, await queries.merges_of(work.db, known["organizations"]))
    wrong = read.wrong + merges + await _clashes(work, read)
    if wrong:
        told = f"{len(wrong)} things are wrong; nothing is taken in"
        raise Rejected(told, errors=wrong[:MOST_TOLD], count=len(wrong))
    for name, row in ROWS.items():
        rows = [one.values for one in read.rows[name]]
        await insert_rows(work.db, row, _as_first_written(name, rows, read.past))
    await past.replay(work.db, [one.values for one in read.rows["relation"]], read.past)
    there = {kind: len(known[kind] & _own(archive, kind)) for kind in KINDS}
    return {"made": {name: len(rows) for name, rows in read.rows.items()}, "known": there}


def _as_first_written(name: str, rows: list[Record], told: past.Past) -> list[Any]:
    if name == "actor":
        return _living_first(rows)
    return past.begun(rows, told) if name == "relation" else rows


async def _clashes(work: Work, read: Reading) -> list[FieldError]:
    """What another has alone, and periods that go into each other; a merged actor clashes not."""
    found: list[FieldError] = []
    for name, row in ROWS.items():
        table, rows = table_of(row), read.rows[name]
        living = {n: o.draft for n, o in enumerate(rows) if not o.more.get("merged_into_id")}
        sets = await taken(work.db, table, living) + await overlapping(work.db, table, living)
        found += [rows[number].blame(error) for number, error in sets]
    return found


async def _known(work: Work, named: dict[str, set[UUID]]) -> dict[str, set[UUID]]:
    found = {kind: set[UUID]() for kind in KINDS}
    for kind, row in TABLES:
        found[kind] |= await queries.known_ids(work.db, row, named[kind])
    return found


def _own(archive: Popolo, kind: str) -> set[UUID]:
    return {found for one in getattr(archive, kind) if (found := uuid_in(one.id))}


def _living_first(rows: list[Record]) -> list[Record]:
    """Whom an actor was merged with comes before it."""
    steps: dict[UUID, UUID | None] = {row["id"]: row.get("merged_first_id") for row in rows}

    def depth(row: Record) -> int:
        found, at, seen = 0, row["id"], set()
        while (at := steps.get(at)) is not None and at not in seen:
            seen.add(at)
            found += 1
        return found

    return sorted(
        ({"merged_into_id": None, "merged_first_id": None} | row for row in rows), key=depth
    )
