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

from services.analysis.contract.continuity import TurnoverNoun

FINE, COARSE = Decimal("0.0001"), Decimal("0.01")
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Whose:
    """The actor or council that terms are counted for."""

    noun: TurnoverNoun
    id: str


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


@dataclass
class Held:
    """What was held during a part of a year, and what began and ended in it."""

    days: int = 0
    began: int = 0
    ended: int = 0

    def add(self, other: "Held") -> None:
        """Counted together."""
        self.days += other.days
        self.began += other.began
        self.ended += other.ended


@dataclass
class Year:
    """One year of an actor or a council: all of its terms, and those of key posts."""

    all: Held = field(default_factory=Held)
    key: Held = field(default_factory=Held)
    example: bool = False

    def add(self, other: "Year") -> None:
        """Counted together."""
        self.all.add(other.all)
        self.key.add(other.key)


Years = dict[tuple[Whose, int], Year]


def years_of(spans: Iterable[Span], day: date) -> Years:
    """Each actor's and council's years up to a day; years between terms are there, and empty."""
    found: Years = defaultdict(Year)
    told = list(spans)
    for whose, term in _terms(told):
        for year, held in _held(term, day):
            one = found[whose, year]
            one.all.add(held)
            one.example |= term.example
    for whose, term in _terms(span for span in told if span.is_key):
        for year, held in _held(term, day):
            found[whose, year].key.add(held)
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


def _held(term: Term, day: date) -> Iterator[tuple[int, Held]]:
    """A term year by year, up to a day."""
    if term.begins > day:
        return
    last = day if term.ends is None else min(day, term.ends - ONE_DAY)
    over = term.ends is not None and term.ends <= day and not term.closed
    for year in range(term.begins.year, last.year + 1):
        first_in, last_in = max(term.begins, date(year, 1, 1)), min(last, date(year, 12, 31))
        yield (
            year,
            Held(
                days=(last_in - first_in).days + 1,
                began=int(year == term.begins.year),
                ended=int(over and year == last.year),
            ),
        )


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


def rate(held: Held, year: int, day: date) -> Decimal | None:
    """Ended for each that was held on a mean day; None where nothing was held."""
    if not held.days:
        return None
    return (Decimal(held.ended * length(year, day)) / held.days).quantize(FINE, ROUND_HALF_UP)
