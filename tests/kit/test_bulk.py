"""Bulk: many rows in one call, judged row by row, made all of them or none."""

from typing import Any
from uuid import uuid4

import orjson

from tests.callers import Signed, municipality

NDJSON, CSV = "application/x-ndjson", "text/csv; charset=utf-8"


async def send(toy: Signed, path: str, content: str | bytes, kind: str, **more: Any) -> Any:
    """Rows as they come, with a content type."""
    headers = {"content-type": kind, **more.pop("headers", {})}
    return await toy.send("POST", path, content=content, headers=headers, **more)


def lines(*rows: Any) -> bytes:
    """A line of JSON for each row."""
    return b"\n".join(orjson.dumps(row) for row in rows)


def wrong(answer: Any) -> set[tuple[str, str]]:
    """Each wrong field with its code."""
    assert answer.status_code == 422, answer.text
    return {(error["field"], error["code"]) for error in answer.json()["errors"]}


async def test_two_thousand_rows_in_three_ways(toy: Signed) -> None:
    rows = [{"name": f"Hylla {n}", "tags": ["a", "b"]} for n in range(2000)]
    table = "\ufeffname,tags,managed_by\r\n" + "".join(f"Hylla {n},a|b,\r\n" for n in range(2000))
    for content, kind in (
        (lines(*rows), NDJSON),
        (orjson.dumps(rows), "application/json"),
        (table, CSV),
    ):
        answer = await send(toy, "/shelves/bulk", content, kind)
        assert answer.status_code == 201, answer.text[:300]
        made = answer.json()
        assert made["count"] == len(made["ids"]) == 2000
        last = (await toy.get(f"/shelves/{made['ids'][1999]}")).json()
        assert (last["name"], last["tags"], last["managed_by"]) == ("Hylla 1999", ["a", "b"], None)
    assert (await toy.get("/shelves?count=true&limit=1")).json()["count"] == 6000


async def test_every_wrong_row_is_told_and_nothing_is_made(toy: Signed) -> None:
    rows = [
        {"name": "Hylla"},
        {"name": "", "colour": "green"},
        {"name": "Hylla", "what": 1},
        [1],
        "text",
    ]
    body = lines(*rows) + b"\n{broken"
    assert wrong(await send(toy, "/shelves/bulk", body, NDJSON)) == {
        ("rows.1.name", "string_too_short"),
        ("rows.1.colour", "enum"),
        ("rows.2.what", "extra_forbidden"),
        ("rows.3", "model_type"),
        ("rows.4", "model_type"),
        ("rows.5", "json_invalid"),
    }
    assert not (await toy.get("/shelves")).json()["items"]


async def test_references_and_periods_are_judged_for_all_rows(toy: Signed) -> None:
    shelf = await toy.made("/shelves", {"name": "Hylla"})
    other = await toy.made("/shelves", {"name": "Hylla 2"})
    lent = {"shelf_id": shelf["id"], "valid_from": "2026-01-01", "valid_to": "2026-02-01"}
    await toy.made("/loans", lent)

    def loan(of: str, start: str, end: str | None = None) -> dict[str, Any]:
        return {"shelf_id": of, "valid_from": start, "valid_to": end}

    rows = [
        loan(shelf["id"], "2026-01-15", "2026-01-20"),
        loan(shelf["id"], "2026-02-01", "2026-03-01"),
        loan(other["id"], "2026-01-01"),
        loan(other["id"], "2027-01-01"),
        loan(str(uuid4()), "2026-01-01") | {"pages": -1},
    ]
    assert wrong(await send(toy, "/loans/bulk", lines(*rows), NDJSON)) == {
        ("rows.0.valid_from", "overlap"),
        ("rows.3.valid_from", "overlap"),
        ("rows.4.pages", "greater_than_equal"),
        ("rows.4.shelf_id", "unknown_reference"),
    }
    good = await send(toy, "/loans/bulk", lines(*rows[1:3]), NDJSON)
    assert good.status_code == 201, good.text


async def test_a_municipality_makes_only_its_own(toy: Signed) -> None:
    tibro = toy.by(municipality("1472"))
    answer = await send(tibro, "/shelves/bulk", lines({"name": "A"}, {"name": "B"}), NDJSON)
    mine = answer.json()["ids"][0]
    assert (await toy.get(f"/shelves/{mine}")).json()["managed_by"] == "1472"
    theirs = {"name": "C", "managed_by": "1473"}
    told = wrong(await send(tibro, "/shelves/bulk", lines({"name": "A"}, theirs), NDJSON))
    assert told == {("rows.1.managed_by", "other_municipality")}
    shelf = await toy.made("/shelves", theirs)
    rows = [{"shelf_id": one, "valid_from": "2026-01-01"} for one in (mine, shelf["id"])]
    for path in ("/loans/bulk", "/loans/bulk?dry_run=true"):
        told = wrong(await send(tibro, path, lines(*rows), NDJSON))
        assert told == {("rows.1.shelf_id", "unknown_reference")}
    assert not (await toy.get("/loans")).json()["items"]
    nowhere, wrong_too = str(uuid4()), {"valid_from": "2026-02-01", "pages": -1}
    rows = [{"shelf_id": one} | wrong_too for one in (shelf["id"], nowhere)]
    said = (await send(tibro, "/loans/bulk", lines(*rows), NDJSON)).json()["errors"]
    assert [(one["field"], one["code"]) for one in said] == [
        (f"rows.{row}.{field}", code)
        for row in (0, 1)
        for field, code in (("pages", "greater_than_equal"), ("shelf_id", "unknown_reference"))
    ], "another's is refused beside the rest, as what is not there is"
    assert said[1]["message"].replace(shelf["id"], nowhere) == said[3]["message"]


async def test_once_per_key_and_not_at_all_when_dry(toy: Signed) -> None:
    body = lines({"name": "A"}, {"name": "B"})
    bare = {"Idempotency-Key": ""}
    assert (await send(toy, "/shelves/bulk", body, NDJSON, headers=bare)).status_code == 400
    dry = await send(toy, "/shelves/bulk?dry_run=true", body, NDJSON)
    assert (dry.status_code, dry.json()) == (200, {"count": 2, "ids": []})
    key = {"Idempotency-Key": "one"}
    first = await send(toy, "/shelves/bulk", body, NDJSON, headers=key)
    again = await send(toy, "/shelves/bulk", body, NDJSON, headers=key)
    assert again.json() == first.json()
    assert again.headers["idempotency-replayed"] == "true"
    other = await send(toy, "/shelves/bulk", lines({"name": "C"}), NDJSON, headers=key)
    assert wrong(other) == {("idempotency-key", "reused")}
    assert (await toy.get("/shelves?count=true")).json()["count"] == 2
    feed = (await toy.by(municipality("1472")).get("/feed")).json()["events"]
    assert [event["verb"] for event in feed] == ["created", "created"]


async def test_a_body_that_is_no_rows(toy: Signed) -> None:
    for content, kind in (
        ("[]", "application/json"),
        ("{}", "application/json"),
        ("[", "application/json"),
        ("\n\n", NDJSON),
        ("name\n", CSV),
        ("name,name\nA,B\n", CSV),
        ('name\n"A', CSV),
        ("name\nå".encode("latin-1"), CSV),
    ):
        answer = await send(toy, "/shelves/bulk", content, kind)
        assert answer.status_code == 400, f"{content!r}: {answer.text}"
    told = await send(toy, "/shelves/bulk", "name;colour\nA;B\n", CSV)
    assert told.json()["errors"][0]["code"] == "separator"
    assert told.json()["detail"].endswith("the first line has semicolons")
    assert (await send(toy, "/shelves/bulk?dry=1", "[1]", "application/json")).status_code == 400
    assert (await send(toy, "/shelves/bulk", "a", "text/plain")).status_code == 415
    assert (await send(toy, "/shelves", "name\nA\n", CSV)).status_code == 415
    many = "name\n" + "A\n" * 100_001
    assert (await send(toy, "/shelves/bulk", many, CSV)).status_code == 413


async def test_errors_are_counted_where_not_all_are_told(toy: Signed) -> None:
    answer = await send(toy, "/shelves/bulk", "name,colour\n" + ",green\n" * 1500, CSV)
    body = answer.json()
    assert (answer.status_code, len(body["errors"]), body["count"]) == (422, 1000, 3000)
