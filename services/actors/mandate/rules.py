"""Rules about mandates: when to warn of the end, and how long the next one lasts."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from services.kit.contract import LAST_YEAR
from services.kit.errors import Conflict, Rejected

WARNING = timedelta(days=90)
_MONTHS = 12


def next_end(first: date, end: date) -> date:
    """The end of a period as long as this one that begins where it ends.

    A period of whole months is followed by as many months, whatever their number of days.
    """
    if first.day != end.day:
        return end + (end - first)
    months = (end.year - first.year) * _MONTHS + end.month - first.month
    years, month = divmod(end.month - 1 + months, _MONTHS)
    last = monthrange(end.year + years, month + 1)[1]
    return date(end.year + years, month + 1, min(end.day, last))


def end_of_next(mandate: Mapping[str, Any], wanted: date | None) -> date:
    """When the mandate that follows ends. Conflict where this one has no end; Rejected."""
    begins = mandate["valid_to"]
    if begins is None:
        raise Conflict("a mandate without end has no next", field="valid_to", reason="no_end")
    ends = wanted or next_end(mandate["valid_from"], begins)
    if ends <= begins:
        raise Rejected("the end is before the start", field="valid_to", reason="empty_period")
    if ends.year > LAST_YEAR:
        raise Rejected("too far ahead", field="valid_to", reason="too_late")
    return ends
