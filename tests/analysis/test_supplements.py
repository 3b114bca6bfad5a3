"""Supplements on paper: how many more seats close a gap, and what is not proposed."""

from decimal import Decimal
from typing import Any

import pytest

from services.analysis.contract.verdict import Conclusion, Horizon, Supplement
from services.analysis.verdict.reach import Reach
from tests.analysis.judging import verdict
from tests.analysis.test_arithmetic import INTAKE, NEED, PROGRAMME, TODAY

SIX = NEED | {"headcount_per_year": 6}
# 20 of 25 complete, 18 of 20 enter: 0.8 × 0.9 = 0.72 persons a seat.
BEFORE = INTAKE | {"id": "e", "starts_on": "2025-08-18", "ends_on": "2026-06-12", "admitted": 25,
                   "completed": 20, "employed_after": 18}  # fmt: skip
NONE = INTAKE | {"seats": 0}


def judged(
    *intakes: dict[str, Any], horizon: Horizon = Horizon.short, **more: Any
) -> dict[str, Any]:
    facts: dict[str, Any] = {"need": SIX, "programmes": [PROGRAMME], "others": []} | more
    need, programmes, others = (facts[name] for name in ("need", "programmes", "others"))
    return verdict(need, programmes, intakes, horizon, TODAY, others=others)


def seats(told: dict[str, Any]) -> list[tuple[str, int]]:
    return [(one["programme_id"], one["seats"]) for one in told["supplements"]]


def test_a_gap_of_six_through_what_a_seat_gives_is_nine_seats_more() -> None:
    told = judged(NONE, BEFORE)
    assert told["conclusion"] is Conclusion.gap
    (one,) = told["supplements"]
    assert one == {
        "rank": 1, "nearness": "there",
        "why": "En plats ger 0,72 anställda per år: den räknas redan för behovet.",
        "programme_id": "p", "provider_actor_id": "a", "intake_id": "i", "gap": 6,
        "completion": Decimal("0.8"), "entry": Decimal("0.9"), "closes_per_seat": Decimal("0.72"),
        "seats": 9,  # 6 / 0.72 = 8.33
    }  # fmt: skip
    assert set(one) == {*Supplement.model_fields}


@pytest.mark.parametrize(
    ("there", "gap", "more"),
    [
        (5, "2.40", 4),  # 6 - 5 × 0.72 = 2.4; 2.4 / 0.72 = 3.33
        (8, "0.24", 1),  # 6 - 5.76 = 0.24
        (9, None, 0),  # 6.48: covered
    ],
)
def test_what_there_is_leaves_less_to_close(there: int, gap: str | None, more: int) -> None:
    told = judged(INTAKE | {"seats": there}, BEFORE)["supplements"]
    assert [(one["gap"], one["seats"]) for one in told] == ([(Decimal(gap), more)] if gap else [])


def test_thirds_are_rounded_up_only_where_they_are_no_whole_seats() -> None:
    thirds = BEFORE | {"admitted": 300, "completed": 100, "employed_after": 100}
    assert seats(judged(NONE, thirds)) == [("p", 18)]


def test_what_closes_most_per_seat_is_first_and_what_is_alike_stands_by_name() -> None:
    programmes = [PROGRAMME | {"id": which, "name": name} for which, name in
                  (("p", "Träteknik"), ("q", "Snickeri"), ("r", "Ytbehandling"))]  # fmt: skip
    better = {"programme_id": "r", "employed_after": 20}  # 0.8 × 1: 6 / 0.8 = 7.5
    intakes = [row | {"programme_id": which} for which in "pq" for row in (NONE, BEFORE)]
    intakes += [NONE | {"programme_id": "r"}, BEFORE | better]
    told = judged(*intakes, programmes=programmes)
    assert seats(told) == [("r", 8), ("q", 9), ("p", 9)]
    assert [one["rank"] for one in told["supplements"]] == [1, 2, 3]


def test_several_starts_of_a_programme_are_one_supplement() -> None:
    later = INTAKE | {"id": "j", "starts_on": "2026-09-01", "seats": 1}
    (one,) = judged(NONE, later, BEFORE)["supplements"]
    assert (one["intake_id"], one["gap"], one["seats"]) == ("j", Decimal("5.28"), 8)


def test_what_has_begun_is_no_start_to_fill() -> None:
    begun = NONE | {"starts_on": "2026-06-15"}
    assert [one["intake_id"] for one in judged(begun, BEFORE)["supplements"]] == [None]


def test_nothing_is_proposed_where_nobody_knows_whether_there_is_a_gap() -> None:
    for intakes in ([INTAKE | {"seats": 5}], [INTAKE | {"seats": None}, BEFORE]):
        told = judged(*intakes)
        assert (told["conclusion"], told["supplements"]) == (Conclusion.undecidable, [])
    assert judged(NONE, BEFORE, need=SIX | {"headcount_per_year": None})["supplements"] == []


def test_a_programme_that_nobody_has_measured_is_unknown_and_not_proposed() -> None:
    other = PROGRAMME | {"id": "q", "name": "Snickeri"}
    unmeasured = INTAKE | {"id": "j", "programme_id": "q", "seats": 1}
    told = judged(
        INTAKE | {"seats": 5}, BEFORE, unmeasured, programmes=[PROGRAMME, other]
    )  # 3.6 to 4.6 of 6
    assert told["conclusion"] is Conclusion.partly
    assert [(one["programme_id"], one["gap"]) for one in told["supplements"]] == [
        ("p", Decimal("1.40"))
    ]
    assert {one["kind"] for one in told["unknowns"] if one["programme_id"] == "q"} == {
        "completion", "entry",
    }  # fmt: skip


def test_a_programme_of_which_nobody_enters_the_occupation_closes_nothing() -> None:
    assert judged(NONE, BEFORE | {"employed_after": 0})["supplements"] == []


@pytest.mark.parametrize("status", ["withdrawn", "closed"])
@pytest.mark.parametrize("since", ["2026-06-20", "2026-12-01"])
def test_who_has_left_or_leaves_in_the_time_is_not_asked_for_more(status: str, since: str) -> None:
    standing = {"id": "s", "status": status, "valid_from": since, "valid_to": None, "own": True}
    left = PROGRAMME | {"standings": [standing]}
    begun = INTAKE | {"starts_on": "2026-06-15", "seats": 1}
    told = judged(begun, BEFORE, programmes=[left])
    assert (told["conclusion"], told["supplements"]) == (Conclusion.partly, [])
    stays = PROGRAMME | {"standings": [standing | {"status": "active"}]}
    assert seats(judged(begun, BEFORE, programmes=[stays])) == [("p", 8)]


def test_more_seats_of_what_takes_two_years_give_nobody_within_one() -> None:
    long = INTAKE | {"starts_on": "2024-08-19", "ends_on": "2026-12-18", "seats": 1}
    assert judged(long, BEFORE)["supplements"] == []
    later = long | {"starts_on": "2027-08-16", "ends_on": "2029-12-14"}
    told = judged(later, BEFORE, horizon=Horizon.long)
    # 1645 days from 1 July 2027 are 4.507 years: 6 - 0.72 / 4.507 = 5.84; 5.84 / 0.72 = 8.11
    assert seats(told) == [("p", 9)]


@pytest.mark.parametrize(("weeks", "more"), [(None, []), (40, [("p", 8)]), (60, [])])
def test_how_long_it_takes_is_worked_out_of_the_weeks_or_unknown(
    weeks: int | None, more: list[tuple[str, int]]
) -> None:
    begun = INTAKE | {"starts_on": None, "seats": 1}  # its last day alone is known
    assert seats(judged(begun, BEFORE, programmes=[PROGRAMME | {"weeks": weeks}])) == more


def test_seats_that_another_need_may_take_make_no_gap_for_certain() -> None:
    rival = SIX | {"id": "m", "seen": True, "headcount_per_year": 1}
    five = INTAKE | {"seats": 5}  # 3.6, of which another may take 1: partly whoever is first
    told = judged(five, BEFORE, others=[rival])
    assert (told["conclusion"], told["shared_taken"]) == (Conclusion.partly, 1)
    assert [one["gap"] for one in told["supplements"]] == [Decimal("2.40")]
    all_of_it = judged(five, BEFORE, others=[rival | {"headcount_per_year": 9}])
    assert (all_of_it["conclusion"], all_of_it["supplements"]) == (Conclusion.undecidable, [])


def test_more_seats_than_can_be_told_are_no_proposal() -> None:
    rare = BEFORE | {"admitted": 1_000_000, "completed": 1, "employed_after": 1}
    assert judged(NONE, rare)["supplements"] == []


def test_what_lies_within_commuting_distance_is_proposed_where_it_closes_more_per_seat() -> None:
    skovde, falkoping, malmo = "1496", "1499", "1280"
    there = PROGRAMME | {"municipality_code": skovde}
    near = PROGRAMME | {"id": "near", "name": "Nära", "municipality_code": falkoping}
    far = PROGRAMME | {"id": "far", "name": "Borta", "municipality_code": malmo}
    unsure = near | {"id": "unsure", "municipality_count": 2}
    own = [INTAKE | {"seats": 1}, BEFORE]
    others = [
        one | {"id": f"{one['id']}{where}", "programme_id": where} | more
        for where in ("near", "far", "unsure")
        for one, more in ((INTAKE, {}), (BEFORE, {"completed": 25, "employed_after": 25}))
    ]
    need, every = SIX | {"municipality_codes": [skovde]}, [there, near, far, unsure]
    for reach in (
        Reach(frozenset({skovde, falkoping})),
        Reach(regions={skovde: "x", falkoping: "x"}),
    ):
        told = verdict(need, every, [*own, *others], Horizon.short, TODAY, reach=reach)
        assert told["conclusion"] is Conclusion.undecidable, "the unsure may be there"
        told = verdict(need, every[:3], [*own, *others], Horizon.short, TODAY, reach=reach)
        assert (told["conclusion"], told["supply_high"]) == (Conclusion.partly, Decimal("0.72"))
        found = [
            (one["programme_id"], one["nearness"], one["seats"]) for one in told["supplements"]
        ]
        assert found == [("near", "within_reach", 6), ("p", "there", 8)], "5.28 / 1 and 5.28 / 0.72"
        assert told["supplements"][0]["why"].endswith("den ges inom pendlingsavstånd från behovet.")
    alone = verdict(need, every[:3], [*own, *others], Horizon.short, TODAY)
    assert seats(alone) == [("p", 8)]
