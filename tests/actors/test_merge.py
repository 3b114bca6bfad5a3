"""Merged actors: two turn out to be one, the old id leads on, and it can be undone."""

from typing import Any

from services.actors.contract.relation import RelationDraft
from services.kit import clock
from tests.actors.test_departure import related
from tests.actors.test_readiness import assessment
from tests.callers import Signed

TODAY = clock.today().isoformat()


async def _company(actors: Signed, name: str, **more: Any) -> dict[str, Any]:
    return await actors.made("/actors", {"name": name, "kind": "company", **more})


async def _merge(actors: Signed, one: dict[str, Any], into: dict[str, Any]) -> dict[str, Any]:
    answer = await actors.post(f"/actors/{one['id']}/merge", {"into_id": into["id"]})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_a_merged_actor_leads_to_the_one_it_lives_on_in(actors: Signed) -> None:
    old = await _company(actors, "Exempelföretag 1 AB", org_number="202100-2114", mission="Trä")
    new = await _company(actors, "Exempelföretag Ett", mission="Möbler")
    living = await _merge(actors, old, new)
    assert living["id"] == new["id"]
    assert living["merged_ids"] == [old["id"]]
    assert (living["org_number"], living["mission"]) == ("202100-2114", "Möbler")
    assert living["other_names"] == "Exempelföretag 1 AB"

    gone = await actors.get(f"/actors/{old['id']}")
    assert gone.status_code == 301
    assert gone.headers["location"].endswith(f"/actors/{new['id']}")
    assert gone.json()["merged_into_id"] == new["id"]
    query = "as_of=2019-01-01&known_at=2100-01-01T00:00:00Z"
    there = (await actors.get(f"/actors/{old['id']}?{query}")).headers["location"]
    assert there == f"/actors/{new['id']}?{query}", "who asks for a day is led to that day"
    listed = (await actors.get("/actors?q=Exempelföretag 1")).json()["items"]
    assert [one["id"] for one in listed] == [new["id"]], "found by its former name, once"
    by_id = (await actors.get(f"/actors?id={old['id']}")).json()["items"]
    assert [one["id"] for one in by_id] == [new["id"]]
    merged = (await actors.get(f"/actors?merged_into_id={new['id']}")).json()["items"]
    assert [one["id"] for one in merged] == [old["id"]]


async def test_what_hangs_on_either_is_found_by_any_id(actors: Signed) -> None:
    old, new = await _company(actors, "Exempelföretag 1"), await _company(actors, "Exempel Ett")
    other = await _company(actors, "Exempelföretag 2")
    posts = [
        await actors.made("/posts", {"actor_id": one["id"], "title": "Chef", "function": "other"})
        for one in (old, new)
    ]
    relation = {"actor_id": other["id"], "other_actor_id": old["id"], "kind": "collaborates_with"}
    await actors.made("/relations", relation | {"valid_from": "2024-01-01", "state": "working"})
    await actors.made("/readiness", assessment(old, posts[0]))
    await _merge(actors, old, new)
    for one in (old["id"], new["id"]):
        for path in ("posts", "relations", "readiness"):
            found = (await actors.get(f"/{path}?actor_id={one}")).json()["items"]
            assert len(found) == (2 if path == "posts" else 1), path
    ready = (await actors.get("/actors?readiness=ready")).json()["items"]
    assert [one["id"] for one in ready] == [new["id"]], "the old one's assessment counts"
    found = (await actors.get(f"/readiness?actor_id={new['id']}&newest=true")).json()["items"]
    assert set(found[0]["known_as"]) == {old["id"], new["id"]}
    contact = {"held_on": TODAY, "channel": "meeting", "said": "Hej", "actor_id": other["id"]}
    sides = {"our_actor_id": new["id"], "our_post_id": posts[0]["id"]}
    assert (await actors.post("/contacts", contact | sides)).status_code == 201, "its own post"
    near = (await actors.get(f"/relations?actor_id={new['id']}")).json()["items"][0]
    assert near["last_contact_on"] == TODAY


async def test_a_merge_is_undone_and_gives_back_what_was_inherited(actors: Signed) -> None:
    old = await _company(
        actors, "Exempelföretag 1", org_number="202100-2114", website="https://example.se"
    )
    new = await _company(actors, "Exempel Ett", other_names="Ettan")
    living = await _merge(actors, old, new)
    draft = {key: living[key] for key in ("name", "kind", "org_number", "other_names")}
    changed = await actors.put(
        f"/actors/{new['id']}",
        draft | {"website": "https://example.com"},
        version=living["version"],
    )
    assert changed.status_code == 200
    parted = await actors.post(f"/actors/{old['id']}/part", {})
    assert parted.status_code == 200, parted.text
    again = parted.json()
    assert (again["id"], again["org_number"], again["merged_into_id"]) == (
        old["id"],
        "202100-2114",
        None,
    )
    left = (await actors.get(f"/actors/{new['id']}")).json()
    assert (left["org_number"], left["other_names"]) == (None, "Ettan")
    assert left["website"] == "https://example.com", "what was changed since is left alone"
    assert (await actors.get(f"/actors/{old['id']}")).status_code == 200
    assert (await actors.post(f"/actors/{old['id']}/part", {})).status_code == 409


async def test_what_came_with_an_actor_follows_it_when_it_is_parted(actors: Signed) -> None:
    first, second, third = [await _company(actors, f"Exempelföretag {n}") for n in (1, 2, 3)]
    await _merge(actors, first, second)
    living = await _merge(actors, second, third)
    assert set(living["merged_ids"]) == {first["id"], second["id"]}
    assert (await actors.get(f"/actors/{first['id']}")).headers["location"].endswith(third["id"])
    assert (await actors.post(f"/actors/{second['id']}/part", {})).status_code == 200
    assert (await actors.get(f"/actors/{first['id']}")).headers["location"].endswith(second["id"])
    assert (await actors.get(f"/actors/{third['id']}")).json()["merged_ids"] == []


async def test_both_histories_are_kept_and_read_as_they_were_known(actors: Signed) -> None:
    old, new = await _company(actors, "Exempelföretag 1"), await _company(actors, "Exempel Ett")
    before = clock.now().isoformat()
    await _merge(actors, old, new)
    known = {"known_at": before}
    then = await actors.get(f"/actors/{old['id']}", params=known)
    assert (then.status_code, then.json()["name"]) == (200, "Exempelföretag 1")
    listed = (await actors.get("/actors", params=known)).json()["items"]
    assert {one["id"] for one in listed} == {old["id"], new["id"]}


async def test_what_cannot_be_merged_is_told(actors: Signed) -> None:
    old, new = await _company(actors, "Exempelföretag 1"), await _company(actors, "Exempel Ett")

    async def refused(one: dict[str, Any], into: str) -> tuple[int, str]:
        answer = await actors.post(f"/actors/{one['id']}/merge", {"into_id": into})
        return answer.status_code, answer.json()["errors"][0]["code"]

    assert await refused(old, old["id"]) == (422, "circle")
    assert await refused(old, "018f0000-0000-7000-8000-000000000000") == (
        422,
        "unknown_reference",
    )
    await _merge(actors, old, new)
    assert await refused(new, old["id"]) == (422, "merged")
    assert await refused(old, new["id"]) == (409, "merged")
    place = {"actor_id": old["id"], "valid_from": TODAY, "level": "operative", "status": "active"}
    assert (await actors.post(f"/actors/{old['id']}/place", place)).status_code == 409
    same = {"name": "Nytt namn", "kind": "company"}
    found = await actors.put(f"/actors/{old['id']}", same, version=2)
    assert found.status_code == 409


async def test_a_merged_actor_keeps_its_number(actors: Signed) -> None:
    old = await _company(actors, "Exempelföretag 1", org_number="202100-2114")
    new = await _company(actors, "Exempel Ett")
    living = await _merge(actors, old, new)
    told = {"name": "Exempel Ett", "kind": "company", "org_number": None}
    freed = await actors.put(f"/actors/{new['id']}", told, version=living["version"])
    assert freed.status_code == 200
    found = (await actors.get("/actors?org_number=202100-2114")).json()["items"]
    assert [one["id"] for one in found] == [new["id"]], "the number leads to the living one"
    other = {"name": "Exempelföretag 2", "kind": "company", "org_number": "2021002114"}
    refused = await actors.post("/actors", other)
    assert refused.status_code == 409
    error = refused.json()["errors"][0]
    assert (error["field"], error["code"]) == ("org_number", "taken")
    assert new["id"] in refused.json()["detail"]
    third = await _company(actors, "Exempelföretag 3")
    changed = await actors.put(f"/actors/{third['id']}", other, version=1)
    assert changed.status_code == 409
    many = await actors.send("POST", "/actors/bulk", json=[other | {"org_number": None}, other])
    assert [one["field"] for one in many.json()["errors"]] == ["rows.1.org_number"]
    body = {"noun": "actor", "file_name": "a", "rows": [other]}
    told_known = (await actors.post("/imports?dry_run=true", body)).json()
    assert told_known["known_count"] == 1, told_known
    own = await actors.put(
        f"/actors/{new['id']}", told | {"org_number": "202100-2114"},
        version=freed.json()["version"],
    )  # fmt: skip
    assert own.status_code == 200, "the one it lives on in may have it"
    assert (await actors.post("/actors", other)).status_code == 409
    many = await actors.send("POST", "/actors/bulk", json=[other])
    assert [one["field"] for one in many.json()["errors"]] == ["rows.0.org_number"], "told once"
    again = await actors.put(f"/actors/{new['id']}", told, version=own.json()["version"])
    assert again.status_code == 200
    parted = await actors.post(f"/actors/{old['id']}/part", {})
    assert (parted.status_code, parted.json()["org_number"]) == (200, "202100-2114")


async def test_a_chain_is_parted_from_its_beginning_and_each_has_its_own_again(
    actors: Signed,
) -> None:
    own = {"org_number": "202100-2114", "mission": "Trä", "other_names": "Ettan"}
    first = await _company(actors, "Exempelföretag 1", **own)
    second = await _company(actors, "Exempelföretag 2", website="https://example.se")
    third = await _company(actors, "Exempelföretag 3", other_names="Ettan")
    await _merge(actors, first, second)
    living = await _merge(actors, second, third)
    assert (living["org_number"], living["mission"]) == ("202100-2114", "Trä")
    parted = await actors.post(f"/actors/{first['id']}/part", {})
    assert parted.status_code == 200, parted.text
    assert {name: parted.json()[name] for name in own} == own
    answer = await actors.post(f"/actors/{second['id']}/part", {})
    assert answer.status_code == 200, answer.text
    lacking = dict.fromkeys(own)
    assert {name: answer.json()[name] for name in own} == lacking, "nothing of the first one's"
    left = (await actors.get(f"/actors/{third['id']}")).json()
    assert {name: left[name] for name in own} == lacking | {"other_names": "Ettan"}
    assert (left["website"], answer.json()["website"]) == (None, "https://example.se")


async def test_a_name_that_was_the_living_ones_own_stays_when_they_are_parted(
    actors: Signed,
) -> None:
    living = await _company(actors, "Exempelföretag 1", other_names="Exempel Ett")
    same = await _company(actors, "Exempel Ett", other_names="Ettan")
    assert (await _merge(actors, same, living))["other_names"] == "Exempel Ett\nEttan"
    assert (await actors.post(f"/actors/{same['id']}/part", {})).status_code == 200
    left = (await actors.get(f"/actors/{living['id']}")).json()
    assert left["other_names"] == "Exempel Ett"


async def test_a_withdrawal_that_is_taken_back_mends_what_the_merged_one_has(
    actors: Signed,
) -> None:
    living, old, other = [await _company(actors, f"Exempelföretag {n}") for n in (1, 2, 3)]
    place = {"actor_id": living["id"], "level": "operative", "status": "active"}
    place["valid_from"] = "2018-01-01"
    assert (await actors.post(f"/actors/{living['id']}/place", place)).status_code == 200
    await related(actors, old, other, "collaborates_with", "trusting")
    await _merge(actors, old, living)
    leaving = {"withdrawn_on": "2019-02-01", "reason": "Fel aktör"}
    told = (await actors.post(f"/actors/{living['id']}/withdraw", leaving)).json()
    assert [one["state"] for one in told["rebuild_relations"]] == ["rebuild"]
    undone = await actors.post(f"/standings/{told['standing']['id']}/undo")
    assert [one["state"] for one in undone.json()["relations"]] == ["trusting"]


async def test_nothing_new_is_hung_on_a_merged_actor(actors: Signed) -> None:
    old, new, other = [await _company(actors, f"Exempelföretag {n}") for n in (1, 2, 3)]
    post = await actors.made("/posts", {"actor_id": old["id"], "title": "Chef"})
    given = {"actor_id": other["id"], "kind": "funds", "valid_from": "2024-01-01"}
    kept = await actors.made("/relations", given | {"other_actor_id": old["id"]})
    await actors.made("/contacts", _said(other, old))
    await actors.made("/contacts", _said(other, new))
    await actors.made("/contacts", _said(new, old))
    await _merge(actors, old, new)

    async def refused(path: str, body: dict[str, Any]) -> tuple[int, str, str]:
        answer = await actors.post(path, body)
        return answer.status_code, *(answer.json()["errors"][0][n] for n in ("field", "code"))

    titled = {"actor_id": old["id"], "title": "Chef"}
    assert await refused("/posts", titled) == (422, "actor_id", "merged")
    assert await refused("/posts/bulk", [titled]) == (422, "rows.0.actor_id", "merged")
    assert await refused("/contacts", _said(old, other)) == (422, "actor_id", "merged")
    own = given | {"actor_id": new["id"], "other_actor_id": old["id"]}
    assert await refused("/relations", own) == (422, "other_actor_id", "merged")
    twice = given | {"other_actor_id": new["id"], "valid_from": "2025-01-01"}
    assert await refused("/relations", twice) == (409, "valid_from", "overlap")
    assert (await actors.post("/relations", twice | {"kind": "member_of"})).status_code == 201

    ending = {name: kept[name] for name in RelationDraft.model_fields} | {"valid_to": "2026-01-01"}
    ended = await actors.put(f"/relations/{kept['id']}", ending, version=kept["version"])
    assert ended.status_code == 200, "what hangs there already may be changed"
    title = {"actor_id": old["id"], "title": "Ny titel"}
    renamed = await actors.put(f"/posts/{post['id']}", title, version=post["version"])
    assert renamed.status_code == 200
    told = (await actors.get("/contacts/bridges")).json()
    assert [(one["actor_id"], one["contact_count"]) for one in told["bridges"]] == [
        (other["id"], 2)
    ], "one actor, and nothing with itself"
    found = (await actors.get(f"/contacts/bridges?our_actor_id={old['id']}")).json()["bridges"]
    assert [one["our_actor_id"] for one in found] == [new["id"]]


async def test_what_two_said_that_are_one_now_crosses_nothing(actors: Signed) -> None:
    old, new, other = [await _company(actors, f"Exempelföretag {n}") for n in (1, 2, 3)]
    await _placed(actors, new, "2018-01-01")
    for one in (old, other):
        await _placed(actors, one, "2018-01-01", level="operative")
    inner = await actors.made("/contacts", _said(old, new))
    outer = await actors.made("/contacts", _said(other, new))

    async def across(query: str) -> list[str]:
        found = (await actors.get(f"/contacts?{query}")).json()["items"]
        return sorted(one["id"] for one in found)

    assert await across("crosses_level=true") == sorted((inner["id"], outer["id"]))
    await _merge(actors, old, new)
    told = (await actors.get(f"/contacts/{inner['id']}")).json()
    assert (told["crosses_actor"], told["crosses_level"]) == (False, False)
    assert await across("crosses_level=true") == [outer["id"]]
    assert await across("crosses_level=false") == [inner["id"]]


def _said(actor: dict[str, Any], ours: dict[str, Any]) -> dict[str, Any]:
    sides = {"actor_id": actor["id"], "our_actor_id": ours["id"]}
    return sides | {"held_on": TODAY, "channel": "phone", "said": "Vi talade"}


async def test_a_merged_actor_has_no_relation_to_itself(actors: Signed) -> None:
    old, new, other = [await _company(actors, f"Exempelföretag {n}") for n in (1, 2, 3)]
    inner = await related(actors, old, new, "collaborates_with", "trusting")
    outer = await related(actors, old, other, "collaborates_with", "working")
    before = clock.now().isoformat()
    await _merge(actors, old, new)

    async def listed(query: str = "") -> list[str]:
        found = (await actors.get(f"/relations?count=true{query}")).json()
        assert found["count"] == len(found["items"])
        return sorted(one["id"] for one in found["items"])

    assert await listed() == await listed(f"&actor_id={new['id']}") == [outer["id"]]
    told = (await actors.get(f"/actors/{new['id']}/timeline")).json()["items"]
    assert inner["id"] not in str(told)
    assert outer["id"] in str(told)
    assert (await actors.get(f"/relations/{inner['id']}")).status_code == 200, "it is kept"
    known = f"&actor_id={new['id']}&known_at={before.replace('+', '%2B')}"
    assert await listed(known) == [inner["id"]], "they were two then"
    place = {"actor_id": new["id"], "level": "operative", "status": "active"}
    place["valid_from"] = "2018-01-01"
    await actors.post(f"/actors/{new['id']}/place", place)
    leaving = {"withdrawn_on": TODAY, "reason": "Nytt uppdrag"}
    left = (await actors.post(f"/actors/{new['id']}/withdraw", leaving)).json()
    assert [one["id"] for one in left["rebuild_relations"]] == [outer["id"]]
    await actors.post(f"/actors/{old['id']}/part", {})
    assert await listed(f"&actor_id={new['id']}") == [inner["id"]]
    again = (await actors.get(f"/relations/{inner['id']}")).json()
    assert again["state"] == "trusting"


async def _placed(actors: Signed, one: dict[str, Any], first: str, **more: Any) -> dict[str, Any]:
    said = {"actor_id": one["id"], "level": "strategic", "status": "active", "valid_from": first}
    return await actors.made(f"/actors/{one['id']}/place", said | more)


async def test_the_living_one_has_the_standing_of_the_merged_one_where_it_has_none(
    actors: Signed,
) -> None:
    old, new = await _company(actors, "Exempelföretag 1"), await _company(actors, "Exempel Ett")
    kept = await _placed(actors, old, "2020-01-01")
    known = f"known_at={clock.now().isoformat().replace('+', '%2B')}"
    await _merge(actors, old, new)

    async def found(query: str) -> list[str]:
        listed = (await actors.get(f"/actors?count=true&{query}")).json()
        assert listed["count"] == len(listed["items"])
        return [one["id"] for one in listed["items"]]

    async def said(query: str = "") -> tuple[str | None, str | None]:
        told = (await actors.get(f"/actors/{new['id']}{query}")).json()
        return told["status"], told["level"]

    async def series() -> list[tuple[Any, ...]]:
        listed = (await actors.get(f"/actors/{new['id']}/standings?sort=valid_from")).json()
        return [
            (one["status"], one["level"], span["valid_from"], span["valid_to"])
            for one in listed["items"]
            for span in one["counting_periods"]
        ]

    for query in ("status=active", "level=strategic&as_of=2021-01-01"):
        assert await found(query) == [new["id"]], query
    assert await found(f"status=active&{known}") == [old["id"]], "they were two then"
    assert (await said(), await said("?as_of=2021-01-01")) == (("active", "strategic"),) * 2
    assert (await said("?as_of=2019-01-01"), await said(f"?{known}")) == ((None, None),) * 2

    leaving = {"withdrawn_on": "2026-11-20", "reason": "Exempel"}
    left = await actors.made(f"/actors/{new['id']}/withdraw", leaving)
    assert left["standing"]["level"] == "strategic", "as was said of it"
    was = ("active", "strategic", "2020-01-01", "2026-11-20")
    assert await series() == [was, ("withdrawn", "strategic", "2026-11-20", None)]
    assert await found("status=active") == []
    assert await found("status=active&as_of=2021-01-01") == [new["id"]]
    undone = await actors.made(f"/standings/{left['standing']['id']}/undo", {})
    assert (undone["standing"]["id"], undone["standing"]["valid_to"]) == (kept["id"], None)

    await actors.made(f"/actors/{new['id']}/withdraw", leaving)
    assert (await actors.post(f"/actors/{old['id']}/part", {})).status_code == 200
    again = (await actors.get(f"/standings/{kept['id']}")).json()
    assert again["valid_to"] is None, "as it was before the merge"
    assert (await said(), await said("?as_of=2021-01-01")) == (
        ("withdrawn", "strategic"),
        (None,) * 2,
    )


async def test_where_both_have_a_standing_the_living_ones_own_counts(actors: Signed) -> None:
    old, new = await _company(actors, "Exempelföretag 1"), await _company(actors, "Exempel Ett")
    other = await _company(actors, "Exempelföretag 2")
    first = await _placed(actors, old, "2018-01-01")
    mid = {"level": "bridging", "status": "invited", "valid_to": "2021-01-01"}
    own = await _placed(actors, new, "2020-01-01", **mid)
    late = await _placed(actors, other, "2022-01-01", level="operative")
    await _merge(actors, old, new)
    await _merge(actors, other, new)
    listed = (await actors.get(f"/actors/{new['id']}/standings")).json()["items"]
    spans = {
        one["id"]: [(span["valid_from"], span["valid_to"]) for span in one["counting_periods"]]
        for one in listed
    }
    assert spans == {
        first["id"]: [("2018-01-01", "2020-01-01"), ("2021-01-01", "2022-01-01")],
        own["id"]: [("2020-01-01", "2021-01-01")],
        late["id"]: [("2022-01-01", None)],
    }
    for year, counts in (("2019", first), ("2020", own), ("2021", first), ("2023", late)):
        day = f"{year}-06-01"
        then = (await actors.get(f"/standings?actor_id={old['id']}&as_of={day}")).json()
        assert [one["id"] for one in then["items"]] == [counts["id"]], day
        told = (await actors.get(f"/actors/{new['id']}?as_of={day}")).json()
        assert (told["level"], told["status"]) == (counts["level"], counts["status"]), day
        for level in ("strategic", "bridging", "operative"):
            items = (await actors.get(f"/actors?level={level}&as_of={day}")).json()["items"]
            assert len(items) == (level == counts["level"]), (day, level)


async def test_who_leaves_without_ever_having_had_a_level_is_given_none(actors: Signed) -> None:
    one = await _company(actors, "Exempelföretag 1")
    url, leaving = f"/actors/{one['id']}", {"withdrawn_on": "2026-11-20", "reason": "Exempel"}
    left = await actors.made(f"{url}/withdraw", leaving)
    assert left["standing"]["level"] is None, "nobody said any"
    back = await actors.post(f"{url}/return", {"returned_on": "2026-11-21"})
    assert (back.status_code, back.json()["errors"][0]["field"]) == (422, "level")
    told = {"returned_on": "2026-11-21", "level": "bridging"}
    assert (await actors.made(f"{url}/return", told))["standing"]["level"] == "bridging"
    unsaid = {"actor_id": one["id"], "level": None, "status": "active", "valid_from": "2026-11-25"}
    refused = await actors.post(f"{url}/place", unsaid)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "level")
