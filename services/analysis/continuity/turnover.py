"""Turnover on paper: spans become terms, and terms become years.

    rate of a year = terms that ended in it ÷ terms held on a mean day of it
    terms held on a mean day = the days that all terms were held in the year ÷ the year's days

A **term** is the time without a break that somebody holds something: a person a post of an actor,
or a person a place in a council (while both the seat and the holding of its post last). A seat that
names no post is held by its actor, for nobody has said by whom. Spans that touch or overlap are one
term, so a renewed period is no turnover; A → B → A is two terms of A, and the first has ended.

- Substitutes are left out: who covers for somebody has not taken over.
- What somebody corrected counts as it is now: a correction is no turnover.
- A term has ended on the day after its last one, so what ends on a day to come has not ended.
- What ended because its council closed has not been left by anybody: it is held until then, and
  counts among the days, not among the ends.
- The year that goes on is counted up to the day asked for, and never scaled up.
- Days that nobody held are nobody's: without any there is no rate, which is not a rate of 0.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from services.analysis.contract.continuity import TurnoverNoun

FINE, COARSE = Decimal("0.0001"), Decimal("0.01")
ONE_DAY = timedelta(days=1)


class Whose(NamedTuple):
    """The actor or council that terms are counted for. Plain texts: it is looked up very often."""

    noun: str
    id: str

    @classmethod
    def actor(cls, id: str) -> "Whose":
        """An actor."""
        return cls(TurnoverNoun.actor.value, id)

    @classmethod
    def council(cls, id: str) -> "Whose":
        """A council."""
        return cls(TurnoverNoun.council.value, id)


@dataclass(frozen=True)
class Span:
    """Somebody holds something of an actor's or in a council; `ends` is the day after the last."""

    whose: Whose
    who: str
    begins: date
    ends: date | None
    is_key: bool = False
    closed: bool = False  # it ended because its council did
    example: bool = False


@dataclass
class Term:
    """Spans without a break between them."""

    begins: date
    ends: date | None
    closed: bool
    example: bool

    def ended_in(self, year: int, day: date) -> bool:
        """Whether its last day was in a year, and has passed; not where its council closed."""
        ends = self.ends
        over = ends is not None and ends <= day and not self.closed
        return over and ends is not None and (ends - ONE_DAY).year == year


@dataclass(slots=True)
class Held:
    """What was held during a part of a year, and what began and ended in it."""

    days: int = 0
    began: int = 0
    ended: int = 0

    def add(self, days: int, *, began: int, ended: int) -> None:
        """Some days more, and what began and ended in them."""
        self.days += days
        self.began += began
        self.ended += ended


@dataclass(slots=True)
class Year:
    """One year of an actor or a council: all of its terms, and those of key posts."""

    all: Held = field(default_factory=Held)
    key: Held = field(default_factory=Held)
    example: bool = False

    def add(self, other: "Year") -> None:
        """Counted together."""
        for mine, more in ((self.all, other.all), (self.key, other.key)):
            mine.add(more.days, began=more.began, ended=more.ended)


Years = dict[tuple[Whose, int], Year]


def years_of(spans: Iterable[Span], day: date) -> Years:
    """Each actor's and council's years up to a day; years between terms are there, and empty."""
    found: Years = defaultdict(Year)
    told = list(spans)
    for whose, term in _terms(told):
        for year, days in _days(term, day):
            one = found[whose, year]
            one.example |= term.example
            one.all.add(days, began=year == term.begins.year, ended=term.ended_in(year, day))
    for whose, term in _terms(span for span in told if span.is_key):
        for year, days in _days(term, day):
            key = found[whose, year].key
            key.add(days, began=year == term.begins.year, ended=term.ended_in(year, day))
    return _without_holes(found)


def _terms(spans: Iterable[Span]) -> Iterator[tuple[Whose, Term]]:
    by_holder: dict[tuple[Whose, str], list[Span]] = defaultdict(list)
    for span in spans:
        by_holder[span.whose, span.who].append(span)
    for (whose, _), some in by_holder.items():
        for term in _joined(some):
            yield whose, term


def _joined(spans: list[Span]) -> Iterator[Term]:
    """What touches or overlaps is one; it ends as the last of it does."""
    term: Term | None = None
    for span in sorted(spans, key=lambda one: one.begins):
        if term is None or (term.ends is not None and term.ends < span.begins):
            if term is not None:
                yield term
            term = Term(span.begins, span.ends, span.closed, span.example)
            continue
        term.example |= span.example
        if term.ends is not None and (span.ends is None or span.ends >= term.ends):
            term.closed = span.closed or (term.closed and span.ends == term.ends)
            term.ends = span.ends
    if term is not None:
        yield term


def _days(term: Term, day: date) -> Iterator[tuple[int, int]]:
    """How many days of a term are in each year, up to a day."""
    if term.begins > day:
        return
    begins = term.begins
    last = day if term.ends is None else min(day, term.ends - ONE_DAY)
    for year in range(begins.year, last.year + 1):
        first_in = begins if year == begins.year else date(year, 1, 1)
        last_in = last if year == last.year else date(year, 12, 31)
        yield year, (last_in - first_in).days + 1


def _without_holes(found: Years) -> Years:
    years: dict[Whose, list[int]] = defaultdict(list)
    for whose, year in list(found):
        years[whose].append(year)
    for whose, some in years.items():
        for year in range(min(some), max(some)):
            found.setdefault((whose, year), Year())
    return found


def length(year: int, day: date) -> int:
    """How many days of a year there have been up to a day, with it."""
    return (min(day, date(year, 12, 31)) - date(year, 1, 1)).days + 1


def mean(held: Held, year: int, day: date) -> Decimal:
    """How many terms were held on a mean day of a year."""
    return (Decimal(held.days) / length(year, day)).quantize(COARSE, ROUND_HALF_UP)


def ratio(held: Held, year: int, day: date) -> float | None:
    """Ended for each that was held on a mean day, as near as order needs; None: nothing held."""
    return held.ended * length(year, day) / held.days if held.days else None


def rate(held: Held, year: int, day: date) -> Decimal | None:
    """Ended for each that was held on a mean day; None where nothing was held."""
    if not held.days:
        return None
    return (Decimal(held.ended * length(year, day)) / held.days).quantize(FINE, ROUND_HALF_UP)
