"""Reading: questions asked often keep their SQL, and go straight to the driver.

Building and compiling a statement costs more than PostgreSQL's answer to it. A question that was
asked before (same list, same rights, same day) is found here with its SQL and parameters ready.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

import asyncpg
import orjson
from sqlalchemy import Executable
from sqlalchemy.dialects.postgresql import asyncpg as dialect

MOST = 512
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
    """The questions of a service that were asked lately, least recently used out first."""

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


async def _prepare(connection: asyncpg.Connection) -> None:
    """Ids arrive as text and JSON decoded: everything read here becomes JSON at once."""
    await connection.set_type_codec(
        "uuid", schema="pg_catalog", encoder=str, decoder=str, format="text"
    )
    for name in ("json", "jsonb"):
        await connection.set_type_codec(
            name, schema="pg_catalog", encoder=lambda v: orjson.dumps(v).decode(),
            decoder=orjson.loads, format="text",
        )  # fmt: skip


async def _no_reset(_connection: asyncpg.Connection) -> None:
    """Reads change nothing in a session, so there is nothing to reset."""


async def open_pool(url: str, *, size: int, options: dict[str, Any]) -> asyncpg.Pool:
    """A pool for reads only; each connection outside any transaction."""
    plain = url.replace("postgresql+asyncpg://", "postgresql://", 1)
    return await asyncpg.create_pool(
        plain, min_size=0, max_size=size, init=_prepare, reset=_no_reset, **options
    )
