"""Scales: round steps from nothing, or from near the lowest value, to above the highest."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True)
class Scale:
    """A straight scale with its ticks."""

    low: float
    high: float
    ticks: tuple[float, ...]

    def share(self, value: float) -> float:
        """Where a value stands, from 0 to 1."""
        return (value - self.low) / (self.high - self.low)

    def percent(self, value: float, *, width: float = 100.0, start: float = 0.0) -> float:
        """Where a value stands, as per cent of the drawing's width."""
        return round(start + width * self.share(value), 2)


def scale(values: Iterable[float], *, parts: int = 4, from_zero: bool = True) -> Scale:
    """A scale that holds every value, in about so many round steps."""
    found = [float(value) for value in values]
    low = 0.0 if from_zero else min(found, default=0.0)
    high = max(found, default=0.0)
    low, high = min(low, high), max(low, high)
    step = _step((high - low) / parts)
    first, last = math.floor(low / step), max(math.ceil(high / step), math.floor(low / step) + 1)
    ticks = tuple(round(place * step, 10) for place in range(first, last + 1))
    return Scale(ticks[0], ticks[-1], ticks)


def _step(rough: float) -> float:
    if rough <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(rough))
    return float(next(step * power for step in STEPS if step * power >= rough * 0.999999))
