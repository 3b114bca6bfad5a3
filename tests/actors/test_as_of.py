"""A day means something wherever things have days, and is refused where it means nothing."""

from typing import Any

import pytest

from services.actors.contract.mandate import Endorsement
from services.kit import clock
from tests.actors.test_departure import actor, post_at
from tests.actors.test_readiness import assessment
from tests.actors.test_takeover import taken_by
from tests.actors.test_timeline import story
from tests.callers import LEADER, Signed
from tests.councils.builders import day

EARLY, LATE, DAY = "2021-01-01", "2023-01-01", {"as_of": "2022-01-01"}


async def test_lists_as_of_a_day_hold_what_had_come_by_then(actors: Signed) -> None:
    one, other = await actor(actors, "Exempelkommun 1"), await actor(actors, "Exempelkommun 2")
    own, made = {"actor_id": one["id"]}, actors.made
    given = {"issuer_actor_id": other["id"], "holder_actor_id": one["id"], "scope": "Leda"}
    mandate = await made("/mandates", given | {"valid_from": "2020-01-01"})
    taught = {"provider_actor_id": one["id"], "name": "Svets", "form": "higher_vocational"}
    programme = await made("/programmes", taught)
    post = await post_at(actors, one)
    for when, code in ((EARLY, "1472"), (LATE, "1473")):
        said = {"our_actor_id": other["id"], "channel": "meeting", "said": "Hej", "held_on": when}
        await made("/contacts", own | said)
        await made("/gains", own | {"statement": "Kompetens", "stated_on": when})
        await made("/intakes", {"programme_id": programme["id"], "starts_on": when})
        yes = {"mandate_id": mandate["id"], "municipality_code": code, "state": "endorsed"}
        await made("/endorsements", yes | {"on": when})
        await made("/readiness", assessment(one, post, assessed_on=when))
        await made("/role-trials", own | {"role": "Värd", "asked_on": when})
        await made("/takeovers", taken_by(post, left_actor_id=one["id"], taken_on=when))
    for path, field in (
        ("contacts", "held_on"), ("gains", "stated_on"), ("endorsements", "on"),
        ("intakes", "starts_on"), ("readiness", "assessed_on"), ("role-trials", "asked_on"),
        ("takeovers", "taken_on"), (f"actors/{one['id']}/readiness", "assessed_on"),
    ):  # fmt: skip
        found = await actors.get(f"/{path}", params=DAY | {"count": "true"})
        assert found.status_code == 200, found.text
        assert [item[field] for item in found.json()["items"]] == [EARLY], path
        assert found.json()["count"] == 1
    unknown = await made("/role-trials", own | {"role": "Värd"})
    answered = {"answer": "accepted", "answered_on": EARLY}
    earlier = await made("/role-trials", own | {"role": "Värd"} | answered)
    for when, ids in ((EARLY, [earlier["id"]]), (day(0), [earlier["id"], unknown["id"]])):
        listed = (await actors.get("/role-trials", params={"as_of": when})).json()["items"]
        assert [one["id"] for one in listed if one["asked_on"] is None] == ids
    assert (await actors.get("/imports", params=DAY)).json()["items"] == []
    counts = [
        (await actors.get(f"/mandates/{mandate['id']}", params=when)).json()["endorsed_count"]
        for when in (DAY, {})
    ]
    assert counts == [1, 2]
    told = (await actors.get(f"/actors/{one['id']}/timeline", params=DAY)).json()["items"]
    assert {event["on"] for event in told} == {EARLY, "2020-01-01"}


async def test_times_are_honoured_or_refused_and_never_ignored(actors: Signed) -> None:
    before = {"known_at": clock.now().isoformat()}
    one, other = await actor(actors, "Exempelkommun 1"), await actor(actors, "Exempelkommun 2")
    sides = {"actor_id": one["id"], "our_actor_id": other["id"], "channel": "meeting"}
    held = sides | {"said": "Hej", "held_on": EARLY}
    await actors.made("/contacts", held)

    async def bridged(**when: str) -> int:
        found = await actors.get("/contacts/bridges", params=when)
        assert found.status_code == 200, found.text
        return len(found.json()["bridges"])

    assert await bridged(as_of="2021-06-01") == await bridged(on="2021-06-01") == 1
    assert await bridged() == await bridged(as_of="2021-06-01", **before) == 0
    assert (await actors.get("/contacts/bridges?who=x")).status_code == 400
    archive = (await actors.get("/export/popolo")).json()
    early = (await actors.get("/export/popolo", params=before)).json()
    assert (len(archive["organizations"]), early["organizations"]) == (2, [])
    for path in ("/export/popolo?", "/actors/likely-same?name=Exempel&"):
        refused = await actors.by(LEADER).get(f"{path}as_of=2021-01-01")
        assert refused.status_code == 400, path
        assert refused.json()["errors"][0]["field"] == "as_of"


@pytest.mark.parametrize("when", ["0001-01-01", "9999-11-01", "9999-12-31"])
async def test_every_reading_takes_the_first_and_the_last_day(actors: Signed, when: str) -> None:
    at, *_ = await story(actors)
    asked = 0
    for path, item in actors.app.openapi()["paths"].items():
        if "as_of" not in [one["name"] for one in item.get("get", {}).get("parameters", ())]:
            continue
        listed = (await actors.get(path.partition("/{id}")[0])).json().get("items", [])
        own = path.startswith("/actors/")
        one = at["id"] if own else next((item["id"] for item in listed if "id" in item), at["id"])
        answer = await actors.get(path.replace("{id}", one), params={"as_of": when})
        assert answer.status_code in {200, 404}, (path, answer.text)
        asked += answer.status_code == 200
    assert asked > 20


async def test_how_a_municipality_stood_to_a_mandate_on_a_day(actors: Signed) -> None:
    issuer, holder = await actor(actors, "Exempelkommun 1"), await actor(actors, "Exempel 2")
    given = {"issuer_actor_id": issuer["id"], "holder_actor_id": holder["id"], "scope": "Leda"}
    mandate = await actors.made("/mandates", given | {"valid_from": "2024-01-01"})
    url, codes = f"/mandates/{mandate['id']}", {"municipality_codes": ["1472"]}
    for state, on in (
        ("asked", "2024-02-01"), ("endorsed", "2024-03-01"), ("declined", "2024-05-01"),
    ):  # fmt: skip
        news = codes | {"state": state, "on": on, "reply": f"Exempelsvar {state}"}
        (answered,) = (await actors.post(f"{url}/endorse", news)).json()["items"]
        Endorsement.model_validate(answered)
    steps = [("endorsed", "2024-03-01"), ("asked", "2024-02-01")]
    assert [(one["state"], one["on"]) for one in answered["earlier_states"]] == steps

    async def stood(**when: str) -> tuple[Any, int]:
        found = (await actors.get(f"{url}/endorsements", params=when)).json()["items"]
        count = (await actors.get(url, params=when)).json()["endorsed_count"]
        return [(one["state"], one["on"], len(one["earlier_states"])) for one in found], count

    assert await stood() == ([("declined", "2024-05-01", 2)], 0)
    assert await stood(as_of="2024-04-01") == ([("endorsed", "2024-03-01", 1)], 1)
    assert await stood(as_of="2024-02-29") == ([("asked", "2024-02-01", 0)], 0)
    assert await stood(as_of="2024-01-31") == ([], 0)
    day = {"as_of": "2024-04-01"}
    (then,) = (await actors.get(f"{url}/endorsements", params=day)).json()["items"]
    assert then["reply"] == "Exempelsvar endorsed"
    narrowed = {**day, "state": "endorsed", "municipality_code": "1472"}
    assert len((await actors.get("/endorsements", params=narrowed)).json()["items"]) == 1
    # The refusal was later than it was written: what it came after is as it was.
    body = {name: answered[name] for name in ("mandate_id", "municipality_code", "state", "reply")}
    put = await actors.put(
        f"/endorsements/{answered['id']}", body | {"on": "2024-06-01"}, version=3
    )
    assert put.status_code == 200, put.text
    assert await stood(as_of="2024-05-15") == ([("endorsed", "2024-03-01", 1)], 1)
    # It had never endorsed it: that was another municipality.
    put = await actors.put(
        f"/endorsements/{answered['id']}", body | {"on": "2024-02-15"}, version=4
    )
    assert await stood() == ([("declined", "2024-02-15", 1)], 0)
