"""The network picture: a spring model without randomness, so the same ties give the same picture.

Past about forty nodes a picture tells nothing: the page then shows one actor's neighbours.
"""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

WIDTH, HEIGHT, ROUNDS = 1000.0, 600.0, 220
GOLDEN, EDGE_X, TOP_EDGE, LOW_EDGE = 2.399963, 92.0, 30.0, 45.0
LABEL_X, LABEL_Y, PARTINGS = 166.0, 44.0, 120
COLUMNS, ROW = 6, 60.0
APART, LONGEST, PULL = 9.0, 22, 0.85


@dataclass(frozen=True)
class Node:
    """One actor or council: who, of which kind and in which words, where, and how many ties."""

    id: str
    name: str
    kind: str
    word: str
    x: float
    y: float
    radius: float
    ties: int

    @property
    def label(self) -> str:
        """The name as there is room for it."""
        return self.name if len(self.name) <= LONGEST else f"{self.name[: LONGEST - 1].rstrip()}…"


@dataclass(frozen=True)
class Tie:
    """A line between two nodes: the state it is in, and what it says in words."""

    x1: float
    y1: float
    x2: float
    y2: float
    state: str
    text: str


@dataclass(frozen=True)
class Network:
    """The whole picture."""

    width: float
    height: float
    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]


def network(
    nodes: Sequence[tuple[str, str, str, str]], ties: Sequence[tuple[str, str, str, str]]
) -> Network:
    """Nodes are (id, name, kind, the kind in words), ties (one id, other id, state, in words)."""
    ids = [node[0] for node in nodes]
    at = {key: place for place, key in enumerate(ids)}
    told = [(at[a], at[b], state, text) for a, b, state, text in ties if a in at and b in at]
    pairs = [(one, other) for one, other, _state, _text in told]
    degree = [sum(place in pair for pair in pairs) for place in range(len(ids))]
    spots, height = _spread(ids, pairs, degree)
    made = tuple(
        Node(key, name, kind, word, *spot, round(8 + 3.4 * math.sqrt(count), 1), count)
        for (key, name, kind, word), spot, count in zip(nodes, spots, degree, strict=True)
    )
    lines = _beside(pairs, spots)
    drawn = tuple(Tie(*line, *said[2:]) for line, said in zip(lines, told, strict=True))
    return Network(WIDTH, height, made, drawn)


def _spread(
    ids: Sequence[str], pairs: Sequence[tuple[int, int]], degree: Sequence[int]
) -> tuple[list[tuple[float, float]], float]:
    """Where each node stands, and how high the picture is: those without a tie in rows below."""
    tied = [place for place, count in enumerate(degree) if count]
    at = {place: number for number, place in enumerate(tied)}
    found = _placed(
        tuple(ids[place] for place in tied),
        tuple((at[one], at[other]) for one, other in pairs),
        tuple(degree[place] for place in tied),
    )
    spots = dict(zip(tied, found, strict=True))
    top = HEIGHT if tied else 0.0
    alone = [place for place, count in enumerate(degree) if not count]
    for number, place in enumerate(alone):
        row, column = divmod(number, COLUMNS)
        x = round((column + 0.5) * WIDTH / COLUMNS, 1)
        spots[place] = (x, top + TOP_EDGE + row * ROW)
    height = top + math.ceil(len(alone) / COLUMNS) * ROW
    return [spots[place] for place in range(len(ids))], height


def _beside(
    pairs: Sequence[tuple[int, int]], spots: Sequence[tuple[float, float]]
) -> list[tuple[float, float, float, float]]:
    """Where each line runs; several between the same two run beside each other."""
    same: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for number, pair in enumerate(pairs):
        same[tuple(sorted(pair))].append(number)
    lines = [(0.0, 0.0, 0.0, 0.0)] * len(pairs)
    for (one, other), numbers in same.items():
        (x1, y1), (x2, y2) = spots[one], spots[other]
        length = math.hypot(x2 - x1, y2 - y1) or 1.0
        for place, number in enumerate(numbers):
            aside = APART * (place - (len(numbers) - 1) / 2)
            dx, dy = -(y2 - y1) / length * aside, (x2 - x1) / length * aside
            moved = (x1 + dx, y1 + dy, x2 + dx, y2 + dy)
            lines[number] = tuple(round(value, 1) for value in moved)  # type: ignore[assignment]
    return lines


@lru_cache(maxsize=32)
def _placed(
    ids: tuple[str, ...], pairs: tuple[tuple[int, int], ...], degree: tuple[int, ...]
) -> tuple[tuple[float, float], ...]:
    count = max(len(ids), 1)
    spots = [[WIDTH / 2, HEIGHT / 2] for _ in ids]
    for rank, place in enumerate(sorted(range(len(ids)), key=lambda p: (-degree[p], ids[p]))):
        out, turn = math.sqrt((rank + 0.5) / count), rank * GOLDEN
        spots[place][0] += out * WIDTH * 0.42 * math.cos(turn)
        spots[place][1] += out * HEIGHT * 0.42 * math.sin(turn)
    ideal, heat = math.sqrt(WIDTH * HEIGHT / count) * 0.72, WIDTH / 8
    for _ in range(ROUNDS):
        _move(spots, _forces(spots, pairs, ideal), heat)
        heat = max(0.5, heat * 0.97)
    for _ in range(PARTINGS):
        _part(spots)
    return tuple((round(x, 1), round(y, 1)) for x, y in spots)


def _forces(
    spots: list[list[float]], pairs: Sequence[tuple[int, int]], ideal: float
) -> list[list[float]]:
    pull = [[(WIDTH / 2 - x) * 0.25, (HEIGHT / 2 - y) * 0.4] for x, y in spots]
    for one, (x, y) in enumerate(spots):
        for other in range(one):
            dx, dy = x - spots[other][0], (y - spots[other][1]) * 1.35
            push = ideal * ideal / max(dx * dx + dy * dy, 0.01)
            _add(pull, one, other, dx * push, dy * push)
    for one, other in pairs:
        dx, dy = spots[one][0] - spots[other][0], spots[one][1] - spots[other][1]
        draw = math.hypot(dx, dy) / ideal * PULL
        _add(pull, one, other, -dx * draw, -dy * draw)
    return pull


def _add(pull: list[list[float]], one: int, other: int, dx: float, dy: float) -> None:
    pull[one][0] += dx
    pull[one][1] += dy
    pull[other][0] -= dx
    pull[other][1] -= dy


def _move(spots: list[list[float]], forces: list[list[float]], heat: float) -> None:
    for spot, (dx, dy) in zip(spots, forces, strict=True):
        length = math.hypot(dx, dy) or 0.1
        step = min(length, heat) / length
        _keep_inside(spot, spot[0] + dx * step, spot[1] + dy * step)


def _part(spots: list[list[float]]) -> None:
    """Move labels that touch away from each other."""
    for one, spot in enumerate(spots):
        for other in spots[:one]:
            dx, dy = spot[0] - other[0], spot[1] - other[1]
            if abs(dx) < LABEL_X and abs(dy) < LABEL_Y:
                aside, down = math.copysign(1, dx), math.copysign(2, dy)
                _keep_inside(spot, spot[0] + aside, spot[1] + down)
                _keep_inside(other, other[0] - aside, other[1] - down)


def _keep_inside(spot: list[float], x: float, y: float) -> None:
    spot[0] = min(WIDTH - EDGE_X, max(EDGE_X, x))
    spot[1] = min(HEIGHT - LOW_EDGE, max(TOP_EDGE, y))
