"""Rules about figures: which area an indicator may answer for, and what its sums amount to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from services.analysis.contract.indicator import Sex, Unit
from services.analysis.contract.source import AreaLevel

NATION = "00"
# A sum over more municipalities is not made: the country is asked for instead.
MOST_PLACES = 100
# The cells of more areas are not counted one by one.
MOST_BY_PARTS = 25
NATION_NAME = "Riket"
FINE = Decimal("0.0001")
LEAST_SHARE = Decimal("0.40")  # a sex with less has not an even share
MUNICIPALITY_DIGITS = 4
OCCUPATION_DIGITS = 4
NAMED_MOST = 3
ADDITIVE = frozenset({Unit.persons, Unit.job_ads, Unit.seats})
LEVELS = (
    AreaLevel.municipality,
    AreaLevel.labour_market_region,
    AreaLevel.county,
    AreaLevel.nation,
)


@dataclass(frozen=True)
class Spot:
    """Where a figure is true: one area, or several together; `codes` are the rows it is made of."""

    level: AreaLevel
    codes: tuple[str, ...]
    code: str | None

    @property
    def places(self) -> tuple[str, ...]:
        """Where its cells are read: area by area, or of very many areas as one."""
        return self.codes if len(self.codes) <= MOST_BY_PARTS else (" ".join(self.codes),)


@dataclass(frozen=True)
class Share:
    """A figure counted from an indicator's figures: those of a sex or some ages through all."""

    key: str
    name: str
    base: str
    words: str
    sex: Sex | None = None
    ages: tuple[str, ...] = ()


SHARES = (
    Share("women_share", "Andel kvinnor", "employed", "Kvinnor av alla", sex=Sex.women),
    Share(
        "age_60_share",
        "Andel 60 år eller äldre",
        "employed_age",
        "60 år eller äldre av alla",
        ages=("60-64", "65-69"),
    ),
)


def level_of(code: str) -> AreaLevel:
    """The level of an area by its code."""
    if code == NATION:
        return AreaLevel.nation
    municipal = len(code) == MUNICIPALITY_DIGITS
    return AreaLevel.municipality if municipal else AreaLevel.county


def tells_of_occupations(layout: Mapping[str, Any]) -> bool:
    """Whether figures are of single occupations, and of all of them: not of groups of several."""
    whole = not layout.get("excluded_occupations")
    return (
        bool(layout["occupation"])
        and layout.get("occupation_digits", OCCUPATION_DIGITS) == OCCUPATION_DIGITS
        and whole
    )


def is_finer(one: AreaLevel, other: AreaLevel) -> bool:
    """Whether a level is finer than another."""
    return LEVELS.index(one) < LEVELS.index(other)


def spot_for(
    asked: str, level: AreaLevel, told: frozenset[str], every: Mapping[str, frozenset[str]]
) -> Spot | None:
    """The finest area around the one asked for that there are figures for.

    `told` are the areas that the figures tell of, none of them finer than `level`. `every` holds
    the areas within a coarser one: only where all of them are told may they be summed to it.
    """
    for code in dict.fromkeys((asked, asked[:2], NATION)):
        if is_finer(level_of(code), level):
            continue
        if code in told:
            return Spot(level_of(code), (code,), code)
        within = every.get(code, frozenset())
        if within and within <= told:
            return Spot(level_of(code), tuple(sorted(within)), code)
        if not is_finer(level_of(asked), level):
            return None  # what is asked for could be known, and is not
    return None


def together(spots: Iterable[Spot]) -> list[Spot]:
    """Several areas of one level as one; where they were the same area it is that."""
    by_level: dict[AreaLevel, dict[str, Spot]] = {}
    for spot in spots:
        by_level.setdefault(spot.level, {})[spot.code or ""] = spot
    found = []
    for level, several in by_level.items():
        codes = sorted({code for spot in several.values() for code in spot.codes})
        whole = next(iter(several)) if len(several) == 1 else None
        found.append(Spot(level, tuple(codes), whole))
    return found


def named(spot: Spot, names: Mapping[str, str]) -> str | None:
    """What an area is called; several by their names, or how many they are."""
    if spot.code is not None:
        return NATION_NAME if spot.code == NATION else names.get(spot.code)
    if len(spot.codes) > NAMED_MOST:
        return f"{len(spot.codes)} kommuner"
    known = [names[code] for code in spot.codes if code in names]
    return ", ".join(known) if len(known) == len(spot.codes) else None


def total(values: Sequence[Decimal | None]) -> Decimal | None:
    """The sum; unknown where any part is."""
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if len(known) == len(values) else None


def share_of(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    """A part of a whole, to four decimals; unknown where either is, or there is nothing."""
    if part is None or not whole:
        return None
    return (part / whole).quantize(FINE, ROUND_HALF_UP)


def said(amount: Decimal | None, decimals: int = 0) -> str:
    """A number as a person reads it, with so many decimals where it is not whole: 1 011, 12,4."""
    if amount is None:
        return "okänt"
    near = amount.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    text = f"{near:,.{0 if near == near.to_integral_value() else decimals}f}"
    return text.replace(",", "\u00a0").replace(".", ",")


def minority(share: Decimal | None) -> Decimal | None:
    """The smaller sex's share, where one sex's is known."""
    return None if share is None else min(share, 1 - share)


def newest_first(
    snapshots: Sequence[Mapping[str, str | None]],
) -> list[tuple[Mapping[str, str | None], tuple[tuple[str, str], ...]]]:
    """Which snapshots tell of which periods: an older one only of those that no newer one covers.

    Each with the periods (first, last) that are not to be taken from it.
    """
    found: list[tuple[Mapping[str, str | None], tuple[tuple[str, str], ...]]] = []
    covered: list[tuple[str, str]] = []
    for snapshot in snapshots:
        first, last = snapshot["first_period"], snapshot["last_period"]
        if first is None or last is None:
            if not found:
                found.append((snapshot, ()))
            continue
        if not any(start <= first and last <= end for start, end in covered):
            found.append((snapshot, tuple(covered)))
            covered.append((first, last))
    return found
