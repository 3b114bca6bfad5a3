"""The store: insert, replace, change, remove and get one row, each guarded in the statement."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import ColumnElement, Table, delete, exists, insert, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.kit import clock
from services.kit.errors import NotFound, Stale
from services.kit.rows import Row, new_id

Record = dict[str, Any]


class Versions(int):
    """The versions that will do, where If-Match names not one: several, none, or (None) any."""

    named: frozenset[int] | None

    def __new__(cls, named: frozenset[int] | None) -> "Versions":
        """As a number it is no thing's version."""
        made = super().__new__(cls, 0)
        made.named = named
        return made


def _will_do(table: Table, version: int | None) -> ColumnElement[bool]:
    if version is None:
        return true()
    if not isinstance(version, Versions):
        return table.c.version == version
    return true() if version.named is None else table.c.version.in_(version.named)


def table_of(row: type[Row]) -> Table:
    """The SQLAlchemy table behind a row class."""
    found: Table = row.__table__
    return found


def plain(draft: BaseModel | Mapping[str, Any]) -> dict[str, Any]:
    """A draft's values as the database takes them: nested models become JSON objects."""
    if isinstance(draft, Mapping):
        return dict(draft)
    return {name: _plain_value(getattr(draft, name)) for name in type(draft).model_fields}


def _plain_value(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, list):
        return [_plain_value(item) for item in value]
    return value


async def insert_row(
    db: AsyncConnection, row: type[Row], draft: BaseModel | Mapping[str, Any], **more: Any
) -> Record:
    """Make a row; its id is ours unless given."""
    table, moment = table_of(row), clock.now()
    values = {"id": new_id(), "version": 1, "created_at": moment, "updated_at": moment}
    statement = insert(table).values(values | plain(draft) | more).returning(table)
    return dict((await db.execute(statement)).mappings().one())


async def insert_rows(
    db: AsyncConnection, row: type[Row], drafts: list[BaseModel | Mapping[str, Any]], **more: Any
) -> list[UUID]:
    """Make many rows in one statement; answers their ids in order."""
    if not drafts:
        return []
    moment = clock.now()
    shared = {"version": 1, "created_at": moment, "updated_at": moment} | more
    made = [{"id": new_id()} | plain(draft) | shared for draft in drafts]
    await db.execute(insert(table_of(row)), made)
    return [values["id"] for values in made]


async def replace_row(
    db: AsyncConnection,
    row: type[Row],
    id: UUID,
    draft: BaseModel | Mapping[str, Any],
    *,
    version: int | None,
    **more: Any,
) -> Record:
    """Change a row; with a version only if nobody changed it since. NotFound or Stale."""
    table = table_of(row)
    statement = update(table).where(table.c.id == id, _will_do(table, version))
    values = plain(draft) | more | {"version": table.c.version + 1, "updated_at": clock.now()}
    found = (await db.execute(statement.values(values).returning(table))).mappings().one_or_none()
    return dict(found) if found else await _refuse(db, table, id)


async def change_row(
    db: AsyncConnection, row: type[Row], id: UUID, *, version: int | None = None, **values: Any
) -> Record:
    """Change some columns of a row. NotFound or Stale."""
    return await replace_row(db, row, id, values, version=version)


async def remove_row(
    db: AsyncConnection, row: type[Row], id: UUID, *, version: int | None = None
) -> None:
    """Delete a row. NotFound or Stale; Conflict where something refers to it."""
    table = table_of(row)
    statement = delete(table).where(table.c.id == id, _will_do(table, version))
    if (await db.execute(statement)).rowcount == 0:
        await _refuse(db, table, id)


async def get_row(db: AsyncConnection, row: type[Row], id: UUID, *, lock: bool = False) -> Record:
    """One row by id, locked for this transaction if asked. NotFound."""
    table = table_of(row)
    statement = select(table).where(table.c.id == id)
    if lock:
        statement = statement.with_for_update()
    found = (await db.execute(statement)).mappings().one_or_none()
    if found is None:
        raise NotFound(f"there is no {table.name} {id}")
    return dict(found)


async def _refuse(db: AsyncConnection, table: Table, id: UUID) -> Record:
    known = await db.scalar(select(exists().where(table.c.id == id)))
    if known:
        raise Stale(f"{table.name} {id} was changed after you read it")
    raise NotFound(f"there is no {table.name} {id}")
