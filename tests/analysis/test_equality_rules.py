"""How evenly two sexes are spread: worked by hand, and never an alarm by chance alone."""

from decimal import Decimal
from itertools import pairwise

import numpy as np
import pytest

from services.analysis.contract.equality import SexChange
from services.analysis.contract.indicator import Sex
from services.analysis.equality.rules import (
    Pair,
    Spread,
    balance_change,
    since,
    smaller_sex,
    spread_change,
    step_shares,
    unevenness,
    women_share,
)
from services.analysis.equality.spreading import told_of
from tests.analysis import by_hand

YEARS, WORKERS = 600, np.array([40, 90, 150, 400, 900, 2000, 60, 75, 1200, 320])


def pairs(women: list[int | None], men: list[int | None]) -> dict[str, Pair]:
    """Occupations by their place, with women and men."""
    told = zip(women, men, strict=True)
    return {
        str(place): tuple(None if one is None else Decimal(int(one)) for one in pair)  # type: ignore[misc]
        for place, pair in enumerate(told)
    }


def spread_of(sexes: dict[str, Pair]) -> Spread:
    """One place and period as they are counted; it is what a loop counts."""
    columns = [[pair[at] for pair in sexes.values()] for at in (0, 1)]
    counts = [np.array([[[float(one or 0) for one in some]]]) for some in columns]
    known = [np.array([[[one is not None for one in some]]], bool) for some in columns]
    told = np.ones((1, 1, len(sexes)), bool)
    nobody = Spread(Decimal(0), Decimal(0), 0)
    found = [spread for *_, spread in told_of((counts, known, told), ("2024",), (("14",),))]
    naive = by_hand.spread_of(sexes)
    for name in ("index", "chance", "margin"):
        assert getattr((found or [nobody])[0], name) == pytest.approx(
            getattr(naive, name), abs=1e-9
        )
    return found[0] if found else nobody


def drawn(chance: np.random.Generator, shares: np.ndarray) -> dict[str, Pair]:
    """A year in which every person's sex is drawn anew."""
    women = chance.binomial(WORKERS, shares)
    return pairs(list(women), list(WORKERS - women))


def test_the_index_is_half_the_sum_of_the_distances() -> None:
    found = spread_of(pairs([10, 30, 60], [40, 40, 20]))
    # (|0.1 - 0.4| + |0.3 - 0.4| + |0.6 - 0.2|) / 2
    assert found.index == pytest.approx(0.4)
    assert (found.women, found.men, found.occupation_count) == (100, 100, 3)


@pytest.mark.parametrize(
    ("women", "men", "index"),
    [
        ([10, 20], [5, 10], 0.0),
        ([10, 0], [0, 20], 1.0),
        ([10, 0, 0], [10, 0, 0], 0.0),
        ([10, None], [10, 20], None),
        ([0, 0], [10, 20], None),
        ([], [], None),
    ],
)
def test_its_ends_and_what_is_unknown(
    women: list[int | None], men: list[int | None], index: float | None
) -> None:
    assert spread_of(pairs(women, men)).index == (
        None if index is None else pytest.approx(index, abs=1e-12)
    )


def test_where_there_is_no_difference_the_index_is_what_chance_makes_it() -> None:
    chance = np.random.default_rng(1)
    even = np.full(len(WORKERS), 0.45)
    found = [spread_of(drawn(chance, even)) for _ in range(YEARS)]
    mean = sum(one.index or 0 for one in found) / YEARS
    expected = sum(one.chance or 0 for one in found) / YEARS
    assert mean == pytest.approx(expected, rel=0.05)
    assert mean > 0.01, "an index above nought is no difference by itself"


def test_two_years_that_differ_by_chance_alone_are_no_change() -> None:
    chance = np.random.default_rng(2)
    uneven = np.linspace(0.05, 0.9, len(WORKERS))
    years = [spread_of(drawn(chance, uneven)) for _ in range(YEARS)]
    told = [spread_change(one, other, after_break=False) for one, other in pairwise(years)]
    alarms = sum(one is not SexChange.no_certain for one in told) / len(told)
    assert alarms <= 0.07, alarms


def test_a_table_of_occupations_gives_a_false_alarm_once_in_twenty_at_most() -> None:
    chance = np.random.default_rng(3)
    uneven = np.linspace(0.05, 0.9, len(WORKERS))

    def alarmed() -> bool:
        before, now = drawn(chance, uneven), drawn(chance, uneven)
        return any(
            balance_change(before[code], now[code], len(now)) is not SexChange.no_certain
            for code in now
        )

    assert sum(alarmed() for _ in range(YEARS)) / YEARS <= 0.07


def test_a_real_change_is_seen_with_its_direction_and_never_across_a_break() -> None:
    before = spread_of(pairs([900, 100], [100, 900]))
    now = spread_of(pairs([700, 300], [300, 700]))
    assert spread_change(before, now, after_break=False) is SexChange.more_even
    assert spread_change(now, before, after_break=False) is SexChange.less_even
    assert spread_change(before, now, after_break=True) is SexChange.not_comparable
    assert spread_change(None, now, after_break=False) is SexChange.not_comparable
    few, more = (Decimal(100), Decimal(900)), (Decimal(250), Decimal(750))
    assert balance_change(few, more, 400) is SexChange.more_even
    assert balance_change(more, few, 400) is SexChange.less_even
    assert balance_change((None, Decimal(1)), more, 400) is SexChange.not_comparable
    assert balance_change((Decimal(0), Decimal(0)), more, 400) is SexChange.not_comparable
    assert balance_change((Decimal(0), Decimal(9)), (Decimal(0), Decimal(8)), 1) is (
        SexChange.no_certain
    )


def test_which_sex_has_less_than_forty_in_a_hundred() -> None:
    assert smaller_sex(Decimal("0.3999")) is Sex.women
    assert smaller_sex(Decimal("0.4")) is smaller_sex(Decimal("0.6")) is smaller_sex(None) is None
    assert smaller_sex(Decimal("0.6001")) is Sex.men
    assert women_share((Decimal(62), Decimal(949))) == Decimal("0.0613")
    assert women_share((Decimal(0), Decimal(0))) is women_share(None) is None
    assert unevenness(None) < unevenness(Decimal("0.5")) < unevenness(Decimal("0.1"))


def test_the_last_period_is_compared_with_the_first_after_the_last_break() -> None:
    years = ["2018", "2019", "2020", "2021", "2022"]
    assert since(years, frozenset({2020})) == "2020"
    assert since(years, frozenset({2022})) is None
    assert since(years, frozenset()) == "2018"
    assert since(["2018", "2021", "2022"], frozenset({2020})) == "2021"
    assert since(["2022"], frozenset()) is since([], frozenset()) is None
    months = ["2022-11", "2022-12", "2023-01", "2023-02"]
    assert since(months, frozenset({2023})) == "2023-01"


def test_women_in_a_programme_are_of_the_starts_that_tell_both() -> None:
    def start(**told: int) -> dict[str, int | None]:
        names = ("applicants", "admitted", "completed", "employed_after")
        nothing = dict.fromkeys(f"{one}{sex}" for one in names for sex in ("", "_women"))
        return nothing | told

    starts = [
        start(applicants=100, applicants_women=20, admitted=30, admitted_women=4, completed=0,
              completed_women=0),
        start(applicants=50, applicants_women=10, admitted=30),
        start(applicants=60),
    ]  # fmt: skip

    names = ("intake_count", "persons", "women", "women_share")
    assert [tuple(one[name] for name in names) for one in step_shares(starts)] == [
        (2, 150, 30, Decimal("0.2000")),
        (1, 30, 4, Decimal("0.1333")),
        (1, 0, 0, None),
        (0, None, None, None),
    ]
