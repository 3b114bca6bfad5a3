"""The education side: who educates, on whose commission, for what, and with which places."""

from typing import Any

from tests.actors.test_departure import actor
from tests.callers import Signed, municipality

WOOD = {"name": "Träteknik", "form": "adult_upper_secondary", "occupation_codes": ["7522"]}


async def names(actors: Signed, path: str) -> list[str]:
    """The names in a list."""
    answer = await actors.get(path)
    assert answer.status_code == 200, answer.text
    return sorted(one["name"] for one in answer.json()["items"])


async def test_places_that_are_known_and_starts_without_are_kept_apart(actors: Signed) -> None:
    school = await actor(actors, "Exempelskola 1")
    wood = await actors.made("/programmes", WOOD | {"provider_actor_id": school["id"]})
    url = f"/programmes/{wood['id']}"
    assert (wood["coming_seats"], wood["coming_unknown_count"]) == (None, 0)
    for day, seats in (("2026-01-11", 9), ("2199-01-11", None), ("2199-08-20", 16)):
        start = {"programme_id": wood["id"], "starts_on": day, "seats": seats}
        await actors.made("/intakes", start)

    async def told(day: str) -> tuple[Any, ...]:
        found = (await actors.get(url, params={"as_of": day})).json()
        return found["coming_seats"], found["coming_unknown_count"]

    assert [await told(day) for day in ("2026-01-01", "2199-01-01", "2199-01-12")] == [
        (25, 1),
        (16, 1),
        (16, 0),
    ]
    assert await told("2199-09-01") == (None, 0)


async def test_where_programmes_are_given_is_told_as_it_was_known(actors: Signed) -> None:
    school = await actor(actors, "Exempelskola 1")
    offered = WOOD | {"provider_actor_id": school["id"]}
    await actors.made("/programmes", offered | {"municipality_code": "1472"})
    other = offered | {"name": "Glas", "municipality_code": "1496"}
    made = await actors.made("/programmes", other)
    url = "/programmes/municipalities"

    async def told(**times: str) -> Any:
        answer = await actors.get(url, params=times)
        assert answer.status_code == 200, answer.text
        return answer.json()["municipality_codes"]

    assert await told() == await told(as_of="2020-01-01") == ["1472", "1496"]
    assert await told(known_at=made["created_at"]) == ["1472"], "the other came after"
    assert await told(known_at="2020-01-01T00:00:00Z", as_of="2199-01-01") == []
    assert (await actors.get(f"{url}?as_of=igår")).status_code == 400


async def test_a_start_that_nobody_knows_the_day_of_is_told_apart(actors: Signed) -> None:
    school = await actor(actors, "Exempelskola 1")
    wood = await actors.made("/programmes", WOOD | {"provider_actor_id": school["id"]})
    told = {"programme_id": wood["id"]}
    empty = await actors.post("/intakes", told)
    assert (empty.status_code, empty.json()["errors"][0]["field"]) == (422, "starts_on")
    await actors.made("/intakes", told | {"starts_on": "2199-08-20", "seats": 16})
    for number, seats in ((1, 35), (2, None)):
        made = await actors.made("/intakes", told | {"round": number, "seats": seats})
        assert made["starts_on"] is None
    found = (await actors.get(f"/programmes/{wood['id']}")).json()
    assert (found["intake_count"], found["coming_seats"], found["coming_unknown_count"]) == (
        3, 16, 0,
    )  # fmt: skip
    assert (found["undated_count"], found["undated_seats"]) == (2, 35)
    assert found["next_starts_on"] == "2199-08-20"
    listed = (await actors.get("/intakes?sort=starts_on")).json()["items"]
    assert [one["round"] for one in listed] == [None, 1, 2], "an unknown start stands last"
    until = (await actors.get("/intakes?starts_until=2199-12-31")).json()["items"]
    assert len(until) == 1, "a start that nobody knows is within no days"


async def test_a_start_may_be_told_of_by_what_came_of_it_alone(actors: Signed) -> None:
    school = await actor(actors, "Exempelskola 1")
    wood = await actors.made("/programmes", WOOD | {"provider_actor_id": school["id"]})
    for told in ("applicants", "admitted", "completed", "employed_after"):
        made = await actors.made("/intakes", {"programme_id": wood["id"], told: 0})
        assert (made[told], made["seats"]) == (0, None)


async def test_programmes_are_found_by_a_group_of_occupations(actors: Signed) -> None:
    school = (await actor(actors, "Exempelskola 1"))["id"]
    await actors.made("/programmes", WOOD | {"provider_actor_id": school})
    care = {"name": "Vård", "occupation_codes": ["5321", "7619"], "provider_actor_id": school}
    await actors.made("/programmes", WOOD | care)
    assert await names(actors, "/programmes?occupation_group=75") == ["Träteknik"]
    assert await names(actors, "/programmes?occupation_group=7") == ["Träteknik", "Vård"]
    assert await names(actors, "/programmes?occupation_group=53&occupation_group=7522") == [
        "Träteknik",
        "Vård",
    ]
    assert await names(actors, "/programmes?occupation_group=22") == []
    assert (await actors.get("/programmes?occupation_group=7.")).status_code == 400


async def test_a_commission_says_which_part_of_education_it_is_for(actors: Signed) -> None:
    board, school = await actor(actors, "Exempelnämnd 1"), await actor(actors, "Exempelskola 1")
    sides = {"actor_id": board["id"], "other_actor_id": school["id"], "valid_from": "2020-01-01"}
    forms = {"forms": ["adult_upper_secondary"]}
    refused = await actors.post("/relations", sides | forms | {"kind": "funds"})
    error = refused.json()["errors"][0]
    assert (refused.status_code, error["field"], error["code"]) == (
        422,
        "forms",
        "only_commissions",
    )
    made = await actors.made("/relations", sides | forms | {"kind": "commissions"})
    assert made["forms"] == ["adult_upper_secondary"]
    assert await names(actors, "/actors?educates=true") == ["Exempelskola 1"]
    assert await names(actors, "/actors?educates=true&as_of=2019-12-31") == []
    assert await names(actors, "/actors?educates=false") == ["Exempelnämnd 1"]
    await actors.made("/programmes", WOOD | {"provider_actor_id": board["id"]})
    assert await names(actors, "/actors?educates=false") == []


async def test_actors_are_found_by_the_beginning_of_an_industry_code(actors: Signed) -> None:
    for number, codes in enumerate((["16231", "31010"], ["31"], ["63160"], []), 1):
        told = {"name": f"Exempelföretag {number}", "kind": "company", "sni_codes": codes}
        await actors.made("/actors", told)
    assert await names(actors, "/actors?sni=16") == ["Exempelföretag 1"]
    assert await names(actors, "/actors?sni=31") == ["Exempelföretag 1", "Exempelföretag 2"]
    assert await names(actors, "/actors?sni=3101&sni=6") == ["Exempelföretag 1", "Exempelföretag 3"]
    assert (await actors.get("/actors?sni=C16")).status_code == 400


async def test_no_key_offers_education_in_anothers_name(actors: Signed) -> None:
    theirs, nobodys = await actor(actors, managed_by="1472"), await actor(actors, "Exempelskola 2")
    own = await actor(actors, "Exempelskola 3", managed_by="1496")
    key = actors.by(municipality("1496"))
    mine = await key.post("/programmes", WOOD | {"provider_actor_id": own["id"]})
    assert mine.status_code == 201, mine.text
    bad = [WOOD | {"provider_actor_id": one["id"]} for one in (theirs, nobodys)]
    changed = f"/programmes/{mine.json()['id']}"
    for body in bad:
        for answer in (
            await key.post("/programmes", body),
            await key.put(changed, body, version=1),
        ):
            assert answer.status_code == 422, answer.text
            error = answer.json()["errors"][0]
            assert (error["field"], error["code"]) == ("provider_actor_id", "unknown_reference")
    many = await key.send(
        "POST", "/programmes/bulk", json=[WOOD | {"provider_actor_id": own["id"]}, *bad]
    )
    wrong = [error["field"] for error in many.json()["errors"]]
    assert wrong == ["rows.1.provider_actor_id", "rows.2.provider_actor_id"]
    # What was written so before is the association's to put right.
    before = await actors.made("/programmes", bad[0] | {"managed_by": "1496"})
    intake = {"programme_id": before["id"], "starts_on": "2027-01-11", "seats": 500}
    assert (await key.post("/intakes", intake)).status_code == 422
    right = intake | {"programme_id": mine.json()["id"]}
    assert (await key.post("/intakes", right)).status_code == 201


async def test_a_start_to_come_has_no_results(actors: Signed) -> None:
    school = await actor(actors, "Exempelskola 1")
    wood = await actors.made("/programmes", WOOD | {"provider_actor_id": school["id"]})
    results = {"seats": 9, "admitted": 9, "completed": 9, "employed_after": 9}
    told = {"programme_id": wood["id"], "starts_on": "2199-08-20"} | results
    refused = await actors.post("/intakes", told)
    wrong = {(error["field"], error["code"]) for error in refused.json()["errors"]}
    assert wrong == {("completed", "not_begun"), ("employed_after", "not_begun")}
    row = {"name": "Svets", "form": "adult_upper_secondary", "provider_name": "Exempelskola 1"}
    row |= {"intakes": [{"starts_on": "2199-08-20"} | results]}
    sent = {"noun": "programme", "file_name": "a.xlsx", "rows": [row]}
    imported = await actors.post("/imports", sent)
    assert {one["field"] for one in imported.json()["errors"]} == {
        "rows.0.completed",
        "rows.0.employed_after",
    }
    assert (await actors.post("/intakes", told | {"starts_on": "2026-08-20"})).status_code == 201
