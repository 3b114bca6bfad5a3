"""Pulses: one half of the circle over rounds, in five ranges; too few answers leave a gap."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

START, WIDTH, LEVELS = 4.0, 92.0, 5
TOP, STEP, FOOT = 26, 40, 46
# Two series in the same range are seen beside each other.
APART = (-4, 4)
MOST_LABELS = 5

Point = tuple[float, int]
# What a round is called, its four ranges (1–5; none: not shown), and who is new or gone.
Round = tuple[str, Sequence[int | None], str]


@dataclass(frozen=True)
class PulseSeries:
    """One question: its points, and the pieces between rounds that follow each other."""

    points: tuple[Point, ...]
    pieces: tuple[tuple[Point, Point], ...]


@dataclass(frozen=True)
class PulseHalf:
    """Trust or performance."""

    height: int
    bottom: int
    ticks: tuple[int, ...]
    series: tuple[PulseSeries, ...]
    gaps: tuple[float, ...]
    turnover: tuple[tuple[float, str, str], ...]
    labels: tuple[tuple[float, str, str], ...]


def pulse_half(rounds: Sequence[Round], first: int) -> PulseHalf:
    """The questions `first` and the next one, the oldest round to the left."""
    across = [_x(place, len(rounds)) for place in range(len(rounds))]
    bottom = TOP + STEP * (LEVELS - 1)
    every = -(-len(rounds) // MOST_LABELS)
    shown = list(zip(across, rounds, strict=True))
    return PulseHalf(
        height=bottom + FOOT,
        bottom=bottom,
        ticks=tuple(TOP + STEP * step for step in range(LEVELS)),
        series=tuple(_series(shown, first + one, APART[one]) for one in range(2)),
        gaps=tuple(x for x, told in shown if told[1][first] is None),
        turnover=tuple((x, told[2], _anchor(x)) for x, told in shown if told[2]),
        labels=tuple((x, told[0], _anchor(x)) for x, told in shown[::every]),
    )


def _x(place: int, count: int) -> float:
    return round(START + WIDTH * (place / (count - 1) if count > 1 else 0.5), 2)


def _anchor(x: float) -> str:
    return "start" if x <= START else "end" if x >= START + WIDTH else "middle"


def _series(shown: Sequence[tuple[float, Round]], question: int, apart: int) -> PulseSeries:
    places = [
        None if (level := told[1][question]) is None else (x, TOP + STEP * (LEVELS - level) + apart)
        for x, told in shown
    ]
    pieces = ((one, other) for one, other in itertools.pairwise(places) if one and other)
    return PulseSeries(tuple(one for one in places if one), tuple(pieces))
