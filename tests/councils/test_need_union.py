"""What merged needs are together: no occupation, share or whole region is lost on the way."""

from typing import Any

import pytest

from tests.callers import Signed
from tests.councils.builders import a_decision, blamed, meeting_in
from tests.councils.work import a_need

OF_WORK = ("occupation_code", "headcount_per_year", "from_year", "to_year", "minority_share")
HJO = {"municipality_codes": ["1497"]}
SMITHS = {"occupation_code": "7212", "headcount_per_year": 4, "from_year": 2027, "to_year": 2029}
UNEVEN = {"minority_share": "0.05", "minority_share_source": "Exempelstatistik"}
EVEN = {"minority_share": "0.45", "minority_share_source": "Annan exempelstatistik"}
NURSES = {"occupation_code": "2221", "headcount_per_year": 9}


async def _merged(councils: Signed, gone: dict[str, Any], living: dict[str, Any]) -> Any:
    """The need that lives on, and what it came to say of work."""
    one, other = [await councils.made("/needs", a_need(**more)) for more in (gone, living)]
    body = {"from_ids": [one["id"]], "into_id": other["id"]}
    made = await councils.made("/needs/merge", body)
    return made, [made[name] for name in OF_WORK]


async def test_an_occupation_lives_on_with_its_look_at_equality(councils: Signed) -> None:
    made, work = await _merged(councils, SMITHS | UNEVEN | HJO, {"municipality_codes": []})
    assert work == ["7212", 4, 2027, 2029, "0.05"]
    assert made["minority_share_source"] == "Exempelstatistik"
    assert (made["municipality_codes"], made["equality_check_required"]) == ([], True)
    decision = a_decision(await meeting_in(councils), need_ids=[made["id"]])
    refused = await councils.post("/decisions", decision)
    assert blamed(refused) == (422, "equality_check", "equality_check_due")


@pytest.mark.parametrize(
    ("gone", "living", "after"),
    [
        (SMITHS | UNEVEN, NURSES, ["2221", 9, None, None, None]),
        (SMITHS | UNEVEN, SMITHS | {"headcount_per_year": 2}, ["7212", 2, 2027, 2029, "0.05"]),
        (SMITHS | UNEVEN, SMITHS | EVEN, ["7212", 4, 2027, 2029, "0.45"]),
        (SMITHS | UNEVEN, EVEN, ["7212", 4, 2027, 2029, "0.05"]),
        (SMITHS | EVEN, UNEVEN, ["7212", 4, 2027, 2029, "0.05"]),
        (SMITHS, {"from_year": 2025}, ["7212", 4, 2025, None, None]),
        ({"headcount_per_year": 3} | UNEVEN, NURSES, ["2221", 9, None, None, "0.05"]),
        ({}, SMITHS, ["7212", 4, 2027, 2029, None]),
    ],
)
async def test_the_living_keeps_its_own_and_has_what_it_lacks(
    councils: Signed, gone: dict[str, Any], living: dict[str, Any], after: list[Any]
) -> None:
    _, work = await _merged(councils, gone, living)
    assert work == after


async def test_the_whole_region_is_not_narrowed_from_either_side(councils: Signed) -> None:
    everywhere = {"municipality_codes": []}
    for gone, living in ((HJO, everywhere), (everywhere, HJO)):
        made, _ = await _merged(councils, gone, living)
        assert made["municipality_codes"] == []
    one, other = [await councils.made("/needs", a_need(**place)) for place in (HJO, everywhere)]
    into = {"from_ids": [one["id"], other["id"]], "into": a_need()}
    made = await councils.made("/needs/merge", into)
    assert made["municipality_codes"] == []


async def test_a_new_need_has_the_occupation_of_those_it_is_made_of(councils: Signed) -> None:
    ids = [(await councils.made("/needs", a_need(**more)))["id"] for more in ({}, SMITHS | UNEVEN)]
    made = await councils.made("/needs/merge", {"from_ids": ids, "into": a_need()})
    assert [made[name] for name in OF_WORK] == ["7212", 4, 2027, 2029, "0.05"]
    kept = await councils.get(f"/needs/{ids[1]}")
    assert [kept.json()[name] for name in OF_WORK] == ["7212", 4, 2027, 2029, "0.05"]
