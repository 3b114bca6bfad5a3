"""The verdict's arithmetic on paper: the need's years, and whom nobody needs."""

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


def test_where_nobody_is_needed_all_is_covered_and_the_later_years_are_not() -> None:
    later = {"from_year": 2028, "to_year": 2030}
    assert judged(Horizon.short, **later)["conclusion"] is Conclusion.covered
    beyond = judged(Horizon.long, **later)
    assert (beyond["conclusion"], beyond["to_on"]) == (Conclusion.gap, date(2030, 12, 31))
    assert beyond["demand_low"] == Decimal("8.56")  # 1096 of the 1280 days from 1 July 2027
