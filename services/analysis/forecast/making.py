"""Making: a place's occupations are forecast, all at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from services.analysis.contract.forecast import ForecastDraft, ForecastMethod, NoForecast
from services.analysis.forecast import rules
from services.analysis.forecast.margins import LEVEL
from services.analysis.forecast.queries import Known
from services.analysis.forecast.rules import Lesson, Stretch
from services.analysis.forecast.smoothing import library, weights
from services.analysis.forecast.telling import Told, each_of, occupations_of, told_of
from services.analysis.indicator.engine import Engine

FINE = Decimal("0.0001")


@dataclass(frozen=True)
class Made:
    """A place's forecasts, ready to be kept."""

    told: Told
    drafts: list[ForecastDraft]


def forecast(engine: Engine, known: Known, area: str) -> Made | None:
    """What is expected of every occupation in a place; None where nothing is known of it."""
    found = told_of(engine, known, area)
    if found is None:
        return None
    told = each_of(found)
    series = {one: told.stretches(one) for one in occupations_of(told, known)}
    lessons = rules.learnt(rules.trials_of(series, told.years_now, weights))
    shared = _shared(told, lessons)
    drafts = [shared | _row(told, one, series[one], lessons) for one in series]
    return Made(told, [ForecastDraft.model_validate(one) for one in drafts])


def _shared(told: Told, lessons: Mapping[int, Lesson]) -> dict[str, Any]:
    return {
        "indicator_key": told.indicator["key"],
        "area_level": told.spot.level,
        "area_code": told.spot.code,
        "snapshot_id": told.snapshot["id"],
        "content_hash": told.snapshot["content_hash"],
        "method_version": rules.METHOD_VERSION,
        "origin_period": told.last,
        "level": Decimal(str(LEVEL)),
        "library": library(),
        "trials": [trial for lesson in lessons.values() for trial in _trials(lesson)],
    }


def _trials(lesson: Lesson) -> list[dict[str, Any]]:
    return [
        {
            "horizon": lesson.horizon,
            "method": method,
            "error": fine(tried.error),
            "series_count": tried.series,
            "origin_count": tried.origins,
            "chosen": lesson.reason is None and method is lesson.method,
            "coverage": fine(lesson.coverage) if method is lesson.method else None,
        }
        for method, tried in lesson.tried.items()
    ]


def _row(
    told: Told, occupation: str, parts: list[Stretch], lessons: Mapping[int, Lesson]
) -> dict[str, Any]:
    window = _window(told, parts)
    points, unsaid = [], []
    for horizon, lesson in lessons.items():
        year = {"horizon": horizon, "period": str(int(told.last) + horizon)}
        reason = _unsaid(window, lesson)
        if reason is None:
            found = rules.expected(window, lesson, weights)
            points.append(
                year
                | {"method": lesson.method, "value": str(found.value), "low": str(found.low)}
                | {"high": str(found.high), "pooled": found.pooled}
            )
        else:
            unsaid.append(year | {"reason": reason})
    return {
        "occupation_code": occupation,
        "origin_value": told.exactly(occupation).get(int(told.last)),
        "scale": exact(rules.scale_of(parts)),
        "points": points,
        "unsaid_years": unsaid,
    }


def _window(told: Told, parts: list[Stretch]) -> tuple[float, ...]:
    """The last years, where they reach the last that is known of the place."""
    if not parts or parts[-1].first + len(parts[-1].values) - 1 != int(told.last):
        return ()
    return parts[-1].values[-told.years_now :]


def _unsaid(window: tuple[float, ...], lesson: Lesson) -> NoForecast | None:
    if not window:
        return NoForecast.unknown
    if window[-1] == 0:
        return NoForecast.nobody
    if lesson.reason is None and lesson.method is not ForecastMethod.naive:
        return None if len(window) >= rules.SMOOTHED_LEAST else NoForecast.unknown
    return lesson.reason


def fine(value: float | None) -> str | None:
    """To four decimals."""
    found = exact(value)
    return None if found is None else str(found)


def exact(value: float | None) -> Decimal | None:
    """A number of the database's, to four decimals."""
    return None if value is None else Decimal(str(value)).quantize(FINE, ROUND_HALF_UP)
