"""The arithmetic of verdicts: intervals, periods, and the lines that a person can check by hand.

Fractions are exact: 180 seats of which a third completes are 60. Only what is shown is rounded.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cached_property, reduce
from typing import Any

from services.analysis.classification.rules import Unclassified
from services.analysis.contract.verdict import BalanceSide, LineKind, UnknownKind

Fact = Mapping[str, Any]
Line = dict[str, Any]
ZERO, ONE = Fraction(0), Fraction(1)
CENT, FINE = Decimal("0.01"), Decimal("0.0001")
MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


@dataclass(frozen=True)
class Interval:
    """From at least to at most; no `high` means that nobody knows how much at most."""

    low: Fraction
    high: Fraction | None

    def times(self, other: "Interval") -> "Interval":
        """The product of two intervals of numbers that are not negative."""
        low = self.low * other.low
        if self.high is self.low and other.high is other.low:
            return Interval(low, low)  # exact, as most are: multiplied once
        unknown = self.high is None or other.high is None
        return Interval(low, None if unknown else self.high * other.high)  # type: ignore[operator]

    def plus(self, other: "Interval") -> "Interval":
        """The sum."""
        unknown = self.high is None or other.high is None
        return Interval(self.low + other.low, None if unknown else self.high + other.high)  # type: ignore[operator]

    def over(self, divisor: Fraction) -> "Interval":
        """Divided by a number larger than 0."""
        return Interval(self.low / divisor, None if self.high is None else self.high / divisor)


@dataclass(frozen=True)
class Period:
    """The time a verdict is about; both days belong to it."""

    first: date
    last: date

    @cached_property
    def years(self) -> Fraction:
        """Its length in years, at least one."""
        return max(Fraction((self.last - self.first).days + 1, 365), ONE)

    def holds(self, day: date) -> bool:
        """Whether a day is in it."""
        return self.first <= day <= self.last

    def share_within(self, from_year: int | None, to_year: int | None) -> Fraction:
        """How much of it lies within some years, 0 to 1; a missing end is open."""
        first = max(self.first, date(from_year, 1, 1)) if from_year else self.first
        last = min(self.last, date(to_year, 12, 31)) if to_year else self.last
        days = max((last - first).days + 1, 0)
        whole = (self.last - self.first).days + 1
        return Fraction(days, whole)


@dataclass
class Balance:
    """A verdict in the making: what stands in it, and which of the codes that it names are none."""

    unclassified: Unclassified = field(default_factory=Unclassified)
    lines: list[Line] = field(default_factory=list)
    unknowns: list[Line] = field(default_factory=list)


def factor(
    name: str,
    amount: Interval,
    source: str,
    unit: str | None = None,
    intake_ids: Iterable[str] = (),
) -> Line:
    """One number of a line, and where it comes from."""
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


def line(
    side: BalanceSide, kind: LineKind, label: str, factors: list[Line], programme_id: str | None
) -> tuple[Line, Interval]:
    """One side's line as it is shown, and how much it is: the product of its factors."""
    amount = product(factors)
    told = {
        "side": side,
        "kind": kind,
        "label": label,
        "programme_id": programme_id,
        "factors": [one | {end: _counted(one[end]) for end in ("low", "high")} for one in factors],
        "low": shown(amount.low, CENT),
        "high": None if amount.high is None else shown(amount.high, CENT),
    }
    return told, amount


def product(factors: Iterable[Line]) -> Interval:
    """How much factors are together."""
    return reduce(Interval.times, (Interval(one["low"], one["high"]) for one in factors))


def _counted(amount: Fraction | None) -> Decimal | None:
    """A factor as it is told: whole numbers as they were counted."""
    if amount is None or amount.denominator == 1:
        return None if amount is None else Decimal(amount.numerator)
    return shown(amount, FINE)


def shown(amount: Fraction, step: Decimal) -> Decimal:
    """An amount as it is told, rounded to a step."""
    return (Decimal(amount.numerator) / amount.denominator).quantize(step, ROUND_HALF_UP)


def unknown(
    kind: UnknownKind, text: str, *, programme: Fact | None = None, decisive: bool = True
) -> Line:
    """What nobody knows; a decisive one alone keeps the verdict open."""
    return {
        "kind": kind,
        "text": text,
        "decisive": decisive,
        "programme_id": programme["id"] if programme else None,
        "ask_actor_id": programme["provider_actor_id"] if programme else None,
    }


def ends(
    name: str, amount: Interval | None, step: Decimal, *, part_of_one: bool = False
) -> dict[str, Decimal | None]:
    """An interval as the two fields of a contract.

    A `part_of_one` is never rounded to none or to all of it, which conclude otherwise.
    """
    if amount is None:
        return {f"{name}_low": None, f"{name}_high": None}
    told = shown_part if part_of_one else shown
    high = None if amount.high is None else told(amount.high, step)
    return {f"{name}_low": told(amount.low, step), f"{name}_high": high}


def shown_part(amount: Fraction, step: Decimal) -> Decimal:
    """An amount rounded to a step: more than nothing and less than one remain so."""
    found = shown(amount, step)
    return min(max(found, step), 1 - step) if ZERO < amount < ONE else found


def said(day: date | str) -> str:
    """A day as a person reads it: 17 aug 2026."""
    found = date.fromisoformat(day) if isinstance(day, str) else day
    return f"{found.day} {MONTHS[found.month - 1]} {found.year}"
