"""Rules of the verdict: demand a year against supply a year, as intervals a person can check.

Supply of an intake = seats × share that completes × share that enters the occupation; where it is
known how many were admitted, those instead of the seats. What nobody has measured is an interval
from none to all, said to be assumed. Unknown seats have no upper end: they make a verdict
undecidable, never zero. So does a need that asks for nobody in the time: that is no coverage. A
start that nobody knows the day of may be in the time or not: none of it at least, all at most.

What nobody has registered is unknown too. A gap is said only where the registry knows education to
the occupation and its starts, and those are not enough (docs/decisions/0015).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

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
    Fact,
    Interval,
    Line,
    Period,
    ends,
    factor,
    line,
    said,
    unknown,
)
from services.analysis.verdict.sharing import Counted, serves, shared_with

SHORT = timedelta(days=365)
LONG_YEARS = 4
REGISTRY = "Aktörsregistret"
ASSUMED = "Antaget: ingen har mätt det, mellan ingen och alla"


@dataclass
class Balance:
    """A verdict in the making."""

    lines: list[Line] = field(default_factory=list)
    unknowns: list[dict[str, Any]] = field(default_factory=list)


def period_of(horizon: Horizon, today: date, to_year: int | None) -> Period:
    """Short: twelve months from today. Long: the years after them, to the need's last year."""
    if horizon is Horizon.short:
        return Period(today, today + SHORT - timedelta(days=1))
    first = today + SHORT
    last = date(max(to_year or first.year + LONG_YEARS, first.year), 12, 31)
    return Period(first, max(last, first + SHORT - timedelta(days=1)))


def verdict(
    need: Fact,
    programmes: Sequence[Fact],
    intakes: Sequence[Fact],
    horizon: Horizon,
    today: date,
    *,
    others: Sequence[Fact] = (),
) -> dict[str, Any]:
    """The balance of one need for one horizon, with its lines, unknowns and conclusion.

    `others` are all open needs of its occupation.
    """
    period, balance = period_of(horizon, today, need["to_year"]), Balance()
    demand = _demand(need, period, balance)
    counted = _supply(need, programmes, intakes, period, balance)
    shared = shared_with([one for one in others if one["id"] != need["id"]], counted, period)
    supply = shared.left_of(_total(counted))
    balance.unknowns += shared.unknowns
    if not counted:
        supply = _supply_of_none(need, programmes, intakes, horizon, balance)
    coverage = supply.over(demand) if demand else None
    conclusion = conclude(coverage, occupation_known=need["occupation_code"] is not None)
    for one in balance.unknowns:
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
        **ends("coverage", coverage, FINE),
        "conclusion": conclusion,
        "lines": balance.lines,
        "unknowns": balance.unknowns,
        **shared.told,
        "supplements": [],
    }


def conclude(coverage: Interval | None, *, occupation_known: bool) -> Conclusion:
    """What a coverage interval allows to be said."""
    if coverage is None or not occupation_known:
        return Conclusion.undecidable
    if coverage.low >= ONE:
        return Conclusion.covered
    if coverage.high is None or coverage.high >= ONE:
        return Conclusion.undecidable
    return Conclusion.gap if coverage.high == ZERO else Conclusion.partly


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
        balance.unknowns.append(unknown(UnknownKind.headcount, text))
    return asked.low


def _years(need: Fact) -> str:
    return f"{need['from_year'] or ''}–{need['to_year'] or ''}"


def _supply(
    need: Fact,
    programmes: Sequence[Fact],
    intakes: Sequence[Fact],
    period: Period,
    balance: Balance,
) -> list[Counted]:
    if need["occupation_code"] is None:
        text = "Vilket yrke behovet gäller är inte angivet."
        balance.unknowns.append(unknown(UnknownKind.occupation, text))
        return []
    counted = [
        (programme, intake)
        for programme in programmes
        if serves(programme, need)
        for intake in intakes
        if intake["programme_id"] == programme["id"] and _may_be_out_in(period, intake)
    ]
    found = []
    for programme, intake in counted:
        earlier = [one for one in intakes if one["programme_id"] == programme["id"]]
        amount = _intake_line(programme, intake, earlier, period, balance)
        found.append(Counted(programme, amount))
    return found


def _total(counted: Sequence[Counted]) -> Interval:
    total = Interval(ZERO, ZERO)
    for one in counted:
        total = total.plus(one.amount)
    return total


def _supply_of_none(
    need: Fact,
    programmes: Sequence[Fact],
    intakes: Sequence[Fact],
    horizon: Horizon,
    balance: Balance,
) -> Interval:
    """Where no start counts: nothing if we know that there is none, else nobody knows how much."""
    if need["occupation_code"] is None:
        return Interval(ZERO, ZERO)
    leading = [one for one in programmes if need["occupation_code"] in one["occupation_codes"]]
    lacking = _lacking(need, leading, {one["programme_id"] for one in intakes}, horizon)
    text = "Ingen utbildning med start som blir klar under tiden är känd i registret."
    lacking = lacking or unknown(UnknownKind.no_programme, text, decisive=False)
    balance.unknowns.append(lacking)
    return Interval(ZERO, None if lacking["decisive"] else ZERO)


def _lacking(
    need: Fact, leading: Sequence[Fact], started: Collection[str], horizon: Horizon
) -> Line | None:
    """What the registry does not tell of supply; None where what it has is what there is."""
    here = [one for one in leading if serves(one, need)]
    elsewhere = [one for one in leading if one not in here]
    silent = [one for one in here if one["id"] not in started]
    if not leading:
        text = "Ingen utbildning till yrket är registrerad: vad som finns är inte känt."
    elif elsewhere:
        text = f"Utbildningar i andra kommuner kan räcka hit: {_named(elsewhere)}."
    elif silent:
        text = f"Ingen start är registrerad av {_named(silent)}."
    elif horizon is Horizon.long:
        text = f"Starter som blir klara under tiden är ännu inte registrerade av {_named(here)}."
    else:
        return None
    one_to_ask = here[0] if len(here) == 1 and not elsewhere else None
    return unknown(UnknownKind.no_programme, text, programme=one_to_ask)


def _named(programmes: Sequence[Fact]) -> str:
    return ", ".join(one["name"] for one in programmes)[:300]


def _out_on(intake: Fact) -> date | None:
    """When those who were admitted can begin to work; the start where no end is known."""
    told = intake["ends_on"] or intake["starts_on"]
    return date.fromisoformat(told) if told else None


def _may_be_out_in(period: Period, intake: Fact) -> bool:
    day = _out_on(intake)
    return day is None or period.holds(day)


def _intake_line(
    programme: Fact, intake: Fact, earlier: Sequence[Fact], period: Period, balance: Balance
) -> Interval:
    seats = _seats(programme, intake, balance)
    completion = _measured(intake, earlier, "completed", "admitted", "Andel som slutför")
    entry = _measured(intake, earlier, "employed_after", "completed", "Andel som går in i yrket")
    for kind, share in ((UnknownKind.completion, completion), (UnknownKind.entry, entry)):
        if share["assumed"]:
            text = f"{_start(programme, intake)}: {share['name'].lower()} är okänd."
            balance.unknowns.append(unknown(kind, text, programme=programme))
    factors = [seats, *_when(programme, intake, balance), completion, entry, _per_year(period)]
    label = _start(programme, intake)
    told, amount = line(BalanceSide.supply, LineKind.programme, label, factors, programme["id"])
    balance.lines.append(told)
    return amount


def _when(programme: Fact, intake: Fact, balance: Balance) -> list[Line]:
    """Whether those who begin are out in time: nothing to say where a day is known."""
    if _out_on(intake):
        return []
    text = f"{_start(programme, intake)}: det är okänt om den blir klar under tiden."
    balance.unknowns.append(unknown(UnknownKind.start, text, programme=programme))
    assumed = "Antaget: ingen vet startens dag, mellan ingen och alla"
    told = factor("Blir klar under tiden", Interval(ZERO, ONE), assumed, None, [intake["id"]])
    return [told | {"assumed": True}]


def _start(programme: Fact, intake: Fact) -> str:
    number = intake.get("round")  # what was kept before rounds were has none
    order = f" (omgång {number})" if number else ""
    day = said(intake["starts_on"]) if intake["starts_on"] else "okänd"
    return f"{programme['name']}, start {day}{order}"


def _seats(programme: Fact, intake: Fact, balance: Balance) -> Line:
    """How many begin: those who were admitted; the seats as long as nobody knows."""
    seats, admitted = intake["seats"], intake["admitted"]
    name, unit = "Platser", "platser"
    if admitted is not None:
        name, unit = f"Antagna till {seats} platser" if seats else "Antagna", "personer"
    amount = Interval(ZERO, None)
    known = seats if admitted is None else admitted
    if known is None:
        text = f"{_start(programme, intake)}: antalet platser är okänt."
        balance.unknowns.append(unknown(UnknownKind.seats, text, programme=programme))
    else:
        amount = Interval(Fraction(known), Fraction(known))
    return factor(name, amount, intake["source"] or REGISTRY, unit, [intake["id"]])


def _measured(intake: Fact, earlier: Sequence[Fact], part: str, whole: str, name: str) -> Line:
    """A share as this intake or earlier ones of its programme had it; else from none to all."""
    own = [one for one in (intake, *earlier) if one[part] is not None and one[whole]]
    if not own:
        return factor(name, Interval(ZERO, ONE), ASSUMED) | {"assumed": True}
    chosen = own[:1] if own[0]["id"] == intake["id"] else own
    parts, wholes = (sum(one[key] for one in chosen) for key in (part, whole))
    share = Fraction(parts, wholes)
    ids = list(dict.fromkeys(one["id"] for one in chosen))
    return factor(name, Interval(share, share), f"{REGISTRY}: {parts} av {wholes}", None, ids)


def _per_year(period: Period) -> Line:
    share = ONE / period.years
    text = "Periodens längd: räknat per år"
    return factor("Per år", Interval(share, share), text)
