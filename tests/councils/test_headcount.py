"""Headcounts: places, who came through, and who got a job by what the outcomes say."""

import pytest

from tests.callers import Signed
from tests.councils.builders import blamed, day
from tests.councils.work import Body, a_headcount, an_initiative, an_outcome, decided_initiative


async def test_those_employed_are_told_of_by_outcomes(councils: Signed) -> None:
    made = await decided_initiative(councils)
    early = await councils.made("/headcounts", a_headcount(made, counted_on="2026-02-01"))
    assert (early["employed"], early["unexplained"]) == (None, False), "unknown is not nobody"
    await councils.made("/outcomes", an_outcome(made, persons_employed=9))
    await councils.made("/outcomes", an_outcome(made))
    late = await councils.made("/headcounts", a_headcount(made))
    assert late["employed"] == 9
    url = f"/initiatives/{made['id']}/headcounts"
    assert [one["employed"] for one in (await councils.get(url)).json()["items"]] == [9, None]
    then = (await councils.get(f"{url}?as_of=2026-03-01")).json()["items"]
    assert [one["id"] for one in then] == [early["id"]]
    refused = await councils.post("/headcounts", a_headcount(made))
    assert blamed(refused) == (409, "counted_on", "taken")


@pytest.mark.parametrize(
    ("more", "blame"),
    [
        ({"filled": 21}, "filled above_before"),
        ({"completed": 17}, "completed above_before"),
        ({"filled": None, "completed": 21}, "completed above_before"),
        ({"seats": None, "filled": None, "completed": None}, "seats nothing_counted"),
        ({"source": None}, "source missing"),
        ({"counted_on": day(1)}, "counted_on in_the_future"),
        ({"seats": -1}, "seats greater_than_equal"),
    ],
)
async def test_what_does_not_fit_is_blamed(councils: Signed, more: Body, blame: str) -> None:
    made = await councils.made("/initiatives", an_initiative())
    draft = {name: value for name, value in a_headcount(made, **more).items() if value is not None}
    refused = await councils.post("/headcounts", draft)
    assert blamed(refused) == (422, *blame.split())


async def test_more_than_before_is_explained(councils: Signed) -> None:
    made = await decided_initiative(councils)
    why = {"explanation": "Två kom från en annan grupp"}
    kept = await councils.made("/headcounts", a_headcount(made, filled=22, **why))
    assert kept["filled"] == 22
    await councils.made("/outcomes", an_outcome(made, persons_employed=13))
    refused = await councils.post("/headcounts", a_headcount(made, counted_on=day(-2)))
    assert blamed(refused) == (422, "explanation", "above_before")
    await councils.made("/headcounts", a_headcount(made, counted_on=day(-2), **why))
    other = await decided_initiative(councils)
    written = await councils.made("/headcounts", a_headcount(other))
    await councils.made("/outcomes", an_outcome(other, persons_employed=13))
    late = (await councils.get(f"/headcounts/{written['id']}")).json()
    assert (late["employed"], late["unexplained"]) == (13, True)
