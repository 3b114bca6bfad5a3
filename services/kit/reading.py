"""Reading: questions asked often keep their SQL, and go straight to the driver.

Building and compiling a statement costs more than PostgreSQL's answer to it. A question that was
asked before (same list, same rights, same day) is found here with its SQL and parameters ready.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

import asyncpg
import orjson
from sqlalchemy import Executable
from sqlalchemy.dialects.postgresql import asyncpg as dialect

MOST = 1536
WAIT_SECONDS = 5
# Other values may stand in the place of these; a moment is a date too.
MARKABLE = (UUID, date)
_DIALECT: Any = dialect.dialect()  # type: ignore[no-untyped-call]


@dataclass(frozen=True)
class Question:
    """SQL for the driver, its parameters in order, and the place of the one asked anew."""

    sql: str
    values: tuple[Any, ...]
    asked: int | None

    def with_(self, value: Any) -> tuple[Any, ...]:
        """The parameters with the `asked` one filled in."""
        if self.asked is None:
            return self.values
        return (*self.values[: self.asked], value, *self.values[self.asked + 1 :])

    def about(self, meant: Mapping[Any, Any]) -> "Question":
        """The same question with other values in place of those that it was built with."""
        return replace(self, values=tuple(_meant(value, meant) for value in self.values))


def _meant(value: Any, meant: Mapping[Any, Any]) -> Any:
    if isinstance(value, list):
        return [_meant(one, meant) for one in value]
    return meant.get(value, value) if isinstance(value, MARKABLE) else value


def compiled(statement: Executable) -> Question:
    """A statement as the driver takes it; a bind named `asked` is left open."""
    made = statement.compile(  # type: ignore[attr-defined]
        dialect=_DIALECT, compile_kwargs={"render_postcompile": True}
    )
    names = list(made.positiontup or ())
    known = made.construct_params(_check=False)  # other arguments are refused after IN (…)
    values = tuple(known.get(name) for name in names)
    processors = made._bind_processors
    ready = tuple(
        processors[name](value) if name in processors and value is not None else value
        for name, value in zip(names, values, strict=True)
    )
    return Question(made.string, ready, names.index("asked") if "asked" in names else None)


class Questions:
    """The questions that were asked lately, least recently used out first."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()

    def get(self, key: Hashable, build: Callable[[], Any]) -> Any:
        """What was built for this key, now or before."""
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = build()
            if len(self._kept) > MOST:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(key)
        return found


# The SQL of a question is the same for every database.
QUESTIONS = Questions()


async def _prepare(connection: asyncpg.Connection) -> None:
    """Ids arrive as text and JSON decoded: everything read here becomes JSON at once."""
    await connection.set_type_codec(
        "uuid", schema="pg_catalog", encoder=str, decoder=str, format="text"
    )
    for name in ("json", "jsonb"):
        await connection.set_type_codec(
            name, schema="pg_catalog", encoder=str, decoder=orjson.loads, format="text"
        )  # SQLAlchemy has made text of what is sent


class Readers:
    """Connections for reads only, each outside any transaction; at most `size` of them.

    asyncpg's pool puts a task and timers around each use, an eighth of what a short read costs;
    a read leaves nothing behind in its session that would have to be tidied.
    """

    def __init__(self, url: str, *, size: int, options: dict[str, Any]) -> None:
        self._url = url.replace("postgresql+asyncpg://", "postgresql://", 1)
        self._options = options
        self._idle: list[asyncpg.Connection] = []
        self._places = asyncio.Semaphore(size)

    async def fetch(self, sql: str, *values: Any) -> list[asyncpg.Record]:
        """The rows of a question. TimeoutError where nobody gives a connection back in time."""
        if self._places.locked():
            async with asyncio.timeout(WAIT_SECONDS):
                await self._places.acquire()
        else:
            await self._places.acquire()
        try:
            connection = await self._connection()
            try:
                found: list[asyncpg.Record] = await connection.fetch(sql, *values)
            except asyncpg.PostgresError:
                self._idle.append(connection)
                raise
            except BaseException:
                connection.terminate()  # broken off: what the server still says is for nobody
                raise
            self._idle.append(connection)
        finally:
            self._places.release()
        return found

    async def _connection(self) -> asyncpg.Connection:
        """The one used last, that the server has not hung up; or a new one."""
        while self._idle:
            connection = self._idle.pop()
            if not connection.is_closed():
                return connection
        connection = await asyncpg.connect(self._url, **self._options)
        await _prepare(connection)
        return connection

    async def close(self) -> None:
        """Give all connections back."""
        while self._idle:
            await self._idle.pop().close()
