"""Imports: a file taken in all or nothing, looked at beforehand, and undone exactly."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import text

from services.actors.importing import actions, progress, queries
from services.kit import clock
from tests.callers import ASSOCIATION, MEMBER, Signed, municipality

NUMBER = "202100-2114"


def actors_of(*names: str, **more: Any) -> dict[str, Any]:
    """An import of companies."""
    rows = [{"name": name, "kind": "company"} for name in names]
    return {"noun": "actor", "file_name": "aktorer.xlsx", "rows": rows} | more


async def told(service: Signed, body: Any) -> dict[str, Any]:
    """What an import would do."""
    answer = await service.post("/imports?dry_run=true", body)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_a_dry_run_tells_everything_and_stores_nothing(actors: Signed) -> None:
    known = await actors.made(
        "/actors", {"name": "Exempelföretag 1 AB", "kind": "company", "org_number": NUMBER}
    )
    rows = [
        {"name": "Exempelföretag 1", "kind": "company"},
        {"name": "Annat namn", "kind": "company", "org_number": "2021002114"},
        {"name": "Exempelföretag 2", "kind": "firma"},
        {"name": "Exempelföretag 3", "kind": "company"},
        "text",
    ]
    body = actors_of(rows=rows)
    found = await told(actors, body)
    assert [(one["row"], one["id"], one["reason"]) for one in found["known_rows"]] == [
        (0, known["id"], "name"),
        (1, known["id"], "org_number"),
    ]
    assert [(error["field"], error["code"]) for error in found["errors"]] == [
        ("rows.1.org_number", "taken"),
        ("rows.2.kind", "enum"),
        ("rows.4", "model_type"),
    ]
    left = await told(actors, body | {"leave_known": True})
    assert (left["left_count"], left["made_counts"]) == (2, {"actor": 1})
    assert [error["field"] for error in left["errors"]] == ["rows.2.kind", "rows.4"]
    assert (await actors.post("/imports", body)).status_code == 422
    assert (await actors.get("/actors?count=true")).json()["count"] == 1
    assert not (await actors.get("/imports")).json()["items"]


async def test_a_name_is_no_proof_where_the_numbers_differ(actors: Signed) -> None:
    known = {"name": "Exempelföretag 1 AB", "kind": "company", "org_number": NUMBER}
    await actors.made("/actors", known)
    found = await told(actors, actors_of(rows=[known | {"org_number": "212000-0142"}]))
    assert (found["known_count"], found["made_counts"]) == (0, {"actor": 1})


async def test_rows_of_a_file_that_are_alike_are_told_one_by_one(actors: Signed) -> None:
    rows = [
        {"name": "Åkeriet Exempel AB", "kind": "company", "org_number": NUMBER},
        {"name": "Akeriet Exempel", "kind": "company"},
        {"name": "Annat namn", "kind": "company", "org_number": "2021002114"},
        {"name": "Åkeriet Exempel", "kind": "company", "org_number": "212000-0142"},
    ]
    found = await told(actors, actors_of(rows=rows))
    assert found["alike_rows"] == [
        {"row": 1, "other_row": 0, "reason": "name"},
        {"row": 2, "other_row": 0, "reason": "org_number"},
    ], "another number is another actor"
    assert [(e["field"], e["code"]) for e in found["errors"]] == [("rows.2.org_number", "taken")]
    people = [
        {"name": "Exempelperson 1", "email": "e1@exempel.se"},
        {"name": "Exempelperson Ett", "email": "E1@exempel.se"},
        {"name": "exempelperson  1"},
        {"name": "Exempelperson 1", "email": "e2@exempel.se"},
    ]
    body = {"noun": "person", "file_name": "p.csv", "rows": people}
    alike = (await told(actors, body))["alike_rows"]
    assert [(one["row"], one["other_row"], one["reason"]) for one in alike] == [
        (1, 0, "email"),
        (2, 0, "name"),
    ]
    start = {"intakes": [{"starts_on": "2026-08-17"}]}
    lines = [
        PROGRAMME | start,
        PROGRAMME | {"intakes": [{"starts_on": "2027-08-16"}]},
        PROGRAMME | start,
        PROGRAMME | {"pace": 50},
        PROGRAMME | {"municipality_code": "1496"},
    ]
    body = {"noun": "programme", "file_name": "u", "rows": lines, "make_providers": True}
    told_ = await told(actors, body)
    assert [(one["row"], one["other_row"]) for one in told_["alike_rows"]] == [(2, 0), (3, 0)]
    assert (told_["alike_count"], told_["left_count"]) == (2, 1)


async def test_a_source_that_many_share_is_no_identity(actors: Signed) -> None:
    first = {"noun": "programme", "file_name": "a", "source": "Myh 2024", "make_providers": True}
    await actors.made("/imports", first | {"rows": [PROGRAMME], "leave_known": True})
    more = [PROGRAMME | {"name": name} for name in ("Elektriker", "Svetsare", "Snickare")]
    for rows in (more, [row | {"source": "Myh 2024"} for row in more]):
        found = await told(actors, first | {"rows": rows, "leave_known": True})
        assert [(one["row"], one["reason"]) for one in found["known_rows"]] == [(1, "name")]
        assert found["made_counts"] == {"programme": 2}
        assert not found["alike_rows"]


async def test_the_same_rows_at_the_same_time_are_made_once(actors: Signed) -> None:
    body = actors_of("Exempelföretag 1", leave_known=True)
    answers = await asyncio.gather(*(actors.post("/imports", body) for _ in range(4)))
    assert [answer.status_code for answer in answers] == [201] * 4
    assert (await actors.get("/actors?count=true")).json()["count"] == 1


async def test_a_dry_run_has_the_time_that_many_rows_take(
    actors: Signed, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[Any] = []
    known = queries.actors_known

    async def asked(db: Any) -> Any:
        for name in ("statement_timeout", "idle_in_transaction_session_timeout"):
            found.append((await db.execute(text(f"SHOW {name}"))).scalar_one())
        return await known(db)

    monkeypatch.setattr(queries, "actors_known", asked)
    await told(actors, actors_of("Exempelföretag 1"))
    await actors.made("/imports", actors_of("Exempelföretag 1"))
    assert found == ["5min"] * 4, "rows are compared for longer than a row's transaction may rest"


async def test_an_import_that_is_sent_again_is_the_same_one(actors: Signed) -> None:
    key = {"headers": {"Idempotency-Key": "upload-1"}}
    sent = [await actors.post("/imports", actors_of("Exempelföretag 1"), **key) for _ in range(2)]
    assert [one.status_code for one in sent] == [201, 201], sent[1].text
    assert sent[0].json()["id"] == sent[1].json()["id"]
    other = await actors.post("/imports", actors_of("Exempelföretag 2"), **key)
    assert other.status_code == 422, "the key is another file's"


async def test_how_far_an_import_has_come_is_told_while_it_is_taken_in(
    actors: Signed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.actors.importing.actions.CHUNK", 1)
    told: list[Any] = []

    async def telling(db: Any, *so_far: Any) -> None:
        await progress.tell(db, *so_far)
        for by in (actors, actors.by(ASSOCIATION)):
            told.append((await by.get("/imports/under-way?key=upload-1")).json())

    monkeypatch.setattr(actions, "tell", telling)
    key = {"headers": {"Idempotency-Key": "upload-1"}}
    made = await actors.post("/imports", actors_of("A", "B", "C"), **key)
    assert made.status_code == 201
    nobody = {"done": None, "count": None}
    assert told[::2] == [{"done": done, "count": 3} for done in (1, 2, 3)]
    assert told[1::2] == [nobody] * 3, "it is the caller's own"
    after = await actors.get("/imports/under-way?key=upload-1")
    assert after.json() == nobody


async def test_an_import_is_undone_exactly(actors: Signed) -> None:
    await actors.made("/actors", {"name": "Fanns före", "kind": "company"})
    made = await actors.made("/imports", actors_of("Exempelföretag 1", "Exempelföretag 2"))
    assert (made["row_count"], made["made_count"], made["undone_at"]) == (2, 2, None)
    assert made["made_by"] == "user:leader"
    known = clock.now().isoformat()
    undone = await actors.made(f"/imports/{made['id']}/undo", {})
    assert undone["undone_at"]
    asked = {"row": 1, "known_at": made["created_at"]}
    for query, names in ((asked, []), (asked | {"known_at": known}, ["Exempelföretag 2"])):
        found = (await actors.get(f"/imports/{made['id']}/things", params=query)).json()["items"]
        assert [one["name"] for one in found] == names, "as it was known then"
    day = await actors.get(f"/imports/{made['id']}/things?row=1&as_of=2026-01-01")
    assert day.status_code == 400, "a name is of no day"
    assert [one["name"] for one in (await actors.get("/actors")).json()["items"]] == ["Fanns före"]
    again = await actors.post(f"/imports/{made['id']}/undo")
    assert (again.status_code, again.json()["errors"][0]["code"]) == (409, "undone")


async def test_undo_names_the_rows_that_hold_it_up(actors: Signed) -> None:
    body = actors_of("A", "B", "C", "D")
    short = await actors.post("/imports", body | {"row_numbers": [2]})
    assert (short.status_code, short.json()["errors"][0]["field"]) == (422, "row_numbers")
    made = await actors.made("/imports", body | {"row_numbers": [2, 3, 5, 6]})
    one, two, three, _ = (await actors.get("/actors?sort=name")).json()["items"]
    changed = {"name": "A2", "kind": "company"}
    assert (await actors.put(f"/actors/{one['id']}", changed, version=1)).status_code == 200
    await actors.made("/posts", {"actor_id": two["id"], "title": "Chef"})
    related = {"actor_id": two["id"], "other_actor_id": three["id"], "kind": "member_of"}
    await actors.made("/relations", related | {"valid_from": "2026-01-01"})
    refused = await actors.post(f"/imports/{made['id']}/undo")
    assert refused.status_code == 409
    errors = [(error["field"], error["code"]) for error in refused.json()["errors"]]
    assert errors == [
        ("rows.0", "changed"),
        ("rows.1.post", "in_use"),
        ("rows.1.relation", "in_use"),
        ("rows.2.relation", "in_use"),
    ]
    assert (await actors.get("/actors?count=true")).json()["count"] == 4
    told = (await actors.get(f"/imports/{made['id']}/things?row=1&row=2")).json()["items"]
    assert [(one["row"], one["row_number"], one["name"]) for one in told] == [
        (1, 3, "B"),
        (2, 5, "C"),
    ]
    assert (told[0]["id"], told[0]["noun"]) == (two["id"], "actor")


PROGRAMME = {"name": "Svetsare", "form": "higher_vocational", "provider_name": "Exempelskolan AB"}


async def test_programmes_with_starts_and_providers(actors: Signed) -> None:
    starts = [{"starts_on": "2026-08-17", "seats": 30}, {"starts_on": "2027-08-16", "seats": None}]
    rows = [
        PROGRAMME | {"intakes": [starts[0]]},
        PROGRAMME | {"intakes": [starts[1]]},
        PROGRAMME | {"name": "Elektriker", "provider_org_number": NUMBER},
        {"name": "Utan anordnare", "form": "other"},
    ]
    body = {"noun": "programme", "file_name": "utbildningar.csv", "rows": rows}
    errors = (await told(actors, body))["errors"]
    assert [(error["field"], error["code"]) for error in errors] == [
        ("rows.0.provider_name", "unknown_reference"),
        ("rows.1.provider_name", "unknown_reference"),
        ("rows.2.provider_name", "unknown_reference"),
        ("rows.3.provider_name", "missing"),
    ]
    body |= {"rows": rows[:3], "make_providers": True}
    assert (await told(actors, body))["made_counts"] == {"actor": 1, "programme": 2, "intake": 2}
    made = await actors.made("/imports", body)
    provider = (await actors.get("/actors")).json()["items"][0]
    assert (provider["name"], provider["kind"]) == ("Exempelskolan AB", "education_provider")
    (at,) = (await actors.get(f"/imports/{made['id']}/actors")).json()["items"]
    assert (at["id"], at["new"]) == (provider["id"], True)
    assert (at["row_count"], at["row_numbers"]) == (3, [1, 2, 3])
    intakes = (await actors.get("/intakes?sort=starts_on")).json()["items"]
    assert [(one["starts_on"], one["seats"]) for one in intakes] == [
        ("2026-08-17", 30),
        ("2027-08-16", None),
    ]
    assert intakes[0]["programme_id"] == intakes[1]["programme_id"]
    rows[1]["intakes"].append({"starts_on": "2028-08-21"})
    again = await told(actors, body | {"leave_known": True})
    assert (again["made_counts"], again["left_count"]) == ({"intake": 1}, 2)
    assert (await actors.post(f"/imports/{made['id']}/undo")).status_code == 200
    for path in ("/actors", "/programmes", "/intakes"):
        assert not (await actors.get(path)).json()["items"], path


async def test_rounds_of_a_grant_are_starts_of_unknown_days_and_made_once(actors: Signed) -> None:
    rounds = [{"round": number, "seats": 35} for number in (1, 2, 3)]
    body = {"noun": "programme", "file_name": "yh.csv", "make_providers": True}
    body |= {"rows": [PROGRAMME | {"intakes": rounds}], "leave_known": True}
    made = await actors.made("/imports", body)
    assert made["made_count"] == 5
    first = (await actors.get("/intakes?sort=created_at")).json()["items"][0]
    known = {key: first[key] for key in ("programme_id", "round", "seats")}
    dated = known | {"starts_on": "2026-08-17"}
    changed = await actors.put(f"/intakes/{first['id']}", dated, version=1)
    assert changed.status_code == 200, changed.text
    again = await told(actors, body)
    assert (again["made_counts"], again["left_count"]) == ({}, 1), "also where a day is known since"
    more = body | {"rows": [PROGRAMME | {"intakes": [{"seats": 20}, {"round": 4, "seats": 20}]}]}
    assert (await told(actors, more))["made_counts"] == {"intake": 2}


async def test_people_by_email_and_who_may(actors: Signed) -> None:
    row = {"name": "Exempelperson 1", "email": "e1@exempel.se"}
    await actors.made("/people", row)
    body = {"noun": "person", "file_name": "p.csv", "rows": [row | {"email": "E1@exempel.se"}]}
    assert [one["reason"] for one in (await told(actors, body))["known_rows"]] == ["email"]
    number = {"name": "Exempelperson 810101-1234"}
    errors = (await told(actors, body | {"rows": [number]}))["errors"]
    assert errors[0]["code"] == "identity_number"
    for caller in (MEMBER, municipality("1472")):
        assert (await actors.by(caller).post("/imports", body)).status_code == 403
        assert (await actors.by(caller).get("/imports")).status_code == 403
    assert (await actors.by(ASSOCIATION).post("/imports", body)).status_code == 201
    for wrong in ([], {}, {"noun": "actor", "file_name": "a", "rows": []}, body | {"noun": "x"}):
        assert (await actors.post("/imports", wrong)).status_code in {400, 422}
