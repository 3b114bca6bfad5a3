"""Pledges: promised until a day, delivered once, ownerless where their post is vacant."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from tests.actors.test_departure import actor, held, person, post_at
from tests.callers import MEMBER, READER, Signed, municipality
from tests.councils.builders import blamed, day

Fact = dict[str, Any]


def a_pledge(at: Fact, **more: Any) -> Fact:
    """Something promised until yesterday."""
    return {"actor_id": at["id"], "what": "Exempel: en handledare", "due_on": day(-1)} | more


async def test_an_overdue_pledge_is_one_not_delivered_by_the_day(actors: Signed) -> None:
    at = await actor(actors)
    late = await actors.made("/pledges", a_pledge(at))
    coming = await actors.made("/pledges", a_pledge(at, due_on=day(0)))
    came = await actors.made("/pledges", a_pledge(at, delivered_on=day(0)))

    async def found(query: str) -> set[str]:
        return {one["id"] for one in (await actors.get(f"/pledges?{query}")).json()["items"]}

    assert (late["overdue"], coming["overdue"], came["overdue"]) == (True, False, False)
    assert await found("overdue=true") == {late["id"]}
    assert await found("open=true") == {late["id"], coming["id"]}
    assert await found("open=false") == {came["id"]}
    assert await found(f"open=true&due_until={day(-1)}") == {late["id"]}
    assert await found(f"overdue=true&as_of={day(1)}") == {late["id"], coming["id"]}
    assert await found(f"overdue=true&as_of={day(-1)}") == set()
    assert await found("owned=false&q=handledare") == {late["id"], coming["id"], came["id"]}
    assert len((await actors.get(f"/actors/{at['id']}/pledges")).json()["items"]) == 3


async def test_it_is_delivered_once_and_not_on_a_day_to_come(actors: Signed) -> None:
    made = await actors.made("/pledges", a_pledge(await actor(actors)))
    url = f"/pledges/{made['id']}/deliver"
    future = await actors.post(url, {"delivered_on": day(1)})
    assert blamed(future) == (422, "delivered_on", "in_the_future")
    done = await actors.made(url, {"delivered_on": day(0), "result": "Exempel: Kim"})
    assert (done["overdue"], done["result"]) == (False, "Exempel: Kim")
    again = await actors.post(url, {"delivered_on": day(0)})
    assert blamed(again) == (409, "delivered_on", "done")


async def test_the_owners_holder_says_it_is_delivered_others_read(actors: Signed) -> None:
    at = await actor(actors, managed_by="1472")
    post = await post_at(actors, at)
    made = await actors.made("/pledges", a_pledge(at, owner_post_id=post["id"]))
    url, body = f"/pledges/{made['id']}/deliver", {"delivered_on": day(0)}
    other = municipality("1495")
    for caller, status in ((MEMBER, 403), (READER, 403), (other, 404)):
        assert (await actors.by(caller).get(f"/pledges/{made['id']}")).status_code == 200
        assert (await actors.by(caller).post(url, body)).status_code == status
    assert (await actors.by(other).post("/pledges", a_pledge(at))).status_code == 422
    assert (await actors.by(MEMBER).post("/pledges", a_pledge(at))).status_code == 403
    owner = replace(MEMBER, post_ids=(UUID(post["id"]),))
    assert (await actors.by(owner).post(url, body)).status_code == 200
    own = actors.by(municipality("1472"))
    assert (await own.post("/pledges", a_pledge(at))).status_code == 201


async def test_a_departure_names_the_pledges_that_nobody_sees_to_any_more(actors: Signed) -> None:
    at, leaver = await actor(actors), await person(actors)
    post, other = await post_at(actors, at), await post_at(actors, at, "Strateg")
    await actors.made("/holdings", held(post, leaver, "2024-01-01"))
    left = await actors.made("/pledges", a_pledge(at, owner_post_id=post["id"]))
    await actors.made("/pledges", a_pledge(at, owner_post_id=post["id"], delivered_on=day(-2)))
    await actors.made("/pledges", a_pledge(at, owner_post_id=other["id"]))
    told = await actors.made(f"/people/{leaver['id']}/depart", {"left_on": day(0)})
    assert told["ownerless_pledges"] == [left]
