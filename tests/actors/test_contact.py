"""Contacts: what was said between actors, what follows, what it crosses, and who may know."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.kit import clock
from tests.actors.test_departure import actor, held, person, post_at, related
from tests.callers import ADMINISTRATOR, ASSOCIATION, MEMBER, READER, STRATEGIST, municipality
from tests.callers import Signed as Service
from tests.councils.builders import day

Fact = dict[str, Any]


async def sides(actors: Service) -> tuple[Fact, Fact]:
    """Our association, and a municipality that manages itself."""
    ours = await actors.made("/actors", {"name": "Exempelförbundet", "kind": "network"})
    return ours, await actor(actors, managed_by="1472")


def a_contact(ours: Fact, other: Fact, **more: object) -> Fact:
    """A contact's draft."""
    told = {"held_on": day(-10), "channel": "meeting", "said": "Vi talade om snickare."}
    return told | {"actor_id": other["id"], "our_actor_id": ours["id"]} | more


async def placed(actors: Service, one: Fact, level: str, since: str) -> None:
    """An actor has a level from a day on."""
    standing = {"level": level, "status": "active", "valid_from": since, "actor_id": one["id"]}
    assert (await actors.post(f"/actors/{one['id']}/place", standing)).status_code == 200


def wrong(answer: Any) -> tuple[int, str, str]:
    """The status, the field blamed and why."""
    error = answer.json()["errors"][0]
    return answer.status_code, error["field"], error["code"]


async def two_posts(actors: Service, at: dict[str, Any]) -> dict[str, Any]:
    """Two posts of one actor that talk with each other."""
    one, two = [(await post_at(actors, at, title))["id"] for title in ("Chef", "Strateg")]
    return {"our_post_id": one, "post_id": two}


async def test_what_a_contact_crosses_follows_from_the_levels_of_its_day(actors: Service) -> None:
    ours, other = await sides(actors)
    await placed(actors, ours, "strategic", "2020-01-01")
    await placed(actors, other, "strategic", "2021-01-01")
    await placed(actors, other, "operative", "2022-01-01")
    for on, level, crosses in (
        ("2020-06-01", None, None),
        ("2021-06-01", "strategic", False),
        ("2022-06-01", "operative", True),
    ):
        made = await actors.made("/contacts", a_contact(ours, other, held_on=on))
        assert (made["level"], made["our_level"]) == (level, "strategic")
        assert (made["crosses_actor"], made["crosses_level"]) == (True, crosses)
    alone = await actors.post("/contacts", a_contact(ours, ours))
    assert wrong(alone) == (422, "actor_id", "same"), "nobody talks with itself"
    told = {"channel": "presentation"} | await two_posts(actors, ours)
    within = await actors.made("/contacts", a_contact(ours, ours, **told))
    assert (within["crosses_actor"], within["crosses_level"]) == (False, False)

    async def days(query: str) -> list[str]:
        found = (await actors.get(f"/contacts?sort=held_on&{query}")).json()["items"]
        return [one["held_on"] for one in found]

    assert await days("crosses_level=true") == ["2022-06-01"]
    assert await days("crosses_level=false") == ["2021-06-01", day(-10)]
    assert await days("crosses_actor=false") == [day(-10)]
    assert await days("held_from=2021-01-01&held_until=2021-12-31") == ["2021-06-01"]
    assert await days("channel=presentation") == [day(-10)]
    assert len(await days(f"actor_id={other['id']}")) == 3
    assert len(await days(f"our_actor_id={other['id']}")) == 0
    assert len(await days(f"between={ours['id']}&between={other['id']}")) == 3
    known = f"known_at={clock.now().isoformat().replace('+00:00', 'Z')}"
    assert await days(f"crosses_level=true&{known}") == ["2022-06-01"]
    assert await days("known_at=2020-01-01T00:00:00Z") == []
    below = (await actors.get(f"/actors/{other['id']}/contacts")).json()["items"]
    assert [one["held_on"] for one in below] == ["2022-06-01", "2021-06-01", "2020-06-01"]


async def test_contacts_are_searched_in_all_that_was_said(actors: Service) -> None:
    ours, other = await sides(actors)
    await actors.made("/contacts", a_contact(ours, other, said="Möbelsnickarna saknas"))
    told = {"channel": "presentation", "reply": "Forumet har för knappa resurser"}
    await actors.made("/contacts", a_contact(ours, other, next_step="Boka workshop", **told))

    async def found(asked: str) -> int:
        return len((await actors.get(f"/contacts?q={asked}")).json()["items"])

    assert [await found(q) for q in ("snickare", "resurs", "workshop", "taxi")] == [2, 1, 1, 0]


async def test_what_does_not_hold_together_is_refused_by_field(actors: Service) -> None:
    ours, other = await sides(actors)
    mine, theirs = await post_at(actors, ours), await post_at(actors, other)

    async def refused(**more: object) -> tuple[int, str, str]:
        return wrong(await actors.post("/contacts", a_contact(ours, other, **more)))

    step = {"next_step": "Ring igen"}
    assert await refused(held_on=day(1)) == (422, "held_on", "in_the_future")
    assert await refused(due_on=day(5)) == (422, "next_step", "missing")
    assert await refused(**step, due_on=day(-20)) == (422, "due_on", "too_early")
    assert await refused(**step, done_on=day(3)) == (422, "done_on", "in_the_future")
    assert await refused(post_id=mine["id"]) == (422, "post_id", "other_actor")
    assert await refused(our_post_id=theirs["id"]) == (422, "our_post_id", "other_actor")
    assert await refused(our_post_id=str(uuid4())) == (422, "our_post_id", "unknown_reference")
    assert await refused(actor_id=str(uuid4())) == (422, "actor_id", "unknown_reference")
    assert await refused(**step, owner_post_id=str(uuid4())) == (
        422, "owner_post_id", "unknown_reference",
    )  # fmt: skip
    both = {"post_id": theirs["id"], "our_post_id": mine["id"]}
    assert (await actors.post("/contacts", a_contact(ours, other, **both))).status_code == 201


async def test_a_next_step_is_taken_once_and_that_is_undone(actors: Service) -> None:
    ours, other = await sides(actors)
    mine = await post_at(actors, ours)
    step = {"next_step": "Ring igen", "owner_post_id": mine["id"], "due_on": day(-2)}
    made = await actors.made("/contacts", a_contact(ours, other, **step))
    plain = await actors.made("/contacts", a_contact(ours, other))
    url = f"/contacts/{made['id']}"

    async def open_ones() -> list[str]:
        asked = f"open=true&owner_post_id={mine['id']}&due_until={day(0)}&sort=due_on"
        return [one["id"] for one in (await actors.get(f"/contacts?{asked}")).json()["items"]]

    assert await open_ones() == [made["id"]]
    done = {"done_on": day(0)}
    early = wrong(await actors.post(f"{url}/complete", {"done_on": day(-11)}))
    assert early == (422, "done_on", "too_early")
    late = wrong(await actors.post(f"{url}/complete", {"done_on": day(1)}))
    assert late == (422, "done_on", "in_the_future")
    none = wrong(await actors.post(f"/contacts/{plain['id']}/complete", done))
    assert none == (409, "next_step", "no_next_step")
    assert wrong(await actors.post(f"{url}/reopen")) == (409, "done_on", "not_done")
    assert (await actors.made(f"{url}/complete", done))["done_on"] == day(0)
    assert wrong(await actors.post(f"{url}/complete", done)) == (409, "done_on", "done")
    assert await open_ones() == []
    ended = (await actors.get("/contacts?open=false")).json()["items"]
    assert [one["id"] for one in ended] == [made["id"]]
    assert (await actors.made(f"{url}/reopen", {}))["done_on"] is None
    assert await open_ones() == [made["id"]]


CALLERS = [
    (STRATEGIST, {"ours", "theirs"}),
    (ADMINISTRATOR, {"ours", "theirs"}),
    (ASSOCIATION, {"ours", "theirs"}),
    (municipality("1472"), {"theirs"}),
    (municipality("1495"), set()),
    (READER, set()),
    (MEMBER, set()),
]


@pytest.mark.parametrize(("caller", "expected"), CALLERS)
async def test_what_was_said_is_for_those_whom_it_concerns(
    actors: Service, caller: Any, expected: set[str]
) -> None:
    ours, other = await sides(actors)
    both = await two_posts(actors, ours)
    made = {
        "ours": await actors.made("/contacts", a_contact(ours, ours, **both)),
        "theirs": await actors.made("/contacts", a_contact(ours, other)),
    }
    asked = actors.by(caller)
    listed = {one["id"] for one in (await asked.get("/contacts")).json()["items"]}
    assert listed == {made[name]["id"] for name in expected}
    for name, one in made.items():
        status = (await asked.get(f"/contacts/{one['id']}")).status_code
        assert status == (200 if name in expected else 404)
    if caller.kind == "client":
        events = (await asked.get("/feed?entities=contact")).json()["events"]
        assert {event["key"] for event in events} == listed
    seen = (await asked.get("/contacts/bridges")).json()["bridges"]
    assert len(seen) == len(expected - {"ours"})


async def test_the_owner_of_a_next_step_sees_its_contact_and_says_that_it_is_done(
    actors: Service,
) -> None:
    ours, other = await sides(actors)
    mine, theirs = await post_at(actors, ours), await post_at(actors, other)
    step = {"next_step": "Ring igen", "owner_post_id": mine["id"]}
    made = await actors.made("/contacts", a_contact(ours, other, **step))
    url, done = f"/contacts/{made['id']}", {"done_on": day(0)}
    owner = actors.by(replace(MEMBER, post_ids=(UUID(mine["id"]),)))
    stranger = actors.by(replace(MEMBER, post_ids=(UUID(theirs["id"]),)))
    assert (await stranger.post(f"{url}/complete", done)).status_code == 404
    assert (await owner.post("/contacts", a_contact(ours, other))).status_code == 403
    assert (await owner.get(url)).status_code == 200
    assert (await owner.post(f"{url}/complete", done)).status_code == 200
    assert (await owner.post(f"{url}/reopen")).status_code == 200
    reader = actors.by(replace(READER, post_ids=(UUID(mine["id"]),)))
    assert (await reader.get(url)).status_code == 200
    assert (await reader.post(f"{url}/complete", done)).status_code == 403


async def test_a_municipality_writes_what_its_own_actors_said(actors: Service) -> None:
    ours, other = await sides(actors)
    key = actors.by(municipality("1472"))
    assert wrong(await key.post("/contacts", a_contact(ours, other))) == (
        422, "our_actor_id", "unknown_reference",
    )  # fmt: skip
    step = {"next_step": "Ring igen"}
    made = await key.made("/contacts", a_contact(other, ours, **step))
    theirs = await actors.made("/contacts", a_contact(ours, other, **step))
    done = {"done_on": day(0)}
    assert (await key.post(f"/contacts/{made['id']}/complete", done)).status_code == 200
    assert (await key.get(f"/contacts/{theirs['id']}")).status_code == 200
    assert (await key.post(f"/contacts/{theirs['id']}/complete", done)).status_code == 404
    assert (await key.delete(f"/contacts/{theirs['id']}", version=1)).status_code == 404
    moved = a_contact(ours, other)
    assert (await key.put(f"/contacts/{made['id']}", moved, version=2)).status_code == 422
    reads = actors.by(municipality("1472", "read"))
    assert (await reads.post("/contacts", a_contact(other, ours))).status_code == 403


async def test_who_builds_bridges_and_which_of_them_rest_on_one_post(actors: Service) -> None:
    ours, first = await sides(actors)
    second = await actor(actors, "Exempelkommun 2")
    one, two = await post_at(actors, ours), await post_at(actors, ours, "Strateg")
    await placed(actors, ours, "strategic", "2020-01-01")
    await placed(actors, first, "operative", "2020-01-01")

    async def talked(post: Fact | None, other: Fact, on: str = day(-10)) -> None:
        told = a_contact(ours, other, held_on=on, our_post_id=post and post["id"])
        await actors.made("/contacts", told)

    await talked(one, first)
    await talked(one, first, day(-20))
    await talked(one, second)
    await talked(two, second, day(-5))
    await talked(None, second, day(-30))
    await talked(two, ours)  # within our own actor: no bridge
    await talked(two, first, day(-400))  # more than a year ago
    found = (await actors.get("/contacts/bridges")).json()
    today = clock.today()
    assert found["to_on"] == today.isoformat()
    assert found["from_on"] == today.replace(year=today.year - 1).isoformat()
    builders = [list(builder.values()) for builder in found["builders"]]
    assert builders == [[one["id"], 3, 2, 2], [two["id"], 1, 0, 1], [None, 1, 0, 1]]
    wide, narrow = found["bridges"]
    assert (wide["actor_id"], set(wide["post_ids"])) == (second["id"], {one["id"], two["id"]})
    assert (wide["contact_count"], wide["unnamed_count"], wide["last_on"]) == (3, 1, day(-5))
    assert (wide["crosses_level"], wide["rests_on_one_post"]) == (None, False)
    assert (narrow["actor_id"], narrow["post_ids"]) == (first["id"], [one["id"]])
    assert (narrow["crosses_level"], narrow["rests_on_one_post"]) == (True, True)
    then = (await actors.get(f"/contacts/bridges?on={day(-390)}")).json()
    assert [builder["post_id"] for builder in then["builders"]] == [two["id"]]
    mine = (await actors.get(f"/contacts/bridges?our_actor_id={first['id']}")).json()
    assert (mine["builders"], mine["bridges"]) == ([], [])
    known = {"our_actor_id": first["id"], "known_at": clock.now().isoformat()}
    merged = await actors.post(f"/actors/{first['id']}/merge", {"into_id": ours["id"]})
    assert merged.status_code == 200, merged.text
    assert (await actors.get("/contacts/bridges", params=known)).json()["bridges"] == []
    assert (await actors.get("/contacts/bridges?on=snart")).status_code == 400


async def test_a_relation_knows_when_its_actors_last_talked(actors: Service) -> None:
    ours, other = await sides(actors)
    relation = await related(actors, other, ours, "collaborates_with", "trusting")
    assert relation["last_contact_on"] is None
    await actors.made("/contacts", a_contact(ours, other, held_on="2024-05-01"))
    await actors.made("/contacts", a_contact(other, ours, held_on="2025-05-01"))
    both = await two_posts(actors, ours)
    await actors.made("/contacts", a_contact(ours, ours, held_on="2026-05-01", **both))
    url = f"/relations/{relation['id']}"
    assert (await actors.get(url)).json()["last_contact_on"] == "2025-05-01"
    assert (await actors.get(f"{url}?as_of=2024-12-31")).json()["last_contact_on"] == "2024-05-01"


async def test_a_departure_lists_the_next_steps_that_lost_their_owner(actors: Service) -> None:
    ours, other = await sides(actors)
    await placed(actors, ours, "strategic", "2020-01-01")
    await related(actors, ours, other, "collaborates_with", "trusting")
    mine, who = await post_at(actors, ours), await person(actors)
    await actors.made("/holdings", held(mine, who, "2024-01-01"))
    step = {"next_step": "Ring igen", "owner_post_id": mine["id"]}
    waits = await actors.made("/contacts", a_contact(ours, other, **step))
    await actors.made("/contacts", a_contact(ours, other, **step, done_on=day(-1)))
    left = await actors.made(f"/people/{who['id']}/depart", {"left_on": day(0)})
    assert [one["id"] for one in left["open_contacts"]] == [waits["id"]]
    assert left["rebuild_relations"][0]["last_contact_on"] == day(-10)
    leaving = {"withdrawn_on": day(0), "reason": "Ändrat uppdrag"}
    gone = await actors.made(f"/actors/{ours['id']}/withdraw", leaving)
    assert [one["id"] for one in gone["open_contacts"]] == [waits["id"]]
    undone = await actors.made(f"/standings/{gone['standing']['id']}/undo", {})
    assert undone["relations"] == []


async def test_coaching_has_a_topic_and_is_counted_by_whom_it_was_given(actors: Service) -> None:
    ours, other = await sides(actors)
    told = a_contact(ours, other, channel="coaching")
    assert wrong(await actors.post("/contacts", told)) == (422, "topic", "missing")
    made = await actors.made("/contacts", told | {"topic": "gender_mainstreaming"})
    await actors.made("/contacts", told | {"topic": "process_leading"})
    await actors.made("/contacts", a_contact(ours, other))
    for query, ids in (
        (f"channel=coaching&with_actor_id={other['id']}&topic=gender_mainstreaming", [made["id"]]),
        (f"topic=gender_mainstreaming&with_actor_id={ours['id']}", []),
    ):
        found = (await actors.get(f"/contacts?{query}&count=true")).json()
        assert ([one["id"] for one in found["items"]], found["count"]) == (ids, len(ids))
