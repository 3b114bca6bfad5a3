"""Supplements: how many more seats of what is counted would close a gap. Arithmetic, no advice.

Persons a year of a seat a year = the share that completes × the share that enters the occupation,
as the verdict's line has them. Only what is known is multiplied: what nobody has measured stands
among the verdict's unknowns, and is not proposed. Nor is a programme whose provider has left or
leaves in the time, or one so long that nobody who begins today is out in it, or of which nobody
knows how long it is.

Programmes within commuting distance of the need are proposed too, by the rule that allocation has
(reach.py), where all of their seats are sure to be. What closes most per seat stands first.

The gap is what remains if this need gets all of the supply: demand less its high (decision 0017).
"""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from math import ceil

from services.analysis.contract.verdict import MOST_SEATS, Conclusion, Nearness
from services.analysis.leaving.rules import left_by
from services.analysis.verdict.arithmetic import (
    CENT,
    FINE,
    ZERO,
    Fact,
    Interval,
    Line,
    Period,
    shown,
    shown_part,
)
from services.analysis.verdict.duration import length
from services.analysis.verdict.education import Education
from services.analysis.verdict.intake_lines import counted_in
from services.analysis.verdict.reach import Reach
from services.analysis.verdict.sharing import Counted

NEAR = Nearness.within_reach
WHERE = {
    Nearness.there: "den räknas redan för behovet",
    NEAR: "den ges inom pendlingsavstånd från behovet",
    Nearness.from_anywhere: "den ges på distans",
    Nearness.unknown_place: "var den ges är okänt",
}


def gap_of(conclusion: Conclusion, demand: Fraction | None, supply: Interval) -> Fraction:
    """How many a year are lacking for certain; none where that cannot be said."""
    lacking = conclusion in (Conclusion.gap, Conclusion.partly)
    if not lacking or demand is None or supply.high is None:
        return ZERO
    return demand - supply.high


def supplements(
    need: Fact,
    counted: Sequence[Counted],
    gap: Fraction,
    *,
    today: date,
    period: Period,
    reach: Reach,
) -> list[Line]:
    """What would close a gap, what closes most per seat first."""
    if not gap:
        return []
    # Of several starts of a programme, the last.
    growing = {one.programme["id"]: one for one in counted if may_grow(one, today, period)}
    near = [(one, _nearness(need, one, reach)) for one in growing.values()]
    enough = [both for both in near if gap / both[0].per_seat <= MOST_SEATS]
    ranked = sorted(enough, key=_order)
    return [_told(rank, one, gap, today, how) for rank, (one, how) in enumerate(ranked, start=1)]


def within_reach(
    need: Fact, education: Education, counted: Sequence[Counted], period: Period, reach: Reach
) -> list[Counted]:
    """The starts of programmes whose seats are not where the need is, but near for certain."""
    there = {one.programme["id"] for one in counted}
    return [
        one
        for programme in education.leading_to(need["occupation_code"])
        if programme["id"] not in there and reach.to(need, programme) == (NEAR, True)
        for one in counted_in(period, programme, education.starts_of(programme))
    ]


def _nearness(need: Fact, one: Counted, reach: Reach) -> Nearness:
    """How far it is; of a need that names no municipality it does not matter."""
    found = reach.to(need, one.programme) if need["municipality_codes"] else None
    return found[0] if found else Nearness.there


def _order(both: tuple[Counted, Nearness]) -> tuple[Fraction, int, str, str]:
    one, how = both
    return -one.per_seat, [*Nearness].index(how), one.programme["name"], one.programme["id"]


def may_grow(one: Counted, today: date, period: Period) -> bool:
    """Whether more seats are known to give somebody in the time."""
    standings = one.programme.get("standings", ())
    gone = any(left_by(standings, f"{day}") for day in (today, period.last))
    lasts = length(one.programme, one.intake)
    in_time = lasts is not None and today + lasts <= period.last
    return one.per_seat > ZERO and not gone and in_time


def _told(rank: int, one: Counted, gap: Fraction, today: date, how: Nearness) -> Line:
    completion, entry = one.shares or (ZERO, ZERO)
    begins = one.intake["starts_on"]
    return {
        "rank": rank,
        "nearness": how,
        "why": f"En plats ger {_said(one.per_seat)} anställda per år: {WHERE[how]}.",
        "programme_id": one.programme["id"],
        "provider_actor_id": one.programme["provider_actor_id"],
        "intake_id": one.intake["id"] if begins and begins > f"{today}" else None,
        "gap": max(shown(gap, CENT), CENT),
        "completion": shown_part(completion, FINE),
        "entry": shown_part(entry, FINE),
        "closes_per_seat": shown_part(one.per_seat, FINE),
        "seats": ceil(gap / one.per_seat),
    }


def _said(part: Fraction) -> str:
    return f"{shown_part(part, FINE).normalize():f}".replace(".", ",")
