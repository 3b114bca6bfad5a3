"""Scoring: what was forecast, beside what a source has said since."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from services.analysis.forecast.making import exact
from services.analysis.forecast.margins import LEVEL
from services.analysis.forecast.rules import HORIZONS
from services.analysis.forecast.telling import Told
from services.kit.store import Record

Score = dict[str, Any]
COUNTED = ("occupation_code", "origin_period", "period", "horizon", "method")


def scores(told: Told | None, forecasts: Iterable[Record]) -> tuple[list[Score], int]:
    """Every year that has come, of every forecast; and how many cannot be compared since."""
    found, broken = list[Score](), 0
    for forecast in forecasts if told else ():
        for point in forecast["points"]:
            if told is None or point["period"] > told.last:
                continue
            if any(int(forecast["origin_period"]) < year <= int(point["period"])
                   for year in told.breaks):  # fmt: skip
                broken += 1
                continue
            score = _score(told, forecast, point)
            found += [score] if score else []
    return found, broken


def _score(told: Told, forecast: Record, point: Record) -> Score | None:
    _, outcome = told.amount(point["period"], forecast["occupation_code"])
    if outcome is None:
        return None
    value, low, high = (Decimal(point[name]) for name in ("value", "low", "high"))
    scale = forecast["scale"]
    return {
        "forecast_id": forecast["id"],
        "occupation_code": forecast["occupation_code"],
        "origin_period": forecast["origin_period"],
        **{name: point[name] for name in ("period", "horizon", "method", "value", "low", "high")},
        "outcome": outcome,
        "held": low <= outcome <= high,
        "error": exact(float(abs(outcome - value) / scale)) if scale else None,
    }


def answer_of(
    told: Told | None, forecasts: Iterable[Record], occupations: Sequence[str]
) -> dict[str, Any]:
    """All of a place as sums, and one by one those of the occupations asked for."""
    found, broken = scores(told, forecasts)
    sums = [_sum(None, found)]
    sums += [_sum(one, [s for s in found if s["horizon"] == one]) for one in HORIZONS]
    return {
        "level": Decimal(str(LEVEL)),
        "sums": [one for one in sums if one["count"]],
        "not_comparable": broken,
        "items": [s for s in found if not occupations or s["occupation_code"] in occupations],
        "next": None,
    }


def _sum(horizon: int | None, found: Sequence[Score]) -> dict[str, Any]:
    """Each year of an occupation once, however often the same was said of it."""
    several = list({tuple(one[name] for name in COUNTED): one for one in found}.values())
    held = sum(one["held"] for one in several)
    errors = [float(one["error"]) for one in several if one["error"] is not None]
    return {
        "horizon": horizon,
        "count": len(several),
        "held": held,
        "coverage": exact(held / len(several)) if several else None,
        "error": exact(sum(errors) / len(errors)) if errors else None,
    }
