"""A relation's state has its day: before it, the relation is what it was."""

from datetime import timedelta

from services.actors.contract.relation import RelationDraft
from services.kit import clock
from tests.actors.test_departure import Fact, actor, placed, related
from tests.callers import Signed


async def test_a_relation_is_on_each_day_what_it_was_then(actors: Signed) -> None:
    made, other = await placed(actors), await actor(actors)
    relation = await related(actors, made, other, "funds", "trusting")
    comes = {"actor_id": made["id"], "other_actor_id": other["id"], "kind": "collaborates_with"}
    ahead = [(clock.today() + timedelta(days=days)).isoformat() for days in (-1, 10, 11, 40, 41)]
    later = await actors.made("/relations", comes | {"valid_from": ahead[3]})
    left = {"withdrawn_on": ahead[1], "reason": "Ändrat uppdrag"}
    told = (await actors.post(f"/actors/{made['id']}/withdraw", left)).json()
    assert {one["state"] for one in told["rebuild_relations"]} == {"rebuild"}
    assert {one["id"] for one in told["rebuild_relations"]} == {relation["id"], later["id"]}

    async def on(day: str, of: Fact = relation, **asked: str) -> tuple[str | None, str | None]:
        found = (await actors.get(f"/relations/{of['id']}", params={"as_of": day} | asked)).json()
        return found["state"], found["state_since"]

    trusting, worn = ("trusting", "2018-05-01"), ("rebuild", ahead[1])
    assert [await on(day) for day in ahead[:3]] == [trusting, worn, worn]
    assert await on("2018-02-01") == (None, None), "nobody said what it was before"
    assert await on(ahead[4], later) == ("rebuild", ahead[3])
    assert await on(ahead[2], known_at=later["created_at"]) == trusting
    counts = [
        len((await actors.get("/relations", params={"state": "rebuild"} | day)).json()["items"])
        for day in ({}, {"as_of": ahead[2]}, {"as_of": ahead[4]}, {"begins_after": ahead[1]})
    ]
    assert counts == [1, 1, 2, 1], "one that begins later is told as it begins"
    now = (await actors.get(f"/relations/{relation['id']}")).json()
    draft = {name: now[name] for name in RelationDraft.model_fields} | {"note": "Ny rad"}
    saved = await actors.put(f"/relations/{relation['id']}", draft, version=now["version"])
    assert (saved.status_code, saved.json()["state"], await on(ahead[2])) == (200, "trusting", worn)


async def test_what_is_to_come_wears_earlier_where_somebody_leaves_before(actors: Signed) -> None:
    one, other = await placed(actors), await placed(actors)
    relation = await related(actors, one, other, "funds", "working")
    for who, ahead in ((one, 20), (other, 10)):
        day = (clock.today() + timedelta(days=ahead)).isoformat()
        left = {"withdrawn_on": day, "reason": "Ändrat uppdrag"}
        assert (await actors.post(f"/actors/{who['id']}/withdraw", left)).status_code == 200
    then = (await actors.get(f"/relations/{relation['id']}?as_of={day}")).json()
    assert (then["state"], then["state_since"]) == ("rebuild", day)
