"""The database door: one engine a program, autocommit for reads, one transaction for a write."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import orjson
from sqlalchemy import event, text
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from services.kit.identity import Caller
from services.kit.reading import WAIT_SECONDS, Question, Readers

_ATTRIBUTE = text(
    "SELECT set_config('app.actor', :actor, true), set_config('app.request_id', :request, true)"
)


def _to_json(value: Any) -> str:
    return orjson.dumps(value, default=str).decode()


def _living(connection: Any, _record: Any, _holder: Any) -> None:
    """Never hand out a connection that the server has hung up, so that nobody's request finds it.

    The driver has heard of it; nothing is asked of the server.
    """
    if connection.driver_connection.is_closed():
        raise DisconnectionError


class Database:
    """A service's own PostgreSQL database, version 15 or later."""

    def __init__(self, url: str, *, pool_size: int = 8, behind_pooler: bool = False) -> None:
        options: dict[str, Any] = {
            "timeout": 5,
            "command_timeout": 20,
            "server_settings": {
                "application_name": "kompetensnav",
                "TimeZone": "UTC",
                "jit": "off",
                "plan_cache_mode": "force_custom_plan",
                "random_page_cost": "1.1",  # no disk of today seeks
                "statement_timeout": "10000",
                "lock_timeout": "3000",
                "idle_in_transaction_session_timeout": "10000",
            },
        }
        if behind_pooler:
            options["statement_cache_size"] = 0
        self.engine: AsyncEngine = create_async_engine(
            url,
            pool_size=pool_size,
            max_overflow=0,
            pool_timeout=WAIT_SECONDS,
            hide_parameters=True,
            json_serializer=_to_json,
            json_deserializer=orjson.loads,
            connect_args=options,
        )
        event.listen(self.engine.sync_engine, "checkout", _living)
        self._reading = self.engine.execution_options(isolation_level="AUTOCOMMIT")
        self._readers = Readers(url, size=pool_size, options=options)

    def reading(self) -> Any:
        """A connection for reads; no transaction is opened."""
        return self._reading.connect()

    @asynccontextmanager
    async def writing(self, caller: Caller) -> AsyncIterator[AsyncConnection]:
        """One transaction, attributed to the caller; commits on the way out, or not at all."""
        async with self.engine.begin() as connection:
            await connection.execute(
                _ATTRIBUTE, {"actor": caller.subject, "request": caller.request_id}
            )
            yield connection

    async def fetch(self, question: Question, value: Any = None) -> list[asyncpg.Record]:
        """The rows that answer a prepared question, straight from the driver."""
        return await self._readers.fetch(question.sql, *question.with_(value))

    async def close(self) -> None:
        """Give all connections back."""
        await self._readers.close()
        await self.engine.dispose()
