"""Rules: how differently two sexes are spread, what chance alone would do, and what has changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from math import hypot, sqrt
from statistics import NormalDist
from typing import Any

from services.analysis.contract.equality import ProgrammeStep, SexChange
from services.analysis.contract.indicator import Sex
from services.analysis.indicator.rules import (
    FINE,
    LEAST_SHARE,
    share_of,
    tells_of_occupations,
)

CERTAIN = 0.05  # how often chance may pass for a change
HALF = Decimal("0.5")
TWO_SIDED = NormalDist().inv_cdf(1 - CERTAIN / 2)
Pair = tuple[Decimal | None, Decimal | None]


@dataclass(frozen=True)
class Spread:
    """How women and men are spread over some occupations."""

    women: Decimal | None
    men: Decimal | None
    occupation_count: int
    index: float | None = None
    chance: float | None = None
    margin: float | None = None


def spread_change(before: Spread | None, now: Spread, *, after_break: bool) -> SexChange:
    """Whether the index has changed since the period before, beyond what both margins allow."""
    if before is None or after_break or before.index is None or now.index is None:
        return SexChange.not_comparable
    moved = now.index - before.index
    if abs(moved) <= hypot(now.margin or 0, before.margin or 0):
        return SexChange.no_certain
    return SexChange.less_even if moved > 0 else SexChange.more_even


def balance_change(before: Pair | None, now: Pair, comparisons: int) -> SexChange:
    """Whether an occupation's balance has changed, when so many are compared at once.

    The test of two proportions, with the chance of a false alarm shared by all comparisons.
    """
    some, others = _counts(before), _counts(now)
    if some is None or others is None:
        return SexChange.not_comparable
    (w1, n1), (w2, n2) = some, others
    pooled = (w1 + w2) / (n1 + n2)
    error = sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2))
    limit = NormalDist().inv_cdf(1 - CERTAIN / 2 / max(comparisons, 1))
    if error == 0 or abs(w2 / n2 - w1 / n1) <= limit * error:
        return SexChange.no_certain
    farther = abs(w2 / n2 - 0.5) > abs(w1 / n1 - 0.5)
    return SexChange.less_even if farther else SexChange.more_even


def _counts(pair: Pair | None) -> tuple[float, float] | None:
    """The women and all; None where unknown or nobody."""
    if pair is None or pair[0] is None or pair[1] is None or not (pair[0] + pair[1]):
        return None
    return float(pair[0]), float(pair[0] + pair[1])


def women_share(pair: Pair | None) -> Decimal | None:
    """The part that are women, 0 to 1; unknown where either is, or there is nobody."""
    if pair is None or pair[0] is None or pair[1] is None:
        return None
    return share_of(pair[0], pair[0] + pair[1])


def smaller_sex(share: Decimal | None) -> Sex | None:
    """The sex that has less than 40 % of an occupation."""
    if share is None or LEAST_SHARE <= share <= 1 - LEAST_SHARE:
        return None
    return Sex.women if share < HALF else Sex.men


def unevenness(share: Decimal | None) -> Decimal:
    """How far a share is from half; what is unknown comes last."""
    return Decimal(-1) if share is None else abs(share - HALF)


def fine(value: float | None) -> Decimal | None:
    """To four decimals, as shares are."""
    return None if value is None else Decimal(str(value)).quantize(FINE, ROUND_HALF_UP)


def since(periods: Sequence[str], broken: frozenset[int]) -> str | None:
    """The first period that the last one is comparable with; None where it is alone."""
    found: str | None = None
    for period in periods[:-1][::-1]:
        later = periods[periods.index(period) + 1]
        if any(int(period[:4]) < year <= int(later[:4]) for year in broken):
            break
        found = period
    return found


def has_sexes(layout: Mapping[str, Any]) -> bool:
    """Whether an indicator tells of women and men in occupations."""
    return bool(layout["sex"]) and tells_of_occupations(layout)


def step_shares(intakes: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Women among those who came so far, of all starts of a programme that tell both numbers.

    A start that tells one of them alone is in neither sum. Few are told too: each start's own
    numbers stand open on the programme's page.
    """
    return [_step_share(step, intakes) for step in ProgrammeStep]


def _step_share(step: ProgrammeStep, intakes: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    both = ((one[step], one[f"{step}_women"]) for one in intakes)
    told = [(all_, women) for all_, women in both if None not in (all_, women)]
    persons, women = (sum(pair[at] for pair in told) for at in (0, 1))
    return {
        "step": step,
        "intake_count": len(told),
        "persons": persons if told else None,
        "women": women if told else None,
        "women_share": share_of(Decimal(women), Decimal(persons)) if told else None,
    }
