"""Backends: an engine that Ibis can ask, with the snapshots in it.

The libraries are heavy: they are loaded when somebody first asks. All of it blocks, and is asked by
one thread at a time.
"""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from services.analysis.snapshot.shelf import Shelf
from services.kit.errors import Unavailable
from services.kit.log import log

Rows = list[dict[str, Any]]
Found = TypeVar("Found")
HASH_DIGITS = 48


class Backend(Protocol):
    """What reads snapshots."""

    def table(self, content_hash: str) -> Any:
        """A snapshot as Ibis knows it. Unavailable where it is not there, whole."""

    def rows(self, expression: Any) -> Rows:
        """The rows of an expression over such tables. Unavailable where nothing answers."""

    def close(self) -> None:
        """Nothing is asked any more."""


def name_of(content_hash: str) -> str:
    """What a snapshot's table is called: PostgreSQL takes 63 letters."""
    return f"snapshot_{content_hash[:HASH_DIGITS]}"


def demand_file(shelf: Shelf, content_hash: str) -> None:
    """The snapshot's file is on the shelf, as it was put there. Unavailable."""
    if not shelf.holds(content_hash):
        raise Unavailable(f"the file of snapshot {content_hash} is missing or damaged")


class Served:
    """An engine that is a server: its connection may be lost, and is then made anew, once."""

    def __init__(self) -> None:
        self.ibis: Any = None
        self._tables: dict[str, Any] = {}

    def table(self, content_hash: str) -> Any:
        """A snapshot's table; it is looked for once for each connection."""

        def find() -> Any:
            if content_hash not in self._tables:
                self._tables[content_hash] = self._find(content_hash)
            return self._tables[content_hash]

        return self._asked(find)

    def rows(self, expression: Any) -> Rows:
        """The rows of an expression."""
        return self._asked(lambda: self._read(expression))

    def _asked(self, ask: Callable[[], Found]) -> Found:
        fresh = self.ibis is None
        try:
            self.ibis = self.ibis or self._connect()
            return ask()
        except Unavailable:
            raise
        except Exception as failure:  # each driver has its own
            self.close()
            if not fresh:
                return self._asked(ask)
            log.error("statistics.unreachable", reason=type(failure).__name__)
            raise Unavailable("the engine of the statistics does not answer") from None

    def close(self) -> None:
        """Let the connection go; asked again, another is made."""
        backend, self.ibis = self.ibis, None
        self._tables.clear()
        try:
            if backend is not None:
                backend.disconnect()
        except Exception as failure:
            log.info("statistics.let_go", reason=type(failure).__name__)

    def _connect(self) -> Any:
        raise NotImplementedError

    def _find(self, content_hash: str) -> Any:
        raise NotImplementedError

    def _read(self, expression: Any) -> Rows:
        found: Rows = self.ibis.to_pyarrow(expression).to_pylist()
        return found
