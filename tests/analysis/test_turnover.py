"""Turnover, worked by hand: what is a term, when it has ended, and what it is measured against."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from services.analysis.continuity.turnover import Span, Whose, Year, mean, rate, years_of

ACTOR = Whose.actor("a")
COUNCIL = Whose.council("c")
LATER = date(2026, 7, 1)


def day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def span(who: str, begins: str, ends: str | None, **more: object) -> Span:
    whose = more.pop("whose", ACTOR)
    return Span(whose, who, date.fromisoformat(begins), day(ends), **more)  # type: ignore[arg-type]


def year(spans: list[Span], number: int, on: date = LATER, whose: Whose = ACTOR) -> Year:
    return years_of(spans, on)[whose, number]


def counted(spans: list[Span], number: int, on: date = LATER) -> tuple[int, int, Decimal | None]:
    """What began and ended in a year, and its rate."""
    one = year(spans, number, on).all
    return one.began, one.ended, rate(one, number, on)


def test_one_of_two_posts_changes_hands_in_a_year() -> None:
    """Two posts held all of 2025 (365 days): one by the same, one by A until 1 July, then by B."""
    spans = [
        span("p1 C", "2020-01-01", None),
        span("p2 A", "2024-01-01", "2025-07-01"),
        span("p2 B", "2025-07-01", None),
    ]
    assert counted(spans, 2025) == (1, 1, Decimal("0.5000"))
    assert mean(year(spans, 2025).all, 2025, LATER) == Decimal("2.00")
    assert counted(spans, 2024) == (1, 0, Decimal("0.0000"))


def test_a_b_a_is_two_terms_of_a_and_two_ends() -> None:
    """One post all the year, so a mean of 1: A left, B left, A is back."""
    spans = [
        span("A", "2024-01-01", "2025-03-01"),
        span("B", "2025-03-01", "2025-09-01"),
        span("A", "2025-09-01", None),
    ]
    assert counted(spans, 2025) == (2, 2, Decimal("2.0000"))
    assert counted(spans, 2026) == (0, 0, Decimal("0.0000"))


def test_a_renewed_or_overlapping_period_is_no_turnover() -> None:
    renewed = [span("A", "2024-01-01", "2025-01-01"), span("A", "2025-01-01", "2025-07-01")]
    over = [span("A", "2025-03-01", None), *renewed]
    assert counted(renewed, 2024) == (1, 0, Decimal("0.0000"))
    assert counted(renewed, 2025)[:2] == (0, 1)
    assert counted(over, 2025) == (0, 0, Decimal("0.0000"))


def test_a_gap_is_an_end_and_its_days_are_nobodys() -> None:
    """Held 1 January–31 March (90 days) and 1 October–31 December (92): 182 of 365 days."""
    spans = [span("A", "2025-01-01", "2025-04-01"), span("A", "2025-10-01", None)]
    held = year(spans, 2025).all
    assert (held.days, held.began, held.ended) == (182, 2, 1)
    assert mean(held, 2025, LATER) == Decimal("0.50")
    assert rate(held, 2025, LATER) == Decimal("2.0055")  # 1 × 365 ÷ 182


def test_a_year_without_anybody_has_no_rate() -> None:
    spans = [span("A", "2022-01-01", "2023-01-01"), span("B", "2025-01-01", None)]
    assert counted(spans, 2024) == (0, 0, None)
    assert (ACTOR, 2021) not in years_of(spans, LATER)
    assert years_of([], LATER) == {}


def test_what_is_to_come_has_not_happened() -> None:
    """On 1 July 2026 A still holds it until the end of the year; B is to come."""
    spans = [span("A", "2025-01-01", "2027-01-01"), span("B", "2027-01-01", None)]
    assert counted(spans, 2026) == (0, 0, Decimal("0.0000"))
    assert max(number for _, number in years_of(spans, LATER)) == 2026
    assert counted(spans, 2026, date(2027, 1, 1)) == (0, 1, Decimal("1.0000"))


def test_the_last_day_decides_the_year_and_is_over_the_day_after() -> None:
    spans = [span("A", "2025-01-01", "2026-01-01")]
    assert counted(spans, 2025, date(2025, 12, 31)) == (1, 0, Decimal("0.0000"))
    assert counted(spans, 2025, date(2026, 1, 1)) == (1, 1, Decimal("1.0000"))
    assert (ACTOR, 2026) not in years_of(spans, LATER)


def test_a_year_that_goes_on_is_measured_by_the_days_gone() -> None:
    """1 January–10 July 2026 is 191 days; A held the first 90 of them."""
    on, spans = date(2026, 7, 10), [span("A", "2026-01-01", "2026-04-01")]
    assert counted(spans, 2026, on) == (1, 1, Decimal("2.1222"))  # 1 × 191 ÷ 90
    assert mean(year(spans, 2026, on).all, 2026, on) == Decimal("0.47")


def test_what_ended_with_its_council_was_left_by_nobody() -> None:
    """B left on the last of March; A sat until the council closed on 30 June."""
    spans = [
        span("A", "2025-01-01", "2025-07-01", whose=COUNCIL, closed=True),
        span("B", "2025-01-01", "2025-04-01", whose=COUNCIL),
    ]
    held = year(spans, 2025, whose=COUNCIL).all
    assert (held.days, held.ended) == (181 + 90, 1)


def test_who_leaves_one_seat_and_closes_with_another_has_left_nothing() -> None:
    """By two posts in one council: its last day there is the council's own."""
    spans = [
        span("A", "2025-01-01", "2025-07-01", whose=COUNCIL, closed=True),
        span("A", "2025-02-01", "2025-07-01", whose=COUNCIL),
    ]
    assert year(spans, 2025, whose=COUNCIL).all.ended == 0
    assert year(spans[::-1], 2025, whose=COUNCIL).all.ended == 0


def test_key_posts_are_counted_apart_too() -> None:
    spans = [
        span("p1 A", "2025-01-01", "2025-07-01", is_key=True),
        span("p1 B", "2025-07-01", None, is_key=True),
        span("p2 C", "2025-01-01", None, example=True),
    ]
    one = year(spans, 2025)
    assert (one.all.ended, one.key.ended) == (1, 1)
    assert (rate(one.all, 2025, LATER), rate(one.key, 2025, LATER)) == (
        Decimal("0.5000"),
        Decimal("1.0000"),
    )
    assert one.example
    assert rate(year([spans[2]], 2025).key, 2025, LATER) is None


FIRST = date(2024, 11, 1)
LENGTHS = st.one_of(st.none(), st.integers(1, 200))
SPANS = st.lists(st.tuples(st.sampled_from("AB"), st.integers(0, 500), LENGTHS), max_size=8)


@given(SPANS, st.integers(0, 700))
def test_any_history_is_counted_as_day_by_day(
    told: list[tuple[str, int, int | None]], days: int
) -> None:
    """The oracle writes a cross for each day that each holds something, and looks at the rows."""
    on = FIRST + timedelta(days)
    crosses: dict[str, set[int]] = {"A": set(), "B": set()}
    spans = []
    for who, begins, length in told:
        ends = None if length is None else begins + length
        crosses[who] |= set(range(begins, 2000 if ends is None else ends))
        until = None if ends is None else FIRST + timedelta(ends)
        spans.append(Span(ACTOR, who, FIRST + timedelta(begins), until))
    held, began, ended = Counter[int](), Counter[int](), Counter[int]()
    for row in crosses.values():
        for at in (at for at in row if at <= days):
            number = (FIRST + timedelta(at)).year
            held[number] += 1
            began[number] += at - 1 not in row
            ended[number] += at + 1 not in row and at + 1 <= days
    found = years_of(spans, on)
    assert {number for _, number in found} == (
        set(range(min(held), max(held) + 1)) if held else set()
    )
    for (_, number), one in found.items():
        assert (one.all.days, one.all.began, one.all.ended) == (
            held[number], began[number], ended[number],
        )  # fmt: skip
