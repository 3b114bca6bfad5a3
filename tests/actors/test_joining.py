"""Joinings: from a need to an actor that takes part, step by step, true of every day."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from tests.actors.test_departure import actor, held, person, post_at
from tests.actors.test_readiness import assessment
from tests.callers import MEMBER, READER, Signed, municipality, somebody
from tests.councils.builders import blamed, day

Fact = dict[str, Any]


def a_joining(at: Fact, post: Fact, **more: Any) -> Fact:
    """A need pointed at somebody ten days ago; it was asked the day after."""
    told = {"actor_id": at["id"], "need_id": somebody(), "owner_post_id": post["id"]}
    days = {"proposed_on": day(-10), "asked_on": day(-9), "due_on": day(3)}
    return told | {"why": "Exempel: utbildar snickare"} | days | more


YES = {"answer": "accepted", "answered_on": day(-3)}


async def test_each_step_shows_from_its_day_on(actors: Signed) -> None:
    at = await actor(actors)
    post = await post_at(actors, at)
    seat = {"connected_on": day(-1), "seat_id": somebody()}
    made = await actors.made("/joinings", a_joining(at, post, **YES, **seat))
    url, states = f"/joinings/{made['id']}", []
    for ago in (-10, -9, -3, -1):
        then = (await actors.get(f"{url}?as_of={day(ago)}")).json()
        states.append((then["state"], then["answer"], then["open"], then["seat_id"] is None))
        listed = (await actors.get(f"/joinings?state={then['state']}&as_of={day(ago)}")).json()
        assert [one["id"] for one in listed["items"]] == [made["id"]]
    assert states == [
        ("proposed", "waiting", True, True), ("asked", "waiting", True, True),
        ("accepted", "accepted", True, True), ("connected", "accepted", False, False),
    ]  # fmt: skip
    events = (await actors.get(f"/actors/{at['id']}/timeline?noun=joining")).json()["items"]
    assert len(events) == 4
    assert not (await actors.get("/joinings?open=true")).json()["items"]
    assert (await actors.get(f"/joinings?open=true&overdue=false&as_of={day(-3)}")).json()["items"]
    assert (await actors.get(f"/joinings?as_of={day(-11)}")).json()["items"] == []


async def test_what_is_wrong_with_a_step_is_told(actors: Signed) -> None:
    at, other = await actor(actors), await actor(actors)
    post = await post_at(actors, at)
    theirs = {"actor_id": other["id"], "what": "Tid", "due_on": day(1)}
    pledge = await actors.made("/pledges", theirs)

    async def refused(**more: Any) -> set[tuple[str, str]]:
        answer = await actors.post("/joinings", a_joining(at, post, **more))
        assert answer.status_code == 422
        return {(error["field"], error["code"]) for error in answer.json()["errors"]}

    no = {"answer": "declined", "answered_on": day(-1)}
    assert await refused(**no) == {("reasons", "missing")}
    assert await refused(answer="accepted") == {("answered_on", "missing")}
    assert await refused(answered_on=day(-1)) == {("answered_on", "none_required")}
    assert await refused(connected_on=day(0)) == {
        ("seat_id", "missing"),
        ("answer", "not_accepted"),
    }
    assert await refused(**YES, seat_id=somebody()) == {("connected_on", "missing")}
    joined = {"connected_on": day(0), "pledge_id": pledge["id"]}
    assert await refused(**YES, **joined) == {("pledge_id", "other_actor")}
    early = {"asked_on": day(-11), "due_on": day(-12)}
    assert await refused(**early) == {("asked_on", "too_early"), ("due_on", "too_early")}
    assert await refused(asked_on=day(1)) == {("asked_on", "in_the_future")}
    first = await actors.made("/joinings", a_joining(at, post))
    again = a_joining(at, post, need_id=first["need_id"])
    assert blamed(await actors.post("/joinings", again)) == (409, "actor_id", "taken")
    said_no = again | no | {"reasons": "Exempel: ingen tid"}
    kept = await actors.put(f"/joinings/{first['id']}", said_no, version=1)
    assert (kept.status_code, kept.json()["state"]) == (200, "declined")
    await actors.made("/joinings", again)
    moved = a_joining(other, post, need_id=first["need_id"])
    answer = await actors.put(f"/joinings/{first['id']}", moved, version=2)
    assert blamed(answer) == (422, "actor_id", "fixed")


async def test_the_gate_is_for_those_who_may_judge_actors(actors: Signed) -> None:
    at = await actor(actors, managed_by="1472")
    post = await post_at(actors, at)
    await actors.made("/holdings", held(post, leaver := await person(actors), "2024-01-01"))
    made = await actors.made("/joinings", a_joining(at, post))
    assert made["readiness"] == "not_assessed"
    await actors.made("/readiness", assessment(at, post, assessed_on=day(-2)))
    url = f"/joinings/{made['id']}"
    ready = (await actors.get(url)).json()
    assert (ready["readiness"], ready["assessed_on"]) == ("ready", day(-2))
    then = (await actors.get(f"{url}?as_of={day(-5)}")).json()
    assert (then["readiness"], then["assessed_on"]) == ("not_assessed", None)
    for caller in (MEMBER, READER, municipality("1495"), municipality("1472")):
        assert (await actors.by(caller).get(url)).status_code == 404
    owner = replace(MEMBER, post_ids=(UUID(post["id"]),))
    own = (await actors.by(owner).get(f"/joinings?owner_post_id={post['id']}")).json()["items"]
    assert [(one["id"], one["readiness"]) for one in own] == [(made["id"], None)]
    told = await actors.made(f"/people/{leaver['id']}/depart", {"left_on": day(0)})
    assert [one["id"] for one in told["ownerless_joinings"]] == [made["id"]]


async def test_one_lapses_from_a_day_on_and_makes_room_for_another(actors: Signed) -> None:
    at = await actor(actors)
    post = await post_at(actors, at)
    body = a_joining(at, post, due_on=day(-2)) | YES
    made = await actors.made("/joinings", body)
    url = f"/joinings/{made['id']}"
    unsaid = await actors.put(url, body | {"lapsed_on": day(0)}, version=1)
    assert blamed(unsaid) == (422, "reasons", "missing")
    why = {"lapsed_on": day(0), "reasons": "Exempel: behovet är avskrivet"}
    through = {"connected_on": day(0), "seat_id": somebody()}
    both = await actors.put(url, body | why | through, version=1)
    assert blamed(both) == (422, "lapsed_on", "none_required")
    over = (await actors.put(url, body | why, version=1)).json()
    assert (over["state"], over["answer"], over["open"], over["overdue"]) == (
        "lapsed", "accepted", False, False,
    )  # fmt: skip
    then = (await actors.get(f"{url}?as_of={day(-1)}")).json()
    assert (then["state"], then["lapsed_on"], then["open"]) == ("accepted", None, True)
    events = (await actors.get(f"/actors/{at['id']}/timeline?noun=joining")).json()["items"]
    assert events[0]["kind"] == "joining_lapsed"
    await actors.made("/joinings", body)


async def test_an_actor_that_had_left_is_not_asked(actors: Signed) -> None:
    at, home = await actor(actors), await actor(actors)
    post = await post_at(actors, home)
    held_before = await actors.made("/joinings", a_joining(at, post))
    gone = {"withdrawn_on": day(-5), "reason": "Exempel: slut"}
    await actors.made(f"/actors/{at['id']}/withdraw", gone)
    late = await actors.post("/joinings", a_joining(at, post))
    assert blamed(late) == (422, "actor_id", "actor_gone")
    no = {"answer": "declined", "answered_on": day(-6), "reasons": "Exempel: nej"}
    await actors.made("/joinings", a_joining(at, post) | no)
    body = a_joining(at, post, need_id=held_before["need_id"]) | YES
    joined = body | {"connected_on": day(-1), "seat_id": somebody()}
    answer = await actors.put(f"/joinings/{held_before['id']}", joined, version=1)
    assert blamed(answer) == (422, "connected_on", "actor_gone")
    assert (await actors.put(f"/joinings/{held_before['id']}", body, version=1)).status_code == 200


async def test_a_merge_leaves_one_on_its_way(actors: Signed) -> None:
    old, new = await actor(actors), await actor(actors)
    post = await post_at(actors, new)
    made = await actors.made("/joinings", a_joining(old, post))
    await actors.made(f"/actors/{old['id']}/merge", {"into_id": new["id"]})
    again = a_joining(new, post, need_id=made["need_id"])
    assert blamed(await actors.post("/joinings", again)) == (409, "actor_id", "taken")
