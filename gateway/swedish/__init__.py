"""Swedish: dates, numbers, words for codes and sentences for errors, as a person reads them."""

from collections.abc import Iterable, Mapping, Sized
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from gateway.swedish.ages import lasted
from gateway.swedish.codes import label, look, options_of
from gateway.swedish.contacts import headline
from gateway.swedish.fields import CODED, field_word
from gateway.swedish.hyphens import hyphenated
from gateway.swedish.nouns import noun_word
from gateway.swedish.places import given_in, listed
from gateway.swedish.problems import sentence
from gateway.swedish.quotes import quotes
from services.kit import clock
from services.kit.clock import STOCKHOLM

__all__ = [
    "CODED",
    "FILTERS",
    "day",
    "days",
    "field_word",
    "headline",
    "label",
    "last_day",
    "lasted",
    "listed",
    "look",
    "moment",
    "money",
    "noun_word",
    "number",
    "options_of",
    "sentence",
    "sexes",
    "sides",
    "times",
]

HARD_SPACE = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
NOTHING = "–"
FEW = 10
MONTHS = ["jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]
WEEKDAYS = ["mån", "tis", "ons", "tor", "fre", "lör", "sön"]


def _date(value: date | datetime | str) -> date:
    if isinstance(value, str):
        value = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    return value.astimezone(STOCKHOLM).date() if isinstance(value, datetime) else value


def day(value: date | datetime | str | None, *, weekday: bool = False) -> str:
    """26 nov 2026; nothing becomes a dash."""
    if value is None:
        return NOTHING
    found = _date(value)
    text = f"{found.day} {MONTHS[found.month - 1]} {found.year}"
    return f"{WEEKDAYS[found.weekday()]} {text}" if weekday else text


def moment(value: datetime | str | None, *, weekday: bool = False) -> str:
    """26 nov 2026 kl. 13.05, in Swedish time."""
    if value is None:
        return NOTHING
    found = clock_of(value)
    return f"{day(found, weekday=weekday)} kl. {found:%H.%M}"


def times(starts_at: datetime | str, ends_at: datetime | str | None) -> str:
    """tor 26 nov 2026 kl. 13.00–15.00, or only when it begins."""
    begins = moment(starts_at, weekday=True)
    if not ends_at:
        return begins
    start, end = clock_of(starts_at), clock_of(ends_at)
    same = start.date() == end.date()
    return f"{begins}–{end:%H.%M}" if same else f"{begins} – {moment(end, weekday=True)}"


def clock_of(value: datetime | str) -> datetime:
    """A moment in Swedish time, as the clock on the wall shows it."""
    found = datetime.fromisoformat(value) if isinstance(value, str) else value
    return found.astimezone(STOCKHOLM)


def days(start: date | str | None, end: date | str | None) -> str:
    """A period whose end is exclusive, with its last day: 1 jan 2026–31 dec 2026."""
    if start is None:
        return NOTHING
    if end is None:
        return f"från {day(start)}"
    return f"{day(start)}–{last_day(end)}"


def last_day(end: date | str) -> str:
    """The last day of a period whose end is exclusive."""
    return day(clock.from_day(_date(end), -timedelta(days=1)))


def number(value: float | Decimal | str | None, decimals: int = 0) -> str:
    """1 240,5 with hard spaces, a comma and a true minus; nothing becomes a dash."""
    if value is None or value == "":
        return NOTHING
    text = f"{Decimal(str(value)):,.{decimals}f}"
    return text.replace(",", HARD_SPACE).replace(".", ",").replace("-", MINUS)


def exact(value: Decimal | str) -> str:
    """A number with the decimals it has, and no zeros after them."""
    exponent = Decimal(str(value)).normalize().as_tuple().exponent
    return number(value, max(0, -int(exponent)))


def roughly(value: float | Decimal | str | None, decimals: int | None = None) -> str:
    """As whole numbers from ten on; of fewer so many decimals that some are not none: 0,3."""
    if decimals is not None or value is None or abs(Decimal(str(value))) >= FEW:
        return number(value, decimals or 0)
    tenths = round(Decimal(str(value)), 1)
    return exact(tenths or round(Decimal(str(value)), 2))


def measured(outcome: Mapping[str, Any]) -> str:
    """What an outcome was measured by, before and after; empty where nothing was."""
    if not outcome["measure"]:
        return ""
    before, after = (
        "okänt" if outcome[name] is None else exact(outcome[name]) for name in ("before", "after")
    )
    return f"{outcome['measure']}: {before} före, {after} efter"


def percent(share: float | Decimal | str | None, decimals: int = 0) -> str:
    """A share between 0 and 1 as 82 %, also as JSON has it: a text."""
    if share is None:
        return NOTHING
    return f"{number(Decimal(str(share)) * 100, decimals)}{HARD_SPACE}%"


def money(amount: Decimal | str | None) -> str:
    """1 240 kr; öre only where there are any."""
    if amount is None or amount == "":
        return NOTHING
    exact = Decimal(str(amount))
    decimals = 0 if exact == exact.to_integral_value() else 2
    return f"{number(exact, decimals)}{HARD_SPACE}kr"


def counted(things: int | Sized, one: str, many: str) -> str:
    """1 aktör, 2 aktörer, inga aktörer."""
    amount = things if isinstance(things, int) else len(things)
    if amount == 0:
        return f"inga {many}"
    return f"{number(amount)}{HARD_SPACE}{one if amount == 1 else many}"


def sexes(report: Mapping[str, Any] | None) -> str:
    """9 kvinnor, 5 män (självuppgivet 1 mar 2025); who told nothing is not guessed at."""
    if report is None:
        return "Inte uppgivet"
    told = [counted(report["women"], "kvinna", "kvinnor"), counted(report["men"], "man", "män")]
    if report["other"]:
        told.append(f"{number(report['other'])}{HARD_SPACE}annat eller vill inte uppge")
    return f"{', '.join(told)} (självuppgivet {day(report['reported_on'])})".capitalize()


def sides(counts: Iterable[Mapping[str, Any]] | None) -> str:
    """Arbetsgivare 6 (7 platser), offentlig sida 5; the seats where they are not as many."""
    if counts is None:
        return "Går inte att se just nu"
    return ", ".join(map(_side, counts)).capitalize() or "Inga platser"


def _side(one: Mapping[str, Any]) -> str:
    said = f"{label(one['side'], 'SeatSide').lower()} {number(one['actors'])}"
    if one["seats"] == one["actors"]:
        return said
    return f"{said} ({counted(one['seats'], 'plats', 'platser')})"


def capital(text: str) -> str:
    """The first letter large, the rest as it is."""
    return text[:1].upper() + text[1:]


def iso(value: date | datetime | str | None) -> str:
    """The machine's form of a date or moment, for <time>."""
    return value if isinstance(value, str) else value.isoformat() if value else ""


FILTERS = {
    "capital": capital,
    "counted": counted,
    "day": day,
    "days": days,
    "iso": iso,
    "label": label,
    "lasted": lasted,
    "last_day": last_day,
    "exact": exact,
    "given_in": given_in,
    "hyphenated": hyphenated,
    "field_word": field_word,
    "noun_word": noun_word,
    "measured": measured,
    "listed": listed,
    "moment": moment,
    "money": money,
    "number": number,
    "roughly": roughly,
    "percent": percent,
    "quotes": quotes,
}
