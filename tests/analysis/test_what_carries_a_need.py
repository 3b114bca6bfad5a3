"""Who carries a need, and since when it is broken: never before the thing itself."""

from datetime import timedelta
from typing import Any

from services.kit import clock
from tests.analysis.conftest import Three
from tests.analysis.test_thread import broken, decision_on, initiative_for, need_in, world
from tests.callers import Signed

TODAY = clock.today().isoformat()
Fact = dict[str, Any]


def _day(days: int) -> str:
    return (clock.today() + timedelta(days=days)).isoformat()


async def _breaks(three: Three, need: Fact) -> dict[str, str]:
    thread = (await three.analysis.get(f"/threads?need_id={need['id']}")).json()["items"][0]
    return {one["kind"]: one["since"] for one in thread["breaks"]}


async def _withdrawn(actors: Signed, actor: Fact) -> Fact:
    leaving = {"withdrawn_on": TODAY, "reason": "Exempel"}
    return await actors.made(f"/actors/{actor['id']}/withdraw", leaving)


async def test_a_break_is_never_older_than_what_it_is_about(three: Three) -> None:
    at = await world(three)
    vacant = await three.actors.made("/posts", {"actor_id": at["actor"]["id"], "title": "Rektor"})
    held = {"post_id": vacant["id"], "person_id": at["person"]["id"]}
    held |= {"valid_from": "2019-01-01", "valid_to": "2021-01-01"}
    await three.actors.made("/holdings", held)
    need = await need_in(three, at, owner_post_id=vacant["id"], identified_on=_day(-3))
    await decision_on(three, at, need, owner_post_id=vacant["id"], decided_on=TODAY)
    # It was to be over before anybody decided it.
    await initiative_for(three, at, need, ends_on="2020-01-01")
    found = (await three.analysis.get(f"/breaks?need_id={need['id']}")).json()["items"]
    assert {(one["kind"], one["thing"]["noun"]): one["since"] for one in found} == {
        ("ownerless", "needs"): _day(-3),
        ("ownerless", "decisions"): TODAY,
        ("decision_without_initiative", "decisions"): TODAY,
        ("initiative_without_outcome", "initiatives"): "2026-11-01",
    }


async def test_who_has_left_carries_nothing_and_who_comes_back_does(three: Three) -> None:
    at = await world(three)
    need = await need_in(three, at, owner_post_id=None, identified_on=_day(-3))
    await initiative_for(three, at, need, owner_post_id=None)
    assert "no_actor" not in await broken(three, need)
    gone = await _withdrawn(three.actors, at["actor"])
    assert (await _breaks(three, need))["no_actor"] == TODAY
    back = f"/standings/{gone['standing']['id']}"
    version = (await three.actors.get(back)).json()["version"]
    undone = await three.actors.delete(back, version=version)
    assert undone.status_code == 204, undone.text
    assert "no_actor" not in await broken(three, need)


async def test_another_that_leads_too_carries_it_on(three: Three) -> None:
    at = await world(three)
    other = await three.actors.made("/actors", {"name": "Exempelskolan", "kind": "company"})
    need = await need_in(three, at)
    led = await initiative_for(three, at, need, lead_actor_id=other["id"])
    await _withdrawn(three.actors, at["actor"])
    assert "no_actor" not in await broken(three, need)
    stopped = {"closed_on": TODAY, "reason": "Ingen anordnare"}
    await three.councils.made(f"/initiatives/{led['id']}/stop", stopped)
    assert "no_actor" in await broken(three, need)


async def test_of_a_merged_pair_the_living_ones_standing_counts(three: Three) -> None:
    at = await world(three)
    need = await need_in(three, at)
    living = await three.actors.made("/actors", {"name": "Exempelbolaget", "kind": "company"})
    joined = {"actor_id": living["id"], "level": "operative", "status": "active"}
    await three.actors.made("/standings", joined | {"valid_from": _day(-9)})
    await _withdrawn(three.actors, at["actor"])
    assert "no_actor" in await broken(three, need)
    merged = {"into_id": living["id"]}
    await three.actors.made(f"/actors/{at['actor']['id']}/merge", merged)
    assert "no_actor" not in await broken(three, need)


async def test_a_stopped_initiative_alone_carries_no_need(three: Three) -> None:
    at = await world(three)
    need = await need_in(three, at, council_id=None, identified_on="2026-10-01")
    led = await initiative_for(three, at, need)
    assert "no_actor" not in await broken(three, need)
    stopped = {"closed_on": "2026-11-02", "reason": "Ingen anordnare"}
    await three.councils.made(f"/initiatives/{led['id']}/stop", stopped)
    assert (await _breaks(three, need))["no_actor"] == "2026-11-02"


async def test_what_is_carried_out_and_looked_at_for_good_needs_no_owner(three: Three) -> None:
    at = await world(three)
    vacant = await three.actors.made("/posts", {"actor_id": at["actor"]["id"], "title": "Rektor"})
    need = await need_in(three, at)
    made = await decision_on(three, at, need, owner_post_id=vacant["id"], review_on=_day(30))
    done = await initiative_for(three, at, need, decision_id=made["id"])
    path = f"/initiatives/{done['id']}"
    await three.councils.made(f"{path}/start", {"started_on": TODAY})
    outcome = {"initiative_id": done["id"], "change": "Tolv går kursen", "evidence": "Lista"}
    outcome |= {"happened_on": TODAY, "horizon": "short"}
    await three.councils.made("/outcomes", outcome)
    await three.councils.made(f"{path}/finish", {"closed_on": TODAY})

    async def ownerless() -> list[str]:
        found = (await three.analysis.get(f"/breaks?need_id={need['id']}")).json()["items"]
        return [one["thing"]["id"] for one in found if one["kind"] == "ownerless"]

    assert await ownerless() == [made["id"]], "somebody is to look at it again"
    looked = {"decision_id": made["id"], "reviewed_on": TODAY, "finding": "Kursen är i gång"}
    await three.councils.made("/decision-reviews", looked)
    assert await ownerless() == []
