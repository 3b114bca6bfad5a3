"""Loads: how much of the councils' work each of some posts carries."""

from uuid import uuid4

from services.kit import clock
from tests.callers import MEMBER, READER, Signed, municipality, somebody
from tests.councils.builders import council_in, day
from tests.councils.test_initiative import running
from tests.councils.work import a_need


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
    assert (await councils.by(READER).get(asked)).json() == told
    key = (await councils.by(municipality("1495", "read")).get(asked)).json()["items"][0]
    assert key["need_count"] < 3, "needs of others are not even counted"
    mine = (await councils.by(MEMBER).get(asked)).json()["items"][0]
    assert [mine[f"{name}_count"] for name in names] == [0, 0, 0, 0, 0]
    assert (await councils.get("/loads")).status_code == 400
