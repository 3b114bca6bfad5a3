"""Allocation over HTTP: from what the services tell to a division of seats."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from services.analysis.contract.allocation import Allocation
from services.kit import clock
from tests.analysis.conftest import Three
from tests.analysis.test_thread import need_in, world
from tests.callers import municipality

Fact = dict[str, Any]
DONE = {"starts_on": "2024-01-01", "seats": 25, "admitted": 25, "completed": 20,
        "employed_after": 18}  # fmt: skip


def coming() -> Fact:
    """Ten seats that begin in a month and are over within the short horizon."""
    days = {"starts_on": 30, "ends_on": 180}
    return {"seats": 10} | {name: f"{clock.today() + timedelta(at)}" for name, at in days.items()}


async def shared_out(three: Three, **more: object) -> Fact:
    answer = await three.analysis.get("/allocation", params=more)
    assert answer.status_code == 200, answer.text
    Allocation.model_validate(answer.json())
    found: Fact = answer.json()
    return found


async def offered(three: Three, at: Fact, *intakes: Fact, place: str = "1472") -> Fact:
    facts = {"provider_actor_id": at["actor"]["id"], "name": f"Exempelkurs {place}"}
    facts |= {"form": "commissioned", "occupation_codes": ["7522"], "municipality_code": place}
    programme = await three.actors.made("/programmes", facts)
    for one in intakes:
        await three.actors.made("/intakes", one | {"programme_id": programme["id"]})
    return programme


async def test_seats_are_shared_out_among_all_open_needs(three: Three) -> None:
    at = await world(three)
    facts = {"occupation_code": "7522", "headcount_per_year": 6, "municipality_codes": ["1472"]}
    first, second = [await need_in(three, at, **facts) for _ in range(2)]
    programme = await offered(three, at, DONE, coming())
    found = await shared_out(three)
    # 10 seats × 20/25 × 18/20 = 7.2 of 12; 4.8 lack, 4.8 / 0.72 = 6.67 seats.
    sums = {name: found[name] for name in ("demand", "certain", "lacking", "unmet")}
    assert sums == {"demand": "12", "certain": "7.2", "lacking": "4.8", "unmet": "0"}
    assert [(one["programme_id"], one["seats"]) for one in found["supplements"]] == [
        (programme["id"], 7)
    ]
    assert {one["need_id"] for one in found["items"]} == {first["id"], second["id"]}


async def test_each_horizon_is_shared_out_by_itself(three: Three) -> None:
    at = await world(three)
    await need_in(three, at, occupation_code="7522", headcount_per_year=6)
    await offered(three, at, DONE, coming())
    assert (await shared_out(three, horizon="short"))["certain"] == "6"
    later = await shared_out(three, horizon="long")
    assert [one["reason"] for one in later["unallocated_needs"]] == ["no_supply_known"]
    assert later["items"] == []
    assert later["from_on"] > (await shared_out(three))["to_on"]


async def test_who_may_not_know_of_a_need_sees_only_that_it_takes_its_part(three: Three) -> None:
    at = await world(three)
    facts = {"occupation_code": "7522", "headcount_per_year": 6}
    theirs = await need_in(three, at, **facts, reported_by="1473")
    mine = await need_in(three, at, **facts, reported_by="1472")
    await offered(three, at, DONE, coming())
    for who, seen, unseen in ((three, {theirs["id"], mine["id"]}, 0),
                              (replace(three, analysis=three.analysis.by(municipality("1472"))),
                               {mine["id"]}, 1)):  # fmt: skip
        found = await shared_out(who)
        assert {one["need_id"] for one in found["items"]} == seen
        assert (found["unseen"], found["demand"], found["certain"]) == (unseen, "12", "7.2")


async def test_wrong_questions_are_refused(three: Three) -> None:
    for query in ({"horizon": "soon"}, {"sort": "x"}):
        assert (await three.analysis.get("/allocation", params=query)).status_code in {400, 422}
