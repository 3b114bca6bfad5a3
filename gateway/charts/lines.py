"""Lines: up to four series over years, and a forecast with its interval."""

import itertools
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from gateway.charts.scale import Scale, scale

START, WIDTH = 9.0, 89.0
TOP, PLOT, FOOT = 20, 220, 26
DASHES = ("", "9 5", "2 5", "14 4 3 4")
MOST_YEARS = 7

Point = tuple[float, float]


@dataclass(frozen=True)
class Line:
    """One series: its points, the pieces between them, and how it is told from the others."""

    name: str
    points: tuple[Point, ...]
    pieces: tuple[tuple[Point, Point], ...]
    dash: str
    last: float


@dataclass(frozen=True)
class Lines:
    """A whole line chart. `band` is a polygon in a box of 100 by 100."""

    height: int
    top: int
    plot: int
    ticks: tuple[tuple[float, float], ...]
    years: tuple[tuple[float, int, str], ...]
    series: tuple[Line, ...]
    forecast: tuple[tuple[Point, Point], ...]
    band: str
    split: float | None


def lines(
    series: Sequence[tuple[str, Sequence[tuple[int, float]]]],
    forecast: Sequence[tuple[int, float, float, float]] = (),
    *,
    from_zero: bool = True,
    breaks: Collection[int] = (),
) -> Lines:
    """Series are (name, [(year, value)]); the forecast of the first is (year, low, mid, high).

    No line is drawn into a year of `breaks`, the first that is counted in another way.
    """
    years = sorted({year for _, s in series for year, _ in s} | {f[0] for f in forecast})
    values = [value for _, s in series for _, value in s] + [v for f in forecast for v in f[1:]]
    plane = _Plane(years, scale(values, from_zero=from_zero))
    drawn = tuple(plane.line(name, s, place, breaks) for place, (name, s) in enumerate(series))
    last = series[0][1][-1] if forecast else None
    middle = [last, *((year, mid) for year, _, mid, _ in forecast)] if last else []
    return Lines(
        height=TOP + PLOT + FOOT,
        top=TOP,
        plot=PLOT,
        ticks=tuple((plane.y(tick), tick) for tick in plane.measure.ticks),
        years=plane.shown_years(),
        series=drawn,
        forecast=_pieces([plane.at(year, value) for year, value in middle]),
        band=plane.band(last, forecast) if last else "",
        split=plane.x(last[0]) if last else None,
    )


class _Plane:
    """Years across, values upward."""

    def __init__(self, years: list[int], measure: Scale) -> None:
        self.years, self.measure = years, measure
        self.first, self.span = years[0], max(years[-1] - years[0], 1)

    def x(self, year: int) -> float:
        return round(START + WIDTH * (year - self.first) / self.span, 2)

    def y(self, value: float) -> float:
        return round(TOP + PLOT * (1 - self.measure.share(value)), 1)

    def at(self, year: int, value: float) -> Point:
        return self.x(year), self.y(value)

    def line(
        self, name: str, values: Sequence[tuple[int, float]], place: int, breaks: Collection[int]
    ) -> Line:
        points = tuple(self.at(year, value) for year, value in values)
        pieces = tuple(
            (self.at(*one), self.at(*other))
            for one, other in itertools.pairwise(values)
            if not any(one[0] < year <= other[0] for year in breaks)
        )
        return Line(name, points, pieces, DASHES[place], values[-1][1])

    def band(
        self, last: tuple[int, float], forecast: Sequence[tuple[int, float, float, float]]
    ) -> str:
        upper = [last, *((year, high) for year, _, _, high in forecast)]
        lower = [(year, low) for year, low, _, _ in reversed(forecast)]
        box = ((self.x(y), round(100 * (1 - self.measure.share(v)), 2)) for y, v in upper + lower)
        return " ".join(f"{x},{y}" for x, y in box)

    def shown_years(self) -> tuple[tuple[float, int, str], ...]:
        every = -(-len(self.years) // MOST_YEARS)
        shown = self.years[::every]
        ends = {self.years[0]: "start", self.years[-1]: "end"}
        return tuple((self.x(year), year, ends.get(year, "middle")) for year in shown)


def _pieces(points: Sequence[Point]) -> tuple[tuple[Point, Point], ...]:
    return tuple(itertools.pairwise(points))
