"""Accounts: users, the links they begin with, and their passwords."""

from collections.abc import Mapping
from datetime import timedelta
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from gateway.drafts import FIRST_HOUSE, AccountDraft, HouseDraft, Role
from gateway.tables import AccountRow, CalendarAddressRow, HouseRow, LinkRow, SessionRow
from services.kit import clock
from services.kit.errors import Conflict, NotFound
from services.kit.rows import sort_key
from services.kit.store import (
    Record,
    change_row,
    get_row,
    insert_row,
    replace_row,
    table_of,
)

ACCOUNTS, LINKS, SESSIONS = table_of(AccountRow), table_of(LinkRow), table_of(SessionRow)
HOUSES, CALENDARS = table_of(HouseRow), table_of(CalendarAddressRow)
LINK_LASTS = timedelta(hours=24)
_LAST_ADMINISTRATOR, _HOUSE = 4713, 4714  # locks


def digest(token: str) -> bytes:
    """What is kept of a secret that was handed out."""
    return sha256(token.encode()).digest()


async def listed(db: AsyncConnection) -> list[Record]:
    """Every user, in Swedish order."""
    statement = select(ACCOUNTS).order_by(ACCOUNTS.c.closed, text(sort_key("name")), ACCOUNTS.c.id)
    return [dict(row) for row in (await db.execute(statement)).mappings()]


async def names(db: AsyncConnection) -> dict[str, str]:
    """What users are called, by who they are in the services' records."""
    return {f"user:{one['id']}": one["name"] for one in await listed(db)}


async def by_email(db: AsyncConnection, email: str) -> Record | None:
    """The open account with an e-mail address."""
    wanted = (ACCOUNTS.c.email == email.strip().lower(), ACCOUNTS.c.closed.is_(False))
    found = (await db.execute(select(ACCOUNTS).where(*wanted))).mappings().one_or_none()
    return dict(found) if found else None


async def open_account(db: AsyncConnection, draft: AccountDraft) -> tuple[Record, str]:
    """A new user, and the token of the link that lets it choose a password."""
    account = await insert_row(db, AccountRow, draft)
    return account, await make_link(db, account["id"])


async def change(db: AsyncConnection, id: UUID, draft: AccountDraft, version: int | None) -> Record:
    """Change a user; new roles end its sessions, so that none keeps old rights."""
    before = await get_row(db, AccountRow, id, lock=True)
    if Role.administrator in before["roles"] and Role.administrator not in draft.roles:
        await _demand_another_administrator(db, id)
    account = await replace_row(db, AccountRow, id, draft, version=version)
    if _rights_of(before) != _rights_of(account):
        await end_sessions(db, id)
    return account


def _rights_of(account: Mapping[str, Any]) -> tuple[object, ...]:
    named = ("email", "person_id", "municipality_code")
    return (sorted(account["roles"]), *(account[name] for name in named))


async def close(db: AsyncConnection, id: UUID) -> Record:
    """Shut a user out, now."""
    account = await get_row(db, AccountRow, id, lock=True)
    if Role.administrator in account["roles"]:
        await _demand_another_administrator(db, id)
    await end_sessions(db, id)
    for secrets in (LINKS, CALENDARS):
        await db.execute(secrets.delete().where(secrets.c.account_id == id))
    return await change_row(db, AccountRow, id, closed=True, password_hash=None)


async def reopen(db: AsyncConnection, id: UUID) -> Record:
    """Let a user in again; a new link is needed."""
    return await change_row(db, AccountRow, id, closed=False)


async def _demand_another_administrator(db: AsyncConnection, id: UUID) -> None:
    await db.execute(text(f"SELECT pg_advisory_xact_lock({_LAST_ADMINISTRATOR})"))
    is_administrator = ACCOUNTS.c.roles.contains([str(Role.administrator)])
    others = (is_administrator, ACCOUNTS.c.closed.is_(False), ACCOUNTS.c.id != id)
    if not await db.scalar(select(func.count()).select_from(ACCOUNTS).where(*others)):
        raise Conflict("the last administrator", field="roles", reason="last_administrator")


async def make_link(db: AsyncConnection, account_id: UUID) -> str:
    """A new link for a user; those it had before stop working."""
    await db.execute(LINKS.delete().where(LINKS.c.account_id == account_id))
    token = token_urlsafe(32)
    ends = clock.now() + LINK_LASTS
    values = {"hash": digest(token), "account_id": account_id, "expires_at": ends}
    await insert_row(db, LinkRow, values)
    return token


async def behind_link(db: AsyncConnection, token: str, *, use: bool = False) -> Record:
    """The user of a link, which is gone once it is used. NotFound."""
    wanted = (LINKS.c.hash == digest(token), LINKS.c.expires_at > clock.now())
    chosen = LINKS.delete() if use else select(LINKS.c.account_id)
    statement = chosen.where(*wanted)
    account_id = await db.scalar(statement.returning(LINKS.c.account_id) if use else statement)  # type: ignore[union-attr]
    if account_id is None:
        raise NotFound("the link is used or too old")
    account = await get_row(db, AccountRow, account_id)
    if account["closed"]:
        raise NotFound("the account is closed")
    return account


async def set_password(db: AsyncConnection, id: UUID, hash: str) -> None:
    """Keep a new password's hash; everyone signed in with the old one is signed out."""
    await change_row(db, AccountRow, id, password_hash=hash)
    await end_sessions(db, id)


async def end_sessions(db: AsyncConnection, account_id: UUID) -> None:
    """Sign a user out everywhere."""
    await db.execute(SESSIONS.delete().where(SESSIONS.c.account_id == account_id))


async def house(db: AsyncConnection) -> Record:
    """The association's facts, or what they are before anybody has written them."""
    found = (await db.execute(select(HOUSES).limit(1))).mappings().one_or_none()
    return dict(found) if found else FIRST_HOUSE.model_dump(mode="json") | {"version": 0}


async def describe_house(db: AsyncConnection, draft: HouseDraft, version: int | None) -> None:
    """Write the association's facts. Stale where somebody did since, also for the first time."""
    await db.execute(text(f"SELECT pg_advisory_xact_lock({_HOUSE})"))
    known = await db.scalar(select(HOUSES.c.id))
    if known is None:
        await insert_row(db, HouseRow, draft)
    else:
        await replace_row(db, HouseRow, known, draft, version=version or 0)
