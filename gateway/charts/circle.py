"""The quality circle: four steps clockwise, trust below the line and performance above it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

SIZE, INNER, MARGIN, MOST = 420.0, 46.0, 40.0, 5
STARTS = (5, 95, 185, 275)
SWEEP = 80


@dataclass(frozen=True)
class Quarter:
    """One step: its whole sector, the part that is filled, and where its label stands."""

    name: str
    value: float | None
    trust: bool
    ground: str
    filled: str
    x: float
    y: float


@dataclass(frozen=True)
class Circle:
    """The whole circle."""

    size: float
    rings: tuple[float, ...]
    quarters: tuple[Quarter, ...]


def circle(steps: Sequence[tuple[str, float | None]]) -> Circle:
    """Steps are (name, value 1–5 or None): relations, thinking, acting, results, in that order."""
    outer = SIZE / 2 - MARGIN
    quarters = tuple(
        _quarter(name, value, start, outer, trust=place < 2)  # noqa: PLR2004
        for place, ((name, value), start) in enumerate(zip(steps, STARTS, strict=True))
    )
    rings = tuple(round(INNER + (outer - INNER) * step / MOST, 1) for step in range(1, MOST + 1))
    return Circle(SIZE, rings, quarters)


def _quarter(name: str, value: float | None, start: int, outer: float, *, trust: bool) -> Quarter:
    reach = INNER + (outer - INNER) * (value or 0) / MOST
    middle = math.radians(start + SWEEP / 2)
    x = SIZE / 2 + (INNER + outer) / 2 * math.cos(middle)
    y = SIZE / 2 + (INNER + outer) / 2 * math.sin(middle)
    filled = _sector(start, round(reach, 1)) if value else ""
    return Quarter(name, value, trust, _sector(start, outer), filled, round(x, 1), round(y, 1))


def _sector(start: int, outer: float) -> str:
    def point(radius: float, degrees: float) -> str:
        angle = math.radians(degrees)
        x, y = SIZE / 2 + radius * math.cos(angle), SIZE / 2 + radius * math.sin(angle)
        return f"{x:.1f},{y:.1f}"

    end = start + SWEEP
    return (
        f"M{point(outer, start)}A{outer},{outer} 0 0 1 {point(outer, end)}"
        f"L{point(INNER, end)}A{INNER},{INNER} 0 0 0 {point(INNER, start)}Z"
    )
