"""Taking an archive of OParl in: all of it, or nothing."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, cast, func, select
from sqlalchemy.dialects.postgresql import ARRAY

from services.councils.contract.oparl import OparlRequest
from services.councils.oparl.addresses import OWN
from services.councils.oparl.flattening import flattened
from services.councils.oparl.keeping import ROWS, Sorted, sort, stored, write
from services.councils.oparl.reading import named_in, read, unread
from services.councils.oparl.rows import Reader, Row
from services.councils.seat.rules import demand_begun
from services.councils.tables.base import METADATA
from services.councils.tables.council import SeatRow
from services.kit.bulk import settle, take_time
from services.kit.bulk_sets import taken
from services.kit.elsewhere import learn, mentions, nouns_of
from services.kit.errors import FieldError, Forbidden, Rejected
from services.kit.http import Named, Work
from services.kit.store import Record, table_of

MOST_TOLD = 1000


async def take(work: Work, request: OparlRequest) -> Record:
    """Make what an archive has and we have not, and change what is another there.

    Rejected with every wrong field, at most 1,000 of them. Forbidden for a municipality's key.
    """
    if work.caller.bound_to is not None:
        raise Forbidden("an archive of councils belongs to no municipality")
    await take_time(work.db)
    archive = await asyncio.to_thread(flattened, request.objects)  # others are answered meanwhile
    reader = Reader(archive, request, await stored(work.db, named_in(archive)))
    await asyncio.to_thread(read, reader)
    # Rows whose ids follow from those of others are known only now.
    more = await stored(work.db, reader.rows)
    reader.stored = {name: {**reader.stored[name], **more[name]} for name in more}
    found = await sort(work, reader.rows, reader.stored)
    wrong = archive.wrong + await _clashes(work, found) + _before_its_council(reader)
    wrong += await _unknown(work, reader)
    if wrong:
        told = f"{len(wrong)} things are wrong; nothing is taken in"
        raise Rejected(told, errors=wrong[:MOST_TOLD], count=len(wrong))
    await write(work, found)
    await settle(work.db)
    return {
        "made": {name: len(rows) for name, rows in found.new.items()},
        "changed": {name: len(rows) for name, rows in found.changed.items()},
        "same": dict(found.same),
        "kept": {name: count for name, count in found.kept.items() if count},
        "left_out": {name: count for name, count in sorted(reader.left.items()) if count},
        "unread_fields": dict(sorted(unread(archive).items())),
    }


async def _clashes(work: Work, found: Sorted) -> list[FieldError]:
    """What another has alone, and seats that go into each other."""
    wrong: list[FieldError] = []
    for name in ("phase_change", "decision"):
        new = found.new[name]
        drafts = {number: one.draft for number, one in enumerate(new)}
        sets = await taken(work.db, table_of(ROWS[name]), drafts)
        wrong += [new[number].blame(error) for number, error in sets]
    return wrong + await _overlaps(work, [*found.new["seat"], *found.changed["seat"]])


async def _overlaps(work: Work, rows: Sequence[Row]) -> list[FieldError]:
    """Seats of one actor and post, in one council, that go into each other or into one there."""
    seat = table_of(SeatRow)
    councils = cast(list({row.given["council_id"] for row in rows}), ARRAY(Uuid()))
    there = select(seat).where(seat.c.council_id == func.any(councils))
    said = {row.id: row.once | row.given for row in rows}
    kept = [one for one in (await work.db.execute(there)).mappings() if one["id"] not in said]
    spans = [(_span(dict(one)), None) for one in kept] + [
        (_span(said[row.id]), row) for row in rows
    ]
    found, ends = list[FieldError](), dict[Any, date]()
    told = FieldError("valid_from", "overlap", "the period goes into another one")
    for (whose, begins, last), row in sorted(spans, key=lambda span: (span[0][1], span[1] is None)):
        if row is not None and begins < ends.get(whose, date.min):
            found.append(row.blame(told))
        ends[whose] = max(last, ends.get(whose, date.min))
    return found


def _span(seat: Mapping[str, Any]) -> tuple[Any, date, date]:
    whose = seat["council_id"], seat["actor_id"], seat["post_id"]
    return whose, seat["valid_from"], seat["valid_to"] or date.max


def _before_its_council(reader: Reader) -> list[FieldError]:
    wrong = []
    for row in reader.rows["seat"].values():
        starts = reader.value("council", row.given["council_id"], "starts_on")
        try:
            demand_begun(row.given["valid_from"], starts)
        except Rejected as refused:
            wrong += [row.blame(error) for error in refused.errors]
    return wrong


async def _unknown(work: Work, reader: Reader) -> list[FieldError]:
    """What is named of the registry and is not there, or lives on as another; 0016."""
    rows = [row for rows in reader.rows.values() for row in rows.values()]
    await learn(work, METADATA, *(row.draft for row in rows))
    return [wrong for row in rows for wrong in _of_row(work, row)]


def _of_row(work: Work, row: Row) -> Iterable[FieldError]:
    for one in mentions(row.draft, nouns_of(METADATA)):
        living = work.told.get(one.named, one.id)
        if living != one.id:
            told = f"there is no {one.noun} {one.id}" + (f": it is {living}" if living else "")
            yield row.blame(FieldError(one.field, "unknown_reference", told))


def named_elsewhere(objects: Iterable[Any]) -> set[Named]:
    """Everything of the registry that objects name in our own words, however they are nested."""
    nouns, found, waiting = nouns_of(METADATA), set[Named](), list(objects)
    while waiting:
        one = waiting.pop()
        if isinstance(one, Mapping):
            waiting += [value for name, value in one.items() if name != OWN]
            own = one.get(OWN)
            found |= set(_named(own, nouns)) if isinstance(own, Mapping) else set()
        elif isinstance(one, list):
            waiting += one
    return found


def _named(own: Mapping[str, Any], nouns: Iterable[str]) -> Iterable[Named]:
    for name, value in own.items():
        for noun in nouns:
            if f"_{name}".endswith((f"_{noun}_id", f"_{noun}_ids")):
                for one in value if isinstance(value, list) else [value]:
                    if (id := _uuid(one)) is not None:  # noqa: A001
                        yield noun, id


def _uuid(value: Any) -> UUID | None:
    try:
        return UUID(value) if isinstance(value, str) else None
    except ValueError:
        return None
