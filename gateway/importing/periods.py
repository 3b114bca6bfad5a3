"""Periods: times that are no day, as people write them: a year, term, quarter, month or week."""

import re
from calendar import monthrange
from datetime import date, timedelta

from gateway.swedish import MONTHS
from services.kit import clock

Period = tuple[date, date]  # its first and its last day

ABOUT = r"(?:ca|c:a|cirka|circa|prel|preliminärt|runt|omkring|ungefär|minst|tidigast)"
AHEAD = 20  # a year of two digits that is further ahead than this is of the last century
EXCEL = date(1899, 12, 30)  # the day that Excel counts days from
_LONG, _ANY = r"(?P<year>(?:19|20)\d\d)", r"(?P<year>(?:19|20)?\d\d)"
_UNITS = (
    r"(?P<term>[hv])(?:t|öst|år)(?:en|termin|terminen)?",
    r"(?P<summer>sommar)(?:en|termin|terminen)?",
    r"(?:q|kvartal) ?(?P<quarter>[1-4])",
    r"(?P<month>jan(?:uari)?|feb(?:ruari)?|mars?|apr(?:il)?|maj|juni?|juli?|aug(?:usti)?"
    r"|sept?(?:ember)?|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)",
)
_WEEK = r"(?:vecka|v\.?|w) ?(?P<week>\d\d?)"
_FORMS = [
    re.compile(rf"(?:{ABOUT}\.? )?{form}", re.IGNORECASE)
    for form in (
        _LONG,
        *(rf"{unit}\.?[ /-]*{_ANY}" for unit in _UNITS),
        *(rf"{_LONG}[ /-]*{unit}\.?" for unit in _UNITS),
        rf"{_LONG}[-/](?P<number>0[1-9]|1[0-2])",
        rf"(?P<number>0?[1-9]|1[0-2])/{_LONG}",
        rf"{_WEEK}[ ,/-]+{_ANY}",
        rf"{_LONG}[ ,/-]*{_WEEK}",
    )
]
_BESIDE = re.compile(r"sedan|från|fr\.? ?o\.? ?m\b\.?|t\.? ?o\.? ?m\b\.?|till|före|efter", re.I)
_BETWEEN = re.compile(r" ?[–—-] ?| ?(?:\btill\b|\bt\.? ?o\.? ?m\b\.?) ?", re.IGNORECASE)
_SERIAL = re.compile(r"[2-6]\d{4}")  # from 1954 to 2091


def period_in(text: str) -> Period | None:
    """The first and last day of the time that is said, where its year is."""
    forms = (form.fullmatch(text) for form in _FORMS)
    found = next(filter(None, forms), None)
    return _days(year_of(found["year"]), found.groupdict()) if found else None


def latest_short() -> int:
    """The last year that two digits may mean."""
    return clock.today().year + AHEAD


def year_of(text: str) -> int:
    """A year, also of two digits: nothing in a registry of organisations begins so far ahead."""
    if len(text) > 2:  # noqa: PLR2004
        return int(text)
    century = (latest_short() - int(text)) // 100 * 100
    return century + int(text)


def _days(year: int, said: dict[str, str | None]) -> Period | None:
    if week := said.get("week"):
        try:
            monday = date.fromisocalendar(year, int(week), 1)
        except ValueError:
            return None
        return monday, monday + timedelta(days=6)
    first, last = _months(said)
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def _months(said: dict[str, str | None]) -> tuple[int, int]:
    """The first and last month of what is said of a year."""
    if term := said.get("term"):
        return (1, 6) if term.lower() == "v" else (7, 12)
    if said.get("summer"):
        return 6, 8
    if quarter := said.get("quarter"):
        return 3 * int(quarter) - 2, 3 * int(quarter)
    if name := said.get("month"):
        return (MONTHS.index(name[:3].lower()) + 1,) * 2
    return (int(number),) * 2 if (number := said.get("number")) else (1, 12)


def is_span(text: str) -> bool:
    """Whether two times stand there, from one to the other: 2019–2022."""
    cut = [(text[: one.start()], text[one.end() :]) for one in _BETWEEN.finditer(text)]
    return any(_is_time(first) and (not last or _is_time(last)) for first, last in cut)


def is_beside(text: str) -> bool:
    """Whether a word stands before a time that the column says already: sedan 2019."""
    found = _BESIDE.match(text)
    return bool(found and _is_time(text[found.end() :].strip()))


def _is_time(text: str) -> bool:
    return bool(period_in(text) or re.fullmatch(r"\d{4}-\d\d-\d\d", text))


def counted_day(text: str) -> date | None:
    """The day that is meant by a number of Excel's, which counts days."""
    return EXCEL + timedelta(days=int(text)) if _SERIAL.fullmatch(text) else None
