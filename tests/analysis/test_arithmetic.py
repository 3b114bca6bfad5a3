"""The verdict's arithmetic on paper: the need's years, and who is counted."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from services.analysis.contract.verdict import Conclusion, Horizon
from services.analysis.verdict.arithmetic import Period
from services.analysis.verdict.rules import verdict

TODAY = date(2026, 7, 1)
NEED: dict[str, Any] = {
    "id": "n", "headcount_per_year": 10, "occupation_code": "7522", "municipality_codes": [],
    "from_year": None, "to_year": None, "source": None,
}  # fmt: skip


def judged(horizon: Horizon, **more: Any) -> dict[str, Any]:
    return verdict(NEED | more, [], [], horizon, TODAY)


@pytest.mark.parametrize(
    ("years", "share"),
    [
        ((None, None), "1"),
        ((2020, None), "1"),
        ((2026, 2026), "0.5041"),  # 184 of 365 days, 1 July to 31 December
        ((2027, None), "0.4959"),
        ((None, 2026), "0.5041"),
        ((2028, 2030), "0"),
    ],
)
def test_a_need_is_counted_for_its_own_years(
    years: tuple[int | None, int | None], share: str
) -> None:
    period = Period(TODAY, date(2027, 6, 30))
    assert period.share_within(*years) == Decimal(share)
    told = judged(Horizon.short, from_year=years[0], to_year=years[1])
    assert told["demand_low"] == told["demand_high"] == round(10 * Decimal(share), 2)
    factors = [one["name"] for one in told["lines"][0]["factors"]]
    assert ("Del av tiden som behovet gäller" in factors) == (share != "1")


def test_a_need_of_later_years_is_a_gap_in_those() -> None:
    later = {"from_year": 2028, "to_year": 2030}
    beyond = judged(Horizon.long, **later)
    assert (beyond["conclusion"], beyond["to_on"]) == (Conclusion.gap, date(2030, 12, 31))
    assert beyond["demand_low"] == Decimal("8.56")  # 1096 of the 1280 days from 1 July 2027


PROGRAMME: dict[str, Any] = {
    "id": "p", "name": "Träteknik", "occupation_codes": ["7522"], "municipality_code": None,
    "delivery": "on_site", "provider_actor_id": "a",
}  # fmt: skip
INTAKE: dict[str, Any] = {
    "id": "i", "programme_id": "p", "starts_on": "2026-08-17", "ends_on": "2026-12-18",
    "seats": 20, "admitted": None, "completed": None, "employed_after": None, "source": None,
}  # fmt: skip


def first_factor(**more: Any) -> tuple[str, Decimal, Decimal | None]:
    told = verdict(NEED, [PROGRAMME], [INTAKE | more], Horizon.short, TODAY)
    (supply,) = (one for one in told["lines"] if one["side"] == "supply")
    one = supply["factors"][0]
    return one["name"], one["low"], one["high"]


def test_who_was_admitted_is_counted_where_it_is_known_and_the_seats_where_it_is_not() -> None:
    assert first_factor() == ("Platser", 20, 20)
    assert first_factor(admitted=8) == ("Antagna till 20 platser", 8, 8)
    assert first_factor(admitted=0) == ("Antagna till 20 platser", 0, 0)
    assert first_factor(admitted=8, seats=None) == ("Antagna", 8, 8)
    assert first_factor(seats=None) == ("Platser", 0, None)


def supply(**more: Any) -> dict[str, Any]:
    return verdict(NEED, [PROGRAMME], [INTAKE | more], Horizon.short, TODAY)


def test_an_unknown_start_counts_as_none_at_least_and_all_at_most() -> None:
    told = supply(starts_on=None, ends_on=None, round=2)
    (line,) = (one for one in told["lines"] if one["side"] == "supply")
    assert line["label"] == "Träteknik, start okänd (omgång 2)"
    (when,) = (one for one in line["factors"] if one["name"] == "Blir klar under tiden")
    assert (when["low"], when["high"], when["assumed"]) == (0, 1, True)
    assert (told["supply_low"], told["supply_high"]) == (0, 20)
    (unknown,) = (one for one in told["unknowns"] if one["kind"] == "start")
    assert unknown["text"].startswith("Träteknik, start okänd (omgång 2): ")
    assert (told["conclusion"], unknown["decisive"]) == (Conclusion.undecidable, True)
    ended = supply(starts_on=None, round=None)
    assert "start" not in [one["kind"] for one in ended["unknowns"]], "its last day is known"
    assert not supply(starts_on=None, ends_on="2024-06-01")["supply_high"]


def test_a_need_that_states_nobody_for_a_time_is_not_covered_in_it() -> None:
    told = judged(Horizon.short, from_year=2028, to_year=2030)
    assert (told["conclusion"], told["coverage_low"]) == (Conclusion.undecidable, None)
    (why,) = (one for one in told["unknowns"] if one["decisive"])
    assert why["text"] == "Ingen efterfrågas under den här tiden: behovet gäller 2028–2030."
    nobody = judged(Horizon.short, headcount_per_year=0)
    assert nobody["conclusion"] is Conclusion.undecidable
    assert [one["text"] for one in nobody["unknowns"] if one["decisive"]] == [
        "Behovet säger att ingen behövs."
    ]
