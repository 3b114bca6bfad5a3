"""Margins: between what parts of what was said the outcomes were, by size."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor
from statistics import fmean

LEVEL = 0.8
SIZES = (50, 200, 1000)  # where a class of size ends
LEAST_ERRORS = 30


@dataclass(frozen=True)
class Error:
    """How far a method was from an outcome; `relative` is none where it said nobody."""

    series: str
    origin: int
    last: float
    scaled: float
    relative: float | None


@dataclass(frozen=True)
class Margin:
    """Between what parts of what was said the outcomes were."""

    low: float
    high: float
    count: int
    pooled: bool


def size_of(value: float) -> int:
    """The class of size that a figure is in."""
    return bisect_right(SIZES, value)


def margins_of(errors: Iterable[Error]) -> dict[int, Margin]:
    """The margin of each class of size; with those beside it where it has too few errors."""
    by_size: dict[int, list[float]] = defaultdict(list)
    for error in errors:
        if error.relative is not None:
            by_size[size_of(error.last)].append(error.relative)
    if sum(map(len, by_size.values())) < LEAST_ERRORS:
        return {}
    return {size: _margin_near(by_size, size) for size in range(len(SIZES) + 1)}


def _margin_near(by_size: Mapping[int, Sequence[float]], size: int) -> Margin:
    """Of a class of size, with as many of the classes beside it as it takes."""
    away, near = 0, sorted(by_size.get(size, ()))
    while len(near) < LEAST_ERRORS:
        away += 1
        near = sorted(
            one for other, some in by_size.items() if abs(other - size) <= away for one in some
        )
    return _margin(near, pooled=away > 0)


def _margin(errors: Sequence[float], *, pooled: bool) -> Margin:
    """Where the next error is, as often as LEVEL says, were it drawn as these (conformal)."""
    count, tail = len(errors), (1 - LEVEL) / 2
    low = errors[max(floor((count + 1) * tail), 1) - 1]
    high = errors[min(ceil((count + 1) * (1 - tail)), count) - 1]
    return Margin(min(low, 0.0), max(high, 0.0), count, pooled)


def held_back(errors: Sequence[Error]) -> float | None:
    """How often an outcome was within a margin that was made without the year tried from."""
    held = []
    for origin in {error.origin for error in errors}:
        margins = margins_of([error for error in errors if error.origin != origin])
        held += [
            within(error.relative, margins[size_of(error.last)])
            for error in errors
            if margins and error.origin == origin and error.relative is not None
        ]
    return fmean(held) if held else None


def within(relative: float, margin: Margin) -> bool:
    """Whether an error is one that the margin allows."""
    return margin.low <= relative <= margin.high
