"""The engine: asks snapshots through Ibis, whichever backend holds them, and remembers.

Everything here blocks, and is asked from a thread.
"""

import asyncio
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from services.analysis.contract.indicator import Layout
from services.analysis.engine.backends import Backend, number_of

REMEMBERED = 512
PARTS = ("period", "area", "sex", "age", "occupation")


@dataclass(frozen=True)
class Cell:
    """A sum in a snapshot; no value where any part of it is unknown."""

    value: Decimal | None
    period: str
    area: str
    sex: str | None
    age: str | None
    occupation: str | None


@dataclass(frozen=True)
class Question:
    """What is asked of one snapshot. No occupations: the sum of all, or each of them by itself.

    No periods: all that there are.
    """

    content_hash: str
    layout: str
    occupations: tuple[str, ...]
    areas: tuple[str, ...]
    each: bool = False
    periods: tuple[str, ...] = ()


class Engine:
    """Questions about what never changes, one at a time; the newest are remembered."""

    def __init__(self, backend: Backend) -> None:
        self.backend = backend
        self.small_counts_below = 0
        self._lock = threading.Lock()
        self._remembered: OrderedDict[object, Any] = OrderedDict()

    def cells(self, asked: Question) -> tuple[Cell, ...]:
        """The sums that a question asks for. Unavailable where the snapshot's file is not whole."""
        return tuple(self._remember(asked, self._cells))

    def areas(self, content_hash: str, layout: str) -> frozenset[str]:
        """The areas that a snapshot tells of."""
        return frozenset(self._values(content_hash, layout, "area"))

    def occupations(self, content_hash: str, layout: str) -> frozenset[str]:
        """The occupations that a snapshot tells of."""
        return frozenset(self._values(content_hash, layout, "occupation"))

    def periods(self, content_hash: str, layout: str) -> frozenset[str]:
        """The periods that a snapshot tells of."""
        return frozenset(self._values(content_hash, layout, "period"))

    def dated_areas(self, content_hash: str, layout: str) -> frozenset[tuple[str, str]]:
        """The areas that a snapshot tells of, with the periods that it tells of them for."""
        known = Layout.model_validate_json(layout)
        columns = {"period": known.period, "area": known.area}
        names = {part: name for part, name in columns.items() if name}
        fixed = {"period": known.fixed_period, "area": known.area_code}

        def answer(_asked: object) -> frozenset[tuple[str, str]]:
            table = self.backend.table(content_hash)
            rows = self.backend.rows(table.select(*dict.fromkeys(names.values())).distinct())
            told = ({part: row[name] for part, name in names.items()} for row in rows)
            return frozenset((str((fixed | one)["period"]), str((fixed | one)["area"]))
                             for one in told)  # fmt: skip

        if not names:
            return frozenset({(str(known.fixed_period), str(known.area_code))})
        found: frozenset[tuple[str, str]] = self._remember((content_hash, layout, "dated"), answer)
        return found

    def column(self, content_hash: str, name: str) -> frozenset[str]:
        """What stands in a column of a snapshot."""
        return frozenset(self._distinct(content_hash, name))

    def rows(
        self,
        content_hash: str,
        names: tuple[str, ...],
        where: tuple[tuple[str, tuple[str, ...]], ...],
    ) -> list[dict[str, Any]]:
        """Rows of a snapshot where each column named holds one of some values."""

        def answer(_asked: object) -> list[dict[str, Any]]:
            table = self.backend.table(content_hash)
            for name, values in where:
                table = table.filter(table[name].isin(values))
            return self.backend.rows(table.select(*dict.fromkeys(names)))

        found: list[dict[str, Any]] = self._remember((content_hash, names, where), answer)
        return found

    def ask(self, asked: tuple[Any, ...], answer: Callable[[Callable[[int], Any]], Any]) -> Any:
        """What somebody makes of the snapshots that a question begins with, remembered."""
        return self._remember(
            asked, lambda _asked: answer(lambda at: self.backend.table(asked[at]))
        )

    def read(self, expression: Any) -> list[dict[str, Any]]:
        """The rows of an expression over snapshots; only within `ask`."""
        return self.backend.rows(expression)

    async def close(self) -> None:
        """Let the backend go, after what is under way."""
        await asyncio.to_thread(self._close)

    def _close(self) -> None:
        with self._lock:
            self.backend.close()

    def _remember(self, asked: Any, answer: Any) -> Any:
        with self._lock:
            if asked in self._remembered:
                self._remembered.move_to_end(asked)
                return self._remembered[asked]
            found = self._remembered[asked] = answer(asked)
            if len(self._remembered) > REMEMBERED:
                self._remembered.popitem(last=False)
            return found

    def _values(self, content_hash: str, layout: str, part: str) -> Iterable[str]:
        known = Layout.model_validate_json(layout)
        if (name := getattr(known, part)) is None:
            fixed = {"area": known.area_code, "period": known.fixed_period}.get(part)
            return [fixed] if fixed else []
        return self._distinct(content_hash, name)

    def _distinct(self, content_hash: str, name: str) -> list[str]:
        def answer(_asked: object) -> list[str]:
            table = self.backend.table(content_hash)
            said = self.backend.rows(table.select(name).distinct())
            return [str(row[name]) for row in said]

        found: list[str] = self._remember((content_hash, name), answer)
        return found

    def _cells(self, asked: Question) -> list[Cell]:
        layout = Layout.model_validate_json(asked.layout)
        table = self.backend.table(asked.content_hash)
        names = {part: getattr(layout, part) for part in PARTS}
        if not (asked.occupations or asked.each):
            names["occupation"] = None
            if layout.excluded_occupations and layout.occupation is not None:
                table = table.filter(~table[layout.occupation].isin(layout.excluded_occupations))
        elif not asked.each and layout.occupation is not None:
            table = table.filter(table[layout.occupation].isin(asked.occupations))
        if layout.area is not None:
            table = table.filter(table[layout.area].isin(asked.areas))
        if layout.period is not None and asked.periods:
            table = table.filter(table[layout.period].isin(asked.periods))
        value = number_of(table[layout.value])
        grouped = table.group_by([table[name] for name in names.values() if name])
        sums = grouped.agg(sum_of_values=value.sum(), unknown_values=value.isnull().sum())
        fixed = {"period": layout.fixed_period, "area": layout.area_code}
        return [_cell(row, names, fixed) for row in self.backend.rows(sums)]


def _cell(row: dict[str, Any], names: dict[str, str | None], fixed: dict[str, Any]) -> Cell:
    parts: dict[str, Any] = {
        part: row[name] if name else fixed.get(part) for part, name in names.items()
    }
    if row["unknown_values"]:
        return Cell(value=None, **parts)
    # 950, neither 950.000000 nor 9.5E+2
    plain = format(Decimal(row["sum_of_values"]).normalize(), "f")
    return Cell(value=Decimal(plain), **parts)
