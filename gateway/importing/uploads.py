"""Uploads: files on their way in, with what was chosen, how far they have come and what came of it.

A file is kept in the gateway's database between the steps, seen by its owner alone, and forgotten
when it has been imported, when its owner says so, or after a day. An import that is being undone
stands here too, under the import's own id and without a file, for everybody who may undo it.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from gateway.session import DOOR
from gateway.tables import UploadRow
from services.kit import clock
from services.kit.db import Database
from services.kit.errors import NotFound
from services.kit.store import Record, insert_row, table_of

UPLOADS = table_of(UploadRow)
KEPT, SILENT = timedelta(hours=24), timedelta(seconds=60)
# begun: its columns are chosen; checking, taking and undoing: somebody works; checked, taken,
# failed, and held or undone of an import: done.
BEGUN, CHECKING, CHECKED, TAKING, TAKEN, FAILED = (
    "begun", "checking", "checked", "taking", "taken", "failed",
)  # fmt: skip
UNDOING, HELD, UNDONE = "undoing", "held", "undone"
WORKING = frozenset({CHECKING, TAKING, UNDOING})


async def keep(database: Database, owner: str, noun: str, file_name: str, content: bytes) -> UUID:
    """A new file."""
    now = clock.now()
    values = {
        "owner": owner, "noun": noun, "file_name": file_name, "content": content, "state": BEGUN,
        "choices": {}, "progress": {}, "result": {}, "seen_at": now, "expires_at": now + KEPT,
    }  # fmt: skip
    async with database.writing(DOOR) as db:
        made: UUID = (await insert_row(db, UploadRow, values))["id"]
    return made


async def find(database: Database, owner: str, id: str) -> Record:
    """A file of somebody's own. NotFound."""
    async with database.reading() as db:
        own = (UPLOADS.c.owner == owner) & UPLOADS.c.state.not_in((UNDOING, HELD, UNDONE))
        statement = select(UPLOADS).where(UPLOADS.c.id == _uuid(id), own)
        found = (await db.execute(statement)).mappings().one_or_none()
    if found is None or found["expires_at"] < clock.now():
        raise NotFound("there is no such file, or it is forgotten")
    return dict(found)


async def note(database: Database, id: UUID, **values: Any) -> None:
    """What has become of a file so far."""
    now = {"seen_at": clock.now(), "updated_at": clock.now()}
    async with database.writing(DOOR) as db:
        await db.execute(UPLOADS.update().where(UPLOADS.c.id == id).values(values | now))


async def begin(database: Database, id: UUID, state: str, **values: Any) -> bool:
    """Take a file to work on; False where somebody already works on it, or it is taken in."""
    free = UPLOADS.c.state.not_in([*WORKING, TAKEN]) | (UPLOADS.c.seen_at < clock.now() - SILENT)
    told = values | {"state": state, "seen_at": clock.now(), "progress": {}, "result": {}}
    async with database.writing(DOOR) as db:
        mine = UPLOADS.update().where(UPLOADS.c.id == id, UPLOADS.c.state != TAKEN, free)
        return bool((await db.execute(mine.values(told))).rowcount)


async def undo_of(database: Database, import_id: str) -> Record | None:
    """How far the undoing of an import has come, or what holds it up; None before anybody began."""
    async with database.reading() as db:
        statement = select(UPLOADS).where(UPLOADS.c.id == _uuid(import_id))
        found = (await db.execute(statement)).mappings().one_or_none()
    return dict(found) if found else None


async def begin_undo(database: Database, owner: str, found: Record) -> bool:
    """Take an import to undo; False where somebody already does."""
    now = clock.now()
    values = {
        "id": _uuid(found["id"]), "version": 1, "created_at": now, "updated_at": now,
        "owner": owner, "noun": found["noun"], "file_name": found["file_name"], "content": b"",
        "state": HELD, "choices": {}, "progress": {}, "result": {}, "seen_at": now,
        "expires_at": now + KEPT,
    }  # fmt: skip
    async with database.writing(DOOR) as db:
        await db.execute(insert(UPLOADS).values(values).on_conflict_do_nothing())
    return await begin(database, values["id"], UNDOING, expires_at=now + KEPT)


async def forget(database: Database, owner: str, id: str) -> None:
    """Away with a file of somebody's own."""
    async with database.writing(DOOR) as db:
        mine = (UPLOADS.c.id == _uuid(id)) & (UPLOADS.c.owner == owner)
        await db.execute(UPLOADS.delete().where(mine))


async def clear(db: AsyncConnection) -> None:
    """Away with what is too old."""
    await db.execute(UPLOADS.delete().where(UPLOADS.c.expires_at < clock.now()))


def table_in(upload: Record) -> tuple[bytes, str, bool]:
    """The file, the sheet of it that is chosen (nothing where it has one), and if it is headed."""
    choices = upload["choices"]
    return upload["content"], choices.get("sheet", ""), choices.get("headed", True)


def is_silent(upload: Record) -> bool:
    """Whether whoever worked on it has gone."""
    return upload["state"] in WORKING and upload["seen_at"] < clock.now() - SILENT


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound("there is no such file") from None
