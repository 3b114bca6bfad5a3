"""Saved filters: the choices of a list page that a user keeps under a name, for oneself alone."""

from collections.abc import Collection
from urllib.parse import urlencode
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from gateway.here import Here
from gateway.tables import SavedFilterRow
from services.kit.errors import Conflict, NotFound, Rejected
from services.kit.rows import sort_key
from services.kit.store import Record, change_row, get_row, insert_row, table_of

FILTERS = table_of(SavedFilterRow)
MOST, LONGEST = 30, 2000


def query_in(here: Here, names: Collection[str]) -> str:
    """The choices in an address that a page knows, in one order: the same ones read the same."""
    return urlencode(sorted((key, value) for key, value in here.pairs if key in names and value))


async def own(db: AsyncConnection, account_id: UUID, page: str) -> list[Record]:
    """A user's own of a page, in Swedish order."""
    theirs = (FILTERS.c.account_id == account_id, FILTERS.c.page == page)
    statement = select(FILTERS).where(*theirs).order_by(text(sort_key("name")), FILTERS.c.id)
    return [dict(row) for row in (await db.execute(statement)).mappings()]


async def one(db: AsyncConnection, account_id: UUID, id: UUID) -> Record:
    """One of a user's own. NotFound, also where it is somebody else's."""
    found = await get_row(db, SavedFilterRow, id)
    if found["account_id"] != account_id:
        raise NotFound(f"there is no saved filter {id} of this user")
    return found


async def save(db: AsyncConnection, account_id: UUID, page: str, name: str, query: str) -> None:
    """Keep a page's choices. Rejected where there are none, Conflict for a name that is taken.

    The same choices under the same name are kept already: a form may be sent twice.
    """
    if not query:
        raise Rejected("nothing is chosen", field="", reason="nothing_chosen")
    if len(query) > LONGEST:
        raise Rejected("too many choices", field="", reason="out_of_range")
    mine = FILTERS.c.account_id == account_id
    same = (mine, FILTERS.c.page == page, FILTERS.c.name == name, FILTERS.c.query == query)
    if await db.scalar(select(FILTERS.c.id).where(*same)):
        return
    await _demand_free(db, account_id, page, name)
    if (await db.scalar(select(func.count()).where(mine)) or 0) >= MOST:
        raise Conflict(f"at most {MOST} are kept", field="", reason="too_many_saved")
    values = {"account_id": account_id, "page": page, "name": name, "query": query}
    await insert_row(db, SavedFilterRow, values)


async def rename(db: AsyncConnection, account_id: UUID, id: UUID, name: str) -> None:
    """Another name. NotFound, or Conflict for one that is taken."""
    page = (await one(db, account_id, id))["page"]
    await _demand_free(db, account_id, page, name, id)
    await change_row(db, SavedFilterRow, id, name=name)


async def _demand_free(
    db: AsyncConnection, account_id: UUID, page: str, name: str, but: UUID | None = None
) -> None:
    """Conflict for a name that differs by case alone: nobody could tell the two apart."""
    theirs = (FILTERS.c.account_id == account_id, FILTERS.c.page == page, FILTERS.c.id != but)
    same = func.lower(FILTERS.c.name) == func.lower(name)
    if await db.scalar(select(FILTERS.c.id).where(*theirs, same).limit(1)):
        raise Conflict(f"{name} is taken", field="name", reason="taken")


async def remove(db: AsyncConnection, account_id: UUID, id: UUID) -> None:
    """Away. NotFound."""
    await one(db, account_id, id)
    await db.execute(FILTERS.delete().where(FILTERS.c.id == id))
