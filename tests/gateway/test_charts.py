"""Charts: everything stays inside the drawing, and the same data gives the same picture."""

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from gateway import charts
from gateway.charts.pulses import pulse_half
from gateway.charts.scale import scale

VALUES = st.integers(min_value=0, max_value=10**9).map(lambda hundredths: hundredths / 100)


@given(st.lists(st.tuples(st.text(max_size=20), VALUES, VALUES), min_size=1, max_size=12))
def test_bars_and_gaps_stay_inside(rows: list[tuple[str, float, float]]) -> None:
    drawn = charts.bars(rows)
    assert all(0 <= bar.width <= 84 for row in drawn.rows for bar in row.bars)
    assert max(bar.y + bar.height for row in drawn.rows for bar in row.bars) <= drawn.height
    for row in charts.gaps(rows).rows:
        assert 0 <= row.low <= row.high <= 100


@given(st.lists(VALUES, max_size=8), st.booleans())
def test_a_scale_holds_its_values_in_few_round_steps(values: list[float], zero: bool) -> None:
    found = scale(values, from_zero=zero)
    assert 2 <= len(found.ticks) <= 8
    assert all(found.low <= value <= found.high for value in values)


def test_a_line_chart_shows_its_forecast_from_the_last_known_year() -> None:
    drawn = charts.lines([("Vård", [(2024, 10), (2025, 12)])], [(2026, 11, 13, 15)])
    assert drawn.split == drawn.series[0].points[-1][0]
    assert drawn.forecast[0][0] == drawn.series[0].points[-1]
    assert drawn.band


def test_no_line_is_drawn_across_a_break_also_where_its_year_has_no_value() -> None:
    years = [(2020, 10.0), (2021, 12.0), (2023, 14.0), (2024, 16.0)]
    drawn = charts.lines([("Vård", years)], breaks=[2022]).series[0]
    points = drawn.points
    assert len(points) == len(years)
    assert drawn.pieces == ((points[0], points[1]), (points[2], points[3]))
    assert len(charts.lines([("Vård", years)], breaks=[2020]).series[0].pieces) == 3


def test_one_year_and_no_values_can_be_drawn() -> None:
    assert charts.lines([("Vård", [(2025, 0)])]).series[0].pieces == ()
    assert charts.bars([]).rows == ()
    assert charts.bars([("Okänt", None)]).rows[0].bars[0].value is None


def test_the_network_is_the_same_each_time_and_keeps_its_nodes_inside() -> None:
    nodes = [(str(n), f"Exempelaktör {n}", "company", "Företag") for n in range(30)]
    ties = [("0", str(n), "working", "") for n in range(1, 30)]
    first, again = charts.network(nodes, ties), charts.network(nodes, ties)
    assert first == again
    assert all(0 < node.x < first.width and 0 < node.y < first.height for node in first.nodes)
    assert first.nodes[0].ties == 29
    alone = charts.network(nodes, ties[:10])
    assert all(0 < node.x < alone.width and 0 < node.y < alone.height for node in alone.nodes)
    assert min(node.y for node in alone.nodes if not node.ties) > max(
        node.y for node in alone.nodes if node.ties
    )


def test_two_ties_between_the_same_nodes_run_beside_each_other() -> None:
    nodes = [(n, f"En exempelaktör med mycket långt namn {n}", "company", "Företag") for n in "ab"]
    ties = [("a", "b", "working", "1"), ("b", "a", "rebuild", "2"), ("a", "x", "new", "3")]
    drawn = charts.network(nodes, ties)
    one, other = drawn.ties
    assert (one.state, one.text, other.state) == ("working", "1", "rebuild")
    assert {one.y1, one.x1} != {other.y1, other.x1}
    assert len(drawn.nodes[0].label) <= 24


def test_a_hidden_value_leaves_its_quarter_empty() -> None:
    drawn = charts.circle([("A", 4.1), ("B", 3.0), ("C", 2.0), ("D", None)])
    assert [bool(quarter.filled) for quarter in drawn.quarters] == [True, True, True, False]
    assert [quarter.trust for quarter in drawn.quarters] == [True, True, False, False]


DAYS = st.none() | st.dates(date(1900, 1, 1), date(2200, 12, 31))
MARKS = st.lists(st.tuples(st.dates(date(1900, 1, 1), date(2200, 12, 31)), st.just("done")))


@given(st.lists(st.tuples(st.text(max_size=9), st.just("running"), DAYS, DAYS, MARKS), max_size=9))
def test_a_timeline_holds_every_day_and_today(rows: list[Any]) -> None:
    drawn = charts.timeline(rows, date(2026, 11, 28))
    assert 2 <= drawn.today <= 96
    assert len(drawn.ticks) <= 8
    for row in drawn.rows:
        assert 2 <= row.low < row.high <= 97
        assert all(2 <= x <= 96 for x, _ in row.marks)
        assert all(2 <= x <= 97 for x in row.tail or ())
    known = [bool(first and last) for _, _, first, last, _ in rows]
    assert [row.tail is None for row in drawn.rows] == known, "what is unknown is drawn so"


def test_a_bar_that_goes_on_outside_the_picture_says_so() -> None:
    today = date(2026, 11, 28)
    rows = [("Lång", "running", date(1950, 1, 1), date(2150, 1, 1), []),
            ("Kort", "running", date(2026, 1, 1), date(2027, 1, 1), [])]  # fmt: skip
    assert [one.cut for one in charts.timeline(rows, today).rows] == [(True, True), (False, False)]


def test_a_round_with_too_few_answers_leaves_a_gap() -> None:
    rounds = [
        ("1 mar", [5, 5, 1, 1], ""),
        ("1 jun", [None] * 4, "1 ny"),
        ("1 sep", [3, 2, 1, 5], ""),
    ]
    half = pulse_half(rounds, 0)
    first, second = half.series
    assert (len(first.points), len(second.points), first.pieces) == (2, 2, ())
    assert half.gaps == (50.0,)
    assert half.turnover == ((50.0, "1 ny", "middle"),)
    assert first.points[0][1] < second.points[0][1], "the same range is seen twice"
    assert all(0 <= y <= half.height for _, y in first.points)
    assert len(pulse_half(rounds[:1], 2).labels) == 1
    whole = pulse_half([("dag", [1, 2, 3, 4], "")] * 12, 0)
    assert len(whole.labels) <= 5
    assert len(whole.series[0].pieces) == 11
