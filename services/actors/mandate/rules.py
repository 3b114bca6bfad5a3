"""Rules about mandates: when to warn of the end, and how long the next one lasts."""

from calendar import monthrange
from datetime import date, timedelta

WARNING = timedelta(days=90)
LAST_YEAR = 2200
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
