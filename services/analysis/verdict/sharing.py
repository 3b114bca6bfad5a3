"""Sharing: what other open needs may take of the seats that a verdict counts; decision 0017."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple

from services.analysis.classification.rules import Unclassified
from services.analysis.contract.verdict import MOST_SHARED, UnknownKind
from services.analysis.verdict.arithmetic import (
    CENT,
    ZERO,
    Fact,
    Interval,
    Line,
    Period,
    shown,
    unknown,
)

SAID = ("headcount_per_year", "from_year", "to_year")


class Counted(NamedTuple):
    """An intake of a programme that is counted, and with how many a year."""

    programme: Fact
    intake: Fact
    amount: Interval
    shares: tuple[Fraction, Fraction] | None  # completing, entering; None: not all is known

    @property
    def per_seat(self) -> Fraction:
        """Persons that one seat gives; none where that is not known."""
        return self.shares[0] * self.shares[1] if self.shares else ZERO


@dataclass(frozen=True)
class Shared:
    """The other needs that the same seats are counted for, and what they take if they are first."""

    needs: Sequence[Fact] = ()
    taken: Fraction = ZERO
    unsaid: int = 0  # how many of them do not say how many they need

    def left_of(self, supply: Interval) -> Interval:
        """At least what is left when the others took theirs; all of it at most."""
        return Interval(supply.low - self.taken, supply.high)

    @property
    def told(self) -> Mapping[str, Any]:
        """As the contract shows it. Whoever may not know of a need is not given its id."""
        ids = [one["id"] for one in self.needs if one["seen"]]
        return {
            "shared_need_ids": ids[:MOST_SHARED],
            "shared_needs": len(self.needs),
            "shared_taken": shown(self.taken, CENT),
        }

    @property
    def unknowns(self) -> list[Line]:
        """That nobody knows who gets the seats."""
        if not self.needs:
            return []
        many = len(self.needs)
        needs = "ett annat öppet behov" if many == 1 else f"{many} andra öppna behov"
        text = f"Vem som får platserna är inte känt: de räknas också för {needs}"
        if self.taken:
            amount = f"{shown(self.taken, CENT).normalize():f}".replace(".", ",")
            text += f", som kan ta {amount} personer per år först"
        return [unknown(UnknownKind.shared, f"{text}.{self._silent}")]

    @property
    def _silent(self) -> str:
        if not self.unsaid:
            return ""
        who = "Det" if len(self.needs) == 1 else f"{self.unsaid} av dem"
        return f" {who} säger inte hur många som behövs."


def shared_with(
    others: Sequence[Fact],
    counted: Sequence[Counted],
    period: Period,
    unclassified: Unclassified,
) -> Shared:
    """What others take first: each as many as it needs of the seats that count for it too.

    One that does not say how many it needs may take all of those. Together they take no more than
    the seats that they share.
    """
    seats = [one for one in counted if one.amount.high != ZERO]
    if not seats:
        return Shared()
    needs, taken, unsaid, touched = [], ZERO, 0, set[int]()
    alike: dict[tuple[Any, ...], tuple[Fraction | None, list[int], Fraction]] = {}
    for other in others:
        # Needs are many and say much the same of when, where and how many.
        said = (*(other[name] for name in SAID), *other["municipality_codes"])
        if said not in alike:
            alike[said] = _claim(other, seats, period, unclassified)
        asked, mine, most = alike[said]
        if asked == ZERO or not mine:
            continue
        taken += most
        unsaid += asked is None
        needs.append(other)
        touched.update(mine)
    most = sum((seats[at].amount.low for at in touched), ZERO)
    return Shared(needs, min(taken, most), unsaid)


def _claim(
    other: Fact, seats: Sequence[Counted], period: Period, unclassified: Unclassified
) -> tuple[Fraction | None, list[int], Fraction]:
    """How many a need asks for, which of the seats count for it, and what it takes of them."""
    asked = asked_in(other, period)
    mine = [at for at, one in enumerate(seats) if _may_take(other, one.programme, unclassified)]
    there = sum((seats[at].amount.low for at in mine), ZERO)
    return asked, mine, there if asked is None else min(asked, there)


def asked_in(need: Fact, period: Period) -> Fraction | None:
    """How many a year a need asks for in the period; None where it does not say."""
    share = period.share_within(need["from_year"], need["to_year"])
    if need["headcount_per_year"] is None:
        return None if share else ZERO
    return Fraction(need["headcount_per_year"]) * share


def leads_to(programme: Fact, need: Fact) -> bool:
    """Whether a programme leads to the need's occupation."""
    return need["occupation_code"] in programme["occupation_codes"]


def places_of(programme: Fact) -> tuple[set[str], bool]:
    """The municipalities that a programme is known to be given in, and whether in others too.

    What was kept before there could be several has one or none.
    """
    one, several = programme["municipality_code"], programme.get("municipality_codes") or ()
    known = {*several, one} - {None}
    return known, (programme.get("municipality_count") or 0) > len(known)


def is_sure_to_serve(programme: Fact, need: Fact, unclassified: Unclassified) -> bool:
    """Whether all seats to the occupation are where the need is, or anywhere."""
    (known, others), codes = places_of(programme), need["municipality_codes"]
    if programme["delivery"] == "distance" or not codes:
        return True
    return bool(known) and not others and known <= {*codes} - unclassified.municipalities


def serves(programme: Fact, need: Fact, unclassified: Unclassified) -> bool:
    """Whether some may be: one whose place nobody knows, or that is none, may be there."""
    known, others = places_of(programme)
    there = known & (unclassified.municipalities | {*need["municipality_codes"]})
    may_be = others or not known or there
    return leads_to(programme, need) and bool(
        may_be or is_sure_to_serve(programme, need, unclassified)
    )


def _may_take(need: Fact, programme: Fact, unclassified: Unclassified) -> bool:
    """Whether another need may take a programme's seats: one that nobody knows where is may."""
    lost = not unclassified.municipalities.isdisjoint(need["municipality_codes"])
    return serves(programme, need, unclassified) or (lost and leads_to(programme, need))
