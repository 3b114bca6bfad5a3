"""Cells: days, numbers and lists as people write them, each as the one way that it is taken."""

import re
from datetime import date, timedelta

from gateway.importing.periods import ABOUT, period_in, year_of
from gateway.swedish import MONTHS

_SPACES = re.compile(r"[\s\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]+")
_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[ ./-](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_SOON = frozenset(
    {"tbd", "tba", "snarast", "snarast möjligt", "asap", "omgående", "meddelas senare"}
    | {"inte bestämt", "ej bestämt", "inte klart", "bestäms senare"}
)
_SHORT_YEAR = re.compile(r"(\d{1,2})([./-])(\d{1,2})[ ./-](\d{1,2})")
_NAMED_MONTH = re.compile(r"(\d{1,2})\.? ([a-zåäöA-ZÅÄÖ]{3,9})\.? (\d{4})")
_UNIT = r"(?:veckor|vecka|v\.?|st\.?|stycken|plats(?:er)?|pers(?:oner)?\.?|elever|studerande)"
_COUNTED = re.compile(rf"(\d+) ?{_UNIT}", re.IGNORECASE)
_TERM = (
    r"(?:[hv]t|(?:höst|vår|sommar)(?:en|termin|terminen)?|q[1-4]|kvartal [1-4]|v(?:ecka|\.)? ?\d\d?"
    r"|jan(?:uari)?|feb(?:ruari)?|mars?|apr(?:il)?|maj|juni?|juli?|aug(?:usti)?"
    r"|sept?(?:ember)?|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_SOME_DAY = re.compile(rf"(?:{ABOUT}\.? )?{_TERM}\.?", re.IGNORECASE)
_N = r"\d[\d ]{0,8}"
_SOME_NUMBER = re.compile(
    rf"(?:(?:{ABOUT}|högst|max|upp till|drygt|knappt|över|under)\.?|[~<>≈]) ?{_N} ?(?:{_UNIT}|%)?"
    rf"|{_N} ?(?:[-–—]|till) ?{_N} ?(?:{_UNIT}|%)?|{_N}\+",
    re.IGNORECASE,
)
_PACES = {"helfart": "100", "heltid": "100", "halvfart": "50", "halvtid": "50", "kvartsfart": "25"}
_SHARE = re.compile(r"0?[.,]\d{1,4}|1")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}([.,])\d{3}(\1\d{3})*")
_TOGETHER = re.compile(r"(\d{4})(\d{2})(\d{2})")


def day(text: str) -> str:
    """2026-08-17; 17/8 2026 or 17/8-26 written with points, strokes, spaces or together."""
    if found := _DAY_FIRST.fullmatch(text):
        return f"{found[3]}-{found[2]:0>2}-{found[1]:0>2}"
    if found := _YEAR_FIRST.fullmatch(text):
        return f"{found[1]}-{found[2]:0>2}-{found[3]:0>2}"
    if (found := _SHORT_YEAR.fullmatch(text)) and (meant := _of_short_year(*found.groups())):
        return meant
    if found := _TOGETHER.fullmatch(text):
        return "-".join(found.groups())
    if (found := _NAMED_MONTH.fullmatch(text)) and found[2][:3].lower() in MONTHS:
        month = MONTHS.index(found[2][:3].lower()) + 1
        return f"{found[3]}-{month:02}-{found[1]:0>2}"
    return text[:10] if re.match(r"\d{4}-\d{2}-\d{2}[T ]", text) else text


def _of_short_year(one: str, stroke: str, month: str, other: str) -> str:
    """The day whose year comes last, or first where that is no day: of 98-08-01 it is 98, but of
    17-08-26 it may be either, which is nothing.
    """
    if not _may_be_day(one):
        return _dated(one, month, other)
    if stroke == "-" and _may_be_day(other) and one != other:
        return ""
    return _dated(other, month, one)


def _may_be_day(text: str) -> bool:
    return 0 < int(text) <= 31  # noqa: PLR2004


def _dated(year: str, month: str, day: str) -> str:
    try:
        return date(year_of(year), int(month), int(day)).isoformat() if len(year) > 1 else ""
    except ValueError:
        return ""


def has_short_year(text: str) -> bool:
    """Whether a text says a year by two digits."""
    return bool(_SHORT_YEAR.fullmatch(text))


def day_after(text: str) -> str:
    """The day after the last one, which is where a period ends."""
    try:
        return (date.fromisoformat(day(text)) + timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):
        return text


def is_some_day(text: str) -> bool:
    """Whether a text says a day that nobody can know exactly from it: HT 2027, aug-27, 2027."""
    said = _SPACES.sub(" ", text)
    return bool(_SOME_DAY.fullmatch(said) or soon(said) or period_in(said))


def soon(text: str) -> bool:
    """Whether a text says that the day is not set yet: TBD, snarast."""
    return text.strip(" .!").lower() in _SOON


def first_in(text: str) -> str:
    """The first day of the time that a text says with its year; nothing where it says none."""
    found = period_in(_SPACES.sub(" ", text))
    return found[0].isoformat() if found else ""


def last_in(text: str) -> str:
    """The last day of it."""
    found = period_in(_SPACES.sub(" ", text))
    return found[1].isoformat() if found else ""


def is_some_number(text: str) -> bool:
    """The same of a number: ca 20, 20-25, minst 15."""
    return bool(_SOME_NUMBER.fullmatch(_SPACES.sub(" ", text)))


def has_lost_a_zero(phone: str) -> bool:
    """Whether a telephone number is a number to a program for sheets: none begins so in Sweden."""
    return bool(re.fullmatch(r"[1-9]\d{6,8}", phone))


def whole(text: str) -> str:
    """A number without spaces, unit or decimals that say nothing; 50 % is no number of people.

    1.000 may be a thousand or one: with its comma no service takes it for either.
    """
    bare = _SPACES.sub("", text)
    if counted := _COUNTED.fullmatch(bare):
        return counted[1]
    if _THOUSANDS.fullmatch(bare):
        return bare.replace(".", ",")
    return re.sub(r"[,.]0+$", "", bare)


def percent(text: str) -> str:
    """The same; what Excel shows as 50 % stands there as 0.5, and 100 % as 1."""
    if not _SHARE.fullmatch(text):
        return whole(_PACES.get(text.lower(), text.removesuffix("%")))
    return f"{float(text.replace(',', '.')) * 100:.10g}"


def words_of(text: str) -> list[str]:
    """The values of a list that words may stand between: svenska och engelska, svenska/engelska."""
    split = re.split(r"[;|,\n/+&]|\s+(?:och|samt)\s+", text)
    return [part.strip() for part in split if part.strip()]


def parts(text: str) -> list[str]:
    """The values of a list."""
    return [part.strip() for part in re.split(r"[;|,\n]", text) if part.strip()]
