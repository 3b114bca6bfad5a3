"""Takeovers: one post at a time takes care of what somebody left, and says when it is done."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from services.actors.contract.takeover import TakeoverDraft
from tests.actors.test_departure import actor, held, person, post_at
from tests.callers import ASSOCIATION, MEMBER, READER, Signed, municipality
from tests.councils.builders import blamed, day

Fact = dict[str, Any]


def taken_by(owner: Fact, **more: Any) -> Fact:
    """Something left, taken by a post today."""
    thing = {"noun": "need", "thing_id": str(uuid4()), "what": "Exempel: fler snickare"}
    return thing | {"owner_post_id": owner["id"], "taken_on": day(0)} | more


async def test_one_at_a_time_takes_care_of_a_thing_that_somebody_left(actors: Signed) -> None:
    left = await actor(actors)
    post = await post_at(actors, await actor(actors, "Exempelkommun 2"))
    draft = taken_by(post, left_actor_id=left["id"], due_on=day(5))
    made = await actors.made("/takeovers", draft)
    assert made["overdue"] is False
    again = await actors.post("/takeovers", draft)
    assert blamed(again) == (409, "thing_id", "taken")
    other = draft | {"left_actor_id": None, "left_post_id": post["id"]}
    assert (await actors.post("/takeovers", other)).status_code == 201, "left in another way"
    nobodys = draft | {"left_actor_id": None}
    assert (await actors.post("/takeovers", nobodys)).status_code == 201
    assert blamed(await actors.post("/takeovers", nobodys)) == (409, "thing_id", "taken")
    done = await actors.made(f"/takeovers/{made['id']}/complete", {"done_on": day(0)})
    assert done["done_on"] == day(0)
    assert (await actors.post("/takeovers", draft)).status_code == 201, "and left once more"

    async def found(query: str) -> int:
        return len((await actors.get(f"/takeovers?{query}")).json()["items"])

    assert await found(f"left_actor_id={left['id']}") == 2
    assert await found("open=true") == 3
    assert await found(f"open=true&owner_post_id={post['id']}&noun=need") == 3
    assert (await found("overdue=true"), await found(f"overdue=true&as_of={day(9)}")) == (0, 3)


async def test_what_is_wrong_with_a_takeover_is_said_by_field(actors: Signed) -> None:
    left = await actor(actors)
    post = await post_at(actors, left)
    for wrong, field, code in (
        ({"left_actor_id": left["id"], "left_post_id": post["id"]}, "left_post_id", "one_of_two"),
        ({"due_on": day(-1)}, "due_on", "too_early"),
        ({"taken_on": day(1)}, "taken_on", "in_the_future"),
        ({"owner_post_id": str(uuid4())}, "owner_post_id", "unknown_reference"),
    ):
        refused = await actors.post("/takeovers", taken_by(post) | wrong)
        assert blamed(refused) == (422, field, code)
    made = await actors.made("/takeovers", taken_by(post))
    url = f"/takeovers/{made['id']}/complete"
    assert blamed(await actors.post(url, {"done_on": day(1)})) == (422, "done_on", "in_the_future")
    assert blamed(await actors.post(url, {"done_on": day(-1)})) == (422, "done_on", "too_early")
    await actors.made(url, {"done_on": day(0)})
    assert blamed(await actors.post(url, {"done_on": day(0)})) == (409, "done_on", "done")


async def test_whoever_took_it_says_that_it_is_done_and_others_do_not_see_it(
    actors: Signed,
) -> None:
    post = await post_at(actors, await actor(actors))
    made = await actors.made("/takeovers", taken_by(post))
    url, done = f"/takeovers/{made['id']}", {"done_on": day(0)}
    owner = replace(MEMBER, post_ids=(UUID(post["id"]),))
    for caller, read, write in (
        (READER, 404, 403), (MEMBER, 404, 403), (municipality("1472", "read", "write"), 403, 403),
        (ASSOCIATION, 200, 201), (owner, 200, 403),
    ):  # fmt: skip
        assert (await actors.by(caller).get(url)).status_code == read, caller
        sent = await actors.by(caller).post("/takeovers", taken_by(post))
        assert sent.status_code == write, caller
    assert (await actors.by(MEMBER).post(f"{url}/complete", done)).status_code == 404
    assert (await actors.by(owner).post(f"{url}/complete", done)).status_code == 200


async def test_what_a_leaver_had_taken_over_is_left_with_the_rest(actors: Signed) -> None:
    at, leaver = await actor(actors), await person(actors)
    post = await post_at(actors, at)
    await actors.made("/holdings", held(post, leaver, "2024-01-01"))
    made = await actors.made("/takeovers", taken_by(post))
    await actors.made("/takeovers", taken_by(post, done_on=day(0)))
    told = await actors.made(f"/people/{leaver['id']}/depart", {"left_on": day(0)})
    assert told["open_takeovers"] == [made]


async def test_nobody_takes_care_of_what_there_is_not(actors: Signed) -> None:
    post = await post_at(actors, await actor(actors))
    refused = await actors.post("/takeovers", taken_by(post, noun="post"))
    assert blamed(refused) == (422, "thing_id", "unknown_reference")
    made = await actors.made("/takeovers", taken_by(post, noun="post", thing_id=post["id"]))
    assert made["thing_id"] == post["id"]


async def test_who_leaves_takes_nothing_of_what_it_leaves(actors: Signed) -> None:
    left, other = await actor(actors), await actor(actors, "Exempelkommun 2")
    place = {"actor_id": left["id"], "level": "operative", "status": "active"}
    placed = place | {"valid_from": "2020-01-01"}
    assert (await actors.post(f"/actors/{left['id']}/place", placed)).status_code == 200
    own, another = await post_at(actors, left), await post_at(actors, other)
    draft = taken_by(own, left_actor_id=left["id"])
    gone = {"withdrawn_on": day(5), "reason": "Nytt uppdrag", "status": "withdrawn"}
    assert (await actors.post(f"/actors/{left['id']}/withdraw", gone)).status_code == 200
    assert blamed(await actors.post("/takeovers", draft)) == (422, "owner_post_id", "left_too")
    made = await actors.made("/takeovers", draft | {"owner_post_id": another["id"]})
    sent = {name: made[name] for name in TakeoverDraft.model_fields}
    mine, tag = sent | {"owner_post_id": own["id"]}, {"if-match": '"v1"'}
    refused = await actors.send("PUT", f"/takeovers/{made['id']}", json=mine, headers=tag)
    assert blamed(refused) == (422, "owner_post_id", "left_too")
