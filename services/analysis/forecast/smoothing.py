"""Exponential smoothing with a damped trend, ETS(A,Ad,N), by statsmodels.

With its smoothing given, what it makes of some years is a sum of them, each times a weight of its
own: statsmodels is asked what it makes of one year at a time, once for each length, and the weights
serve every series. It is heavy, and loaded when first asked.
"""

from collections.abc import Sequence
from functools import cache

from services.analysis.forecast.rules import HORIZONS, Smoothing


@cache
def weights(smoothing: Smoothing, years: int) -> Sequence[Sequence[float]]:
    """The weight of each of some years, by year ahead."""
    units = [[float(at == one) for one in range(years)] for at in range(years)]
    return tuple(zip(*(_smoothed(unit, smoothing) for unit in units), strict=True))


def _smoothed(values: list[float], smoothing: Smoothing) -> list[float]:
    """It begins as if the first change were that of the year before, too."""
    import numpy as np  # noqa: PLC0415 - heavy
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel  # noqa: PLC0415 - heavy

    change = values[1] - values[0]
    model = ETSModel(
        np.array(values),
        error="add",
        trend="add",
        damped_trend=True,
        initialization_method="known",
        initial_level=values[0] - change,
        initial_trend=change,
    )
    found = model.smooth(np.array(smoothing)).forecast(len(HORIZONS))
    return [float(one) for one in found]


def library() -> str:
    """What smooths, by name and version."""
    from importlib.metadata import version  # noqa: PLC0415

    return f"statsmodels {version('statsmodels')}"
