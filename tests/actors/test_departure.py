"""Posts outlive their holders; whoever leaves leaves a list of what stands without anybody."""

from typing import Any

from tests.callers import LEADER, MEMBER, READER, Signed, municipality, somebody

Fact = dict[str, Any]


async def actor(actors: Signed, name: str = "Exempelkommun 1", **more: object) -> Fact:
    """A new actor."""
    return await actors.made("/actors", {"name": name, "kind": "municipality", **more})


async def post_at(actors: Signed, at: Fact, title: str = "Rektor") -> Fact:
    """A new post."""
    return await actors.made("/posts", {"actor_id": at["id"], "title": title})


async def person(actors: Signed, number: int = 1) -> Fact:
    """A new person."""
    body = {"name": f"Exempelperson {number}", "email": f"person{number}@exempel.se"}
    return await actors.made("/people", body)


def held(post: Fact, by: Fact, first: str, end: str | None = None) -> Fact:
    """A holding's draft."""
    return {"post_id": post["id"], "person_id": by["id"], "valid_from": first, "valid_to": end}


async def placed(actors: Signed, day: str = "2018-01-01") -> Fact:
    """An actor that takes part since a day."""
    made = await actor(actors, "Exempelmyndighet 1")
    place = {"actor_id": made["id"], "valid_from": day, "level": "operative", "status": "active"}
    assert (await actors.post(f"/actors/{made['id']}/place", place)).status_code == 200
    return made


async def related(actors: Signed, one: Fact, other: Fact, kind: str, state: str) -> Fact:
    """A relation that lasts."""
    sides = {"actor_id": one["id"], "other_actor_id": other["id"], "kind": kind}
    lasting = {"state": state, "state_since": "2018-05-01", "valid_from": "2018-01-01"}
    return await actors.made("/relations", sides | lasting)


async def test_vacancy_is_derived_for_any_day(actors: Signed) -> None:
    post = await post_at(actors, await actor(actors))
    one, two = await person(actors, 1), await person(actors, 2)
    await actors.made("/holdings", held(post, one, "2020-01-01", "2021-01-01"))
    await actors.made("/holdings", held(post, two, "2021-03-01", "2022-01-01"))
    await actors.made("/holdings", held(post, one, "2022-01-01", "2023-01-01"))

    async def on(day: str) -> tuple[bool, str | None, str | None]:
        found = (await actors.get(f"/posts/{post['id']}?as_of={day}")).json()
        return found["vacant"], found["holder_person_id"], found["vacant_since"]

    assert await on("2020-12-31") == (False, one["id"], None)
    assert await on("2021-01-01") == (True, None, "2021-01-01")
    assert await on("2021-06-01") == (False, two["id"], None)
    assert await on("2022-06-01") == (False, one["id"], None)
    assert await on("2019-06-01") == (True, None, None)
    vacant = (await actors.get("/posts?vacant=true")).json()["items"]
    assert [found["id"] for found in vacant] == [post["id"]]
    for day, count in (("2020-12-31", 0), ("2021-02-01", 1)):
        then = (await actors.get(f"/posts?vacant=true&as_of={day}&count=true")).json()
        assert (len(then["items"]), then["count"]) == (count, count)
    overlap = await actors.post("/holdings", held(post, two, "2020-06-01", "2020-07-01"))
    assert (overlap.status_code, overlap.json()["errors"][0]["code"]) == (409, "overlap")


async def test_a_substitute_covers_a_post_beside_its_holder_or_without_one(
    actors: Signed,
) -> None:
    post = await post_at(actors, await actor(actors))
    own, cover, late = [await person(actors, number) for number in (1, 2, 3)]
    await actors.made("/holdings", held(post, own, "2020-01-01", "2022-01-01"))
    stand_in = {"cover": "substitute"}
    covering = held(post, cover, "2021-06-01", "2022-07-01") | stand_in
    assert (await actors.made("/holdings", covering))["cover"] == "substitute"
    for wrong in (held(post, late, "2022-06-01") | stand_in, held(post, late, "2021-12-31")):
        clash = await actors.post("/holdings", wrong)
        assert (clash.status_code, clash.json()["errors"][0]["code"]) == (409, "overlap")

    async def on(day: str) -> tuple[str | None, str | None, bool, str | None]:
        found = (await actors.get(f"/posts/{post['id']}?as_of={day}")).json()
        who = found["holder_person_id"], found["substitute_person_id"]
        return *who, found["vacant"], found["vacant_since"]

    assert await on("2021-01-01") == (own["id"], None, False, None)
    assert await on("2021-07-01") == (own["id"], cover["id"], False, None)
    assert await on("2022-02-01") == (None, cover["id"], False, None)
    assert await on("2022-08-01") == (None, None, True, "2022-07-01")
    for query, count in (
        ("vacant=false", 1), ("ordinary=false", 1), ("substitute=true", 1), ("vacant=true", 0),
    ):  # fmt: skip
        found = (await actors.get(f"/posts?{query}&as_of=2022-02-01")).json()["items"]
        assert len(found) == count, query
    listed = (await actors.get("/holdings?cover=substitute")).json()["items"]
    assert [one["person_id"] for one in listed] == [cover["id"]]


async def test_nobody_covers_the_post_that_they_hold(actors: Signed) -> None:
    post, own = await post_at(actors, await actor(actors)), await person(actors)
    await actors.made("/holdings", held(post, own, "2020-01-01", "2022-01-01"))
    covering = held(post, own, "2021-06-01") | {"cover": "substitute"}
    refused = await actors.post("/holdings", covering)
    told = refused.json()["errors"][0]
    assert (refused.status_code, told["field"], told["code"]) == (422, "person_id", "same")
    later = await actors.made("/holdings", covering | {"valid_from": "2022-01-01"})
    back = await actors.put(f"/holdings/{later['id']}", covering, version=1)
    assert back.status_code == 422


async def test_leaving_ends_what_is_covered_and_only_turnover_wears(actors: Signed) -> None:
    first, second = await actor(actors), await actor(actors, "Exempelkommun 2")
    post = await post_at(actors, first)
    own, cover = await person(actors, 1), await person(actors, 2)
    await actors.made("/holdings", held(post, own, "2020-01-01"))
    await actors.made("/holdings", held(post, cover, "2026-01-01") | {"cover": "substitute"})
    await related(actors, first, second, "collaborates_with", "trusting")
    told = (await actors.post(f"/people/{cover['id']}/depart", {"left_on": "2026-06-01"})).json()
    assert [one["cover"] for one in told["ended_holdings"]] == ["substitute"]
    assert (told["vacant_post_ids"], told["rebuild_relations"]) == ([], [])
    await actors.made("/holdings", held(post, cover, "2026-06-01") | {"cover": "substitute"})
    told = (await actors.post(f"/people/{own['id']}/depart", {"left_on": "2026-09-01"})).json()
    assert told["vacant_post_ids"] == [], "a substitute covers it"
    assert len(told["rebuild_relations"]) == 1
    told = (await actors.post(f"/people/{cover['id']}/depart", {"left_on": "2026-10-01"})).json()
    assert told["vacant_post_ids"] == [post["id"]]


async def test_a_departure_says_what_is_left_without_anybody(actors: Signed) -> None:
    first, second = await actor(actors), await actor(actors, "Exempelkommun 2")
    post, other = await post_at(actors, first), await post_at(actors, first, "Strateg")
    leaver = await person(actors)
    await actors.made("/holdings", held(post, leaver, "2024-01-01"))
    await actors.made("/holdings", held(other, leaver, "2027-01-01"))
    relation = {
        "actor_id": first["id"],
        "other_actor_id": second["id"],
        "kind": "collaborates_with",
        "state": "trusting",
        "valid_from": "2024-01-01",
    }
    await actors.made("/relations", relation)
    left = {"left_on": "2026-12-01", "handover": "Nästa möte är i januari."}
    told = (await actors.post(f"/people/{leaver['id']}/depart", left)).json()
    assert set(told["vacant_post_ids"]) == {post["id"], other["id"]}
    assert [one["valid_to"] for one in told["ended_holdings"]] == ["2026-12-01"]
    assert [one["ended"] for one in told["ended_holdings"]] == [False], "not by today"
    assert [one["post_id"] for one in told["removed_holdings"]] == [other["id"]]
    assert [one["state"] for one in told["rebuild_relations"]] == ["rebuild"]
    again = await actors.post(f"/people/{leaver['id']}/depart", left)
    assert (again.status_code, again.json()["errors"][0]["code"]) == (409, "no_posts")


async def test_who_comes_after_and_who_takes_what_is_stored_with_it_or_nothing_is(
    actors: Signed,
) -> None:
    at = await actor(actors)
    post, other, mine = [await post_at(actors, at, title) for title in ("A", "B", "C")]
    leaver, next_one, late = [await person(actors, number) for number in (1, 2, 3)]
    await actors.made("/holdings", held(post, leaver, "2024-01-01"))
    await actors.made("/holdings", held(other, leaver, "2024-01-01", "2027-06-01"))
    await actors.made("/holdings", held(other, late, "2027-06-01"))
    pledge = {"actor_id": at["id"], "what": "Lokal", "due_on": "2027-01-01"}
    pledge = await actors.made("/pledges", pledge | {"owner_post_id": post["id"]})
    succession = {"post_id": other["id"], "person_id": next_one["id"]}
    taken = {
        "left_post_id": post["id"], "noun": "pledge", "thing_id": pledge["id"], "what": "Lokal",
        "owner_post_id": mine["id"],
    }  # fmt: skip
    left = {"left_on": "2026-11-20", "successors": [succession], "takeovers": [taken]}
    url = f"/people/{leaver['id']}/depart"
    for part, field, wrong, code in (
        ("successors", "post_id", mine["id"], "not_left"),
        ("successors", "person_id", leaver["id"], "same"),
        ("successors", "person_id", somebody(), "unknown_reference"),
        ("takeovers", "left_post_id", mine["id"], "not_left"),
        ("takeovers", "owner_post_id", post["id"], "left_too"),
        ("takeovers", "owner_post_id", somebody(), "unknown_reference"),
        ("takeovers", "thing_id", somebody(), "unknown_reference"),
    ):
        row = {"successors": succession, "takeovers": taken}[part] | {field: wrong}
        refused = await actors.post(url, left | {part: [row]})
        told = refused.json()["errors"][0]
        assert (told["field"], told["code"]) == (f"{part}.0.{field}", code)
        assert refused.status_code == 422
    for part, row in (("successors", succession), ("takeovers", taken)):
        for field in row:
            refused = await actors.post(url, left | {part: [{**row, field: None}]})
            (told,) = refused.json()["errors"]
            assert (refused.status_code, told["field"]) == (422, f"{part}.0.{field}")
    both = [taken, taken | {"owner_post_id": somebody()}, taken | {"thing_id": somebody()}]
    odd = [succession | {"person_id": somebody()}]
    refused = await actors.post(url, left | {"successors": odd, "takeovers": both})
    assert {one["field"] for one in refused.json()["errors"]} == {
        "successors.0.person_id", "takeovers.1.owner_post_id", "takeovers.1.thing_id",
        "takeovers.2.thing_id",
    }  # fmt: skip
    early = await actors.made("/takeovers", taken | {"taken_on": "2026-01-01"})
    refused = await actors.post(url, left)
    told = refused.json()["errors"][0]
    assert (refused.status_code, told["field"]) == (409, "takeovers.0.thing_id")
    tag = {"if-match": f'"v{early["version"]}"'}
    await actors.send("DELETE", f"/takeovers/{early['id']}", headers=tag)
    kept = (await actors.get(f"/holdings?person_id={leaver['id']}")).json()["items"]
    assert {one["valid_to"] for one in kept} == {None, "2027-06-01"}, "nothing is half done"
    told = await actors.made(url, left)
    assert told["vacant_post_ids"] == [post["id"]], "the other has its next holder"
    begun = told["successor_holdings"][0]
    assert (begun["person_id"], begun["valid_from"]) == (next_one["id"], "2026-11-20")
    assert begun["valid_to"] == "2027-06-01", "until the one who was to come already"
    assert [one["thing_id"] for one in told["takeovers"]] == [pledge["id"]]
    stored = (await actors.get(f"/takeovers?left_post_id={post['id']}")).json()["items"]
    assert stored == told["takeovers"]


async def test_a_departure_of_long_ago_leaves_a_return_since_as_it_is(actors: Signed) -> None:
    post, coming = [await post_at(actors, await actor(actors), title) for title in ("A", "B")]
    leaver = await person(actors)
    first = await actors.made("/holdings", held(post, leaver, "2018-01-01", "2020-01-01"))
    back = await actors.made("/holdings", held(post, leaver, "2022-01-01"))
    plan = await actors.made("/holdings", held(coming, leaver, "2090-01-01"))
    told = (await actors.post(f"/people/{leaver['id']}/depart", {"left_on": "2019-06-01"})).json()
    ended = told["ended_holdings"]
    assert [(one["id"], one["valid_to"], one["ended"]) for one in ended] == [
        (first["id"], "2019-06-01", True)
    ]
    assert [one["id"] for one in told["removed_holdings"]] == [plan["id"]]
    assert (await actors.get(f"/holdings/{back['id']}")).json() == back
    none = await actors.post(f"/people/{leaver['id']}/depart", {"left_on": "2020-06-01"})
    assert (none.status_code, none.json()["errors"][0]["code"]) == (409, "no_posts")


async def test_contact_data_is_for_those_who_need_it(actors: Signed) -> None:
    made, at = await person(actors), await actor(actors)
    post = await actors.made("/posts", {"actor_id": at["id"], "title": "Utvecklare"})
    held = {"post_id": post["id"], "person_id": made["id"], "valid_from": "2020-01-01"}
    await actors.made("/holdings", held | {"valid_to": "2021-01-01"})
    url = f"/people/{made['id']}"
    assert (await actors.by(LEADER).get(url)).json()["email"] == "person1@exempel.se"
    for caller in (MEMBER, READER):
        seen = (await actors.by(caller).get(url)).json()
        assert (seen["name"], seen["email"]) == ("Exempelperson 1", None)
    assert (await actors.by(municipality("1472")).get(url)).status_code == 403
    keyed = actors.by(municipality("1472", "read", "personal"))
    assert (await keyed.get(url)).status_code == 200
    number = await actors.post("/people", {"name": "Exempel 19811228-9874"})
    assert number.json()["errors"][0]["code"] == "identity_number"


async def test_nothing_belongs_to_itself(actors: Signed) -> None:
    one, two = await actor(actors), await actor(actors, "Exempelnätverk 1")
    first = {"actor_id": one["id"], "other_actor_id": two["id"], "kind": "member_of"}
    await actors.made("/relations", first | {"valid_from": "2024-01-01"})
    back = {"actor_id": two["id"], "other_actor_id": one["id"], "kind": "part_of"}
    closed = await actors.post("/relations", back | {"valid_from": "2025-01-01"})
    assert (closed.status_code, closed.json()["errors"][0]["code"]) == (409, "circle")
    before = back | {"valid_from": "2020-01-01", "valid_to": "2024-01-01"}
    assert (await actors.post("/relations", before)).status_code == 201


async def test_unknown_seats_stay_unknown(actors: Signed) -> None:
    provider = await actor(actors, managed_by="1472")
    body = {"provider_actor_id": provider["id"], "name": "Träteknik", "form": "commissioned"}
    programme = await actors.made(
        "/programmes", body | {"occupation_codes": ["7522"], "managed_by": "1472"}
    )
    intake = {"programme_id": programme["id"], "starts_on": "2027-01-11"}
    assert (await actors.made("/intakes", intake))["seats"] is None
    found = (await actors.get("/programmes?occupation_code=7522")).json()["items"]
    assert [one["next_starts_on"] for one in found] == ["2027-01-11"]
    theirs = actors.by(municipality("1496"))
    assert (await theirs.post("/intakes", intake)).status_code == 422
    own = actors.by(municipality("1472"))
    assert (await own.post("/intakes", intake | {"seats": 12})).status_code == 201
    more = await own.post("/intakes", intake | {"admitted": 3, "completed": 4})
    assert more.json()["errors"][0]["code"] == "more_than_all"
