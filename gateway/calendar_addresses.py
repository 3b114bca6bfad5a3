"""Calendar addresses: secret ways for a user's calendar program to meetings that the user sees.

Of each only a hash is kept. It opens what its user may see at that moment, and nothing once the
user is shut out, has left the seat, or has taken it back.
"""

import hmac
from base64 import urlsafe_b64encode
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from sqlalchemy import func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from gateway.accounts import ACCOUNTS, digest
from gateway.tables import CalendarAddressRow
from services.kit import clock
from services.kit.errors import Conflict, NotFound
from services.kit.store import Record, insert_row, table_of

ADDRESSES = table_of(CalendarAddressRow)
MOST = 30
# A program asks often: that it did is written down once in a while.
FETCHED_EVERY = timedelta(minutes=5)


async def own(db: AsyncConnection, account_id: UUID, council_id: UUID | None) -> list[Record]:
    """A user's own to a council's meetings, or (None) to those of all that the user leads."""
    theirs = ADDRESSES.c.account_id == account_id, ADDRESSES.c.council_id == council_id
    statement = select(ADDRESSES).where(*theirs).order_by(ADDRESSES.c.created_at.desc())
    return [dict(row) for row in (await db.execute(statement)).mappings()]


def secret_of(session: bytes, council_id: UUID | None, once: str) -> str:
    """The secret of the address that a form asks for: the same, however often it is sent."""
    asked = f"calendar address\0{council_id}\0{once}"
    return urlsafe_b64encode(hmac.digest(session, asked.encode(), sha256)).decode().rstrip("=")


async def make(db: AsyncConnection, account_id: UUID, council_id: UUID | None, token: str) -> None:
    """A new one, unless it is there. Conflict where there are too many."""
    # Who sends twice at once waits here for the first.
    await db.execute(select(ACCOUNTS.c.id).where(ACCOUNTS.c.id == account_id).with_for_update())
    made = ADDRESSES.c.hash == digest(token), ADDRESSES.c.account_id == account_id
    if await db.scalar(select(ADDRESSES.c.id).where(*made)):
        return
    mine = select(func.count()).where(ADDRESSES.c.account_id == account_id)
    if (await db.scalar(mine) or 0) >= MOST:
        raise Conflict(f"at most {MOST} are kept", field="", reason="too_many_addresses")
    values = {"hash": digest(token), "account_id": account_id, "council_id": council_id}
    await insert_row(db, CalendarAddressRow, values)


async def revoke(db: AsyncConnection, account_id: UUID, id: UUID) -> None:
    """Away, at once. NotFound, also where it is somebody else's."""
    theirs = ADDRESSES.c.id == id, ADDRESSES.c.account_id == account_id
    if (await db.execute(ADDRESSES.delete().where(*theirs))).rowcount == 0:
        raise NotFound("there is no such address of this user")


async def behind(db: AsyncConnection, token: str) -> tuple[Record, Record]:
    """What an address leads to, and whose it is. NotFound."""
    asked = ADDRESSES.c.hash == digest(token)
    found = (await db.execute(select(ADDRESSES).where(asked))).mappings().one_or_none()
    if found is None:
        raise NotFound("there is no such address")
    whose = select(ACCOUNTS).where(ACCOUNTS.c.id == found["account_id"])
    account = (await db.execute(whose)).mappings().one()
    if account["closed"]:
        raise NotFound("the account is closed")
    return dict(found), dict(account)


async def note_fetched(db: AsyncConnection, id: UUID) -> None:
    """A program has asked."""
    now = clock.now()
    old = or_(ADDRESSES.c.fetched_at.is_(None), ADDRESSES.c.fetched_at < now - FETCHED_EVERY)
    await db.execute(update(ADDRESSES).where(ADDRESSES.c.id == id, old).values(fetched_at=now))
