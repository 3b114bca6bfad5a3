"""The first link: how the first administrator comes in where nobody can sign in yet."""

import asyncio

from sqlalchemy import select

from gateway import accounts
from gateway.addresses import Addresses
from gateway.drafts import AccountDraft, Role
from gateway.pages import door
from services.kit.db import Database
from services.kit.identity import Caller

OPERATIONS = Caller("service", "svc:operations", request_id="first-link")
# The first user does everything; an administrator alone may not read what companies answered.
ADMINISTRATOR = AccountDraft(
    email="administrator@kompetensnav.local",
    name="Administratör",
    roles=[Role.process_leader, Role.administrator],
)


def first_link(url: str) -> str | None:
    """The path of a link for the administrator; None once anybody has chosen a password."""
    token = asyncio.run(_token(url))
    return Addresses(door.area.routes).to("door.link", token=token) if token else None


async def _token(url: str) -> str | None:
    database = Database(url, pool_size=1)
    able = accounts.ACCOUNTS.c.password_hash.is_not(None), accounts.ACCOUNTS.c.closed.is_(False)
    try:
        async with database.writing(OPERATIONS) as db:
            if await db.scalar(select(accounts.ACCOUNTS.c.id).where(*able).limit(1)):
                return None
            known = await accounts.by_email(db, ADMINISTRATOR.email)
            if known:
                return await accounts.make_link(db, known["id"])
            return (await accounts.open_account(db, ADMINISTRATOR))[1]
    finally:
        await database.close()
