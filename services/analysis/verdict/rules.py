"""Rules of the verdict: demand a year against supply a year, as intervals a person can check.

Supply of an intake = seats × share that completes × share that enters the occupation; where it is
known how many were admitted, those instead of the seats. What nobody has measured is an interval
from none to all, said to be assumed. Unknown seats have no upper end: they make a verdict
undecidable, never zero. So does a need that asks for nobody in the time: that is no coverage. A
start may be out in the time or not where nobody knows its first day, or neither its last day nor
how long it takes; a programme that nobody knows the place of is where the need is or not; and what
would begin once its provider has left the collaboration begins or not: none of it at least, all at
most. Who is no more begins nothing.

A conclusion is what both ends of the coverage say: nothing of the demand is a gap, part of it
partly, all of it or more covered. Where they differ nobody can say, and what is unknown decides.

A code that the loaded classification does not have says nothing of where or what a need is: more
than is counted may serve it (docs/decisions/0018).

What nobody has registered is unknown too. A gap is said only where the registry knows education to
the occupation and its starts, and those are not enough (docs/decisions/0015).
"""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from services.analysis.classification.rules import Unclassified
from services.analysis.contract.verdict import (
    BalanceSide,
    Conclusion,
    Horizon,
    LineKind,
    UnknownKind,
)
from services.analysis.verdict.arithmetic import (
    CENT,
    FINE,
    ONE,
    ZERO,
    Balance,
    Fact,
    Interval,
    Period,
    ends,
    factor,
    line,
    unknown,
)
from services.analysis.verdict.duration import may_be_out_in, out_on
from services.analysis.verdict.education import Education
from services.analysis.verdict.intake_lines import (
    intake_line,
    left_line,
    never_begins,
    placed,
)
from services.analysis.verdict.reach import Reach
from services.analysis.verdict.sharing import Alike, Counted, Shared, serves, shared_with
from services.analysis.verdict.supplements import gap_of, supplements, within_reach
from services.analysis.verdict.unregistered import supply_of_none

SHORT = timedelta(days=365)
LONG_YEARS, LONG_MOST = 4, 10
ALL_KNOWN, NEAR_TO_NONE = Unclassified(), Reach()
CODES_NAMED = 10


def period_of(horizon: Horizon, today: date, to_year: int | None) -> Period:
    """Short: twelve months from today. Long: the years after them, to the need's last year.

    But not so far that nothing which starts now tells anything: an average over a century says
    that a need is almost none.
    """
    if horizon is Horizon.short:
        return Period(today, today + SHORT - timedelta(days=1))
    first = today + SHORT
    ends = min(to_year or first.year + LONG_YEARS, first.year + LONG_MOST)
    last = date(max(ends, first.year), 12, 31)
    return Period(first, max(last, first + SHORT - timedelta(days=1)))


def verdict(
    need: Fact,
    education: Education,
    horizon: Horizon,
    today: date,
    *,
    rivals: Sequence[Alike] = (),
    unclassified: Unclassified = ALL_KNOWN,
    reach: Reach = NEAR_TO_NONE,
) -> dict[str, Any]:
    """The balance of one need for one horizon, with its lines, unknowns and conclusion.

    `rivals` are all open needs of its occupation; `unclassified` the codes that are none;
    `reach` says who is within commuting distance.
    """
    period, balance = period_of(horizon, today, need["to_year"]), Balance(unclassified)
    demand = _demand(need, period, balance)
    has_occupation = _has_occupation(need, balance)
    lost = _lost(need, balance)
    leading = education.leading_to(need["occupation_code"]) if has_occupation else ()
    counted = _supply(need, leading, education, period, balance)
    shared = shared_with(need, rivals, counted, period, unclassified)
    supply = shared.left_of(_total(counted))
    balance.unknowns += shared.unknowns
    tells = any(_tells(one) for one in counted)
    if has_occupation and not tells and not (lost and leading):
        supply = supply_of_none(need, education, horizon, balance, today=today)
    if lost or not has_occupation:
        supply = Interval(supply.low, None)
    coverage = supply.over(demand) if demand else None
    conclusion = conclude(coverage, occupation_known=has_occupation)
    gap = gap_of(conclusion, demand, supply)
    near = within_reach(need, education, counted, period, reach) if gap else []
    for one in balance.unknowns:
        # Where both ends say the same, knowing more changes nothing of what is said.
        one["decisive"] = conclusion is Conclusion.undecidable and one["decisive"]
    return {
        "need_id": need["id"],
        "horizon": horizon,
        "judged_on": today,
        "from_on": period.first,
        "to_on": period.last,
        "occupation_code": need["occupation_code"],
        "municipality_codes": need["municipality_codes"],
        **ends("demand", Interval(demand, demand) if demand is not None else None, CENT),
        **ends("supply", supply, CENT),
        **ends("coverage", coverage, FINE, part_of_one=True),
        "conclusion": conclusion,
        "lines": balance.lines,
        "unknowns": balance.unknowns,
        **shared.told,
        "supplements": supplements(
            need, [*counted, *near], gap, today=today, period=period, reach=reach
        ),
        "example": _rests_on_examples(need, balance, leading, education, shared),
    }


def _rests_on_examples(
    need: Fact,
    balance: Balance,
    leading: Sequence[Fact],
    education: Education,
    shared: Shared,
) -> bool:
    """Whether anything that is told is invented; what led nowhere is told where no line is."""
    told = {one["programme_id"] for one in balance.lines}
    programmes = [one for one in leading if one["id"] in told] or leading
    starts = (start for one in programmes for start in education.starts_of(one))
    return shared.example or any(one["example"] for one in (need, *programmes, *starts))


def conclude(coverage: Interval | None, *, occupation_known: bool) -> Conclusion:
    """What a coverage interval allows to be said: only what both of its ends say."""
    if coverage is None or not occupation_known:
        return Conclusion.undecidable
    least, most = _said_by(coverage.low), _said_by(coverage.high)
    return least if least is most else Conclusion.undecidable


def _said_by(coverage: Fraction | None) -> Conclusion:
    """What one coverage says; without an end it may be any, also more than all."""
    if coverage is None or coverage >= ONE:
        return Conclusion.covered
    return Conclusion.partly if coverage else Conclusion.gap


def _demand(need: Fact, period: Period, balance: Balance) -> Fraction | None:
    """Persons a year on average in the period: the need's own years only are counted."""
    if need["headcount_per_year"] is None:
        text = "Hur många som behövs per år är inte angivet."
        balance.unknowns.append(unknown(UnknownKind.headcount, text))
        return None
    amount, source = Fraction(need["headcount_per_year"]), need["source"] or "Behovet"
    factors = [factor("Angivet behov", Interval(amount, amount), source, "personer per år")]
    share = period.share_within(need["from_year"], need["to_year"])
    if share < ONE:
        source = f"Behovets år: {_years(need)}"
        factors.append(factor("Del av tiden som behovet gäller", Interval(share, share), source))
    told, asked = line(BalanceSide.demand, LineKind.stated_need, "Angivet behov", factors, None)
    balance.lines.append(told)
    if not asked.low:
        text = f"Ingen efterfrågas under den här tiden: behovet gäller {_years(need)}."
        text = text if amount else "Behovet säger att ingen behövs."
        if amount and (need["from_year"] or 0) > period.first.year + LONG_MOST:
            text += f" Så långt fram bedöms det inte: högst {LONG_MOST} år efter det närmaste."
        balance.unknowns.append(unknown(UnknownKind.headcount, text))
    return asked.low


def _years(need: Fact) -> str:
    return f"{need['from_year'] or ''}–{need['to_year'] or ''}"


def _has_occupation(need: Fact, balance: Balance) -> bool:
    """Whether it is known which occupation a need is about."""
    code = need["occupation_code"]
    if code and code not in balance.unclassified.occupations:
        return True
    text = "Vilket yrke behovet gäller är inte angivet."
    text = f"Yrkeskoden {code} finns inte i klassifikationen." if code else text
    balance.unknowns.append(unknown(UnknownKind.occupation, text))
    return False


def _lost(need: Fact, balance: Balance) -> bool:
    """Whether a need is somewhere that nobody knows where is: more may serve it than is counted."""
    codes = sorted(balance.unclassified.municipalities.intersection(need["municipality_codes"]))
    if codes:
        named = ", ".join(codes[:CODES_NAMED])
        which = f"Kommunkoderna {named}" if codes[1:] else f"Kommunkoden {named}"
        more = " med flera" if codes[CODES_NAMED:] else ""
        text = f"{which}{more} finns inte i klassifikationen."
        balance.unknowns.append(unknown(UnknownKind.municipality, text))
    return bool(codes)


def _supply(
    need: Fact,
    leading: Sequence[Fact],
    education: Education,
    period: Period,
    balance: Balance,
) -> list[Counted]:
    found: list[Counted] = []
    for programme in leading:
        starts = education.starts_of(programme)
        if serves(programme, need, balance.unclassified):
            found += _counted(programme, need, starts, period, balance)
    return found


def _counted(
    programme: Fact, need: Fact, starts: Sequence[Fact], period: Period, balance: Balance
) -> list[Counted]:
    """The starts of a programme that may be out in the time, but those its provider left before."""
    coming = []
    for one in starts:
        if not may_be_out_in(period, programme, one):
            continue
        if left := never_begins(programme, one):
            left_line(programme, one, left, balance)
        else:
            coming.append(one)
    before = len(balance.unknowns)
    where = placed(programme, need, balance) if coming else []
    of_place = balance.unknowns[before:]
    counted = [intake_line(programme, one, starts, period, balance, where=where) for one in coming]
    for one in of_place:
        # Where places that are for nobody would be changes nothing.
        one["decisive"] = any(start.amount.low != start.amount.high for start in counted)
    return counted


def _tells(one: Counted) -> bool:
    """Whether a start says what there is in the time: not places for nobody that may be after."""
    return one.amount.high != ZERO or out_on(one.programme, one.intake) is not None


def _total(counted: Sequence[Counted]) -> Interval:
    total = Interval(ZERO, ZERO)
    for one in counted:
        total = total.plus(one.amount)
    return total
