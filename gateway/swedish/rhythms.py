"""Rhythms in words: how often a series of meetings comes back, and on which day."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from gateway.swedish import capital, label
from services.councils.contract.meeting_series import Rhythm

WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
PLACES = ("första", "andra", "tredje", "fjärde", "sista")
OFTEN = ("varje", "varannan", "var tredje", "var fjärde", "var femte", "var sjätte")
_WEEK, _LAST = 7, 4


def in_words(series: Mapping[str, Any], days: Collection[date]) -> str:
    """Varannan torsdag, Andra tisdagen varje månad; by what is usual among its days."""
    rhythm, often = series["rhythm"], _often(series["every"])
    if rhythm == Rhythm.days:
        return label(rhythm, "Rhythm")
    if not days:
        return capital(f"{often} {'vecka' if rhythm == Rhythm.weeks else 'månad'}")
    return capital(_on_its_day(rhythm, often, days))


def _on_its_day(rhythm: str, often: str, days: Collection[date]) -> str:
    weekday = WEEKDAYS[_usual(one.weekday() for one in days)]
    if rhythm == Rhythm.weeks:
        return f"{often} {weekday}"
    # A fifth one is the last, and so is a fourth where the month has no fifth.
    places = {(one.day - 1) // _WEEK for one in days}
    place = _LAST if _LAST in places else _usual((one.day - 1) // _WEEK for one in days)
    return f"{PLACES[place]} {weekday}en {often} månad"


def _usual(numbers: Iterable[int]) -> int:
    return Counter(numbers).most_common(1)[0][0]


def _often(every: int) -> str:
    return OFTEN[every - 1] if every <= len(OFTEN) else f"var {every}:e"
