"""The first administrator comes in by a link that is offered until somebody has used it."""

import asyncio
from uuid import UUID

from gateway import accounts
from operations.first_link import ADMINISTRATOR, OPERATIONS, first_link
from services.kit.db import Database
from tests.conftest import Databases


async def _choose_password(url: str, token: str) -> UUID:
    database = Database(url, pool_size=1)
    async with database.writing(OPERATIONS) as db:
        account = await accounts.behind_link(db, token, use=True)
        await accounts.set_password(db, account["id"], "a hash of it")
    await database.close()
    assert account["email"] == ADMINISTRATOR.email
    found: UUID = account["id"]
    return found


def test_the_link_is_offered_until_a_password_is_chosen(databases: Databases) -> None:
    url = databases.fresh("gateway")
    forgotten, path = first_link(url), first_link(url)
    assert forgotten is not None
    assert path is not None
    assert forgotten != path
    asyncio.run(_choose_password(url, path.rsplit("/", 1)[1]))
    assert first_link(url) is None
