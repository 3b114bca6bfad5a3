"""Allocation on paper: worked out by hand, and against a solver that knows nothing of flows."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.analysis.allocation.asking import World, allocation
from services.analysis.contract.allocation import Allocation
from services.analysis.contract.label import Freshness
from services.analysis.contract.verdict import Horizon
from services.analysis.verdict.reach import Reach
from tests.analysis.test_arithmetic import INTAKE, NEED, PROGRAMME, TODAY

Fact = dict[str, Any]
# 20 of 25 complete, 18 of 20 enter: 0.8 × 0.9 = 0.72 persons a seat.
BEFORE = INTAKE | {"id": "e", "starts_on": "2025-08-18", "ends_on": "2026-06-12", "admitted": 25,
                   "completed": 20, "employed_after": 18}  # fmt: skip
SKOVDE, FALKOPING, MALMO = "1496", "1499", "1280"
HERE = Reach(frozenset({SKOVDE, FALKOPING}))


def need(name: str, headcount: int | None = 6, place: str = SKOVDE, **more: Any) -> Fact:
    facts = {"id": name, "label": name, "seen": True, "headcount_per_year": headcount}
    return NEED | facts | {"municipality_codes": [place]} | more


def programme(name: str, place: str | None = SKOVDE, **more: Any) -> Fact:
    return PROGRAMME | {"id": name, "name": name, "municipality_code": place} | more


def starts(name: str, seats: int | None, **before: Any) -> list[Fact]:
    """A start with some seats, and an earlier one that says what becomes of a seat."""
    mine = {"programme_id": name}
    return [INTAKE | mine | {"id": f"{name}1", "seats": seats},
            BEFORE | mine | {"id": f"{name}0"} | before]  # fmt: skip


def told(needs: list[Fact], *offers: tuple[Fact, list[Fact]], reach: Reach = HERE) -> Fact:
    """A division, in the shape of its contract."""
    programmes = [one for one, _ in offers]
    intakes = [start for _, several in offers for start in several]
    found = allocation(World(needs, programmes, intakes, reach), Horizon.short, TODAY)
    assert set(found) | {"next", *Freshness.model_fields, "left_out"} == {*Allocation.model_fields}
    return found


def given_to(found: Fact, name: str) -> dict[str, str]:
    (row,) = (one for one in found["items"] if one["need_id"] == name)
    return {part: f"{row[part]}" for part in ("certain", "possible", "lacking", "unmet")}


def test_a_seat_serves_one_need_and_what_is_lacking_is_told_in_seats() -> None:
    # 10 seats × 0.72 = 7.2 persons, for two who ask for 6 each: 4.8 lack, 4.8 / 0.72 = 6.67 seats.
    found = told([need("a"), need("b")], (programme("p"), starts("p", 10)))
    assert (found["demand"], found["certain"], found["lacking"]) == (
        12,
        Decimal("7.2"),
        Decimal("4.8"),
    )
    assert (found["possible"], found["unmet"]) == (0, 0)
    (more,) = found["supplements"]
    assert (more["closes"], more["seats"], more["needs"]) == (Decimal("4.8"), 7, 1)
    assert sum(one["certain"] for one in found["items"]) == Decimal("7.2")


def test_the_near_is_given_before_what_lies_within_commuting_distance() -> None:
    needs = [need("here", 3), need("there", 3, FALKOPING)]
    offers = [(programme("near"), starts("near", 5)),
              (programme("far", FALKOPING), starts("far", 5))]  # fmt: skip
    found = told(needs, *offers)
    who = {one["need_id"]: [each["programme_id"] for each in one["allotments"]]
           for one in found["items"]}  # fmt: skip
    assert who == {"here": ["near"], "there": ["far"]}
    alone = told(needs[:1], offers[1])
    (one,) = alone["items"][0]["allotments"]
    assert (one["nearness"], one["certain"]) == ("within_reach", 3)


def test_who_is_too_far_gives_nothing_but_by_a_region_or_at_a_distance() -> None:
    far = programme("p", MALMO)
    nobody = told([need("a")], (far, starts("p", 50)))
    assert [one["reason"] for one in nobody["unallocated_needs"]] == ["no_supply_known"]
    region = Reach(regions={SKOVDE: "X", MALMO: "X"})
    assert given_to(told([need("a")], (far, starts("p", 50)), reach=region), "a")["certain"] == "6"
    online = far | {"delivery": "distance"}
    assert given_to(told([need("a")], (online, starts("p", 50))), "a")["certain"] == "6"


def test_what_is_unknown_is_possible_and_never_certain() -> None:
    placeless = programme("p", None, municipality_codes=[], municipality_count=None)
    found = told([need("a")], (placeless, starts("p", 50)))
    assert given_to(found, "a") == {"certain": "0", "possible": "6", "lacking": "0", "unmet": "0"}
    unknown = told([need("a")], (programme("p"), starts("p", None)))
    assert given_to(unknown, "a") == {"certain": "0", "possible": "6", "lacking": "0", "unmet": "0"}
    assert unknown["supplements"] == []


def test_new_seats_are_few_rather_than_near() -> None:
    # Half a person a seat in Skövde, 0.72 in Falköping: 6 / 0.72 = 8.33, not 6 / 0.5 = 12.
    poor = programme("poor"), starts("poor", 0, admitted=40, completed=20, employed_after=20)
    good = programme("good", FALKOPING), starts("good", 0)
    found = told([need("a")], poor, good)
    assert [(one["programme_id"], one["seats"]) for one in found["supplements"]] == [("good", 9)]


def test_what_no_programme_could_close_is_said() -> None:
    # Who begins today is out after 80 weeks, beyond the twelve months: no seats more would help.
    slow = programme("p", weeks=80)
    begun = [one | {"starts_on": "2025-05-01", "ends_on": None} for one in starts("p", 0)[:1]]
    done = BEFORE | {"programme_id": "p", "starts_on": "2023-08-18", "ends_on": "2025-03-01"}
    found = told([need("a")], (slow, [*begun, done]))
    assert given_to(found, "a") == {"certain": "0", "possible": "0", "lacking": "6", "unmet": "6"}


def test_needs_that_nobody_can_give_to_say_why() -> None:
    needs = [need("x", occupation_code=None), need("y", None), need("z", occupation_code="2512")]
    found = told(needs, (programme("p"), starts("p", 10)))
    assert {one["need_id"]: one["reason"] for one in found["unallocated_needs"]} == {
        "x": "no_occupation", "y": "no_headcount", "z": "no_supply_known",
    }  # fmt: skip
    assert found["items"] == []


def test_a_need_that_the_caller_may_not_know_of_takes_its_part_and_is_not_told() -> None:
    needs = [need("a"), need("b", seen=False)]
    found = told(needs, (programme("p"), starts("p", 10)))
    assert (found["demand"], found["unseen"]) == (12, 1)
    assert [one["need_id"] for one in found["items"]] == ["a"]


WANTS = st.lists(st.integers(1, 12), min_size=1, max_size=4)
SEATS = st.lists(st.integers(0, 15), min_size=1, max_size=4)


@given(WANTS, SEATS, st.data())
def test_no_division_meets_more(wants: list[int], seats: list[int], data: st.DataObject) -> None:
    """By Hall's theorem: what can be met is the least over all groups of needs of what reaches
    them, with what the others ask for in full.
    """
    codes = ["7522", "9111", "5321"]
    needs = [need(f"n{at}", want, occupation_code=data.draw(st.sampled_from(codes)))
             for at, want in enumerate(wants)]  # fmt: skip
    offers = []
    for at, many in enumerate(seats):
        leads = data.draw(st.lists(st.sampled_from(codes), min_size=1, unique=True))
        sure = {"admitted": 25, "completed": 25, "employed_after": 25}
        offers.append((programme(f"p{at}", occupation_codes=leads), starts(f"p{at}", many, **sure)))
    found = told(needs, *offers)
    asked = [one for one in needs if one["id"] in {row["need_id"] for row in found["items"]}]
    best = min(
        sum(one["headcount_per_year"] for at, one in enumerate(asked) if not chosen >> at & 1)
        + _reaching({one["occupation_code"] for at, one in enumerate(asked) if chosen >> at & 1},
                    offers, seats)
        for chosen in range(2 ** len(asked))
    )  # fmt: skip
    assert found["certain"] == best
    assert found["certain"] + found["lacking"] == found["demand"]


def _reaching(codes: set[str], offers: list[tuple[Fact, list[Fact]]], seats: list[int]) -> int:
    return sum(many for (one, _), many in zip(offers, seats, strict=True)
               if codes & {*one["occupation_codes"]})  # fmt: skip


@pytest.mark.parametrize("today", [TODAY, date(2028, 2, 29)])
def test_nothing_to_share_out_is_no_error(today: date) -> None:
    found = allocation(World([], [], [], Reach()), Horizon.long, today)
    assert (found["items"], found["demand"], found["supplements"]) == ([], 0, [])
