"""References held in lists: that each names a thing, and that none is left when one goes."""

from collections.abc import Container, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import ColumnElement, FromClause, MetaData, Table, cast, exists, null, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.kit.errors import Conflict, FieldError, NotFound, Rejected
from services.kit.rows import Row
from services.kit.store import get_row, table_of

# By field what the caller may not hang anything on there: it is refused as what is not there is.
Hidden = Mapping[str, Container[Any]]


async def demand_known(
    db: AsyncConnection,
    row: type[Row],
    ids: Iterable[UUID],
    *,
    field: str,
    seen: ColumnElement[bool] | None = None,
) -> None:
    """Rejected unless each id names a thing that may be known of; they stay until commit."""
    missing = await missing_of(db, row, ids, seen=seen)
    if missing:
        sentence = f"there is no {table_of(row).name} {min(missing)}"
        raise Rejected(sentence, field=field, reason="unknown_reference")


async def missing_of(
    db: AsyncConnection,
    row: type[Row],
    ids: Iterable[UUID],
    *,
    seen: ColumnElement[bool] | None = None,
) -> set[UUID]:
    """Those of some ids that name nothing that may be known of; the others stay until commit."""
    wanted = set(ids)
    if not wanted:
        return set()
    table = table_of(row)
    statement = select(table.c.id).where(table.c.id.in_(wanted))
    if seen is not None:
        statement = statement.where(seen)
    kept = statement.with_for_update(read=True, key_share=True, of=table)
    return wanted - set((await db.execute(kept)).scalars())


def heir_of(table: FromClause) -> ColumnElement[Any]:
    """The column that says which thing a merged one lives on in, where a table has one."""
    name = getattr(table, "info", {}).get("heir")
    return table.c[name] if name else null().label("heir")


def merged(field: str, heir: UUID) -> FieldError:
    """A field that names what was merged into another, on which nothing new is hung."""
    return FieldError(field, "merged", f"it lives on as {heir}")


def unknown(field: str, noun: str, id: Any) -> FieldError:
    """A field that names what is not there, or what nobody tells the caller of."""
    return FieldError(field, "unknown_reference", f"there is no {noun} {id}")


async def demand_referred(
    db: AsyncConnection, table: Table, draft: BaseModel, id: UUID | None = None
) -> None:
    """Rejected with every field of a draft that refers to nothing in its service's tables.

    Also with those that refer anew to a merged thing; what hangs on one already may stay there.
    """
    demand_right(await misreferred(db, table, draft, id))


def demand_right(wrong: Sequence[FieldError]) -> None:
    """Rejected with all that is wrong, if anything is."""
    if wrong:
        raise Rejected(wrong[0].message, errors=wrong)


async def misreferred(
    db: AsyncConnection,
    table: Table,
    draft: BaseModel,
    id: UUID | None = None,
    hidden: Hidden = MappingProxyType({}),
) -> list[FieldError]:
    """Every field of a draft that `demand_referred` refuses; what is hidden is not there."""
    named = {
        column.name: (foreign.column, value)
        for column in table.c
        for foreign in column.foreign_keys
        if (value := getattr(draft, column.name, None)) is not None
    }
    if not named:
        return []
    known, heirs = [], []
    for field, (other, value) in named.items():
        heir = select(heir_of(other.table)).where(other == value).scalar_subquery()
        known.append(exists().where(other == value).label(field))
        heirs.append(heir.label(f"{field}_heir"))
    row = (await db.execute(select(*known, *heirs))).mappings().one()
    wrong = [
        unknown(field, other.table.name, value)
        for field, (other, value) in named.items()
        if not row[field] or value in hidden.get(field, ())
    ]
    there = named.keys() - {error.field for error in wrong}
    late = {f: heir for f in named if f in there and (heir := row[f"{f}_heir"]) is not None}
    kept = await stored(db, table, id) if late else {}
    return wrong + [merged(f, heir) for f, heir in late.items() if kept.get(f) != named[f][1]]


async def stored(db: AsyncConnection, table: Table, id: UUID | None) -> Mapping[str, Any]:
    """A row as it stands; nothing where there is none yet."""
    found = (await db.execute(select(table).where(table.c.id == id))).mappings().one_or_none()
    return dict(found) if found else {}


async def referred(db: AsyncConnection, row: type[Row], id: UUID | None, *, field: str) -> Any:
    """What a field refers to, locked; None where it refers to nothing. Rejected if unknown."""
    if id is None:
        return None
    try:
        return await get_row(db, row, id, lock=True)
    except NotFound as unknown:
        raise Rejected(unknown.detail, field=field, reason="unknown_reference") from None


async def demand_unlisted(db: AsyncConnection, metadata: MetaData, noun: str, id: UUID) -> None:
    """Conflict where any list `<noun>_ids`, `…_<noun>_ids` names the thing. Lock it first."""
    columns: list[Any] = [
        column
        for table in metadata.sorted_tables
        for column in table.c
        if f"_{column.name}".endswith(f"_{noun}_ids")
    ]
    for column in columns:
        if await db.scalar(select(exists().where(column.contains(cast([id], column.type))))):
            raise Conflict("something else refers to this", field="id", reason="in_use")
