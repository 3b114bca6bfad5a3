"""Rules about records: which codes a cell holds, which row is about what, and in which order."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from services.analysis.indicator.rules import NATION
from services.analysis.source.recipes import Telling

SEVERAL = re.compile(r";|,(?=\s*[0-9]{4}\b)")
GROUP = re.compile(r"[0-9]{4}")
MOST = 200

Fact = Mapping[str, Any]


def codes_in(cell: str | None) -> list[str]:
    """The codes of a cell: one, or several with ; between them, or a comma before digits."""
    return [part.strip() for part in SEVERAL.split(cell or "") if part.strip()]


def cells_about(cells: Iterable[str], codes: Iterable[str]) -> tuple[str, ...]:
    """Those of a column's values that name one of some codes."""
    wanted = set(codes)
    return tuple(sorted(cell for cell in cells if wanted & set(codes_in(cell))))


def places_around(areas: Iterable[str]) -> tuple[str, ...]:
    """The counties and the country around some areas: no register of words is finer."""
    counties = sorted({area[:2] for area in areas} - {NATION})
    return (*counties, NATION)


def in_order(telling: Telling, rows: Iterable[Fact]) -> list[Fact]:
    """The finest place first, then as the recipe says; what has no number comes last."""

    def place(row: Fact) -> tuple[Any, ...]:
        most, least = (row.get(name or "") for name in (telling.most_first, telling.least_first))
        return (
            bool(telling.area) and row[telling.area or ""] == NATION,
            most is None, -_number(most), least is None, _number(least),
            str([row[name] for name, _ in telling.shown]),
        )  # fmt: skip

    return sorted(rows, key=place)


def once(rows: Iterable[Fact]) -> list[Fact]:
    """Rows that are wholly alike as one."""
    return [*{str(row): row for row in rows}.values()]


def _number(value: Any) -> int:
    return int(value) if str(value or "").isdigit() else 0
