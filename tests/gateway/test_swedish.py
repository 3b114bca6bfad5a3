"""Swedish: dates, numbers, periods and words as people here write them."""

from datetime import UTC, date, datetime
from decimal import Decimal

from gateway import swedish

HARD = "\N{NO-BREAK SPACE}"


def test_dates() -> None:
    assert swedish.day(date(2026, 11, 26)) == "26 nov 2026"
    assert swedish.day("2026-05-01", weekday=True) == "fre 1 maj 2026"
    assert swedish.day(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)) == "1 jan 2027"
    assert swedish.day(None) == "–"
    assert swedish.moment("2026-07-01T10:05:00Z") == "1 jul 2026 kl. 12.05"


def test_a_period_is_shown_with_its_last_day() -> None:
    assert swedish.days("2026-01-01", "2027-01-01") == "1 jan 2026–31 dec 2026"
    assert swedish.days("2026-01-01", None) == "från 1 jan 2026"


def test_numbers() -> None:
    assert swedish.number(1240) == f"1{HARD}240"
    assert swedish.number(Decimal("-3.5"), 1) == "\N{MINUS SIGN}3,5"
    assert swedish.number(None) == "–"
    assert swedish.percent(0.825, 1) == f"82,5{HARD}%"
    assert swedish.money("1250.50") == f"1{HARD}250,50{HARD}kr"
    assert swedish.money("1250.00") == f"1{HARD}250{HARD}kr"


def test_amounts_and_lists() -> None:
    assert swedish.counted(1, "aktör", "aktörer") == f"1{HARD}aktör"
    assert swedish.counted([], "aktör", "aktörer") == "inga aktörer"
    assert swedish.listed(["Skara", "Hjo", "Tibro"]) == "Skara, Hjo och Tibro"


def test_an_unknown_code_is_readable_all_the_same() -> None:
    assert swedish.label("being_tried") == "Being tried"
    assert swedish.label("process_leader") == "Processledare"
