"""Rules of leaving: which standing counts on a day, and whether its actor has left by it.

As the registry reads them (services/actors/series.py): the actor's own count where it has one, else
what began last of those that were merged into it.
"""

from collections.abc import Iterable, Mapping
from typing import Any

CLOSED = "closed"
GONE = frozenset({"withdrawn", CLOSED})
Standing = Mapping[str, Any]


def left_by(standings: Iterable[Standing], day: str) -> Standing | None:
    """The standing by which an actor has left on a day; None where it has not."""
    lasting = [one for one in standings if _lasts(one, day)]
    last = max(lasting, key=lambda one: (one["own"], one["valid_from"], one["id"]), default=None)
    return last if last and last["status"] in GONE else None


def closed_by(standings: Iterable[Standing], day: str) -> Standing | None:
    """The standing by which an actor is no more on a day; None where it is."""
    left = left_by(standings, day)
    return left if left and left["status"] == CLOSED else None


def _lasts(standing: Standing, day: str) -> bool:
    until = standing["valid_to"]  # the first day after
    return standing["valid_from"] <= day and (until is None or day < until)
