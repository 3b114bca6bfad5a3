"""The picture of the model: a band for each level, a box for each function, lines between them."""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, LEFT, GAP, EDGE = 1000, 120, 20, 14
COLUMNS, ROW, HEAD, FOOT = 3, 20, 52, 10
SHOWN, LONGEST, ARROW = 3, 34, 9

Part = tuple[str, str, str, Sequence[tuple[str, str]]]
Drawn = tuple[str, str, str, str]


@dataclass(frozen=True)
class Box:
    """One function: where it is, and who fills it, the first few by name and address."""

    key: str
    title: str
    state: str
    x: float
    y: float
    width: float
    height: float
    lines: tuple[tuple[str, str], ...]
    more: int


@dataclass(frozen=True)
class Band:
    """One level."""

    label: str
    y: float
    height: float


@dataclass(frozen=True)
class Line:
    """A tie between two functions, with its arrow's three corners."""

    kind: str
    text: str
    x1: float
    y1: float
    x2: float
    y2: float
    arrow: str


@dataclass(frozen=True)
class Model:
    """The whole picture."""

    width: int
    height: float
    bands: tuple[Band, ...]
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


def model(levels: Sequence[tuple[str, Sequence[Part]]], ties: Sequence[Drawn]) -> Model:
    """Levels are (label, parts), parts (key, title, state, who fills it as (name, address)).

    Ties are (key, other key, kind, what it says); those within a function are left to the table.
    """
    bands, boxes, top = list[Band](), dict[str, Box](), 0.0
    for label, parts in levels:
        below = top + EDGE
        for start in range(0, len(parts), COLUMNS):
            row = _row(parts[start : start + COLUMNS], below)
            boxes |= {one.key: one for one in row}
            below += max(one.height for one in row) + EDGE
        bands.append(Band(label, top, below - top))
        top = below + GAP
    known = [one for one in ties if one[0] in boxes and one[1] in boxes and one[0] != one[1]]
    lines = _lines(boxes, known)
    return Model(WIDTH, top - GAP, tuple(bands), tuple(boxes.values()), lines)


def _row(parts: Sequence[Part], y: float) -> list[Box]:
    width = (WIDTH - LEFT - GAP * COLUMNS) / COLUMNS
    height = HEAD + FOOT + ROW * max(_count(one[3]) for one in parts)
    return [
        Box(
            key, _short(title), state, LEFT + place * (width + GAP), y, round(width, 1), height,
            tuple((_short(name), link) for name, link in who[:SHOWN]), max(0, len(who) - SHOWN),
        )
        for place, (key, title, state, who) in enumerate(parts)
    ]  # fmt: skip


def _count(who: Sequence[object]) -> int:
    return min(len(who), SHOWN) + (len(who) > SHOWN)


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}…"


def _lines(boxes: dict[str, Box], ties: Sequence[Drawn]) -> tuple[Line, ...]:
    """Each tie from edge to edge; those that meet a box on one side part there."""
    sides: dict[tuple[str, int], list[int]] = defaultdict(list)
    for number, (one, other, _kind, _text) in enumerate(ties):
        down = _down(boxes[one], boxes[other])
        sides[one, down].append(number)
        sides[other, -down].append(number)
    found = []
    for number, (one, other, kind, text) in enumerate(ties):
        down = _down(boxes[one], boxes[other])
        start = _spot(boxes[one], down, sides[one, down], number)
        end = _spot(boxes[other], -down, sides[other, -down], number)
        found.append(Line(kind, text, *start, *end, _arrow(start, end)))
    return tuple(found)


def _down(one: Box, other: Box) -> int:
    """1 where the other is below, or beside it; -1 where it is above."""
    return -1 if other.y < one.y else 1


def _spot(box: Box, down: int, numbers: Sequence[int], number: int) -> tuple[float, float]:
    part = (numbers.index(number) + 1) / (len(numbers) + 1)
    return round(box.x + box.width * part, 1), box.y + (box.height if down > 0 else 0)


def _arrow(start: tuple[float, float], end: tuple[float, float]) -> str:
    (x1, y1), (x2, y2) = start, end
    angle = math.atan2(y2 - y1, x2 - x1)
    corners = [
        (x2 - ARROW * math.cos(angle + turn), y2 - ARROW * math.sin(angle + turn))
        for turn in (0.45, -0.45)
    ]
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in [(x2, y2), *corners])
