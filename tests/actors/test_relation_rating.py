"""Ratings of relations: each side says now and then how it carries, and the newest counts."""

from typing import Any

import pytest

from services.kit import clock
from tests.actors.test_departure import actor, related
from tests.callers import MEMBER, READER, Signed, municipality
from tests.councils.builders import blamed, day

Fact = dict[str, Any]


def a_rating(relation: Fact, by: Fact, on: str, mark: int = 4, **more: Any) -> Fact:
    """What one side says of a relation on a day."""
    told = {"relation_id": relation["id"], "rater_actor_id": by["id"], "rated_on": on}
    return told | {"mark": mark} | more


async def two_related(actors: Signed, **more: Any) -> tuple[Fact, Fact, Fact]:
    """Two actors and their relation since 2018."""
    one, other = await actor(actors, **more), await actor(actors, "Exempelkommun 2")
    return one, other, await related(actors, one, other, "collaborates_with", "working")


async def marks(actors: Signed, relation: Fact, **times: str) -> list[Any]:
    """What the relation says of both sides' marks, alone and in a list."""
    found = (await actors.get(f"/relations/{relation['id']}", params=times)).json()
    asked = times | {"id": relation["id"]}
    assert (await actors.get("/relations", params=asked)).json()["items"] == [found]
    names = ("actor_mark", "actor_rated_on", "other_actor_mark", "other_actor_rated_on")
    return [found[name] for name in names]


async def test_the_newest_mark_of_each_side_is_the_relations_own(actors: Signed) -> None:
    one, other, relation = await two_related(actors)
    assert await marks(actors, relation) == [None, None, None, None]
    for by, on, mark in ((one, "2024-05-01", 2), (one, "2025-05-01", 4), (other, "2025-03-01", 3)):
        await actors.made("/relation-ratings", a_rating(relation, by, on, mark))
    assert await marks(actors, relation) == [4, "2025-05-01", 3, "2025-03-01"]
    assert await marks(actors, relation, as_of="2024-12-31") == [2, "2024-05-01", None, None]
    known = clock.now().isoformat()
    (newest, *_rest) = (await actors.get("/relation-ratings")).json()["items"]
    again = a_rating(relation, one, "2025-05-01", 1)
    changed = await actors.put(f"/relation-ratings/{newest['id']}", again, version=1)
    assert changed.status_code == 200
    assert await marks(actors, relation) == [1, "2025-05-01", 3, "2025-03-01"]
    assert (await marks(actors, relation, known_at=known))[0] == 4
    assert (await actors.delete(f"/relation-ratings/{newest['id']}", version=2)).is_success
    assert await marks(actors, relation) == [2, "2024-05-01", 3, "2025-03-01"]
    beside = await related(actors, one, await actor(actors, "Exempelkommun 3"), "funds", "new")
    assert await marks(actors, beside) == [None, None, None, None]


async def test_a_side_is_the_actor_with_all_that_is_merged_into_it(actors: Signed) -> None:
    one, other, relation = await two_related(actors)
    heir = await actor(actors, "Exempelkommun 3")
    await actors.made("/relation-ratings", a_rating(relation, one, "2024-05-01", 2))
    stranger = await actors.post("/relation-ratings", a_rating(relation, heir, "2024-06-01"))
    assert blamed(stranger) == (422, "rater_actor_id", "other_actor")
    await actors.made(f"/actors/{one['id']}/merge", {"into_id": heir["id"]})
    again = await actors.post("/relation-ratings", a_rating(relation, heir, "2024-05-01"))
    assert blamed(again) == (409, "rated_on", "taken"), "one a side and day"
    await actors.made("/relation-ratings", a_rating(relation, heir, "2024-06-01", 5))
    assert await marks(actors, relation) == [5, "2024-06-01", None, None]
    found = (await actors.get(f"/relation-ratings?actor_id={heir['id']}")).json()["items"]
    assert [rating["mark"] for rating in found] == [5, 2]
    assert (await actors.get(f"/relation-ratings?actor_id={other['id']}")).json()["items"] == []


async def test_what_the_living_one_says_is_kept_as_the_sides_own(actors: Signed) -> None:
    one, _other, relation = await two_related(actors)
    heir = await actor(actors, "Exempelkommun 3")
    await actors.made("/relation-ratings", a_rating(relation, one, "2024-05-01", 4))
    await actors.made(f"/actors/{one['id']}/merge", {"into_id": heir["id"]})
    made = await actors.made("/relation-ratings", a_rating(relation, heir, "2024-06-01", 2))
    assert made["rater_actor_id"] == one["id"]
    again, url = a_rating(relation, heir, "2024-06-02", 1), f"/relation-ratings/{made['id']}"
    changed = await actors.put(url, again, version=1)
    assert (changed.status_code, changed.json()["rater_actor_id"]) == (200, one["id"])
    await actors.made(f"/actors/{one['id']}/part", {})
    assert await marks(actors, relation) == [1, "2024-06-02", None, None]
    theirs = (await actors.get(f"/relation-ratings?actor_id={heir['id']}")).json()["items"]
    assert theirs == []
    same = await actors.put(url, made_again(changed.json()), version=2)
    assert same.status_code == 200


async def test_of_two_in_one_the_side_is_not_guessed(actors: Signed) -> None:
    one, other, relation = await two_related(actors)
    heir = await actor(actors, "Exempelkommun 3")
    made = await actors.made("/relation-ratings", a_rating(relation, one, "2024-05-01", 4))
    for merged in (one, other):
        await actors.made(f"/actors/{merged['id']}/merge", {"into_id": heir["id"]})
    new = await actors.post("/relation-ratings", a_rating(relation, heir, "2024-06-01"))
    assert blamed(new) == (422, "rater_actor_id", "other_actor")
    url = f"/relation-ratings/{made['id']}"
    kept = await actors.put(url, made_again(made) | {"mark": 3}, version=1)
    assert (kept.status_code, kept.json()["rater_actor_id"]) == (200, one["id"])


@pytest.mark.parametrize(
    ("wrong", "blame"),
    [
        ({"rated_on": day(1)}, (422, "rated_on", "in_the_future")),
        ({"rated_on": "2017-12-31"}, (422, "rated_on", "too_early")),
        ({"rated_on": "2020-01-01"}, (422, "rated_on", "too_late")),
        ({"mark": 0}, (422, "mark", "out_of_range")),
        ({"mark": 6}, (422, "mark", "out_of_range")),
        ({"rated_on": "2019-05-01"}, (409, "rated_on", "taken")),
    ],
)
async def test_a_rating_is_of_a_day_of_the_relation(
    actors: Signed, wrong: Fact, blame: tuple[int, str, str]
) -> None:
    one, other = await actor(actors), await actor(actors, "Exempelkommun 2")
    sides = {"actor_id": one["id"], "other_actor_id": other["id"], "kind": "funds"}
    days = {"valid_from": "2018-01-01", "valid_to": "2020-01-01"}
    relation = await actors.made("/relations", sides | days)
    made = await actors.made("/relation-ratings", a_rating(relation, one, "2019-05-01"))
    body = a_rating(relation, one, "2019-06-01") | wrong
    refused = await actors.post("/relation-ratings", body)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == blame[:2]
    if blame[1] == "rated_on":
        assert blamed(refused) == blame
    same = await actors.put(f"/relation-ratings/{made['id']}", made_again(made), version=1)
    assert same.status_code == 200, "its own day is its own"


def made_again(made: Fact) -> Fact:
    """A rating's draft, as it stands."""
    names = ("relation_id", "rater_actor_id", "rated_on", "mark", "note")
    return {name: made[name] for name in names}


async def test_a_rating_stays_in_its_relation_and_the_relation_around_it(actors: Signed) -> None:
    one, other, relation = await two_related(actors)
    beside = await related(actors, one, other, "funds", "new")
    made = await actors.made("/relation-ratings", a_rating(relation, one, "2024-05-01"))
    moved = made_again(made) | {"relation_id": beside["id"]}
    refused = await actors.put(f"/relation-ratings/{made['id']}", moved, version=1)
    assert blamed(refused) == (422, "relation_id", "fixed")
    names = ("actor_id", "other_actor_id", "kind", "state", "state_since", "valid_from")
    draft = {name: relation[name] for name in names}
    url, third = f"/relations/{relation['id']}", await actor(actors, "Exempelkommun 3")
    for wrong in ({"valid_to": "2024-05-01"}, {"actor_id": third["id"]}):
        refused = await actors.put(url, draft | wrong, version=1)
        assert blamed(refused) == (409, "valid_from", "rated")
    assert (await actors.delete(url, version=1)).status_code == 409
    ended = await actors.put(url, draft | {"valid_to": "2024-05-02"}, version=1)
    assert ended.status_code == 200


async def test_a_municipality_rates_as_the_actors_it_manages(actors: Signed) -> None:
    one, other, relation = await two_related(actors, managed_by="1472")
    key, url = actors.by(municipality("1472")), "/relation-ratings"
    mine = await key.made(url, a_rating(relation, one, "2024-05-01"))
    theirs = await actors.made(url, a_rating(relation, other, "2024-05-01"))
    assert len((await key.get(url)).json()["items"]) == 2
    refused = await key.post(url, a_rating(relation, other, "2024-06-01"))
    assert blamed(refused) == (422, "rater_actor_id", "unknown_reference")
    taken = made_again(theirs) | {"rater_actor_id": one["id"], "rated_on": "2024-07-01"}
    assert (await key.put(f"{url}/{theirs['id']}", taken, version=1)).status_code == 404
    assert (await key.delete(f"{url}/{theirs['id']}", version=1)).status_code == 404
    given = made_again(mine) | {"rater_actor_id": other["id"], "rated_on": "2024-07-01"}
    assert (await key.put(f"{url}/{mine['id']}", given, version=1)).status_code == 422
    for caller in (MEMBER, READER):
        assert (await actors.by(caller).get(f"{url}/{mine['id']}")).status_code == 200
        refused = await actors.by(caller).post(url, a_rating(relation, one, "2024-06-01"))
        assert refused.status_code == 403
    assert (await key.delete(f"{url}/{mine['id']}", version=1)).is_success


async def test_an_actors_timeline_tells_how_it_rated_whom(actors: Signed) -> None:
    one, other, relation = await two_related(actors)
    made = a_rating(relation, one, "2024-05-01", 2, note="Möten ställs in")
    await actors.made("/relation-ratings", made)
    asked = f"/actors/{one['id']}/timeline?kind=relation_rated"
    (event,) = (await actors.get(asked)).json()["items"]
    told = (event["on"], event["title"], event["code"], event["party"])
    assert told == ("2024-05-01", "Möten ställs in", "2", other["name"])
    theirs = f"/actors/{other['id']}/timeline?kind=relation_rated"
    assert (await actors.get(theirs)).json()["items"] == []
