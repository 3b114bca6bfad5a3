"""What can be done with imports: taken in, all or nothing, and undone, all or nothing."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import Table, Uuid, delete, func, select, text

from services.actors.contract.importing import ImportOrder, ImportPreview
from services.actors.importing.planning import plan
from services.actors.importing.plans import Plan
from services.actors.importing.progress import tell
from services.actors.importing.queries import IMPORTS, among, things_of
from services.actors.tables import METADATA, ImportedRow, ImportRow
from services.actors.uses import used_by_councils
from services.kit import clock
from services.kit.bulk import MOST_ERRORS, Reading, settle, take_time
from services.kit.bulk_rows import Sent
from services.kit.errors import Conflict, FieldError
from services.kit.http import Work
from services.kit.store import Record, change_row, get_row, insert_row, insert_rows

CHUNK = 2000
LOCK = 0x1A9071
NAMED = ("actor", "post", "programme", "intake")
# What refers to another comes after it.
MADE = ("actor", "standing", "person", "post", "holding", "programme", "intake")


def _row_of(noun: str) -> Any:
    """The row class of a noun's table."""
    from services.actors import tables  # noqa: PLC0415

    classes = vars(tables).values()
    return next(one for one in classes if getattr(one, "__tablename__", "") == noun)


async def preview(work: Work, order: ImportOrder, sent: Sent, reading: Reading) -> ImportPreview:
    """What the rows would become; nothing is stored."""
    await take_time(work.db)
    return (await plan(work, order, reading)).preview(sent.count)


async def take_in(
    work: Work, order: ImportOrder, sent: Sent, reading: Reading, mark: str = "import"
) -> Record:
    """Make everything that the rows tell of. Rejected with every wrong row, and nothing is made.

    One import at a time: the next finds what the one before made. How far it has come is told
    by its mark.
    """
    await take_time(work.db)
    await work.db.execute(text("SET LOCAL lock_timeout = '120s'"))
    await work.db.execute(select(func.pg_advisory_xact_lock(LOCK)))
    planned = await plan(work, order, reading)
    planned.reading.wrong.demand_none()
    told = {
        "noun": order.noun, "file_name": order.file_name, "source": order.source,
        "example": order.example, "row_count": sent.count, "made_by": work.caller.subject,
        "made_count": sum(map(len, planned.made.values())), "undone_at": None,
    }  # fmt: skip
    record = await insert_row(work.db, ImportRow, told)
    await _store(work, planned, record, mark, order.row_numbers or [])
    return record


async def _store(work: Work, planned: Plan, record: Record, mark: str, numbers: list[int]) -> None:
    """A part at a time, which is told. The ledger comes last: whoever writes there keeps all
    others from it.
    """
    done, count = 0, record["made_count"]
    for noun in MADE:
        made = planned.made.get(noun, [])
        for start in range(0, len(made), CHUNK):
            part = made[start : start + CHUNK]
            await insert_rows(work.db, _row_of(noun), [values for _, values in part])
            marks: list[Any] = [
                {"import_id": record["id"], "noun": noun, "thing_id": values["id"], "row": row}
                | {"row_number": numbers[row] if numbers else None}
                for row, values in part
            ]
            await insert_rows(work.db, ImportedRow, marks)
            done += len(part)
            await tell(work.db, mark, done, count)
    await settle(work.db)


async def undo(work: Work, id: UUID) -> Record:
    """Remove exactly what an import made.

    Conflict with each row that was changed, or is used: rows.3.seat says by what.
    """
    stored = await get_row(work.db, IMPORTS.row, id, lock=True)
    if stored["undone_at"] is not None:
        raise Conflict("it is undone already", field="id", reason="undone")
    await take_time(work.db)
    made = await things_of(work.db, id)
    tables = [table for table in reversed(METADATA.sorted_tables) if table.name in made]
    kept: list[tuple[int, FieldError]] = []
    for table in tables:
        kept += await _changed(work, table, made[table.name])
        kept += await _used(work, table, made)
        kept += await _named_by_councils(work, table, made[table.name])
    _demand_free(kept)
    for table in tables:
        await _remove(work, table, list(made[table.name]))
    await settle(work.db)
    return await change_row(work.db, IMPORTS.row, id, undone_at=clock.now())


async def _remove(work: Work, table: Table, ids: list[UUID]) -> None:
    """A part at a time: the driver waits seconds only for each statement.

    All tables that may refer to a row are asked about each; planned once, that takes a fifth of
    the time.
    """
    await work.db.execute(text("SET LOCAL plan_cache_mode = 'auto'"))
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        await work.db.execute(delete(table).where(among(table.c.id, part, Uuid)))


def _demand_free(kept: list[tuple[int, FieldError]]) -> None:
    if not kept:
        return
    ordered = sorted(kept, key=lambda one: (one[0], one[1].field))
    told = [replace(e, field=f"rows.{row}.{e.field}".rstrip(".")) for row, e in ordered]
    errors = list({(error.field, error.message): error for error in told}.values())
    sentence = "some of the rows were changed since, or something refers to them"
    raise Conflict(sentence, errors=errors[:MOST_ERRORS], count=len(errors))


async def _changed(work: Work, table: Table, made: dict[UUID, int]) -> list[tuple[int, FieldError]]:
    """Things that somebody changed, merged or removed since; the others stay until commit."""
    mine = select(table.c.id, table.c.version).where(among(table.c.id, made, Uuid))
    found = {row.id: row.version for row in await work.db.execute(mine.with_for_update())}
    return [
        (row, FieldError("", "changed", f"the {table.name} was changed since"))
        for thing, row in made.items()
        if found.get(thing) != 1
    ]


async def _used(
    work: Work, table: Table, made: dict[str, dict[UUID, int]]
) -> list[tuple[int, FieldError]]:
    """Things that something outside the import refers to: a query for each way to refer."""
    mine, found = made[table.name], []
    for other in METADATA.sorted_tables:
        if other.name == ImportedRow.__tablename__:
            continue
        for column in other.c:
            if not _refers(column, table):
                continue
            refers = select(column, other.c.id).where(_to_any(column, mine))
            for value, user in await work.db.execute(refers):
                if user not in made.get(other.name, {}):
                    told = _use(other.name, table)
                    values = value if isinstance(value, list) else [value]
                    found += [(mine[one], told) for one in values if one in mine]
    return found


async def _named_by_councils(
    work: Work, table: Table, mine: dict[UUID, int]
) -> list[tuple[int, FieldError]]:
    """Things that councils name: all that they name is less than a large import is."""
    if table.name not in NAMED:
        return []
    uses = await used_by_councils(work, table.name)
    return [(mine[one], _use(noun, table)) for one in uses if one in mine for noun in uses[one]]


def _use(noun: str, table: Table) -> FieldError:
    return FieldError(noun, "in_use", f"a {noun} refers to the {table.name}")


def _refers(column: Any, table: Table) -> bool:
    """By a foreign key, or a list of ids named for the noun."""
    named = f"_{column.name}".endswith(f"_{table.name}_ids")
    return named or any(key.column.table is table for key in column.foreign_keys)


def _to_any(column: Any, ids: dict[UUID, int]) -> Any:
    if column.name.endswith("_ids"):
        return column.overlap(list(ids))
    return among(column, ids, Uuid)
