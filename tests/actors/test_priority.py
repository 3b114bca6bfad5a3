"""Priorities: criteria in force, what is unknown kept so, and a later decision that counts."""

from typing import Any

from tests.actors.test_departure import actor, post_at
from tests.callers import LEADER, MEMBER, READER, STRATEGIST, Signed, municipality
from tests.councils.builders import blamed, day

Fact = dict[str, Any]


def a_priority(at: Fact, **more: Any) -> Fact:
    """It was decided today that somebody is taken in."""
    told = {"actor_id": at["id"], "choice": "taken_in", "reason": "Exempel: utbildar i branschen"}
    return told | {"decided_on": day(0), "decided_by": "Exempel: styrgruppen"} | more


async def a_criterion(actors: Signed, name: str = "Vilja", **more: Any) -> Fact:
    """What actors are weighed by, since long ago."""
    return await actors.made(
        "/criteria", {"name": name, "weight": 3, "valid_from": "2020-01-01"} | more
    )


async def found(actors: Signed, path: str) -> set[str]:
    """The ids of a list."""
    return {one["id"] for one in (await actors.get(path)).json()["items"]}


async def test_a_later_decision_counts_and_the_day_shows_its_own(actors: Signed) -> None:
    at, other = await actor(actors), await actor(actors)
    out = a_priority(at, choice="left_out", decided_on=day(-20), review_on=day(-5))
    first = await actors.made("/priorities", out)
    assert (first["current"], first["review_overdue"]) == (True, True)
    second = await actors.made("/priorities", a_priority(at, review_on=day(9)))
    assert (second["current"], second["review_overdue"]) == (True, False)
    assert not (await actors.get(f"/priorities/{first['id']}")).json()["current"]
    assert await found(actors, "/priorities?current=true") == {second["id"]}
    assert await found(actors, f"/priorities?current=true&as_of={day(-1)}") == {first["id"]}
    assert await found(actors, "/priorities?review_overdue=true") == set()
    assert await found(actors, f"/priorities?review_overdue=true&as_of={day(-1)}") == {first["id"]}
    assert await found(actors, f"/actors/{at['id']}/priorities") == {first["id"], second["id"]}
    assert await found(actors, "/priorities?q=styrgruppen&choice=left_out") == {first["id"]}
    assert await found(actors, "/actors?priority=taken_in") == {at["id"]}
    assert await found(actors, f"/actors?priority=left_out&as_of={day(-1)}") == {at["id"]}
    assert await found(actors, "/actors?priority=not_decided") == {other["id"]}
    assert await found(actors, "/actors?priority=left_out") == set()
    events = (await actors.get(f"/actors/{at['id']}/timeline?noun=priority")).json()["items"]
    assert [(one["kind"], one["code"]) for one in events] == [
        ("priority_decided", "taken_in"), ("priority_decided", "left_out"),
    ]  # fmt: skip
    merging = {"into_id": other["id"]}
    assert (await actors.post(f"/actors/{at['id']}/merge", merging)).status_code == 200
    assert await found(actors, "/actors?priority=taken_in") == {other["id"]}, (
        "a merged one's counts"
    )


async def test_what_is_unknown_makes_the_sum_an_interval(actors: Signed) -> None:
    at = await actor(actors)
    bare = await actors.made("/priorities", a_priority(at))
    assert (bare["weighted_lowest"], bare["weighted_most"]) == (None, None)
    will, need = await a_criterion(actors), await a_criterion(actors, "Behov", weight=5)
    ended = await a_criterion(actors, "Förr", valid_to=day(-9))
    later = await a_criterion(actors, "Sen", valid_from=day(9))
    scores = [{"criterion_id": will["id"], "score": 4}, {"criterion_id": need["id"]}]
    made = await actors.made("/priorities", a_priority(at, scores=scores))
    sums = [made[f"weighted_{name}"] for name in ("lowest", "highest", "most")]
    assert sums == [4 * 3 + 5, 4 * 3 + 25, 40]
    assert made["scores"][1]["score"] is None
    for wrong in (ended, later):
        told = a_priority(at, scores=[{"criterion_id": wrong["id"], "score": 1}])
        assert blamed(await actors.post("/priorities", told)) == (422, "scores", "not_in_force")
    twice = await actors.post("/priorities", a_priority(at, scores=[scores[0], scores[0]]))
    assert blamed(twice) == (422, "scores", "repeated")
    url = f"/criteria/{need['id']}"
    heavier = {"name": "Behov", "weight": 4, "valid_from": "2020-01-01"}
    assert blamed(await actors.put(url, heavier, version=1)) == (422, "weight", "scored")
    ends = await actors.put(url, heavier | {"weight": 5, "valid_to": day(1)}, version=1)
    assert ends.status_code == 200
    removed = await actors.send("DELETE", url, headers={"if-match": '"v2"'})
    assert blamed(removed) == (409, "id", "in_use")
    free = f"/criteria/{later['id']}"
    assert (await actors.send("DELETE", free, headers={"if-match": '"v1"'})).status_code == 204
    again = await actors.post("/criteria", heavier | {"valid_from": day(0)})
    assert blamed(again) == (409, "name", "overlap")
    assert (await actors.made("/criteria", heavier | {"valid_from": day(1)}))["weight"] == 4


async def test_later_criteria_change_no_decision_that_was_weighed(actors: Signed) -> None:
    at, will = await actor(actors), await a_criterion(actors)
    told = a_priority(at, decided_on=day(-9), scores=[{"criterion_id": will["id"], "score": 4}])
    url = f"/priorities/{(await actors.made('/priorities', told))['id']}"

    async def sums() -> tuple[int, ...]:
        one = (await actors.get(url)).json()
        return tuple(one[f"weighted_{name}"] for name in ("lowest", "highest", "most"))

    assert await sums() == (12, 12, 15)
    late = await a_criterion(actors, "Behov", weight=5)
    assert await sums() == (12, 12, 15), "nobody knew of it then"
    mine, period = f"/criteria/{will['id']}", {"name": "Vilja", "weight": 3}
    for wrong, field in (
        ({"valid_from": day(-8)}, "valid_from"),
        ({"valid_from": day(-90), "valid_to": day(-9)}, "valid_to"),
    ):
        moved = await actors.put(mine, period | wrong, version=1)
        assert blamed(moved) == (422, field, "scored")
    ends = period | {"valid_from": day(-9), "valid_to": day(-8)}
    assert (await actors.put(mine, ends, version=1)).status_code == 200
    right = await actors.put(url, told | {"reason": "Rättat", "decided_on": day(-7)}, version=1)
    assert (right.status_code, await sums()) == (200, (12, 12, 15)), "the same scores may stay"
    named = await actors.put(mine, ends | {"name": "Egen vilja"}, version=2)
    assert named.status_code == 200, "no score falls outside by that"
    other = told | {"scores": [*told["scores"], {"criterion_id": late["id"], "score": 2}]}
    assert (await actors.put(url, other, version=2)).status_code == 200, "weighed anew on its day"
    assert await sums() == (22, 22, 40)
    assert (await actors.put(url, other | {"scores": []}, version=3)).status_code == 200
    assert await sums() == (8, 40, 40), "weighed by both, and nothing is known"
    free = await actors.delete(f"/criteria/{late['id']}", version=1)
    assert blamed(free) == (409, "id", "in_use"), "it is in a sum that people have read"
    moved = await actors.put(url, other | {"scores": [], "decided_on": day(-7)}, version=4)
    assert (moved.status_code, await sums()) == (200, (5, 25, 25)), "by what counts that day"
    gone = await actors.put(url, told | {"decided_on": day(-7)}, version=5)
    assert blamed(gone) == (422, "scores", "not_in_force")


async def test_everything_wrong_with_a_decision_is_told(actors: Signed) -> None:
    at = await actor(actors)
    post = await post_at(actors, at)
    both = a_priority(at, decided_by_post_id=post["id"], decided_on=day(1), review_on=day(0))
    answer = await actors.post("/priorities", both)
    told = {error["field"]: error["code"] for error in answer.json()["errors"]}
    assert told == {
        "decided_by": "one_of_two", "decided_on": "in_the_future", "review_on": "too_early",
    }  # fmt: skip
    nobody = await actors.post("/priorities", a_priority(at, decided_by=None, reason=" "))
    told = {error["field"]: error["code"] for error in nobody.json()["errors"]}
    assert set(told) == {"decided_by_post_id", "reason"}


async def test_who_may_not_judge_actors_learns_nothing_of_it(actors: Signed) -> None:
    at = await actor(actors, managed_by="1472")
    made = await actors.made("/priorities", a_priority(at))
    for caller in (LEADER, STRATEGIST, municipality("1472")):
        told = await actors.by(caller).get(f"/priorities/{made['id']}")
        assert told.status_code == 200, caller
    for caller in (MEMBER, READER):
        assert (await actors.by(caller).get("/priorities")).status_code == 403
        assert (await actors.by(caller).get("/actors?priority=taken_in")).status_code == 403
        assert (await actors.by(caller).get("/criteria")).status_code == 200
    other = actors.by(municipality("1495"))
    assert (await other.get(f"/priorities/{made['id']}")).status_code == 404
    assert await found(other, "/actors?priority=taken_in") == set()
    assert (await other.post("/priorities", a_priority(at))).status_code == 422
    new = {"name": "Egen", "weight": 1, "valid_from": day(0)}
    assert (await other.post("/criteria", new)).status_code == 403
