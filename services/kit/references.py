"""References held in lists: that each names a thing, and that none is left when one goes."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import ColumnElement, MetaData, Table, cast, exists, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.kit.errors import Conflict, FieldError, NotFound, Rejected
from services.kit.rows import Row
from services.kit.store import get_row, table_of


async def demand_known(
    db: AsyncConnection,
    row: type[Row],
    ids: Iterable[UUID],
    *,
    field: str,
    seen: ColumnElement[bool] | None = None,
) -> None:
    """Rejected unless each id names a thing that may be known of; they stay until commit."""
    wanted = set(ids)
    if not wanted:
        return
    table = table_of(row)
    statement = select(table.c.id).where(table.c.id.in_(wanted))
    if seen is not None:
        statement = statement.where(seen)
    kept = statement.with_for_update(read=True, key_share=True, of=table)
    missing = wanted - set((await db.execute(kept)).scalars())
    if missing:
        sentence = f"there is no {table.name} {min(missing)}"
        raise Rejected(sentence, field=field, reason="unknown_reference")


async def demand_referred(db: AsyncConnection, table: Table, draft: BaseModel) -> None:
    """Rejected with every field of a draft that refers to nothing in its service's tables."""
    named = {
        column.name: (foreign.column, value)
        for column in table.c
        for foreign in column.foreign_keys
        if (value := getattr(draft, column.name, None)) is not None
    }
    if not named:
        return
    known = [exists().where(other == value).label(field) for field, (other, value) in named.items()]
    row = (await db.execute(select(*known))).mappings().one()
    wrong = [
        FieldError(field, "unknown_reference", f"there is no {other.table.name} {value}")
        for field, (other, value) in named.items()
        if not row[field]
    ]
    if wrong:
        raise Rejected(wrong[0].message, errors=wrong)


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
