"""Rules: stretches without a break, methods tried from years that are known, and one chosen.

Breaks leave two to five years together: too few to learn of one series. So a method is tried on all
the occupations of a place at once, with no more years behind it than it has today, and its interval
is made of the errors it made.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from math import ceil, floor, sqrt
from statistics import NormalDist, fmean, stdev

from services.analysis.contract.forecast import ForecastMethod, NoForecast
from services.analysis.forecast.margins import (
    LEAST_ERRORS,
    Error,
    Margin,
    held_back,
    margins_of,
    size_of,
)

METHOD_VERSION = 1
HORIZONS = range(1, 6)
LEAST_ORIGINS, SMOOTHED_LEAST = 2, 2
CERTAIN = NormalDist().inv_cdf(0.975)
# The smoothing of level and trend, and how much of the trend is left each year.
Smoothing = tuple[float, float, float]
SMOOTHINGS: tuple[Smoothing, ...] = tuple(
    (level, trend, damping)
    for level in (0.5, 0.7, 0.9)
    for trend in (0.1, 0.4)
    for damping in (0.3, 0.5, 0.8, 0.98)
)
# What a smoothing makes of each year, by year ahead: it is linear in what it is made of.
Weights = Callable[[Smoothing, int], Sequence[Sequence[float]]]
Candidate = ForecastMethod | Smoothing


@dataclass(frozen=True)
class Stretch:
    """Years of a series that can be compared, without a gap."""

    first: int
    values: tuple[float, ...]


@dataclass(frozen=True)
class Trial:
    """What each candidate said of a year, from a year before it that no break lies between."""

    series: str
    origin: int
    horizon: int
    last: float
    scale: float
    outcome: float
    said: Mapping[Candidate, float]


@dataclass(frozen=True)
class Tried:
    """How a method did."""

    error: float | None
    series: int
    origins: int


@dataclass(frozen=True)
class Lesson:
    """What was learnt about a number of years ahead."""

    horizon: int
    method: ForecastMethod = ForecastMethod.naive
    smoothing: Smoothing | None = None
    tried: Mapping[ForecastMethod, Tried] = field(default_factory=dict)
    margins: Mapping[int, Margin] = field(default_factory=dict)
    coverage: float | None = None
    reason: NoForecast | None = None


def stretches(values: Mapping[int, float | None], broken: Iterable[int]) -> list[Stretch]:
    """A series cut at its breaks and where a year is missing or unknown."""
    cuts, found = frozenset(broken), list[Stretch]()
    for year in sorted(values):
        value = values[year]
        if value is None:
            continue
        last = found[-1] if found else None
        if last and year not in cuts and last.first + len(last.values) == year:
            found[-1] = Stretch(last.first, (*last.values, value))
        else:
            found.append(Stretch(year, (value,)))
    return found


def scale_of(parts: Iterable[Stretch]) -> float | None:
    """The mean change from a year to the next; none where it never changed, or cannot be told."""
    changes = [
        abs(later - earlier)
        for part in parts
        for earlier, later in zip(part.values, part.values[1:], strict=False)
    ]
    return (fmean(changes) or None) if changes else None


def drift(window: Sequence[float], horizon: int) -> float:
    """The mean change goes on; never below nobody."""
    change = (window[-1] - window[0]) / (len(window) - 1)
    return max(0.0, window[-1] + horizon * change)


def smoothed(window: Sequence[float], weights: Sequence[float]) -> float:
    """What a smoothing makes of a window; never below nobody."""
    return max(0.0, sum(one * weight for one, weight in zip(window, weights, strict=True)))


def all_said(
    window: Sequence[float], horizon: int, smoothings: Iterable[Smoothing], weights: Weights
) -> dict[Candidate, float]:
    """What each candidate that can makes of some years."""
    found: dict[Candidate, float] = {ForecastMethod.naive: window[-1]}
    if len(window) >= SMOOTHED_LEAST:
        found[ForecastMethod.drift] = drift(window, horizon)
        for one in smoothings:
            found[one] = smoothed(window, weights(one, len(window))[horizon - 1])
    return found


def trials_of(series: Mapping[str, Sequence[Stretch]], most: int, weights: Weights) -> list[Trial]:
    """Every year of every series tried from every year before it in its stretch.

    With at most as many years behind it as there are today (`most`).
    """
    return [
        trial
        for name, parts in series.items()
        if (scale := scale_of(parts)) is not None
        for part in parts
        for trial in _of_stretch(name, part, scale, most, weights)
    ]


def _of_stretch(
    name: str, part: Stretch, scale: float, most: int, weights: Weights
) -> Iterable[Trial]:
    for at in range(1, len(part.values)):
        window = part.values[max(0, at - most) : at]
        for horizon in range(1, min(len(part.values) - at, len(HORIZONS)) + 1):
            said = all_said(window, horizon, SMOOTHINGS, weights)
            outcome = part.values[at + horizon - 1]
            origin = part.first + at - 1
            yield Trial(name, origin, horizon, window[-1], scale, outcome, said)


def learnt(trials: Sequence[Trial]) -> dict[int, Lesson]:
    """What is learnt for each number of years ahead."""
    smoothings = _smoothings(trials)
    by_horizon: dict[int, list[Trial]] = defaultdict(list)
    for trial in trials:
        by_horizon[trial.horizon].append(trial)
    return {one: _lesson(one, by_horizon.get(one, []), smoothings) for one in HORIZONS}


def _smoothings(trials: Sequence[Trial]) -> dict[int | None, Smoothing]:
    """The best common smoothing without each year tried from, and (None) of all.

    The years are two or three in a series: the smoothing is common to all of them.
    """
    sums: dict[int, dict[Smoothing, float]] = defaultdict(lambda: defaultdict(float))
    for trial in trials:
        for one in SMOOTHINGS:
            if one in trial.said:
                sums[trial.origin][one] += abs(trial.outcome - trial.said[one]) / trial.scale
    if len(sums) < LEAST_ORIGINS:
        return {}
    return {
        left_out: min(
            SMOOTHINGS, key=lambda one: sum(s[one] for o, s in sums.items() if o != left_out)
        )
        for left_out in (None, *sums)
    }


def _lesson(
    horizon: int, trials: Sequence[Trial], smoothings: Mapping[int | None, Smoothing]
) -> Lesson:
    if not trials:
        return Lesson(horizon, reason=NoForecast.never_tried)
    errors = {method: _errors(trials, method, smoothings) for method in ForecastMethod}
    tried = _tried(errors)
    method = _best(errors)
    chosen = errors[method]
    smoothing = smoothings.get(None) if method is ForecastMethod.ets else None
    margins = margins_of(chosen)
    reason = None
    if len({error.origin for error in chosen}) < LEAST_ORIGINS:
        reason = NoForecast.tried_once
    elif not margins:
        reason = NoForecast.few_tried
    return Lesson(horizon, method, smoothing, tried, margins, held_back(chosen), reason)


def _errors(
    trials: Iterable[Trial], method: ForecastMethod, smoothings: Mapping[int | None, Smoothing]
) -> list[Error]:
    """A method's errors: smoothing's with what was best in other years than the one tried from."""
    found = []
    for trial in trials:
        candidate: Candidate | None = method
        if method is ForecastMethod.ets:
            candidate = smoothings.get(trial.origin)
        if candidate is None or candidate not in trial.said:
            continue
        said = trial.said[candidate]
        away = trial.outcome - said
        scaled, relative = abs(away) / trial.scale, away / said if said > 0 else None
        found.append(Error(trial.series, trial.origin, trial.last, scaled, relative))
    return found


def _among(errors: Iterable[Error], common: Set[tuple[str, int]]) -> list[Error]:
    return [error for error in errors if (error.series, error.origin) in common]


def _tried(errors: Mapping[ForecastMethod, Sequence[Error]]) -> dict[ForecastMethod, Tried]:
    """How each did where all that could be tried were."""
    common = _common(errors.values())
    found = {}
    for method, its in errors.items():
        same = _among(its, common)
        error = fmean(one.scaled for one in same) if same else None
        series, origins = ({getattr(one, of) for one in same} for of in ("series", "origin"))
        found[method] = Tried(error, len(series), len(origins))
    return found


def _common(several: Iterable[Sequence[Error]]) -> Set[tuple[str, int]]:
    """The series, and the years of them, from which all were tried that were at all."""
    tried = [{(error.series, error.origin) for error in one} for one in several if one]
    return set.intersection(*tried) if tried else set()


def _best(errors: Mapping[ForecastMethod, Sequence[Error]]) -> ForecastMethod:
    """The one with the smallest pooled error, if it beats the naive one for certain."""
    common = _common(errors.values())
    base = _among(errors[ForecastMethod.naive], common)
    better = {
        method: fmean(one.scaled for one in its)
        for method, several in errors.items()
        if (its := _among(several, common)) and _is_better(its, base)
    }
    return min(better, key=lambda one: better[one], default=ForecastMethod.naive)


def _is_better(errors: Sequence[Error], base: Sequence[Error]) -> bool:
    """Whether errors are smaller than others beyond chance among the series, in most years.

    A series' errors are not independent of each other: its mean counts as one.
    """
    by_series: dict[str, list[float]] = defaultdict(list)
    by_origin: dict[int, float] = defaultdict(float)
    for one, other in zip(errors, base, strict=True):
        by_series[one.series].append(one.scaled - other.scaled)
        by_origin[one.origin] += one.scaled - other.scaled
    gains = [fmean(some) for some in by_series.values()]
    if len(by_origin) < LEAST_ORIGINS or len(gains) < LEAST_ERRORS:
        return False
    in_years = sum(gain < 0 for gain in by_origin.values())
    certain = fmean(gains) < -CERTAIN * stdev(gains) / sqrt(len(gains))
    return (
        certain
        and fmean(e.scaled for e in errors) < fmean(e.scaled for e in base)
        and (2 * in_years > len(by_origin))
    )


@dataclass(frozen=True)
class Expected:
    """What is expected, in whole persons."""

    value: int
    low: int
    high: int
    pooled: bool


def expected(window: Sequence[float], lesson: Lesson, weights: Weights) -> Expected:
    """What a lesson makes of a series' last years."""
    smoothings = [lesson.smoothing] if lesson.smoothing else []
    said = all_said(window, lesson.horizon, smoothings, weights)
    value = said[lesson.smoothing or lesson.method]
    margin = lesson.margins[size_of(window[-1])]
    low, high = value * (1 + margin.low), value * (1 + margin.high)
    return Expected(floor(value + 0.5), max(0, floor(low)), ceil(high), margin.pooled)
