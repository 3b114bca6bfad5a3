"""A verdict is a spreadsheet: each cell worked by hand here, both horizons, with what is unknown.

Today is 1 July 2026. Short is 1 July 2026 to 30 June 2027, 365 days: one year. Long is 1 July 2027
to the end of the last year of the need, 31 December 2029, 915 days: 183/73 years, a year is 73/183.

The need: 12 a year, 2027 to 2029, in 1472. Short: 181 of the 365 days are in those years,
12 × 181/365 = 5.950684… Long: all of the time is in those years: 12.

The starts, as (who begins) × (who completes) × (who enters) × (a year):
    A  2025, over 12 June 2026: 30 admitted, 24 completed, 18 entered. In neither time; its shares,
       24/30 = 0.8 and 18/24 = 0.75, are those of A's later starts.
    B  of A's programme, over 11 June 2027: 5 seats.    5 × 0.8 × 0.75 × 1      = 3        short
    C  of A's programme, over 9 June 2028: 14 seats.   14 × 0.8 × 0.75 × 73/183 = 3.350819… long
    D  another programme, at a distance, over 18 December 2026, 4 seats; nobody has measured
       how many complete or enter: 4 × [0; 1] × [0; 1] × 1 = 0 to 4                         short
    E  of D's programme, over 20 December 2027; its seats are unknown: 0 to nobody knows    long
"""

from datetime import date
from decimal import Decimal
from typing import Any

from services.analysis.contract.verdict import Horizon
from tests.analysis.judging import verdict
from tests.analysis.test_arithmetic import INTAKE, NEED, PROGRAMME

TODAY = date(2026, 7, 1)
ASKED = NEED | {"headcount_per_year": 12, "from_year": 2027, "to_year": 2029,
                "municipality_codes": ["1472"]}  # fmt: skip
JOINERY = PROGRAMME | {"municipality_code": "1472"}
DISTANCE = PROGRAMME | {"id": "d", "name": "Distans", "delivery": "distance"}


def start(name: str, programme: dict[str, Any], begins: str, ends: str, **more: Any) -> Any:
    return INTAKE | {"id": name, "programme_id": programme["id"], "starts_on": begins,
                     "ends_on": ends} | more  # fmt: skip


STARTS = [
    start("A", JOINERY, "2025-08-18", "2026-06-12", admitted=30, completed=24, employed_after=18),
    start("B", JOINERY, "2026-08-17", "2027-06-11", seats=5),
    start("C", JOINERY, "2027-08-16", "2028-06-09", seats=14),
    start("D", DISTANCE, "2026-08-17", "2026-12-18", seats=4),
    start("E", DISTANCE, "2027-08-16", "2027-12-20", seats=None),
]
# label: its factors from low to high, then the line's own low and high
SHEET: dict[Horizon, dict[str, Any]] = {
    Horizon.short: {
        "Angivet behov": ((("12", "12"), ("0.4959", "0.4959")), "5.95", "5.95"),
        "Träteknik, start 17 aug 2026": (
            (("5", "5"), ("0.8", "0.8"), ("0.75", "0.75"), ("1", "1")), "3.00", "3.00",
        ),
        "Distans, start 17 aug 2026": (
            (("4", "4"), ("0", "1"), ("0", "1"), ("1", "1")), "0.00", "4.00",
        ),
    },
    Horizon.long: {
        "Angivet behov": ((("12", "12"),), "12.00", "12.00"),
        "Träteknik, start 16 aug 2027": (
            (("14", "14"), ("0.8", "0.8"), ("0.75", "0.75"), ("0.3989", "0.3989")), "3.35", "3.35",
        ),
        "Distans, start 16 aug 2027": (
            (("0", None), ("0", "1"), ("0", "1"), ("0.3989", "0.3989")), "0.00", None,
        ),
    },
}  # fmt: skip
# demand, supply from and to, coverage from and to, what is said, and what nobody knows
SUMS: dict[Horizon, tuple[Any, ...]] = {
    # 3 / 5.950684 = 0.504144, 7 / 5.950684 = 1.176335: part of it at least, all of it at most
    Horizon.short: ("5.95", "3.00", "7.00", "0.5041", "1.1763", "undecidable",
                    ["completion", "entry"]),
    # 3.350819 / 12 = 0.279234
    Horizon.long: ("12.00", "3.35", None, "0.2792", None, "undecidable",
                   ["completion", "entry", "seats"]),
}  # fmt: skip


def told_of(horizon: Horizon) -> dict[str, Any]:
    return verdict(ASKED, [JOINERY, DISTANCE], STARTS, horizon, TODAY)


def number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def test_each_cell_of_the_sheet_is_as_worked_by_hand() -> None:
    for horizon, rows in SHEET.items():
        lines = {line["label"]: line for line in told_of(horizon)["lines"]}
        assert set(lines) == set(rows)
        for label, (factors, low, high) in rows.items():
            found = [(one["low"], one["high"]) for one in lines[label]["factors"]]
            assert found == [(number(low), number(high)) for low, high in factors], label
            assert (lines[label]["low"], lines[label]["high"]) == (number(low), number(high))


def test_the_sums_of_the_sheet_are_as_worked_by_hand() -> None:
    for horizon, (demand, low, high, least, most, said, unknowns) in SUMS.items():
        told = told_of(horizon)
        assert told["demand_low"] == told["demand_high"] == number(demand)
        assert (told["supply_low"], told["supply_high"]) == (number(low), number(high))
        assert (told["coverage_low"], told["coverage_high"]) == (number(least), number(most))
        assert told["conclusion"] == said
        decisive = {one["kind"] for one in told["unknowns"] if one["decisive"]}
        assert sorted(decisive) == unknowns


def test_the_sheet_with_what_was_unknown_measured_and_a_gap_that_can_be_closed() -> None:
    # D: 4 admitted before, 3 completed, 2 entered: 4 × 3/4 × 2/3 = 2, so 5 of 5.950684.
    # The gap is 0.950684; a seat of B gives 0.6, 2 seats; a seat of D gives 0.5, 2 seats.
    past = start("F", DISTANCE, "2025-08-18", "2025-12-19", admitted=4, completed=3,
                 employed_after=2)  # fmt: skip
    told = verdict(ASKED, [JOINERY, DISTANCE], [*STARTS, past], Horizon.short, TODAY)
    assert (told["supply_low"], told["supply_high"]) == (Decimal(5), Decimal(5))
    assert told["coverage_low"] == told["coverage_high"] == Decimal("0.8402")
    assert (told["conclusion"], told["unknowns"]) == ("partly", [])
    closing = [
        (one["programme_id"], one["nearness"], one["gap"], one["closes_per_seat"], one["seats"])
        for one in told["supplements"]
    ]
    assert closing == [
        ("p", "there", Decimal("0.95"), Decimal("0.6"), 2),
        ("d", "from_anywhere", Decimal("0.95"), Decimal("0.5"), 2),
    ]
