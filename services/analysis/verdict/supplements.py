"""Supplements: how many more seats of what is counted would close a gap. Arithmetic, no advice.

Persons a year of a seat a year = the share that completes × the share that enters the occupation,
as the verdict's line has them. Only what is known is multiplied: what nobody has measured stands
among the verdict's unknowns, and is not proposed. Nor is a programme whose provider has left or
leaves in the time, or one so long that nobody who begins today is out in it, or of which nobody
knows how long it is.

The gap is what remains if this need gets all of the supply: demand less its high (decision 0017).
"""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from math import ceil

from services.analysis.contract.verdict import MOST_SEATS, Conclusion
from services.analysis.leaving.rules import left_by
from services.analysis.verdict.arithmetic import (
    CENT,
    FINE,
    ZERO,
    Interval,
    Line,
    Period,
    shown,
    shown_part,
)
from services.analysis.verdict.duration import length
from services.analysis.verdict.sharing import Counted


def gap_of(conclusion: Conclusion, demand: Fraction | None, supply: Interval) -> Fraction:
    """How many a year are lacking for certain; none where that cannot be said."""
    lacking = conclusion in (Conclusion.gap, Conclusion.partly)
    if not lacking or demand is None or supply.high is None:
        return ZERO
    return demand - supply.high


def supplements(
    counted: Sequence[Counted], gap: Fraction, today: date, period: Period
) -> list[Line]:
    """What would close a gap, what closes most per seat first."""
    if not gap:
        return []
    # Of several starts of a programme, the last.
    growing = {one.programme["id"]: one for one in counted if may_grow(one, today, period)}
    ranked = sorted(growing.values(), key=_order)
    enough = [one for one in ranked if gap / one.per_seat <= MOST_SEATS]
    return [_told(rank, one, gap, today) for rank, one in enumerate(enough, start=1)]


def _order(one: Counted) -> tuple[Fraction, str, str]:
    return -one.per_seat, one.programme["name"], one.programme["id"]


def may_grow(one: Counted, today: date, period: Period) -> bool:
    """Whether more seats are known to give somebody in the time."""
    standings = one.programme.get("standings", ())
    gone = any(left_by(standings, f"{day}") for day in (today, period.last))
    lasts = length(one.programme, one.intake)
    in_time = lasts is not None and today + lasts <= period.last
    return one.per_seat > ZERO and not gone and in_time


def _told(rank: int, one: Counted, gap: Fraction, today: date) -> Line:
    completion, entry = one.shares or (ZERO, ZERO)
    begins = one.intake["starts_on"]
    return {
        "rank": rank,
        "programme_id": one.programme["id"],
        "provider_actor_id": one.programme["provider_actor_id"],
        "intake_id": one.intake["id"] if begins and begins > f"{today}" else None,
        "gap": max(shown(gap, CENT), CENT),
        "completion": shown_part(completion, FINE),
        "entry": shown_part(entry, FINE),
        "closes_per_seat": shown_part(one.per_seat, FINE),
        "seats": ceil(gap / one.per_seat),
    }
