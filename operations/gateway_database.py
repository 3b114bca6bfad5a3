"""The gateway's database, for commands that make users and keys beside a running house."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from sqlalchemy.exc import ProgrammingError

from operations import house
from services.kit.db import Database
from services.kit.identity import Caller
from services.kit.settings import Settings

SPEAKER = Caller("service", "svc:operations", request_id="command-line")
Found = TypeVar("Found")


async def at_gateway(
    settings: Settings, do: Callable[[Database, Settings], Awaitable[Found]]
) -> Found:
    """Do something in the gateway's database, with the gateway's own settings."""
    house.demand_kept(settings)
    with house.databases(settings) as address:
        own = house.settings_of(settings, address)["gateway"]
        database = Database(own.database_url, pool_size=1)
        try:
            return await do(database, own)
        except ProgrammingError as failure:
            raise house.not_ready(settings) from failure
        finally:
            await database.close()
