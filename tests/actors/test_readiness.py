"""Readiness: assessed with evidence, outdated after twelve months, read by few; and gains."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from services.kit import clock
from tests.actors.test_departure import actor, post_at
from tests.callers import (
    ADMINISTRATOR,
    ANALYSIS,
    ASSOCIATION,
    LEADER,
    MEMBER,
    READER,
    STRATEGIST,
    Signed,
    municipality,
)
from tests.councils.builders import blamed, day

Fact = dict[str, Any]


def assessment(at: Fact, by: Fact, **more: Any) -> Fact:
    """An assessment of today that all is well."""
    said = dict.fromkeys(("will", "drive", "ability"), 3)
    told = {f"{name}_evidence": "Exempel: sagt på mötet" for name in said}
    who = {"actor_id": at["id"], "assessed_by_post_id": by["id"], "assessed_on": day(0)}
    return who | said | told | more


@pytest.fixture
async def at(actors: Signed) -> Fact:
    """An actor that Tibro manages."""
    return await actor(actors, managed_by="1472")


@pytest.fixture
async def post(actors: Signed, at: Fact) -> Fact:
    """A post of that actor."""
    return await post_at(actors, at)


@pytest.mark.parametrize(
    ("on", "oldest"),
    [
        ("2026-11-26", "2025-11-26"),
        ("2024-02-29", "2023-02-28"),
        ("2025-02-28", "2024-02-28"),
        ("0001-01-01", "0001-01-01"),
    ],
)
def test_twelve_months_are_counted_by_the_calendar(on: str, oldest: str) -> None:
    assert clock.year_before(date.fromisoformat(on)) == date.fromisoformat(oldest)


async def test_an_assessment_is_ready_or_not_and_outdated_after_a_year(
    actors: Signed, at: Fact, post: Fact
) -> None:
    edge = clock.year_before(clock.today())
    states = {
        "ready": {},
        "not_ready": {"drive": 1},
        "outdated": {"assessed_on": (edge - timedelta(days=1)).isoformat()},
    }
    for state, more in states.items():
        made = await actors.made("/readiness", assessment(at, post, **more))
        assert made["state"] == state, state
    last = await actors.made("/readiness", assessment(at, post, assessed_on=edge.isoformat()))
    assert last["state"] == "ready", "twelve months old to the day"
    nested = (await actors.get(f"/actors/{at['id']}/readiness")).json()["items"]
    assert [one["state"] for one in nested] == ["ready", "not_ready", "ready", "outdated"]
    then = (await actors.get(f"/readiness/{last['id']}?as_of={day(1)}")).json()
    assert then["state"] == "outdated"
    before = (await actors.get(f"/readiness/{made['id']}?as_of=2000-01-01")).json()
    assert before["state"] is None, "it had not been made"


async def test_the_newest_on_the_day_says_where_an_actor_stands(
    actors: Signed, at: Fact, post: Fact
) -> None:
    other = await actor(actors, "Exempelkommun 2")
    await actors.made("/readiness", assessment(at, post, ability=1, assessed_on=day(-300)))
    newest = await actors.made("/readiness", assessment(at, post, assessed_on=day(-100)))

    async def found(query: str) -> set[str]:
        answer = await actors.get(f"/actors?{query}")
        return {one["id"] for one in answer.json()["items"]}

    assert await found("readiness=ready") == {at["id"]}
    assert await found("readiness=not_assessed") == {other["id"]}
    assert await found("readiness=not_assessed&readiness=ready") == {at["id"], other["id"]}
    assert await found(f"readiness=not_ready&as_of={day(-200)}") == {at["id"]}
    assert await found(f"readiness=outdated&as_of={day(300)}") == {at["id"]}
    assert await found(f"readiness=not_assessed&as_of={day(-400)}") == {at["id"], other["id"]}
    ids = f"actor_id={at['id']}&actor_id={other['id']}"
    items = (await actors.get(f"/readiness?newest=true&{ids}")).json()["items"]
    assert [one["id"] for one in items] == [newest["id"]]
    earlier = (await actors.get(f"/readiness?newest=true&as_of={day(-200)}&{ids}")).json()["items"]
    assert [one["ability"] for one in earlier] == [1]
    assert len((await actors.get(f"/readiness?newest=false&{ids}")).json()["items"]) == 1


async def test_nonsense_is_refused(actors: Signed, at: Fact, post: Fact) -> None:
    async def refused(**more: Any) -> tuple[int, str, str]:
        return blamed(await actors.post("/readiness", assessment(at, post, **more)))

    assert await refused(will=6) == (422, "will", "less_than_equal")
    assert await refused(drive=0) == (422, "drive", "greater_than_equal")
    assert await refused(ability_evidence=" ") == (422, "ability_evidence", "string_too_short")
    assert await refused(assessed_on=day(1)) == (422, "assessed_on", "in_the_future")
    unknown = "0198f000-0000-7000-8000-000000000001"
    blame = (422, "assessed_by_post_id", "unknown_reference")
    assert await refused(assessed_by_post_id=unknown) == blame
    made = await actors.made("/readiness", assessment(at, post))
    other = await actor(actors, "Exempelkommun 2")
    moved = await actors.put(f"/readiness/{made['id']}", assessment(other, post), version=1)
    assert blamed(moved) == (422, "actor_id", "fixed")


async def test_assessments_judge_an_organisation_and_are_read_by_few(
    actors: Signed, at: Fact, post: Fact
) -> None:
    made = await actors.made("/readiness", assessment(at, post))
    own, other = municipality("1472"), municipality("1495")
    for caller in (LEADER, STRATEGIST, ADMINISTRATOR, ASSOCIATION, ANALYSIS, own):
        items = (await actors.by(caller).get("/readiness")).json()["items"]
        assert [one["id"] for one in items] == [made["id"]], caller.subject
    assert (await actors.by(other).get("/readiness")).json()["items"] == []
    assert (await actors.by(other).get(f"/readiness/{made['id']}")).status_code == 404
    for caller in (MEMBER, READER, municipality("1472", "write")):
        for path in ("/readiness", f"/readiness/{made['id']}", f"/actors/{at['id']}/readiness"):
            assert (await actors.by(caller).get(path)).status_code == 403, caller.subject
        listed = await actors.by(caller).get("/actors?readiness=ready")
        assert listed.status_code == 403, "a filter would tell what the assessment says"
    for caller, count in ((own, 1), (other, 0), (ASSOCIATION, 1)):
        found = (await actors.by(caller).get("/actors?readiness=ready&count=true")).json()
        assert (len(found["items"]), found["count"]) == (count, count)
        feed = (await actors.by(caller).get("/feed")).json()["events"]
        assert len([one for one in feed if one["entity"] == "readiness"]) == count


async def test_a_municipality_assesses_the_actors_that_it_manages(
    actors: Signed, at: Fact, post: Fact
) -> None:
    own, other = actors.by(municipality("1472")), actors.by(municipality("1495"))
    made = await own.made("/readiness", assessment(at, post))
    assert (await other.post("/readiness", assessment(at, post))).status_code == 422
    changed = assessment(at, post, will=5)
    assert (await other.put(f"/readiness/{made['id']}", changed, version=1)).status_code == 404
    assert (await own.put(f"/readiness/{made['id']}", changed, version=1)).json()["will"] == 5
    for caller in (STRATEGIST, MEMBER, READER, replace(own.caller, scopes=("read",))):
        answer = await actors.by(caller).post("/readiness", assessment(at, post))
        assert answer.status_code == 403


def a_gain(at: Fact, **more: Any) -> Fact:
    """What an actor gains."""
    return {"actor_id": at["id"], "statement": "Exempel: lärlingar", "stated_on": day(-30)} | more


async def test_a_gain_is_stated_confirmed_by_the_actor_and_later_judged(
    actors: Signed, at: Fact, post: Fact
) -> None:
    made = await actors.made("/gains", a_gain(at))
    assert (made["realised"], made["confirmed_on"]) == ("not_yet", None)
    url = f"/gains/{made['id']}"
    confirmed = a_gain(at, confirmed_on=day(-20), confirmed_by_post_id=post["id"])
    assert (await actors.put(url, confirmed, version=1)).status_code == 200
    judged = confirmed | {"realised": "partly", "judged_on": day(0), "evidence": "Exempel: två"}
    answer = await actors.put(url, judged, version=2)
    assert (answer.status_code, answer.json()["realised"]) == (200, "partly")
    items = (await actors.get(f"/actors/{at['id']}/gains?confirmed=true")).json()["items"]
    assert [one["id"] for one in items] == [made["id"]]
    for caller in (MEMBER, READER):
        assert (await actors.by(caller).get(url)).status_code == 200


async def test_a_gain_that_contradicts_itself_is_refused(
    actors: Signed, at: Fact, post: Fact
) -> None:
    elsewhere = await post_at(actors, await actor(actors, "Exempelkommun 2"))

    async def refused(**more: Any) -> tuple[int, str, str]:
        return blamed(await actors.post("/gains", a_gain(at, **more)))

    by = {"confirmed_by_post_id": post["id"]}
    assert await refused(**by) == (422, "confirmed_on", "missing")
    assert await refused(confirmed_on=day(0)) == (422, "confirmed_by_post_id", "missing")
    assert await refused(confirmed_on=day(-31), **by) == (422, "confirmed_on", "too_early")
    assert await refused(confirmed_on=day(1), **by) == (422, "confirmed_on", "in_the_future")
    assert await refused(realised="fully") == (422, "judged_on", "missing")
    foreign = {"confirmed_on": day(0), "confirmed_by_post_id": elsewhere["id"]}
    assert await refused(**foreign) == (422, "confirmed_by_post_id", "other_actor")
