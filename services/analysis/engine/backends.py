"""Backends: an engine that Ibis can ask, with the snapshots in it.

The libraries are heavy: they are loaded when somebody first asks. All of it blocks, and is asked by
one thread at a time.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from services.analysis.engine.cubes import Axes, Cube, cube_of_rows
from services.analysis.snapshot.shelf import Shelf
from services.kit.errors import Unavailable
from services.kit.log import log

Rows = list[dict[str, Any]]
Found = TypeVar("Found")
HASH_DIGITS = 48
NUMBER, WHOLE = "decimal(18, 6)", "int64"
NUMERAL = "^-?[0-9]{1,12}([.][0-9]{1,6})?$"


class Backend(Protocol):
    """What reads snapshots."""

    def table(self, content_hash: str) -> Any:
        """A snapshot as Ibis knows it. Unavailable where it is not there, whole."""

    def rows(self, expression: Any) -> Rows:
        """The rows of an expression over such tables. Unavailable where nothing answers."""

    def cube(self, content_hash: str, axes: Axes, value: str) -> Cube:
        """A column of a snapshot's numbers, summed by other columns where they hold some values."""

    def close(self) -> None:
        """Nothing is asked any more."""


def name_of(content_hash: str) -> str:
    """What a snapshot's table is called: PostgreSQL takes 63 letters."""
    return f"snapshot_{content_hash[:HASH_DIGITS]}"


def summed(backend: Backend, content_hash: str, axes: Axes, value: str) -> Cube:
    """The cube as the engine itself sums it."""
    table = backend.table(content_hash)
    for name, values in axes.items():
        table = table.filter(table[name].isin(values))
    number = number_of(table[value])
    asked = table.group_by([*axes]).agg(
        sum=number.sum(), rows=table.count(), unknown=number.isnull().sum()
    )
    return cube_of_rows(backend.rows(asked), axes)


def number_of(column: Any) -> Any:
    """A column of numbers; text that says none is unknown."""
    return numeral(column, NUMBER) if column.type().is_string() else column


def numeral(column: Any, kind: str) -> Any:
    """Text as a number where it is one, else null: not every backend can try a cast."""
    import ibis  # noqa: PLC0415 - heavy

    plain = column.replace(",", ".")
    whole = "^-?[0-9]{1,18}$" if kind == WHOLE else NUMERAL
    return ibis.cases((plain.re_search(whole), plain.cast(kind)), else_=None)


def demand_file(shelf: Shelf, content_hash: str) -> None:
    """The snapshot's file is on the shelf, as it was put there. Unavailable."""
    if not shelf.holds(content_hash):
        raise Unavailable(f"the file of snapshot {content_hash} is missing or damaged")


class Served(ABC):
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

    def cube(self, content_hash: str, axes: Axes, value: str) -> Cube:
        """The engine sums."""
        return summed(self, content_hash, axes, value)

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

    @abstractmethod
    def _connect(self) -> Any:
        """A connection of Ibis'."""

    @abstractmethod
    def _find(self, content_hash: str) -> Any:
        """A snapshot's table. Unavailable where it is not there, whole."""

    def _read(self, expression: Any) -> Rows:
        found: Rows = self.ibis.to_pyarrow(expression).to_pylist()
        return found
