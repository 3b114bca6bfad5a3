"""How a forecast is chosen: worked by hand, never across a break, never by chance alone."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.analysis.contract.forecast import ForecastMethod, NoForecast
from services.analysis.forecast import rules
from services.analysis.forecast.margins import Error, margins_of, size_of
from services.analysis.forecast.replacing import share_leaving, yearly
from services.analysis.forecast.rules import Smoothing, Stretch, stretches
from services.analysis.forecast.smoothing import weights

BROKEN = (2019, 2020, 2023)
YEARS = range(2014, 2025)


def last_year(_: Smoothing, years: int) -> Sequence[Sequence[float]]:
    """A smoothing that smooths nothing."""
    return [[*[0.0] * (years - 1), 1.0]] * len(rules.HORIZONS)


def cut(series: Mapping[str, Sequence[float]]) -> dict[str, list[Stretch]]:
    """Series of the years of the real ones, with their breaks."""
    return {
        name: stretches(dict(zip(YEARS, values, strict=True)), BROKEN)
        for name, values in series.items()
    }


def test_a_series_is_cut_at_its_breaks_and_where_it_is_unknown() -> None:
    found = stretches({y: float(y) for y in YEARS}, BROKEN)
    assert [(one.first, len(one.values)) for one in found] == [
        (2014, 5), (2019, 1), (2020, 3), (2023, 2),
    ]  # fmt: skip
    holed = stretches({2014: 1.0, 2015: None, 2016: 2.0, 2018: 3.0}, ())
    assert holed == [Stretch(2014, (1.0,)), Stretch(2016, (2.0,)), Stretch(2018, (3.0,))]


def test_what_each_method_says_worked_by_hand() -> None:
    assert rules.drift((100.0, 104.0, 110.0), 2) == 120.0
    assert rules.drift((100.0, 20.0), 1) == 0.0, "never fewer than nobody"
    # The first change is that of the year before, too: level 100 - 4, trend 4, half of it kept.
    level, trend = 96.0, 4.0
    for value in (100.0, 104.0):
        expected, kept = level + 0.5 * trend, 0.5 * trend
        level, trend = expected + 0.7 * (value - expected), kept + 0.4 * (value - expected)
    by_hand = [level + trend * 0.5, level + trend * (0.5 + 0.25)]
    found = [rules.smoothed((100.0, 104.0), one) for one in weights((0.7, 0.4, 0.5), 2)]
    assert found[:2] == pytest.approx(by_hand)
    longer = [rules.smoothed((5.0, 9.0, 7.0, 8.0), one) for one in weights((0.7, 0.4, 0.5), 4)]
    assert all(5 < one < 9 for one in longer)


def test_every_year_is_tried_from_every_year_before_it_and_never_across_a_break() -> None:
    values = [10.0, 12, 14, 16, 18, 500, 900, 901, 902, 5000, 5001]
    found = rules.trials_of(cut({"a": values}), 2, last_year)
    assert sorted((one.origin, one.horizon) for one in found) == [
        (2014, 1), (2014, 2), (2014, 3), (2014, 4), (2015, 1), (2015, 2), (2015, 3), (2016, 1),
        (2016, 2), (2017, 1), (2020, 1), (2020, 2), (2021, 1), (2023, 1),
    ]  # fmt: skip
    first = next(one for one in found if (one.origin, one.horizon) == (2017, 1))
    assert (first.last, first.outcome) == (16, 18)
    assert first.said[ForecastMethod.drift] == 18
    # (2 + 2 + 2 + 2) and (1 + 1) and 1: seven changes, none of them across a break.
    assert first.scale == pytest.approx(11 / 7)
    assert ForecastMethod.drift not in found[0].said, "one year has no change"


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.integers(0, 5000), min_size=11, max_size=11),
    st.lists(st.floats(0.2, 9), min_size=4, max_size=4),
)
def test_nothing_is_learnt_across_a_break(values: list[int], moved: list[float]) -> None:
    """What happens at a break, whatever it is, changes no error of any method."""

    def errors(factors: Sequence[float]) -> list[list[float]]:
        parts = (range(5), range(5, 6), range(6, 9), range(9, 11))
        told = [values[at] * factor for part, factor in zip(parts, factors, strict=True)
                for at in part]  # fmt: skip
        found = rules.trials_of(cut({"a": told}), 2, weights)
        if rules.scale_of(cut({"a": told})["a"]) is None:
            assert found == []
        factor_of = dict(zip(YEARS, (f for p, f in zip(parts, factors, strict=True) for _ in p),
                             strict=True))  # fmt: skip
        return [
            [(one.outcome - said) / factor_of[one.origin] for said in one.said.values()]
            for one in found
        ]

    assert np.allclose(
        np.concatenate([[0.0], *errors([1.0] * 4)]), np.concatenate([[0.0], *errors(moved)])
    )


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.floats(-30, 30), st.floats(1, 60))
def test_what_is_chosen_was_never_worse_than_the_naive_one(
    seed: int, trend: float, noise: float
) -> None:
    chance = np.random.default_rng(seed)
    walks = 500 + np.cumsum(trend + noise * chance.standard_normal((40, 11)), axis=1)
    series = {str(at): list(np.maximum(walk, 0)) for at, walk in enumerate(walks)}
    for lesson in rules.learnt(rules.trials_of(cut(series), 2, weights)).values():
        if lesson.reason is None:
            chosen = lesson.tried[lesson.method].error
            naive = lesson.tried[ForecastMethod.naive].error
            assert chosen is not None
            assert naive is not None
            assert chosen <= naive


def test_a_walk_at_random_has_no_trend_to_follow() -> None:
    """Of 100 places whose occupations move by chance alone hardly one is given a trend."""
    chance, alarms = np.random.default_rng(7), 0
    for _ in range(100):
        walks = 1000 + np.cumsum(20 * chance.standard_normal((40, 11)), axis=1)
        series = {str(at): list(walk) for at, walk in enumerate(walks)}
        lesson = rules.learnt(rules.trials_of(cut(series), 2, last_year))[1]
        alarms += lesson.method is not ForecastMethod.naive
    assert alarms <= 5


def test_a_trend_that_is_there_is_followed() -> None:
    chance = np.random.default_rng(8)
    rising = 1000 + np.cumsum(40 + 4 * chance.standard_normal((60, 11)), axis=1)
    series = {str(at): list(walk) for at, walk in enumerate(rising)}
    lessons = rules.learnt(rules.trials_of(cut(series), 2, weights))
    assert lessons[1].method is ForecastMethod.drift
    found = rules.expected((1000.0, 1040.0), lessons[1], weights)
    assert found.low <= 1080 <= found.high
    assert found.value == 1080


def test_a_series_with_an_unknown_year_is_compared_where_every_method_could_be_tried() -> None:
    chance = np.random.default_rng(11)
    walks = 1000 + np.cumsum(20 * chance.standard_normal((60, 11)), axis=1)
    series = cut({str(at): list(walk) for at, walk in enumerate(walks)})
    holed: dict[int, float | None] = dict(zip(YEARS, walks[0], strict=True))
    series["0"] = stretches(holed | {2015: None}, BROKEN)
    tried = rules.learnt(rules.trials_of(series, 2, weights))[1].tried
    assert {(one.series, one.origins) for one in tried.values()} == {(60, 4)}
    from_one = [
        one
        for one in rules.trials_of(series, 2, weights)
        if (one.series, one.origin) == ("0", 2016)
    ]
    assert [set(one.said) for one in from_one] == [{ForecastMethod.naive}] * 2


def test_where_too_little_was_tried_nothing_is_said() -> None:
    chance = np.random.default_rng(9)
    walks = 1000 + np.cumsum(20 * chance.standard_normal((60, 11)), axis=1)
    series = {str(at): list(walk) for at, walk in enumerate(walks)}
    lessons = rules.learnt(rules.trials_of(cut(series), 2, last_year))
    assert {horizon: one.reason for horizon, one in lessons.items()} == {
        1: None, 2: None, 3: None, 4: NoForecast.tried_once, 5: NoForecast.never_tried,
    }  # fmt: skip
    assert lessons[3].method is ForecastMethod.naive, "the others were tried from one year alone"
    few = rules.learnt(rules.trials_of(cut({"a": series["0"]}), 2, last_year))
    assert few[1].reason is NoForecast.few_tried


def test_the_margin_is_of_the_errors_that_were_made_by_size() -> None:
    errors = [Error(str(at), 2014, 100.0, 1.0, at / 100) for at in range(-20, 20)]
    errors += [Error("x", 2014, 5000.0, 1.0, 0.001)] * 3
    found = margins_of(errors)
    # 40 errors of the size: the 4th from below and the 37th, which (40 + 1) tenths round to.
    assert (found[size_of(100)].low, found[size_of(100)].high) == (-0.17, 0.16)
    assert (found[size_of(100)].count, found[size_of(100)].pooled) == (40, False)
    assert (found[size_of(5000)].count, found[size_of(5000)].pooled) == (43, True)
    assert margins_of(errors[:29]) == {}


def test_an_interval_of_chance_holds_as_often_as_it_says() -> None:
    chance = np.random.default_rng(10)
    walks = 1000 * np.exp(np.cumsum(0.05 * chance.standard_normal((400, 11)), axis=1))
    series = {str(at): list(walk) for at, walk in enumerate(walks)}
    lessons = rules.learnt(rules.trials_of(cut(series), 2, weights))
    for horizon in (1, 2, 3):
        assert lessons[horizon].coverage == pytest.approx(0.8, abs=0.05)


@pytest.mark.parametrize(
    ("age", "leaving_age", "share"),
    [
        ("16-24", 67, "0"), ("55-59", 67, "0"), ("60-64", 67, "0.6"), ("60-64", 65, "1"),
        ("60-64", 69, "0.2"), ("65-69", 67, "1"), ("70+", 67, "None"),
    ],
)  # fmt: skip
def test_who_is_old_enough_to_leave_in_five_years(age: str, leaving_age: int, share: str) -> None:
    assert str(share_leaving(age, leaving_age)) == share


def test_a_place_loses_what_the_countrys_share_says() -> None:
    assert yearly(Decimal(150), Decimal(1000), Decimal(200)) == Decimal("6.0")
    assert yearly(None, Decimal(1000), Decimal(200)) is None
    assert yearly(Decimal(150), Decimal(0), Decimal(200)) is None
