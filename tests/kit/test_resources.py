"""The routes every collection has."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from services.kit import export
from services.kit.export import csv_lines
from tests.callers import READER, Signed, municipality


async def shelf(toy: Signed, name: str = "Hylla", **more: object) -> dict[str, object]:
    """A new shelf."""
    return await toy.made("/shelves", {"name": name, **more})


async def test_made_read_changed_and_removed(toy: Signed) -> None:
    made = await toy.post("/shelves", {"name": " Öckerö ", "tags": ["a", "b"]})
    assert made.status_code == 201
    assert made.headers["location"] == f"/shelves/{made.json()['id']}"
    assert made.headers["etag"] == '"v1"'
    url = f"/shelves/{made.json()['id']}"
    assert (await toy.get(url)).json()["name"] == "Öckerö"
    changed = await toy.put(url, {"name": "Öckerö", "colour": "blue"}, version=1)
    assert (changed.json()["version"], changed.json()["colour"]) == (2, "blue")
    assert (await toy.delete(url, version=2)).status_code == 204
    assert (await toy.get(url)).status_code == 404


async def test_every_wrong_field_is_named_at_once(toy: Signed) -> None:
    wrong = {"name": "", "colour": "green", "tags": ["x\x00"], "id": str(uuid4())}
    answer = await toy.post("/shelves", wrong)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    fields = {error["field"] for error in answer.json()["errors"]}
    assert fields == {"name", "colour", "tags", "id"}


async def test_a_rule_over_several_fields_blames_one(toy: Signed) -> None:
    made = await shelf(toy)
    period = {"shelf_id": made["id"], "valid_from": "2026-02-01", "valid_to": "2026-01-01"}
    answer = await toy.post("/loans", period)
    assert answer.json()["errors"][0]["field"] == "valid_to"
    assert answer.json()["errors"][0]["code"] == "empty_period"


async def test_periods_of_one_key_never_overlap(toy: Signed) -> None:
    made = await shelf(toy)
    first = {"shelf_id": made["id"], "valid_from": "2026-01-01", "valid_to": "2026-02-01"}
    await toy.made("/loans", first)
    await toy.made("/loans", first | {"valid_from": "2026-02-01", "valid_to": None})
    answer = await toy.post("/loans", first | {"valid_from": "2026-01-31"})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (409, "overlap")
    assert answer.json()["errors"][0]["field"] == "valid_from"


async def test_an_unknown_reference_and_a_thing_in_use(toy: Signed) -> None:
    answer = await toy.post("/loans", {"shelf_id": str(uuid4()), "valid_from": "2026-01-01"})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "shelf_id")
    made = await shelf(toy)
    await toy.made("/loans", {"shelf_id": made["id"], "valid_from": "2026-01-01"})
    assert (await toy.delete(f"/shelves/{made['id']}", version=1)).status_code == 409


async def test_conditional_requests(toy: Signed) -> None:
    url = f"/shelves/{(await shelf(toy))['id']}"
    body = {"name": "Ny"}
    assert (await toy.send("PUT", url, json=body)).status_code == 428
    assert (await toy.put(url, body, version=7)).status_code == 412
    bad = await toy.send("PUT", url, json=body, headers={"If-Match": "v1"})
    assert bad.status_code == 400
    listed = await toy.get("/shelves")
    tag = {"If-None-Match": listed.headers["etag"]}
    assert (await toy.get("/shelves", headers=tag)).status_code == 304
    await toy.put(url, body, version=1)
    assert (await toy.get("/shelves", headers=tag)).status_code == 200


async def test_one_thing_is_unchanged_until_anything_that_it_says_is_not(toy: Signed) -> None:
    made = await shelf(toy)
    url, lent = f"/shelves/{made['id']}", {"shelf_id": made["id"], "valid_from": "2026-01-01"}
    before = (await toy.get(url)).headers["etag"]
    loan = await toy.made("/loans", lent)
    now = await toy.get(url, headers={"If-None-Match": before})
    assert (now.status_code, now.json()["version"]) == (200, 1), "others decide some of it"
    tag = now.headers["etag"]
    for path, known in ((url, tag), (f"/loans/{loan['id']}", '"v1"')):
        again = await toy.get(path, headers={"If-None-Match": known})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", known)
    answers = [
        await toy.send("PUT", url, json={"name": "Ny"}, headers={"If-Match": tag}) for _ in "12"
    ]
    assert [one.status_code for one in answers] == [200, 412], "it names the version too"


async def test_the_same_key_gives_the_same_answer_once(toy: Signed) -> None:
    headers = {"Idempotency-Key": "k1"}
    first = await toy.post("/shelves", {"name": "En"}, headers=headers)
    again = await toy.post("/shelves", {"name": "En"}, headers=headers)
    assert (again.status_code, again.content) == (201, first.content)
    assert again.headers["location"] == first.headers["location"]
    other = await toy.post("/shelves", {"name": "Två"}, headers=headers)
    assert other.status_code == 422
    assert other.json()["first"] == first.headers["location"]
    outside = headers | {"X-Path-Prefix": "/api/v1"}
    named = await toy.post("/shelves", {"name": "Två"}, headers=outside)
    assert named.json()["first"] == f"/api/v1{first.headers['location']}"
    assert len((await toy.get("/shelves")).json()["items"]) == 1
    missing = await toy.send(
        "POST", "/shelves", json={"name": "X"}, headers={"Idempotency-Key": ""}
    )
    assert missing.status_code == 400


async def test_swedish_order_and_keyset_paging(toy: Signed) -> None:
    names = ["Öra", "zebra", "Ärta", "Åsa", "apa", "Bil", "bok"]
    for name in names:
        await shelf(toy, name)
    seen, url = [], "/shelves?sort=name&limit=3"
    while url:
        page = (await toy.get(url)).json()
        seen += [item["name"] for item in page["items"]]
        url = page["next"]
    assert seen == ["apa", "Bil", "bok", "zebra", "Åsa", "Ärta", "Öra"]
    down = (await toy.get("/shelves?sort=-name&limit=2&page=2&count=true")).json()
    assert [item["name"] for item in down["items"]] == ["Åsa", "zebra"]
    assert down["count"] == 7


async def test_missing_values_sort_last_and_page_on(toy: Signed) -> None:
    for number, code in enumerate([None, "1472", None, "1496"]):
        await shelf(toy, f"H{number}", managed_by=code)
    seen, url = [], "/shelves?sort=managed_by&limit=1"
    while url:
        page = (await toy.get(url)).json()
        seen += [item["managed_by"] for item in page["items"]]
        url = page["next"]
    assert seen == ["1472", "1496", None, None]


async def test_search_finds_inflections_and_parts_of_compounds(toy: Signed) -> None:
    for name in [
        "Yrkesskolan i Hjo",
        "Elektrikerna",
        "Möbelbranschrådet",
        "Språkutbildning",
        "100% _test",
    ]:
        await shelf(toy, name)

    async def found(q: str) -> list[str]:
        items = (await toy.get("/shelves", params={"q": q})).json()["items"]
        return [item["name"] for item in items]

    assert await found("skolan") == ["Yrkesskolan i Hjo"]
    assert await found("elektriker") == ["Elektrikerna"]
    assert await found("MÖBEL") == ["Möbelbranschrådet"]
    assert await found("branschråd möbel") == ["Möbelbranschrådet"]
    assert await found("utbildningar") == await found("utbildningen") == ["Språkutbildning"]
    assert await found("branschråden") == ["Möbelbranschrådet"]
    assert await found("%") == ["100% _test"]
    assert await found("'|&!(") == []


async def test_filters_and_unknown_parameters(toy: Signed) -> None:
    await shelf(toy, "Röd", tags=["trä"])
    await shelf(toy, "Blå", colour="blue", tags=["trä", "lack"])
    assert len((await toy.get("/shelves?colour=blue&colour=red")).json()["items"]) == 2
    assert len((await toy.get("/shelves?tag=lack")).json()["items"]) == 1
    wrong = await toy.get("/shelves?colour=green&shape=round&limit=0&sort=size&after=%25%25")
    assert wrong.status_code == 400
    fields = {error["field"] for error in wrong.json()["errors"]}
    assert fields == {"colour", "shape", "limit", "sort", "after"}


async def test_as_it_was_on_a_day_and_as_it_was_known(toy: Signed) -> None:
    made = await shelf(toy, "Före")
    await toy.made(
        "/loans", {"shelf_id": made["id"], "valid_from": "2026-01-01", "valid_to": "2026-02-01"}
    )
    before = datetime.now(UTC).isoformat()
    url = f"/shelves/{made['id']}"
    await toy.put(url, {"name": "Efter"}, version=1)
    assert (await toy.get(url, params={"as_of": "2026-01-15"})).json()["loans"] == 1
    assert (await toy.get(url, params={"as_of": "2026-03-15"})).json()["loans"] == 0
    known = (await toy.get(url, params={"known_at": before})).json()
    assert (known["name"], known["version"]) == ("Före", 1)
    listed = (await toy.get("/shelves", params={"known_at": before, "q": "före"})).json()
    assert [item["name"] for item in listed["items"]] == ["Före"]
    early = (await toy.get(url, params={"known_at": "2001-01-01T00:00:00Z"})).status_code
    assert early == 404
    assert (await toy.get("/loans?as_of=2026-01-31")).json()["items"]
    assert not (await toy.get("/loans?as_of=2026-02-01")).json()["items"]


async def test_a_municipality_writes_only_its_own(toy: Signed) -> None:
    tibro = toy.by(municipality("1472"))
    theirs = await shelf(toy, "Andras", managed_by="1496")
    mine = await tibro.made("/shelves", {"name": "Min"})
    assert mine["managed_by"] == "1472"
    other = await tibro.post("/shelves", {"name": "X", "managed_by": "1496"})
    assert other.json()["errors"][0]["code"] == "other_municipality"
    refused = await tibro.put(f"/shelves/{theirs['id']}", {"name": "Y"}, version=1)
    assert refused.status_code == 404
    assert (await tibro.delete(f"/shelves/{theirs['id']}", version=1)).status_code == 404
    loan = {"shelf_id": theirs["id"], "valid_from": "2026-01-01"}
    assert (await tibro.post("/loans", loan)).status_code == 422
    assert not (await toy.get("/loans")).json()["items"]
    assert (await tibro.post("/loans", loan | {"shelf_id": mine["id"]})).status_code == 201
    assert (await toy.by(READER).post("/shelves", {"name": "Z"})).status_code == 403


async def test_nested_lists_and_batches(toy: Signed) -> None:
    made = await shelf(toy)
    await toy.made("/loans", {"shelf_id": made["id"], "valid_from": "2026-01-01"})
    nested = await toy.get(f"/shelves/{made['id']}/loans")
    assert len(nested.json()["items"]) == 1
    wanted = [f"/shelves/{made['id']}", "/loans?limit=1", f"/shelves/{uuid4()}", "/nowhere"]
    parts = (await toy.post("/batch", {"get": wanted})).json()
    assert [part["status"] for part in parts] == [200, 200, 404, 404]
    assert parts[0]["body"]["id"] == made["id"]


async def test_exports_hold_no_formulas(toy: Signed) -> None:
    await shelf(toy, "=1+1", tags=["@x"])
    csv = await toy.get("/shelves", headers={"Accept": "text/csv"})
    assert '"\'=1+1"' in csv.text
    (made,) = (await toy.get("/shelves")).json()["items"]
    assert made["created_at"].endswith("Z")
    assert f'"{made["created_at"]}"' in csv.text, "moments are written as in JSON"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    excel = await toy.get("/shelves", headers={"Accept": kind})
    assert excel.content[:2] == b"PK"


async def test_a_file_has_all_of_a_list(toy: Signed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "STRETCH", 2)
    names = [(await shelf(toy, f"Hylla {n}"))["name"] for n in range(5)]
    csv = await toy.get("/shelves?sort=-name", headers={"Accept": export.CSV})
    told = [line for line in csv.text.split("\r\n") if "Hylla" in line]
    assert [next(n for n in names if f'"{n}"' in line) for line in told] == names[::-1]
    monkeypatch.setattr(export, "SHEET_ROWS", 4)
    sheet = await toy.get("/shelves", headers={"Accept": export.EXCEL})
    assert sheet.status_code == 400
    assert "ask for text/csv" in sheet.json()["detail"]


def test_cells_say_what_json_says() -> None:
    record = {"due": True, "partners": [{"actor_id": "x", "part": "a"}], "share": None, "seats": 3}
    line = list(csv_lines(list(record), [record]))[-1].decode()
    assert line == '"true","{""actor_id"":""x"",""part"":""a""}","","3"\r\n'


async def test_dates_are_iso_and_nothing_else(toy: Signed) -> None:
    made = await shelf(toy)
    for given in ("0", 0, "20260101", 1767225600, True):
        body = {"shelf_id": made["id"], "valid_from": given}
        answer = await toy.post("/loans", body)
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "valid_from")
    for query in ("as_of=0", "sort=", "sort=name,", "sort=-"):
        assert (await toy.get(f"/shelves?{query}")).status_code == 400
    assert (await toy.get("/loans?since=0")).status_code == 400
    assert (await toy.get("/loans?since=2026-01-01")).status_code == 200


async def test_a_wrong_method_is_told_every_right_one(toy: Signed) -> None:
    made = await shelf(toy)
    assert (await toy.send("PATCH", "/shelves")).headers["allow"] == "GET, POST"
    one = await toy.send("POST", f"/shelves/{made['id']}", json={})
    assert (one.status_code, one.headers["allow"]) == (405, "DELETE, GET, PUT")


async def test_the_way_outside_stands_before_next(toy: Signed) -> None:
    for number in range(2):
        await shelf(toy, f"Hylla {number}")
    answer = await toy.get("/shelves?limit=1", headers={"x-path-prefix": "/api/v1"})
    assert answer.json()["next"].startswith("/api/v1/shelves?limit=1&after=")


@pytest.mark.parametrize(
    ("tag", "status"),
    [
        ("*", 200),
        ('"v1"', 200),
        ('"99", "v1"', 200),
        ('"v3" , W/"v7","v1"', 200),
        ('"v2"', 412),
        ('"99", "v2"', 412),
        ('"1"', 400),
        ('W/"v1"', 400),
        ('"a,b"', 400),
        ("v1", 400),
        ('"v1" "v2"', 400),
        ("", 400),
    ],
)
async def test_if_match_is_read_as_the_standard_says(toy: Signed, tag: str, status: int) -> None:
    url = f"/shelves/{(await shelf(toy))['id']}"
    answer = await toy.send("PUT", url, json={"name": "Ny"}, headers={"If-Match": tag})
    assert answer.status_code == status, answer.text
    assert status != 400 or '"v2"' in answer.json()["detail"], "it shows the form"
    removed = await toy.send("DELETE", f"/shelves/{uuid4()}", headers={"If-Match": tag})
    assert removed.status_code == (400 if status == 400 else 404)


async def test_a_weak_tag_is_enough_to_know_that_nothing_changed(toy: Signed) -> None:
    listed = await toy.get("/shelves")
    tag = listed.headers["etag"].removeprefix("W/")
    for known in (tag, f'"x", W/{tag}', "*"):
        again = await toy.get("/shelves", headers={"If-None-Match": known})
        assert again.status_code == 304
