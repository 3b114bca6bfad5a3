"""The network picture: a spring model without randomness, so the same ties give the same picture.

Past about forty nodes a picture tells nothing: the page then shows one actor's neighbours.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, ROUNDS = 1000.0, 600.0, 220
GOLDEN, EDGE_X, TOP_EDGE, LOW_EDGE = 2.399963, 75.0, 30.0, 45.0
LABEL_X, LABEL_Y, PARTINGS = 118.0, 44.0, 60


@dataclass(frozen=True)
class Node:
    """One actor or council: who, of which kind, where, and how many ties."""

    id: str
    name: str
    kind: str
    x: float
    y: float
    radius: float
    ties: int


@dataclass(frozen=True)
class Tie:
    """A line between two nodes; heavier ties are wider."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float


@dataclass(frozen=True)
class Network:
    """The whole picture."""

    width: float
    height: float
    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]


def network(
    nodes: Sequence[tuple[str, str, str]], ties: Sequence[tuple[str, str, float]]
) -> Network:
    """Nodes are (id, name, kind), ties (one id, other id, weight)."""
    ids = [node[0] for node in nodes]
    at = {key: place for place, key in enumerate(ids)}
    pairs = [(at[a], at[b], weight) for a, b, weight in ties if a in at and b in at]
    degree = [sum(place in pair[:2] for pair in pairs) for place in range(len(ids))]
    spots = _placed(ids, pairs, degree)
    made = tuple(
        Node(key, name, kind, *spot, round(8 + 3.4 * math.sqrt(count), 1), count)
        for (key, name, kind), spot, count in zip(nodes, spots, degree, strict=True)
    )
    drawn = tuple(Tie(*spots[a], *spots[b], min(1 + weight, 5)) for a, b, weight in pairs)
    return Network(WIDTH, HEIGHT, made, drawn)


def _placed(
    ids: Sequence[str], pairs: Sequence[tuple[int, int, float]], degree: Sequence[int]
) -> list[tuple[float, float]]:
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
    return [(round(x, 1), round(y, 1)) for x, y in spots]


def _forces(
    spots: list[list[float]], pairs: Sequence[tuple[int, int, float]], ideal: float
) -> list[list[float]]:
    pull = [[(WIDTH / 2 - x) * 0.25, (HEIGHT / 2 - y) * 0.4] for x, y in spots]
    for one, (x, y) in enumerate(spots):
        for other in range(one):
            dx, dy = x - spots[other][0], (y - spots[other][1]) * 1.35
            push = ideal * ideal / max(dx * dx + dy * dy, 0.01)
            _add(pull, one, other, dx * push, dy * push)
    for one, other, weight in pairs:
        dx, dy = spots[one][0] - spots[other][0], spots[one][1] - spots[other][1]
        draw = math.hypot(dx, dy) / ideal * (0.7 + 0.15 * min(weight, 5))
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
