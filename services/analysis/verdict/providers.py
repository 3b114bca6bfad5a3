"""Providers: whether who gives an education has left, by the standings that its programmes carry.

As the registry reads them (services/actors/series.py): the actor's own count where it has one, else
what began last of those that were merged into it.
"""

from services.analysis.verdict.arithmetic import Fact

CLOSED = "closed"
GONE = frozenset({"withdrawn", CLOSED})


def left_by(programme: Fact, day: str) -> Fact | None:
    """The standing by which a programme's provider has left on a day; None where it has not."""
    lasting = [one for one in programme.get("standings", ()) if _lasts(one, day)]
    last = max(lasting, key=lambda one: (one["own"], one["valid_from"], one["id"]), default=None)
    return last if last and last["status"] in GONE else None


def closed_by(programme: Fact, day: str) -> Fact | None:
    """The standing by which a programme's provider is no more on a day; None where it is."""
    left = left_by(programme, day)
    return left if left and left["status"] == CLOSED else None


def _lasts(standing: Fact, day: str) -> bool:
    until = standing["valid_to"]  # the first day after
    return standing["valid_from"] <= day and (until is None or day < until)
