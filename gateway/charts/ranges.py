"""Ranges: two ends a row with a line between: need against supply, lowest to highest, shares."""

from collections.abc import Sequence
from dataclasses import dataclass

from gateway.charts.scale import Scale, scale

ROW, FOOT = 50, 26
START, WIDTH = 2.0, 94.0


@dataclass(frozen=True)
class Range:
    """One row: where it starts and ends in per cent, and a mark between where there is one."""

    label: str
    y: int
    low: float
    high: float
    middle: float | None
    first: float
    second: float
    value: float | None


@dataclass(frozen=True)
class Ranges:
    """A whole range chart."""

    height: int
    ticks: tuple[tuple[float, float], ...]
    rows: tuple[Range, ...]


def gaps(rows: Sequence[tuple[str, float, float]]) -> Ranges:
    """Rows are (label, need, supply); the value is supply minus need."""
    measure = scale([value for _, need, supply in rows for value in (need, supply)])
    return _drawn(measure, [(label, a, b, None, b - a) for label, a, b in rows])


def ranges(rows: Sequence[tuple[str, float, float, float | None]]) -> Ranges:
    """Rows are (label, lowest, highest, most likely or None)."""
    measure = scale([value for _, *figures in rows for value in figures if value is not None])
    return _drawn(measure, [(label, a, b, m, m) for label, a, b, m in rows])


def shares(rows: Sequence[tuple[str, float]]) -> Ranges:
    """Rows are (label, share in per cent of 100)."""
    measure = Scale(0, 100, (0, 40, 60, 100))
    return _drawn(measure, [(label, value, value, None, value) for label, value in rows])


def _drawn(
    measure: Scale, rows: Sequence[tuple[str, float, float, float | None, float | None]]
) -> Ranges:
    def x(value: float) -> float:
        return measure.percent(value, width=WIDTH, start=START)

    made = tuple(
        Range(
            label=label,
            y=place * ROW,
            low=min(x(first), x(second)),
            high=max(x(first), x(second)),
            middle=None if middle is None else x(middle),
            first=x(first),
            second=x(second),
            value=value,
        )
        for place, (label, first, second, middle, value) in enumerate(rows)
    )
    ticks = tuple((x(tick), tick) for tick in measure.ticks)
    return Ranges(len(rows) * ROW + FOOT, ticks, made)
