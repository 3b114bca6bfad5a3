"""Loads: how much of the councils' work each of some posts carries."""

from uuid import uuid4

from services.kit import clock
from tests.callers import MEMBER, READER, Signed, municipality, somebody
from tests.councils.builders import a_decision, council_in, day, meeting_in
from tests.councils.test_initiative import running
from tests.councils.work import a_need, new_interview


async def test_each_post_carries_what_is_open_and_the_caller_sees(councils: Signed) -> None:
    post, other = somebody(), somebody()
    council = await council_in(councils, process_leader_post_id=post)
    await councils.made("/needs", a_need(owner_post_id=post, municipality_codes=["1472"]))
    await councils.made("/needs", a_need(owner_post_id=post, municipality_codes=["1495"]))
    item = {"council_id": council["id"], "text": "Ring", "owner_post_id": post}
    for more in ({}, {"due_on": day(-1)}, {"due_on": day(-9), "done_on": day(-2)}):
        await councils.made("/action-items", item | more)
    await running(councils, owner_post_id=other)
    known = clock.now().isoformat().replace("+00:00", "Z")
    await councils.made("/needs", a_need(owner_post_id=post))
    asked = f"/loads?post_id={post}&post_id={other}&post_id={uuid4()}"
    told = (await councils.get(asked)).json()
    names = ("council", "need", "action_item", "late_action_item", "initiative")
    counts = [[one[f"{name}_count"] for name in names] for one in told["items"]]
    assert counts == [[1, 3, 2, 1, 0], [0, 0, 0, 0, 1], [0, 0, 0, 0, 0]]
    before = (await councils.get(f"{asked}&as_of={day(-3)}")).json()
    counts = [[one[f"{name}_count"] for name in names] for one in before["items"]]
    assert before["on"] == day(-3)
    assert counts[0][1:] == [0, 1, 1, 0], "needs were not known; one item was late, and done later"
    assert counts[1:] == [[0, 0, 0, 0, 1], [0, 0, 0, 0, 0]], "the initiative had begun"
    then = (await councils.get(f"{asked}&known_at={known}")).json()["items"][0]
    assert then["need_count"] == 2
    read = (await councils.by(READER).get(asked)).json()["items"]
    assert read == [one | {"interview_count": None} for one in told["items"]]
    key = (await councils.by(municipality("1495", "read")).get(asked)).json()["items"][0]
    assert key["need_count"] < 3, "needs of others are not even counted"
    mine = (await councils.by(MEMBER).get(asked)).json()["items"][0]
    assert [mine[f"{name}_count"] for name in names] == [0, 0, 0, 0, 0]
    assert (await councils.get("/loads")).status_code == 400


async def test_steps_decisions_and_interviews_are_carried_too(councils: Signed) -> None:
    """Those that are open, on the day asked for; interviews only for who may know of them."""
    post = somebody()
    owned = {"owner_post_id": post}
    going = {"initiative_id": (await running(councils))["id"]} | owned
    over = await running(councils)
    for more in ({}, {"due_on": day(-4)}, {"due_on": day(-9), "done_on": day(-2)}):
        await councils.made("/steps", going | {"title": "Boka lokal"} | more)
    await councils.made("/steps", going | {"title": "Nog", "initiative_id": over["id"]})
    meeting = await meeting_in(councils)
    first = await councils.made("/decisions", a_decision(meeting, **owned))
    await councils.made("/decisions", a_decision(meeting, **owned))
    await councils.made(f"/initiatives/{over['id']}/stop", {"closed_on": day(0), "reason": "Tid"})
    await new_interview(councils, interviewer_post_id=post, held_on=day(-5))
    gone = await new_interview(councils, interviewer_post_id=post, held_on=day(-5))
    await councils.made(f"/interviews/{gone['id']}/withdraw", {})
    instead = a_decision(meeting, supersedes_id=first["id"], decided_on=day(0))
    await councils.made("/decisions", instead)
    asked = f"/loads?post_id={post}"
    names = ("step", "late_step", "decision", "interview")

    async def counts(caller: Signed, query: str = "") -> list[int | None]:
        found = (await caller.get(f"{asked}{query}")).json()["items"][0]
        return [found[f"{name}_count"] for name in names]

    assert await counts(councils) == [2, 1, 1, 1]
    # Due days say that two steps were there; neither the decision nor the talk was over yet.
    assert await counts(councils, f"&as_of={day(-3)}") == [2, 2, 2, 2]
    assert await counts(councils, f"&as_of={day(-8)}") == [1, 1, 0, 0]
    assert await counts(councils.by(READER)) == [2, 1, 1, None]
    assert (await councils.get(f"/decisions?owner_post_id={post}&open=true&count=true")).json()[
        "count"
    ] == 1
