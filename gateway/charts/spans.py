"""Spans: what was planned and what came of it, over time, one row each, with today between."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

LABEL, ROW, FOOT = 22, 44, 26
START, WIDTH, NARROWEST, TICKS = 1.0, 97.0, 0.8, 4
DAY = timedelta(days=1)


class Span(NamedTuple):
    """Two days, either of them perhaps unknown."""

    first: date | None
    last: date | None

    @property
    def whole(self) -> tuple[date, date] | None:
        """Both ends; the one that is known where the other is not."""
        first, last = self.first or self.last, self.last or self.first
        return (first, last) if first and last else None


@dataclass(frozen=True)
class SpanRow:
    """One row: its label, and where it is planned and done, as (start, width) in per cent."""

    label: str
    y: int
    planned: tuple[float, float] | None
    done: tuple[float, float] | None


@dataclass(frozen=True)
class Spans:
    """A whole picture; today in per cent where it is within."""

    height: int
    rows: tuple[SpanRow, ...]
    ticks: tuple[tuple[float, date], ...]
    today: float | None


def spans(rows: Sequence[tuple[str, Span, Span]], today: date) -> Spans:
    """Rows are (label, planned, done), each with a day that is known."""
    ends = [day for _, *parts in rows for part in parts for day in part.whole or ()]
    first, last = min(ends, default=today), max(ends, default=today) + DAY
    whole = (last - first).days

    def x(day: date) -> float:
        return round(START + WIDTH * (day - first).days / whole, 2)

    def bar(part: Span) -> tuple[float, float] | None:
        if part.whole is None:
            return None
        begins, ends = part.whole
        return x(begins), round(max(x(ends + DAY) - x(begins), NARROWEST), 2)

    made = tuple(
        SpanRow(label, place * ROW, bar(planned), bar(done))
        for place, (label, planned, done) in enumerate(rows)
    )
    marks = sorted({first + timedelta(days=whole * part // TICKS) for part in range(TICKS)})
    ticks = tuple((x(day), day) for day in marks)
    within = x(today) if first <= today < last else None
    return Spans(len(made) * ROW + FOOT, made, ticks, within)
