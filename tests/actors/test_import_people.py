"""Imports of people with the posts that they hold."""

from typing import Any

from services.kit.identity import Caller
from tests.actors.test_import import told
from tests.callers import ASSOCIATION, Signed, municipality

NUMBER = "202100-2114"
ANNA = {"name": "Exempelperson Anna", "email": "anna@exempel.se"}
BO = {"name": "Exempelperson Bo", "email": "bo@exempel.se"}


def people(*rows: dict[str, Any], **more: Any) -> dict[str, Any]:
    """An import of people, those who are known left as they are."""
    body = {"noun": "person", "file_name": "personer.csv", "rows": list(rows)}
    return body | {"leave_known": True} | more


def held(title: str = "Rektor", actor: str = "Exempelskolan", since: str = "2024-01-01") -> Any:
    """What a row says of a post."""
    return {"post_title": title, "actor_name": actor, "valid_from": since}


async def school(actors: Signed, **more: Any) -> dict[str, Any]:
    """An actor with a number and another name."""
    body = {"name": "Exempelskolan AB", "kind": "education_provider", "org_number": NUMBER}
    made: dict[str, Any] = await actors.made("/actors", body | {"other_names": "Skolan"} | more)
    return made


async def items(actors: Signed, path: str) -> list[dict[str, Any]]:
    """All of a list."""
    found: list[dict[str, Any]] = (await actors.get(path)).json()["items"]
    return found


async def wrong(actors: Signed, body: Any) -> list[tuple[str, str]]:
    """What is wrong, and that nothing is stored of it."""
    before = [len(await items(actors, path)) for path in ("/people", "/posts", "/holdings")]
    errors = [(one["field"], one["code"]) for one in (await told(actors, body))["errors"]]
    assert (await actors.post("/imports", body)).status_code == (422 if errors else 201)
    after = [len(await items(actors, path)) for path in ("/people", "/posts", "/holdings")]
    assert before == after or not errors
    return sorted(errors)


async def test_people_come_with_the_posts_that_they_hold_and_go_with_them(actors: Signed) -> None:
    actor = await school(actors)
    await actors.made("/posts", {"actor_id": actor["id"], "title": "Rektor på Åsen"})
    body = people(
        ANNA | held("REKTOR  PA ASEN"),
        ANNA | held("Ordförande", "Skolan", "2025-01-01"),
        BO | held("Ekonomichef", "2021002114") | {"valid_to": "2026-01-01", "phone": "070-1234567"},
        {"name": "Exempelperson Cia", "source": "Enkät"},
    )
    found = await told(actors, body)
    assert found["made_counts"] == {"person": 3, "post": 2, "holding": 3}
    assert [found[name] for name in ("error_count", "alike_count", "known_count")] == [0, 0, 0]
    assert not await items(actors, "/people"), "it was only looked at"
    made = await actors.made("/imports", body)
    assert made["made_count"] == 8
    posts = {one["id"]: one for one in await items(actors, "/posts")}
    people_ = {one["id"]: one["name"] for one in await items(actors, "/people")}
    assert {one["actor_id"] for one in posts.values()} == {actor["id"]}
    assert {
        (
            people_[one["person_id"]],
            posts[one["post_id"]]["title"],
            one["valid_from"],
            one["valid_to"],
        )
        for one in await items(actors, "/holdings")
    } == {
        (ANNA["name"], "Rektor på Åsen", "2024-01-01", None),
        (ANNA["name"], "Ordförande", "2025-01-01", None),
        (BO["name"], "Ekonomichef", "2024-01-01", "2026-01-01"),
    }
    assert posts[min(posts)]["function"] == "central_position", "what was there is left as it is"
    assert {one["function"] for one in posts.values()} == {"central_position", "other"}
    named = (await actors.get(f"/imports/{made['id']}/things?row=1&row=2")).json()["items"]
    assert [(one["row"], one["noun"], one["name"]) for one in named] == [
        (1, "holding", "Ordförande"), (1, "post", "Ordförande"), (2, "holding", "Ekonomichef"),
        (2, "person", BO["name"]), (2, "post", "Ekonomichef"),
    ]  # fmt: skip
    at = (await actors.get(f"/imports/{made['id']}/actors")).json()
    assert at == {
        "count": 1,
        "items": [
            {"id": actor["id"], "name": actor["name"], "new": False, "row_count": 3}
            | {"row_numbers": [1, 2, 3]}
        ],
    }
    assert (await actors.made(f"/imports/{made['id']}/undo", {}))["undone_at"]
    assert (await actors.get(f"/imports/{made['id']}/actors")).json() == {"items": [], "count": 0}
    assert not await items(actors, "/holdings")
    assert not await items(actors, "/people")
    assert [one["title"] for one in await items(actors, "/posts")] == ["Rektor på Åsen"]


async def test_who_is_known_gets_the_post_once(actors: Signed) -> None:
    actor = await school(actors)
    anna = await actors.made("/people", ANNA | {"phone": "0500-11111"})
    body = people(ANNA | held() | {"phone": "0500-22222"}, ANNA | held("Lärare"), BO | held("Kock"))
    found = await told(actors, body)
    assert (found["made_counts"], found["left_count"]) == (
        {"person": 1, "post": 3, "holding": 3}, 0,
    )  # fmt: skip
    assert [(one["row"], one["reason"]) for one in found["known_rows"]] == [
        (0, "email"), (1, "email"),
    ]  # fmt: skip
    await actors.made("/imports", body)
    assert (await actors.get(f"/people/{anna['id']}")).json()["phone"] == "0500-11111"
    again = await told(actors, body)
    assert (again["made_counts"], again["left_count"], again["alike_count"]) == ({}, 3, 0)
    assert {one["reason"] for one in again["known_rows"]} == {"holding"}
    later = people(ANNA | held(since="2026-03-01"), ANNA | held("Kock", since="2023-01-01"))
    assert await wrong(actors, later) == [("rows.1.post_title", "overlap")], "Bo is the cook"
    merged = await actors.made("/actors", {"name": "Gamla skolan", "kind": "other"})
    await actors.made("/posts", {"actor_id": merged["id"], "title": "Vaktmästare"})
    await actors.made(f"/actors/{merged['id']}/merge", {"into_id": actor["id"]})
    old = await told(actors, people(ANNA | held("Vaktmastare", "Gamla skolan")))
    assert old["made_counts"] == {"holding": 1}, "a merged actor's post is the living one's"


async def test_what_is_wrong_with_a_post_is_told_at_its_column(actors: Signed) -> None:
    actor = await school(actors)
    for name in ("Exempelbolaget", "Exempelbolaget AB"):
        await actors.made("/actors", {"name": name, "kind": "company"})
    for title in ("Lärare", "lärare "):
        await actors.made("/posts", {"actor_id": actor["id"], "title": title})
    rows = [
        ANNA | held(actor="Ingen sådan"),
        ANNA | held(actor="Exempelbolaget"),
        ANNA | {"post_title": "Rektor", "said_of_days": "i våras"},
        ANNA | {"actor_name": "Skolan", "valid_to": "2020-01-01"},
        ANNA | held() | {"valid_to": "2024-01-01"},
        ANNA | held(since="HT 2024"),
        ANNA | held("Lärare"),
        ANNA | held() | {"actor_org_number": "810101-1234"},
        ANNA | held() | {"actor_name": None, "actor_org_number": "212000-0142"},
        {"phone": "x", "post_title": "Rektor"},
        ANNA | {"said_of_days": "2023"},
    ]
    assert await wrong(actors, people(*rows)) == [
        ("rows.0.actor_name", "unknown_reference"),
        ("rows.1.actor_name", "several_actors"),
        ("rows.10.post_title", "missing"),
        ("rows.10.valid_from", "missing"),
        ("rows.2.actor_name", "missing"),
        ("rows.2.valid_from", "missing"),
        ("rows.3.post_title", "missing"),
        ("rows.3.valid_from", "missing"),
        ("rows.4.valid_to", "empty_period"),
        ("rows.5.valid_from", "date_parsing"),
        ("rows.6.post_title", "several_posts"),
        ("rows.7.actor_org_number", "not_an_org_number"),
        ("rows.8.actor_org_number", "unknown_reference"),
        ("rows.9.actor_name", "missing"),
        ("rows.9.name", "missing"),
        ("rows.9.phone", "string_too_short"),
        ("rows.9.valid_from", "missing"),
    ]


async def test_a_municipality_is_found_by_its_town(actors: Signed) -> None:
    towns = ("Exempelköpings kommun", "Exempelås stad")
    made = [await actors.made("/actors", {"name": one, "kind": "municipality"}) for one in towns]
    rows = [
        ANNA | held(actor="Exempelköping"),
        BO | held("Kock", "EXEMPELKOPING"),
        ANNA | held("Vakt", "exempelås kommun"),
        ANNA | held("Rektor", "Exempelås") | {"valid_from": "2025-01-01"},
    ]
    found = await told(actors, people(*rows))
    assert (found["errors"], found["made_counts"]["post"]) == ([], 4)
    await actors.made("/imports", people(*rows))
    posts = [one["actor_id"] for one in await items(actors, "/posts")]
    assert [posts.count(one["id"]) for one in made] == [2, 2]
    company = {"name": "Exempelköping AB", "kind": "company", "org_number": NUMBER}
    await actors.made("/actors", company)
    (error,) = (await told(actors, people(ANNA | held("Chef", "Exempelköping"))))["errors"]
    assert (error["field"], error["code"]) == ("rows.0.actor_name", "several_actors")
    who = f"Exempelköping AB ({NUMBER}), Exempelköpings kommun"
    assert error["message"] == f"several actors are called so: {who}"
    course = {"name": "Kurs", "form": "other", "provider_name": "Exempelköping"}
    programmes = people(course) | {"noun": "programme", "make_providers": True}
    (error,) = (await told(actors, programmes))["errors"]
    assert (error["field"], error["code"]) == ("rows.0.provider_name", "several_actors")
    course["provider_name"] = "Exempelås"
    assert (await told(actors, programmes))["made_counts"] == {"programme": 1}, "it is there"
    just_so = ("Exempelköping AB", "Exempelköpings kommun")
    assert not await wrong(actors, people(*(ANNA | held("Chef", one) for one in just_so)))
    await actors.made("/actors", {"name": "Exempelköping", "kind": "other"})
    rows = [{"name": "Exempelköping", "kind": "company"}, {"name": "Exempelås", "kind": "company"}]
    order = people(*rows) | {"noun": "actor"}
    assert (await told(actors, order))["left_count"] == 1, "a company is no municipality"


async def test_one_post_has_one_holder_at_a_time(actors: Signed) -> None:
    await school(actors)
    first = ANNA | held() | {"valid_to": "2025-01-01"}
    assert await wrong(actors, people(first, BO | held(since="2024-12-31"))) == [
        ("rows.1.post_title", "overlap")
    ]
    spoilt = people(
        first | {"phone": "x"}, BO | held(since="2024-12-31"), ANNA | held("Kock", "Okänd")
    )  # fmt: skip
    assert [where for where, _ in await wrong(actors, spoilt)] == [
        "rows.0.phone", "rows.1.post_title", "rows.2.actor_name",
    ], "of a wrong row the rest is judged"  # fmt: skip
    assert not (await told(actors, spoilt))["alike_rows"], "two posts of one person"
    assert not await wrong(actors, people(first, BO | held(since="2025-01-01"), first))
    (post,) = await items(actors, "/posts")
    assert len(await items(actors, "/holdings")) == 2, "the same row twice is one"
    back = people(ANNA | held(since="2026-01-01"), ANNA | held(since="2023-01-01"))
    assert await wrong(actors, back) == [("rows.0.post_title", "overlap")], "Bo has it"
    (bo,) = [one for one in await items(actors, "/holdings") if one["valid_to"] is None]
    ended = {"post_id": post["id"], "person_id": bo["person_id"], "valid_from": "2025-01-01"}
    await actors.put(f"/holdings/{bo['id']}", ended | {"valid_to": "2026-01-01"}, version=1)
    returned = await told(actors, people(ANNA | held(since="2026-01-01")))
    assert returned["made_counts"] == {"holding": 1}, "who left may come back"


async def test_who_is_one_person_and_who_is_not(actors: Signed) -> None:
    await school(actors)
    same = (ANNA | held("A"), ANNA | held("B") | {"phone": "0500-11111"}, ANNA | held("C"))
    await actors.made("/imports", people(*same))
    (anna,) = await items(actors, "/people")
    assert anna["phone"] == "0500-11111", "a later row tells it"
    other = ANNA | {"email": "anna2@exempel.se"} | held("D")
    found = await told(actors, people(other, BO | held("E"), BO | {"email": "BO@exempel.se"}))
    assert found["made_counts"] == {"person": 2, "post": 2, "holding": 2}
    assert [(one["row"], one["other_row"]) for one in found["alike_rows"]] == [(2, 1)]
    assert found["left_count"] == 1, "the row adds nothing"
    phones = [BO | held(one) | {"phone": f"0500-{one * 5}"} for one in "12"]
    assert await wrong(actors, people(*phones)) == [("rows.1.phone", "other_before")]
    dan = {"name": "Exempelperson Dan"}
    await actors.made("/actors", {"name": "Exempelbolaget", "kind": "company"})
    apart = people(dan | held("G"), dan | held("H", "Exempelbolaget"))
    found = await told(actors, apart)
    assert found["made_counts"]["person"] == 2, "nothing says they are one"
    assert (found["alike_count"], found["joined_count"]) == (1, 0)
    await actors.made("/imports", apart)
    assert (await told(actors, apart))["left_count"] == 2, "by the post that each of them holds"
    found = await told(actors, people(dan | held("I")))
    assert found["made_counts"] == {"post": 1, "holding": 1}, "the one who has a post there"
    both = people(dan | held("I"), same_names=True)
    assert await wrong(actors, both) == [("rows.0.name", "several_people")]
    at_home = people(ANNA | {"name": "Exempelperson Eva"} | held("J"), leave_known=False)
    assert (await told(actors, at_home))["made_counts"] == {"person": 1, "post": 1, "holding": 1}


async def test_what_is_used_since_stays_and_not_everybody_may(actors: Signed) -> None:
    await school(actors)
    body = people(ANNA | held(), BO | held("Kock") | {"valid_to": "2025-01-01"})
    for caller in (municipality("1472"), Caller("client", "kn_1", scopes=("read", "write"))):
        assert (await actors.by(caller).post("/imports", body)).status_code == 403
    made = (await actors.by(ASSOCIATION).post("/imports", body)).json()
    kitchen = next(one for one in await items(actors, "/posts") if one["title"] == "Kock")
    anna = next(one for one in await items(actors, "/people") if one["name"] == ANNA["name"])
    covers = {"post_id": kitchen["id"], "person_id": anna["id"], "valid_from": "2026-01-01"}
    await actors.made("/holdings", covers)
    refused = await actors.post(f"/imports/{made['id']}/undo")
    assert refused.status_code == 409
    assert [(one["field"], one["code"]) for one in refused.json()["errors"]] == [
        ("rows.0.holding", "in_use"), ("rows.1.holding", "in_use"),
    ]  # fmt: skip
    assert len(await items(actors, "/holdings")) == 3, "all of it or nothing"


async def test_rows_of_one_name_at_one_actor_are_one_person_without_addresses(
    actors: Signed,
) -> None:
    await school(actors)
    dan = {"name": "Exempelperson Dan"}
    body = people(dan | held("A"), BO | held("B"), dan | held("C") | {"phone": "0500-11111"})
    found = await told(actors, body)
    assert found["made_counts"] == {"person": 2, "post": 3, "holding": 3}
    assert (found["alike_rows"], found["joined_count"]) == ([], 1)
    assert [(one["row"], one["other_row"]) for one in found["joined_rows"]] == [(2, 0)]
    phones = [dan | held(one) | {"phone": f"0500-{one * 5}"} for one in "12"]
    apart = await told(actors, people(*phones))
    assert apart["made_counts"]["person"] == 2, "who is called elsewhere is another"
    assert (apart["alike_count"], apart["joined_count"], apart["error_count"]) == (1, 0, 0)
    mail = await told(actors, people(dan | held("A"), dan | held("C") | {"email": "d@exempel.se"}))
    assert (mail["made_counts"]["person"], mail["joined_count"]) == (2, 0)
    await actors.made("/imports", body)
    assert len(await items(actors, "/people")) == 2


async def test_a_clash_names_the_other_row_or_who_holds_the_post(actors: Signed) -> None:
    await school(actors)
    rows = [ANNA | held(), BO | held(since="2025-01-01")]
    (error,) = (await told(actors, people(*rows)))["errors"]
    assert (error["field"], error["message"]) == (
        "rows.1.post_title", "row 0 says the same post then",
    )  # fmt: skip
    await actors.made("/imports", people(rows[0]))
    (anna,) = await items(actors, "/people")
    (error,) = (await told(actors, people(BO | held(since="2025-01-01"))))["errors"]
    assert error["message"] == f"held then by person {anna['id']} from 2024-01-01"
    (term,) = await items(actors, "/holdings")
    ended = {name: term[name] for name in ("post_id", "person_id", "valid_from")}
    ended |= {"valid_to": "2026-01-01"}
    url = f"/holdings/{term['id']}"
    assert (await actors.put(url, ended, version=term["version"])).status_code == 200
    (error,) = (await told(actors, people(BO | held(since="2025-01-01"))))["errors"]
    assert error["message"].endswith("from 2024-01-01 to 2026-01-01")


async def test_a_family_name_first_is_the_same_person_by_the_same_address(actors: Signed) -> None:
    await school(actors)
    turned = {"name": "Anna, Exempelperson", "email": ANNA["email"]}
    other = {"name": "Exempelperson Bo", "email": ANNA["email"]}
    body = people(ANNA | held(), turned | held("Kock"), other | held("Lärare"))
    found = await told(actors, body)
    assert found["made_counts"] == {"person": 2, "post": 3, "holding": 3}
