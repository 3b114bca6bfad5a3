"""Balance: what a council says of its sexes, and on which sides its seats are."""

from uuid import uuid4

from services.councils.balance.rules import by_side
from services.councils.contract.balance import SeatSide
from tests.callers import READER, STRATEGIST, Signed
from tests.councils.builders import a_seat, blamed, council_in, day


async def test_a_council_says_itself_how_many_women_and_men_sit_in_it(councils: Signed) -> None:
    council = await council_in(councils)
    url = f"/councils/{council['id']}/balance"
    assert (await councils.get(url)).json()["sexes"] is None
    told = {"council_id": council["id"], "women": 9, "men": 5, "reported_on": day(-30)}
    await councils.made("/sex-reports", told)
    await councils.made("/sex-reports", told | {"men": 6, "other": 1})
    await councils.by(STRATEGIST).made("/sex-reports", told | {"women": 8, "reported_on": day(-5)})
    for then, numbers in ((0, (8, 5, 0)), (-20, (9, 6, 1))):
        found = (await councils.get(f"{url}?as_of={day(then)}")).json()["sexes"]
        assert (found["women"], found["men"], found["other"]) == numbers
    assert (await councils.get(f"{url}?as_of={day(-40)}")).json()["sexes"] is None
    listed = (await councils.get(f"/councils/{council['id']}/sex-reports?as_of={day(-20)}")).json()
    assert len(listed["items"]) == 2


async def test_a_wrong_report_is_refused_at_its_fields(councils: Signed) -> None:
    council = await council_in(councils)
    told = {"council_id": council["id"], "women": 0, "men": 0, "reported_on": day(1)}
    refused = await councils.post("/sex-reports", told)
    assert refused.status_code == 422
    errors = {error["field"]: error["code"] for error in refused.json()["errors"]}
    assert errors == {"women": "nobody", "reported_on": "in_the_future"}
    assert (await councils.post("/sex-reports", told | {"women": 1.5})).status_code == 422
    right = told | {"women": 1, "reported_on": day(0)}
    assert (await councils.by(READER).post("/sex-reports", right)).status_code == 403
    closing = {"reason": "expired", "closed_on": day(0)}
    await councils.made(f"/councils/{council['id']}/close", closing)
    assert blamed(await councils.post("/sex-reports", right)) == (409, "council_id", "closed")


async def test_sides_are_unknown_where_no_registry_can_be_asked(councils: Signed) -> None:
    council = await council_in(councils)
    await councils.made("/seats", a_seat(council))
    assert (await councils.get(f"/councils/{council['id']}/balance")).json()["sides"] is None


def test_an_actor_that_the_registry_lacks_is_on_no_side() -> None:
    known, lost = uuid4(), uuid4()
    assert by_side({known: 2, lost: 1}, {known: "company"}, {known: known}) == [
        {"side": SeatSide.employers, "seats": 2, "actors": 1},
        {"side": SeatSide.unknown, "seats": 1, "actors": 1},
    ]


def test_two_that_are_merged_are_one_of_their_side() -> None:
    one, old, other = uuid4(), uuid4(), uuid4()
    kinds = dict.fromkeys((one, old, other), "company")
    found = by_side({one: 1, old: 1, other: 1}, kinds, {one: one, old: one, other: other})
    assert found == [{"side": SeatSide.employers, "seats": 3, "actors": 2}]
