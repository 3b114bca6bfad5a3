"""Fitting: whether a file that no recipe knows can be read as its source's indicators say."""

import dataclasses
import re
from collections.abc import Callable

from services.analysis.contract.indicator import Layout
from services.analysis.snapshot.canonical import Canonical
from services.analysis.snapshot.rules import unreadable
from services.analysis.source.recipes import SEX_OF, UNKNOWN

PARTS = ("value", "period", "area", "sex", "age", "occupation")
NUMBER = re.compile(r"-?[0-9]{1,12}([.,][0-9]{1,6})?")
PERIOD = re.compile(r"(19|20|21)[0-9]{2}([M-](0[1-9]|1[0-2]))?")
AREA = re.compile(r"[0-9]{2}|[0-9]{4}")
OCCUPATION = re.compile(r"[0-9]{4}")
READABLE: dict[str, tuple[Callable[[str], bool], str]] = {
    "value": (lambda cell: cell in UNKNOWN or bool(NUMBER.fullmatch(cell)), "a number, or .."),
    "period": (lambda cell: bool(PERIOD.fullmatch(cell)), "a year or a month such as 2024-03"),
    "area": (lambda cell: bool(AREA.fullmatch(cell)), "two digits, or four"),
    "sex": (lambda cell: cell.lower() in SEX_OF, "a sex"),
    "age": (bool, "an age"),
    "occupation": (lambda cell: bool(OCCUPATION.fullmatch(cell)), "four digits"),
}


def columns_of(layout: Layout) -> list[str]:
    """The columns that a layout names."""
    return [name for part in PARTS if (name := getattr(layout, part)) is not None]


def demand_fit(rows: Canonical, key: str, layout: Layout) -> None:
    """The indicator finds its columns, and can read each cell. Rejected with row and column."""
    for part in PARTS:
        name = getattr(layout, part)
        if name is None:
            continue
        if name not in rows.names:
            raise unreadable(f"the indicator {key} needs this column", row=1, column=name)
        at = rows.names.index(name)
        for place, row in zip(rows.places, rows.rows, strict=False):
            readable, needs = READABLE[part]
            if not readable(str(row[at])):
                text = f"{str(row[at])[:40]!r} is not {needs}"
                raise unreadable(text, row=place, column=name)


def dated(rows: Canonical, layouts: list[Layout]) -> Canonical:
    """The rows with their first and last period, where no recipe has said them."""
    if rows.first_period is not None or not layouts:
        return rows
    found = {layout.fixed_period for layout in layouts if layout.fixed_period}
    for name in {layout.period for layout in layouts if layout.period}:
        at = rows.names.index(name)
        found |= {str(row[at]).replace("M", "-") for row in rows.rows}
    return dataclasses.replace(rows, first_period=min(found), last_period=max(found))
