"""Bars: one or two values a row, the label above its bars so that nothing is cut off."""

from collections.abc import Sequence
from dataclasses import dataclass

from gateway.charts.scale import scale

WIDEST = 84.0
LABEL, THICK, SECOND, ROOM = 22, 14, 10, 12


@dataclass(frozen=True)
class Bar:
    """One bar: its value, width in per cent, top and height in pixels."""

    value: float | None
    width: float
    y: int
    height: int


@dataclass(frozen=True)
class BarRow:
    """One label with its bars."""

    label: str
    y: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Bars:
    """A whole bar chart."""

    height: int
    rows: tuple[BarRow, ...]


def bars(rows: Sequence[Sequence[object]]) -> Bars:
    """Rows are (label, value) or (label, first value, second value); None is not known."""
    values = [_number(value) for row in rows for value in row[1:]]
    measure = scale([value for value in values if value is not None])
    made: list[BarRow] = []
    top = 0
    for label, *figures in rows:
        y, found = top + LABEL, []
        for place, figure in enumerate(figures):
            value, height = _number(figure), SECOND if place else THICK
            width = 0.0 if value is None else measure.percent(max(value, 0), width=WIDEST)
            found.append(Bar(value, width, y, height))
            y += height + 3
        made.append(BarRow(str(label), top, tuple(found)))
        top = y + ROOM
    return Bars(max(top - ROOM + 4, 10), tuple(made))


def _number(value: object) -> float | None:
    return None if value is None else float(str(value))
