"""What was turned too soon, or on another day than was said, is put right."""

from typing import Any

import pytest

from tests.callers import Signed
from tests.councils.builders import blamed, day
from tests.councils.test_project import project_in
from tests.councils.work import an_initiative, an_outcome

Thing = dict[str, Any]


async def begun(councils: Signed, **more: Any) -> tuple[Thing, str]:
    """An initiative that was decided and has begun, and where it is."""
    made = await councils.made("/initiatives", an_initiative(**more))
    url = f"/initiatives/{made['id']}"
    await councils.made(f"{url}/decide", {"decided_on": day(-30)})
    return await councils.made(f"{url}/start", {"started_on": day(0)}), url


async def test_a_turn_is_taken_back_while_nothing_came_of_it(councils: Signed) -> None:
    made, url = await begun(councils)
    stale = await councils.post(
        f"{url}/back", None, headers={"If-Match": f'"v{made["version"] - 1}"'}
    )
    assert stale.status_code == 412
    back = await councils.made(f"{url}/back", None)
    assert (back["status"], back["started_on"], back["decided_on"]) == ("decided", None, day(-30))
    back = await councils.made(f"{url}/back", None)
    assert (back["status"], back["decided_on"]) == ("proposed", None)
    assert blamed(await councils.post(f"{url}/back", None)) == (409, "status", "wrong_status")


async def test_what_something_came_of_is_not_taken_back(councils: Signed) -> None:
    made, url = await begun(councils)
    await councils.made("/outcomes", an_outcome(made, happened_on=day(0)))
    assert blamed(await councils.post(f"{url}/back", None)) == (409, "status", "has_outcomes")


async def test_a_step_outside_the_days_that_were_put_right_is_told(councils: Signed) -> None:
    made, url = await begun(councils)
    for place, done in enumerate((day(-15), day(-4), None)):
        told = {"initiative_id": made["id"], "title": f"Steg {place}", "position": place}
        await councils.made("/steps", told | {"done_on": done})

    async def outside() -> list[str | None]:
        found = (await councils.get(f"/steps?initiative_id={made['id']}")).json()["items"]
        return [one["outside"] for one in found]

    assert await outside() == ["before_start", "before_start", None]
    await councils.made(f"{url}/days", {"decided_on": day(-30), "started_on": day(-15)})
    assert await outside() == [None, None, None]
    await councils.made(f"{url}/stop", {"closed_on": day(-2), "reason": "Pengarna tog slut"})
    right = {"decided_on": day(-30), "started_on": day(-10), "closed_on": day(-5)}
    await councils.made(f"{url}/days", right)
    assert await outside() == ["before_start", "after_end", None]


async def test_days_are_put_right_in_their_order(councils: Signed) -> None:
    made, url = await begun(councils)
    early = an_outcome(made, happened_on=day(-10))
    assert blamed(await councils.post("/outcomes", early)) == (422, "happened_on", "before_start")
    right = {"decided_on": day(-40), "started_on": day(-20)}
    fixed = await councils.made(f"{url}/days", right)
    assert (fixed["decided_on"], fixed["started_on"]) == (day(-40), day(-20))
    await councils.made("/outcomes", early)
    for wrong, field, code in (
        ({"started_on": day(-9)}, "started_on", "after_outcome"),
        ({"started_on": day(-41)}, "started_on", "too_early"),
        ({"decided_on": day(1)}, "decided_on", "in_the_future"),
        ({"decided_on": None}, "decided_on", "missing"),
        ({"closed_on": day(-1)}, "closed_on", "not_reached"),
        ({"started_on": "x"}, "started_on", "date_parsing"),
    ):
        refused = await councils.post(f"{url}/days", right | wrong)
        assert blamed(refused) == (422, field, code), wrong
    await councils.made(f"{url}/finish", {"closed_on": day(0)})
    closed = await councils.made(f"{url}/days", right | {"closed_on": day(-5)})
    assert (closed["status"], closed["closed_on"]) == ("done", day(-5))
    refused = await councils.post(f"{url}/days", right | {"closed_on": day(-21)})
    assert blamed(refused) == (422, "closed_on", "too_early")


@pytest.mark.parametrize("known", [True, False])
async def test_a_projects_days_are_put_right(councils: Signed, *, known: bool) -> None:
    made = await project_in(councils, running=True)
    url = f"/projects/{made['id']}"
    wanted = day(-500) if known else None
    fixed = await councils.made(f"{url}/days", {"started_on": wanted})
    assert fixed["started_on"] == wanted
    early = await councils.post(f"{url}/days", {"started_on": wanted, "ended_on": day(0)})
    assert blamed(early) == (422, "ended_on", "not_reached")
    await councils.made(f"{url}/end", {"ended_on": day(0)})
    crossed = {"started_on": day(-3), "ended_on": day(-4)}
    assert blamed(await councils.post(f"{url}/days", crossed)) == (422, "ended_on", "too_early")
    fixed = await councils.made(f"{url}/days", {"started_on": wanted, "ended_on": day(-4)})
    assert fixed["ended_on"] == day(-4)
