"""Sharing: what other open needs may take of the seats that a verdict counts; decision 0017."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from heapq import merge
from itertools import islice
from operator import itemgetter
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


class Alike:
    """Open needs that say the same of when, where and how many, each with its place among all."""

    def __init__(self) -> None:
        self.needs: dict[str, tuple[int, Fact]] = {}
        self.examples = 0

    def add(self, place: int, need: Fact) -> None:
        """One more that says it."""
        self.needs[need["id"]] = place, need
        self.examples += bool(need["example"])

    @property
    def first(self) -> Fact:
        """Any of them, for they say the same."""
        return next(iter(self.needs.values()))[1]


def alike(needs: Iterable[Fact]) -> list[Alike]:
    """The open needs of an occupation, those together that say the same; made once for all."""
    found: dict[tuple[Any, ...], Alike] = defaultdict(Alike)
    for place, need in enumerate(needs):
        said = (*(need[name] for name in SAID), *need["municipality_codes"])
        found[said].add(place, need)
    return list(found.values())


@dataclass(frozen=True)
class Shared:
    """The other needs that the same seats are counted for, and what they take if they are first."""

    need: Fact
    others: Sequence[Alike] = ()
    taken: Fraction = ZERO
    unsaid: int = 0  # how many of them do not say how many they need

    def left_of(self, supply: Interval) -> Interval:
        """At least what is left when the others took theirs; all of it at most."""
        return Interval(supply.low - self.taken, supply.high)

    @property
    def many(self) -> int:
        """How many others there are."""
        return sum(len(one.needs) - self._own(one) for one in self.others)

    @property
    def example(self) -> bool:
        """Whether any of the others is invented."""
        own = bool(self.need["example"])
        return any(one.examples > (own and self._own(one)) for one in self.others)

    def _own(self, one: Alike) -> bool:
        return self.need["id"] in one.needs

    @property
    def told(self) -> Mapping[str, Any]:
        """As the contract shows it. Whoever may not know of a need is not given its id."""
        in_order = merge(*(one.needs.values() for one in self.others), key=itemgetter(0))
        ids = (one["id"] for _, one in in_order if one["seen"] and one["id"] != self.need["id"])
        return {
            "shared_need_ids": list(islice(ids, MOST_SHARED)),
            "shared_needs": self.many,
            "shared_taken": shown(self.taken, CENT),
        }

    @property
    def unknowns(self) -> list[Line]:
        """That nobody knows who gets the seats."""
        if not (many := self.many):
            return []
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
        who = "Det" if self.many == 1 else f"{self.unsaid} av dem"
        return f" {who} säger inte hur många som behövs."


def shared_with(
    need: Fact,
    rivals: Sequence[Alike],
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
        return Shared(need)
    others, taken, unsaid, touched = [], ZERO, 0, set[int]()
    claimed: dict[tuple[str, ...], tuple[list[int], Fraction]] = {}
    for one in rivals:
        many = len(one.needs) - (need["id"] in one.needs)
        asked, where = asked_in(one.first, period), tuple(one.first["municipality_codes"])
        if not many or asked == ZERO:
            continue
        if where not in claimed:
            claimed[where] = _claimed(one.first, seats, unclassified)
        mine, there = claimed[where]
        if not mine:
            continue
        taken += (there if asked is None else min(asked, there)) * many
        unsaid += many if asked is None else 0
        others.append(one)
        touched.update(mine)
    most = sum((seats[at].amount.low for at in touched), ZERO)
    return Shared(need, others, min(taken, most), unsaid)


def _claimed(
    other: Fact, seats: Sequence[Counted], unclassified: Unclassified
) -> tuple[list[int], Fraction]:
    """Which of the seats count for a need too, and how many a year they are at least."""
    mine = [at for at, one in enumerate(seats) if _may_take(other, one.programme, unclassified)]
    return mine, sum((seats[at].amount.low for at in mine), ZERO)


def asked_in(need: Fact, period: Period) -> Fraction | None:
    """How many a year a need asks for in the period; None where it does not say."""
    return _asked(period, *(need[name] for name in SAID))


@lru_cache(maxsize=4096)
def _asked(
    period: Period, headcount: int | None, from_year: int | None, to_year: int | None
) -> Fraction | None:
    share = period.share_within(from_year, to_year)
    if headcount is None:
        return None if share else ZERO
    return Fraction(headcount) * share


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
