"""What the analysis counts at once, counted here occupation by occupation."""

from collections.abc import Mapping, Sequence
from math import pi, sqrt

from services.analysis.equality.rules import TWO_SIDED, Pair, Spread
from services.analysis.indicator.rules import total


def spread_of(sexes: Mapping[str, Pair]) -> Spread:
    """The index of dissimilarity with what chance does to it; unknown where any part is, or one sex
    has nobody.

    Half the sum, over occupations, of the distance between the part of all women and the part of
    all men who are in it.
    """
    women, men = (total([pair[at] for pair in sexes.values()]) for at in (0, 1))
    pairs = [(float(w or 0), float(m or 0)) for w, m in sexes.values() if w or m]
    if not (women and men):
        return Spread(women, men, len(pairs))
    return Spread(women, men, len(pairs), *_index(pairs, float(women), float(men)))


def _index(
    pairs: Sequence[tuple[float, float]], women: float, men: float
) -> tuple[float, float, float]:
    """The index, what it would be by chance alone, and twice its standard error."""
    apart = [w / women - m / men for w, m in pairs]
    signs = [1 if one > 0 else -1 for one in apart]
    index = sum(abs(one) for one in apart) / 2
    # Were each person a woman with the same chance: the mean distance of a normal variable.
    drawn = sum(sqrt((w + m) * (1 - (w + m) / (women + men))) for w, m in pairs)
    chance = drawn / sqrt(2 * pi * women * men)
    # The index's slope in each occupation's women, when a man there were a woman instead.
    tilt = sum(s * (w / women**2 + m / men**2) for s, (w, m) in zip(signs, pairs, strict=True))
    slopes = [(sign * (1 / women + 1 / men) - tilt) / 2 for sign in signs]
    variance = sum(slope**2 * w * m / (w + m) for slope, (w, m) in zip(slopes, pairs, strict=True))
    return index, min(chance, 1.0), TWO_SIDED * sqrt(variance)
