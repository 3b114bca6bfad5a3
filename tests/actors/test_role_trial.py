"""Role trials: who was asked to take a role, and what is learnt from the answer."""

import pytest

from tests.actors.test_departure import actor
from tests.callers import Signed, municipality
from tests.councils.builders import day

ROLE = {"role": "Strategisk nivå"}


@pytest.mark.parametrize(
    ("more", "field", "code"),
    [
        ({"answer": "declined"}, "reasons", "missing"),
        ({"answered_on": "2026-02-01"}, "answered_on", "none_required"),
        ({"asked_on": "2026-02-01", "answer_by": "2026-01-31"}, "answer_by", "too_early"),
        ({"asked_on": day(1)}, "asked_on", "in_the_future"),
        ({"answer": "accepted", "answered_on": day(1)}, "answered_on", "in_the_future"),
        ({"role": ""}, "role", "string_too_short"),
    ],
)
async def test_what_does_not_hold_together_is_blamed_on_its_field(
    actors: Signed, more: dict[str, str], field: str, code: str
) -> None:
    asked = {"actor_id": (await actor(actors))["id"]} | ROLE
    answer = await actors.post("/role-trials", asked | more)
    error = answer.json()["errors"][0]
    assert (answer.status_code, error["field"], error["code"]) == (422, field, code)


async def test_a_trial_waits_is_late_and_is_answered(actors: Signed) -> None:
    asked = {"actor_id": (await actor(actors))["id"], "asked_on": "2026-01-01"} | ROLE
    late = await actors.made("/role-trials", asked | {"answer_by": "2026-02-01"})
    unknown = await actors.made("/role-trials", ROLE | {"actor_id": asked["actor_id"]})
    assert (late["overdue"], late["answer"], unknown["overdue"]) == (True, "waiting", False)
    found = (await actors.get("/role-trials?overdue=true")).json()["items"]
    assert [one["id"] for one in found] == [late["id"]]
    in_time = (await actors.get(f"/role-trials/{late['id']}?as_of=2026-02-01")).json()
    assert in_time["overdue"] is False
    said = {"answer": "declined", "answered_on": "2026-03-01", "reasons": "För lite tid"}
    answer = await actors.put(f"/role-trials/{late['id']}", asked | said, version=1)
    assert (answer.json()["answer"], answer.json()["overdue"]) == ("declined", False)
    then = (await actors.get(f"/role-trials/{late['id']}?as_of=2026-02-28")).json()
    told = [then[name] for name in ("answer", "answered_on", "reasons", "overdue")]
    assert told == ["waiting", None, None, False], "the answer came later"
    for query in ("answer=waiting&as_of=2026-02-28", "answer=declined&as_of=2026-03-01"):
        found = (await actors.get(f"/role-trials?{query}")).json()["items"]
        assert [one["id"] for one in found] == [late["id"]], query
    listed = (await actors.get(f"/actors/{asked['actor_id']}/role-trials")).json()["items"]
    assert [one["id"] for one in listed] == [unknown["id"], late["id"]]
    assert (await actors.get("/role-trials?q=tid")).json()["items"][0]["id"] == late["id"]


async def test_a_municipality_writes_the_trials_of_its_own_actors(actors: Signed) -> None:
    ours = await actor(actors, "Exempelkommun 2", managed_by="1472")
    tibro = actors.by(municipality("1472"))
    assert (await tibro.post("/role-trials", ROLE | {"actor_id": ours["id"]})).is_success
    other = await tibro.post("/role-trials", ROLE | {"actor_id": (await actor(actors))["id"]})
    assert (other.status_code, other.json()["errors"][0]["field"]) == (422, "actor_id")
