"""Rules of the verdict: demand a year against supply a year, as intervals a person can check.

Supply of an intake = seats × share that completes × share that enters the occupation. What nobody
has measured is an interval from none to all, said to be assumed. Unknown seats have no upper end:
they make a verdict undecidable, never zero.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from services.analysis.contract.verdict import (
    BalanceSide,
    Conclusion,
    Horizon,
    LineKind,
    UnknownKind,
)

Fact = Mapping[str, Any]
Line = dict[str, Any]
ZERO, ONE = Decimal(0), Decimal(1)
SHORT = timedelta(days=365)
LONG_YEARS = 4
CENT, FINE = Decimal("0.01"), Decimal("0.0001")
REGISTRY = "Aktörsregistret"
ASSUMED = "Antaget: ingen har mätt det, mellan ingen och alla"


@dataclass(frozen=True)
class Interval:
    """From at least to at most; no `high` means that nobody knows how much at most."""

    low: Decimal
    high: Decimal | None

    def times(self, other: "Interval") -> "Interval":
        """The product of two intervals of numbers that are not negative."""
        unknown = self.high is None or other.high is None
        high = None if unknown else self.high * other.high  # type: ignore[operator]
        return Interval(self.low * other.low, high)

    def plus(self, other: "Interval") -> "Interval":
        """The sum."""
        unknown = self.high is None or other.high is None
        return Interval(self.low + other.low, None if unknown else self.high + other.high)  # type: ignore[operator]

    def over(self, divisor: Decimal) -> "Interval":
        """Divided by a number larger than 0."""
        return Interval(self.low / divisor, None if self.high is None else self.high / divisor)


@dataclass(frozen=True)
class Period:
    """The time a verdict is about; both days belong to it."""

    first: date
    last: date

    @property
    def years(self) -> Decimal:
        """Its length in years, at least one."""
        return max(Decimal((self.last - self.first).days + 1) / 365, ONE)

    def holds(self, day: date) -> bool:
        """Whether a day is in it."""
        return self.first <= day <= self.last


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
    need: Fact, programmes: Sequence[Fact], intakes: Sequence[Fact], horizon: Horizon, today: date
) -> dict[str, Any]:
    """The balance of one need for one horizon, with its lines, unknowns and conclusion."""
    period, balance = period_of(horizon, today, need["to_year"]), Balance()
    demand = _demand(need, balance)
    supply = _supply(need, programmes, intakes, period, balance)
    coverage = supply.over(demand) if demand else None
    conclusion = conclude(coverage, need["occupation_code"] is not None)
    for unknown in balance.unknowns:
        unknown["decisive"] = conclusion is Conclusion.undecidable and unknown["decisive"]
    return {
        "need_id": need["id"],
        "horizon": horizon,
        "judged_on": today,
        "from_on": period.first,
        "to_on": period.last,
        "occupation_code": need["occupation_code"],
        "municipality_codes": need["municipality_codes"],
        **_ends("demand", Interval(demand, demand) if demand is not None else None, CENT),
        **_ends("supply", supply, CENT),
        **_ends("coverage", coverage, FINE),
        "conclusion": conclusion,
        "lines": balance.lines,
        "unknowns": balance.unknowns,
        "supplements": [],
    }


def conclude(coverage: Interval | None, occupation_known: bool) -> Conclusion:
    """What a coverage interval allows to be said."""
    if coverage is None or not occupation_known:
        return Conclusion.undecidable
    if coverage.low >= ONE:
        return Conclusion.covered
    if coverage.high is None or coverage.high >= ONE:
        return Conclusion.undecidable
    return Conclusion.gap if coverage.high == ZERO else Conclusion.partly


def _demand(need: Fact, balance: Balance) -> Decimal | None:
    if need["headcount_per_year"] is None:
        balance.unknowns.append(
            _unknown(UnknownKind.headcount, "Hur många som behövs per år är inte angivet.")
        )
        return None
    amount = Decimal(need["headcount_per_year"])
    stated = _factor(
        "Angivet behov", Interval(amount, amount), need["source"] or "Behovet", "personer per år"
    )
    balance.lines.append(
        _line(BalanceSide.demand, LineKind.stated_need, "Angivet behov", [stated], None)
    )
    return amount or None


def _supply(
    need: Fact,
    programmes: Sequence[Fact],
    intakes: Sequence[Fact],
    period: Period,
    balance: Balance,
) -> Interval:
    total = Interval(ZERO, ZERO)
    if need["occupation_code"] is None:
        text = "Vilket yrke behovet gäller är inte angivet."
        balance.unknowns.append(_unknown(UnknownKind.occupation, text))
        return total
    counted = [
        (programme, intake)
        for programme in programmes
        if _serves(programme, need)
        for intake in intakes
        if intake["programme_id"] == programme["id"] and period.holds(_out_on(intake))
    ]
    for programme, intake in counted:
        earlier = [one for one in intakes if one["programme_id"] == programme["id"]]
        total = total.plus(_intake_line(programme, intake, earlier, period, balance))
    if not counted:
        balance.unknowns.append(_nothing_counted(need, programmes))
    return total


def _nothing_counted(need: Fact, programmes: Sequence[Fact]) -> Line:
    """No intake in time where the need is; what stands elsewhere may be within reach."""
    elsewhere = [
        one["name"]
        for one in programmes
        if need["occupation_code"] in one["occupation_codes"] and not _serves(one, need)
    ]
    if elsewhere:
        text = f"Utbildningar i andra kommuner kan räcka hit: {', '.join(elsewhere)[:300]}."
        return _unknown(UnknownKind.no_programme, text)
    text = "Ingen utbildning med start som blir klar under tiden är känd i registret."
    return _unknown(UnknownKind.no_programme, text, decisive=False)


def _serves(programme: Fact, need: Fact) -> bool:
    """Whether a programme leads to the need's occupation where the need is, or anywhere."""
    if need["occupation_code"] not in programme["occupation_codes"]:
        return False
    where = programme["municipality_code"]
    anywhere = programme["delivery"] == "distance" or where is None
    return anywhere or not need["municipality_codes"] or where in need["municipality_codes"]


def _out_on(intake: Fact) -> date:
    """When those who were admitted can begin to work; the start where no end is known."""
    return date.fromisoformat(intake["ends_on"] or intake["starts_on"])


def _intake_line(
    programme: Fact, intake: Fact, earlier: Sequence[Fact], period: Period, balance: Balance
) -> Interval:
    seats = _seats(programme, intake, balance)
    completion = _measured(intake, earlier, "completed", "admitted", "Andel som slutför")
    entry = _measured(intake, earlier, "employed_after", "completed", "Andel som går in i yrket")
    for kind, factor in ((UnknownKind.completion, completion), (UnknownKind.entry, entry)):
        if factor["assumed"]:
            text = f"{programme['name']}, {intake['starts_on']}: {factor['name'].lower()} är okänd."
            balance.unknowns.append(_unknown(kind, text, programme=programme))
    factors = [seats, completion, entry, _per_year(period)]
    label = f"{programme['name']}, start {intake['starts_on']}"
    line = _line(BalanceSide.supply, LineKind.programme, label, factors, programme["id"])
    balance.lines.append(line)
    return Interval(line["low"], line["high"])


def _seats(programme: Fact, intake: Fact, balance: Balance) -> Line:
    known = intake["seats"]
    if known is None:
        text = f"{programme['name']}, {intake['starts_on']}: antalet platser är okänt."
        balance.unknowns.append(_unknown(UnknownKind.seats, text, programme=programme))
        amount = Interval(ZERO, None)
    else:
        amount = Interval(Decimal(known), Decimal(known))
    return _factor("Platser", amount, intake["source"] or REGISTRY, "platser", [intake["id"]])


def _measured(intake: Fact, earlier: Sequence[Fact], part: str, whole: str, name: str) -> Line:
    """A share as this intake or earlier ones of its programme had it; else from none to all."""
    own = [one for one in (intake, *earlier) if one[part] is not None and one[whole]]
    if not own:
        return _factor(name, Interval(ZERO, ONE), ASSUMED) | {"assumed": True}
    chosen = own[:1] if own[0]["id"] == intake["id"] else own
    parts, wholes = (sum(one[key] for one in chosen) for key in (part, whole))
    share = (Decimal(parts) / Decimal(wholes)).quantize(FINE, ROUND_HALF_UP)
    ids = list(dict.fromkeys(one["id"] for one in chosen))
    return _factor(name, Interval(share, share), f"{REGISTRY}: {parts} av {wholes}", None, ids)


def _per_year(period: Period) -> Line:
    share = (ONE / period.years).quantize(FINE, ROUND_HALF_UP)
    text = "Periodens längd: räknat per år"
    return _factor("Per år", Interval(share, share), text)


def _factor(
    name: str,
    amount: Interval,
    source: str,
    unit: str | None = None,
    intake_ids: Iterable[str] = (),
) -> Line:
    return {
        "name": name,
        "low": amount.low,
        "high": amount.high,
        "unit": unit,
        "source": source,
        "assumed": False,
        "area_level": None,
        "as_of": None,
        "url": None,
        "snapshot_id": None,
        "intake_ids": list(intake_ids),
    }


def _line(
    side: BalanceSide, kind: LineKind, label: str, factors: list[Line], programme_id: str | None
) -> Line:
    amount = Interval(ONE, ONE)
    for factor in factors:
        amount = amount.times(Interval(factor["low"], factor["high"]))
    return {
        "side": side,
        "kind": kind,
        "label": label,
        "programme_id": programme_id,
        "factors": factors,
        "low": amount.low.quantize(CENT, ROUND_HALF_UP),
        "high": None if amount.high is None else amount.high.quantize(CENT, ROUND_HALF_UP),
    }


def _unknown(
    kind: UnknownKind, text: str, *, programme: Fact | None = None, decisive: bool = True
) -> dict[str, Any]:
    return {
        "kind": kind,
        "text": text,
        "decisive": decisive,
        "programme_id": programme["id"] if programme else None,
        "ask_actor_id": programme["provider_actor_id"] if programme else None,
    }


def _ends(name: str, amount: Interval | None, step: Decimal) -> dict[str, Decimal | None]:
    if amount is None:
        return {f"{name}_low": None, f"{name}_high": None}
    high = None if amount.high is None else amount.high.quantize(step, ROUND_HALF_UP)
    return {f"{name}_low": amount.low.quantize(step, ROUND_HALF_UP), f"{name}_high": high}
