"""Timelines: a bar a row from a first day to a last, marks on it, and a line for today."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

ROW, TOP, FOOT = 46, 8, 24
# What lies further from today than this is drawn to the edge: one wrong year would hide the rest.
FURTHEST = timedelta(days=10 * 366)
MONTHS = (1, 2, 3, 6, 12, 24, 48)
MOST_TICKS, LEAST = 6, 0.6


@dataclass(frozen=True)
class Bar:
    """One row: what is known of it, and a tail to where nobody knows when it begins or ends."""

    label: str
    look: str
    y: int
    low: float
    high: float
    tail: tuple[float, float] | None
    marks: tuple[tuple[float, str], ...]
    # Where it is cut, since it goes on further than the picture: its two ends.
    cut: tuple[bool, bool] = (False, False)


@dataclass(frozen=True)
class Timeline:
    """A whole timeline."""

    height: int
    ticks: tuple[tuple[float, str, str], ...]
    today: float
    rows: tuple[Bar, ...]


@dataclass(frozen=True)
class _Axis:
    first: date
    last: date

    def x(self, day: date) -> float:
        whole = (self.last - self.first).days
        return round(2 + 94 * (min(max(day, self.first), self.last) - self.first).days / whole, 2)

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


Row = tuple[str, str, date | None, date | None, Sequence[tuple[date, str]]]


def timeline(rows: Sequence[Row], today: date) -> Timeline:
    """Rows are (label, look, first day or None, last day or None, marks as (day, look))."""
    axis = _axis(rows, today)
    made = tuple(_bar(axis, today, place, row) for place, row in enumerate(rows))
    ticks = tuple((axis.x(day), told, _anchor(axis.x(day))) for day, told in _ticks(axis))
    return Timeline(TOP + len(rows) * ROW + FOOT, ticks, axis.x(today), made)


def _axis(rows: Sequence[Row], today: date) -> _Axis:
    days = [day for _, _, first, last, marks in rows for day in (first, last, *_days(marks)) if day]
    near = [day for day in days if abs(day - today) <= FURTHEST]
    first, last = min([*near, today]), max([*near, today])
    margin = max((last - first) // 40, timedelta(days=7))
    return _Axis(first - margin, last + margin)


def _days(marks: Sequence[tuple[date, str]]) -> list[date]:
    return [day for day, _ in marks]


def _bar(axis: _Axis, today: date, place: int, row: Row) -> Bar:
    label, look, first, last, marks = row
    low, high, tail = _ends(axis, today, first, last)
    points = tuple((axis.x(day), kind) for day, kind in marks if axis.holds(day))
    cut = (bool(first and first < axis.first), bool(last and last > axis.last))
    return Bar(label, look, TOP + place * ROW, low, high, tail, points, cut)


def _ends(
    axis: _Axis, today: date, first: date | None, last: date | None
) -> tuple[float, float, tuple[float, float] | None]:
    """Where its bar begins and ends, and its tail. What has begun and has no end goes on today."""
    if first and last:
        low = axis.x(first)
        return low, max(axis.x(last), low + LEAST), None
    if first:
        low = axis.x(first)
        high = max(axis.x(max(first, today)), low + LEAST)
        return low, high, (high, axis.x(axis.last))
    high = axis.x(last or today) + LEAST
    return high - LEAST, high, (axis.x(axis.first), high - LEAST)


def _anchor(x: float) -> str:
    """Which end of a word stands at its day, so that it stays inside."""
    return "start" if x < 8 else "end" if x > 92 else "middle"  # noqa: PLR2004


def _ticks(axis: _Axis) -> Iterator[tuple[date, str]]:
    """The first days of months, so far apart that there are few; a year's first says the year."""
    months = (axis.last.year - axis.first.year) * 12 + axis.last.month - axis.first.month
    step = next((one for one in MONTHS if months <= one * MOST_TICKS), MONTHS[-1])
    start = axis.first.year * 12 + axis.first.month - 1
    for number in range(start - start % step, start + months + 1, step):
        day = date(number // 12, number % 12 + 1, 1)
        if axis.holds(day):
            yield day, f"{day:%Y}" if step >= 12 else f"{day:%Y-%m}"  # noqa: PLR2004
