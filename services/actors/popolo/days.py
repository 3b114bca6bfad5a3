"""Days: the dates of Popolo, which may be of a year or a month."""

from calendar import monthrange
from datetime import date

NO_DATE = "a date is YYYY, YYYY-MM or YYYY-MM-DD"
PARTS = (1, 2, 3)  # a date is given by its year, its month or its day


def day_of(text: str | None, *, last: bool = False) -> date | None:
    """The day of a Popolo date: of a year or a month the first, or the last. ValueError."""
    if text is None:
        return None
    parts = [int(part) for part in text.split("-")]
    if len(parts) not in PARTS:
        raise ValueError(NO_DATE)
    year, month = parts[0], parts[1] if len(parts) > 1 else (12 if last else 1)
    day = monthrange(year, month)[1] if last else 1
    return date(year, month, parts[2] if len(parts) == 3 else day)  # noqa: PLR2004
