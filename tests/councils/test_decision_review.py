"""Decision reviews: a decision waits for its day, then for that of its last review."""

from typing import Any
from uuid import uuid4

from tests.callers import Signed, municipality
from tests.councils.builders import a_decision, blamed, day, meeting_in
from tests.councils.work import an_initiative

Thing = dict[str, Any]
EARLY = -300  # the meeting was a year ago: see builders


async def decided(councils: Signed, **more: Any) -> Thing:
    """A decision that should have been looked at again ten days ago."""
    meeting = await meeting_in(councils, starts_at=f"{day(EARLY)}T09:00:00Z")
    return await councils.made("/decisions", a_decision(meeting, **{"review_on": day(-10)} | more))


def a_review(decision: Thing, **more: Any) -> Thing:
    """What came of it, today."""
    told = {"decision_id": decision["id"], "reviewed_on": day(0), "finding": "Kursen är i gång"}
    return told | more


async def waiting(councils: Signed) -> list[str]:
    """The decisions to look at again by today."""
    query = {"review_until": day(0), "open": "true"}
    return [one["id"] for one in (await councils.get("/decisions", params=query)).json()["items"]]


async def test_it_waits_until_it_is_looked_at_and_then_for_the_next_day(councils: Signed) -> None:
    decision = await decided(councils)
    assert (decision["reviewed_on"], decision["next_review_on"]) == (None, day(-10))
    assert await waiting(councils) == [decision["id"]]
    again = a_review(decision, reviewed_on=day(-5), next_review_on=day(-1))
    await councils.made("/decision-reviews", again)
    assert await waiting(councils) == [decision["id"]], "looked at, and due again"
    last = await councils.made("/decision-reviews", a_review(decision))
    assert await waiting(councils) == []
    told = (await councils.get(f"/decisions/{decision['id']}")).json()
    assert (told["reviewed_on"], told["next_review_on"]) == (day(0), None)
    assert told["review_on"] == day(-10), "what the minutes say stays"
    gone = await councils.delete(f"/decision-reviews/{last['id']}", version=last["version"])
    assert gone.status_code == 204
    assert await waiting(councils) == [decision["id"]], "written by mistake: it waits again"


async def test_what_is_to_be_done_by_a_day_waits_for_it_unless_it_is_done(councils: Signed) -> None:
    decision = await decided(councils, review_on=None, due_on=day(-4))
    assert decision["next_review_on"] == day(-4)
    later = await decided(councils, review_on=day(-3))
    asked = f"/decisions?review_until={day(0)}&open=true&sort=next_review_on"
    found = (await councils.get(asked)).json()["items"]
    assert [one["id"] for one in found] == [decision["id"], later["id"]]
    await councils.made("/decision-reviews", a_review(later))
    assert await waiting(councils) == [decision["id"]]
    course = await councils.made("/initiatives", an_initiative(decision_id=decision["id"]))
    at = f"/initiatives/{course['id']}"
    await councils.made(f"{at}/decide", {"decided_on": day(-3)})
    await councils.made(f"{at}/start", {"started_on": day(-3)})
    await councils.made(f"{at}/finish", {"closed_on": day(-2), "reason": "Kursen är slut"})
    assert await waiting(councils) == [], "it is carried out"


async def test_what_was_found_later_is_not_told_of_a_day_before_it(councils: Signed) -> None:
    decision = await decided(councils)
    await councils.made("/decision-reviews", a_review(decision))
    found = (await councils.get(f"/decision-reviews?as_of={day(-1)}")).json()["items"]
    assert found == []


async def test_what_is_wrong_is_told_at_its_field(councils: Signed) -> None:
    decision = await decided(councils)
    for more, field, code in (
        ({"reviewed_on": day(1)}, "reviewed_on", "in_the_future"),
        ({"reviewed_on": day(EARLY - 1)}, "reviewed_on", "too_early"),
        ({"next_review_on": day(0)}, "next_review_on", "too_early"),
        ({"decision_id": str(uuid4())}, "decision_id", "unknown_reference"),
        ({"finding": " "}, "finding", "string_too_short"),
    ):
        answer = await councils.post("/decision-reviews", a_review(decision, **more))
        assert blamed(answer) == (422, field, code), more
    first = await councils.made("/decision-reviews", a_review(decision))
    twice = await councils.post("/decision-reviews", a_review(decision))
    assert twice.status_code in (409, 422), "one a day"
    other = await decided(councils)
    path = f"/decision-reviews/{first['id']}"
    moved = await councils.put(path, a_review(other), version=first["version"])
    assert blamed(moved) == (422, "decision_id", "fixed")


async def test_it_is_read_by_whoever_may_read_the_decision(councils: Signed) -> None:
    meeting = await meeting_in(councils, starts_at=f"{day(EARLY)}T09:00:00Z", status="planned")
    held = await decided(councils)
    hidden = await councils.made("/decision-reviews", a_review(held))
    outsider = councils.by(municipality("1472"))
    assert (await outsider.get("/decision-reviews")).json()["items"] == [
        (await councils.get(f"/decision-reviews/{hidden['id']}")).json()
    ]
    assert meeting["status"] == "planned"
    refused = await outsider.post("/decision-reviews", a_review(held, reviewed_on=day(-1)))
    assert refused.status_code == 403
