"""The door: nobody passes without an identity made for exactly that request, and no nonsense."""

import asyncio
import gzip
import time
from dataclasses import replace
from typing import Any

import orjson
import pytest

from services.kit import identity
from services.kit.errors import Unauthenticated
from tests.callers import KEYS, LEADER, MEMBER, Signed

SECRET = KEYS["gateway>actors"].encode()
MADE_FOR: dict[str, Any] = {"audience": "actors", "method": "GET", "path": "/actors"}


def token(**changed: Any) -> str:
    """An identity for GET /actors, or something else."""
    told = {"secret": SECRET, "issuer": "gateway", **MADE_FOR, **changed}
    return identity.sign(told.pop("caller", LEADER), **told)


def check(text: str, **secrets: bytes) -> identity.Caller:
    """Verify it as the actors service would."""
    return identity.verify(text, secrets=secrets or {"gateway": SECRET}, **MADE_FOR)


def test_a_caller_survives_the_wire() -> None:
    assert (
        check(token(caller=replace(MEMBER, municipality_code="1472"))).municipality_code == "1472"
    )


@pytest.mark.parametrize(
    "changed",
    [
        {"secret": b"another"},
        {"issuer": "stranger"},
        {"audience": "councils"},
        {"method": "POST"},
        {"path": "/actors/1"},
    ],
)
def test_made_for_something_else(changed: dict[str, Any]) -> None:
    with pytest.raises(Unauthenticated):
        check(token(**changed))


@pytest.mark.parametrize("shift", [-600.0, -100.0, 100.0, 3600.0])
def test_too_old_or_from_the_future(monkeypatch: pytest.MonkeyPatch, shift: float) -> None:
    moment = time.time()
    monkeypatch.setattr(time, "time", lambda: moment + shift)
    made = token()
    monkeypatch.undo()
    with pytest.raises(Unauthenticated):
        check(made)


@pytest.mark.parametrize("text", ["", ".", "a.b", "a.b.c", "e30.e30", "Ü.Ü", "bnVsbA.AA", "W10.AA"])
def test_nonsense_is_refused_like_the_rest(text: str) -> None:
    with pytest.raises(Unauthenticated):
        check(text)


def test_a_changed_payload_is_refused() -> None:
    payload, mac = token().split(".")
    claims = orjson.loads(identity._decode(payload)) | {"roles": ["administrator"]}
    with pytest.raises(Unauthenticated):
        check(f"{identity._encode(orjson.dumps(claims))}.{mac}")


async def test_every_route_asks_for_an_identity(toy: Signed) -> None:
    for route in toy.app.routes:
        path = route.path.replace("{id}", "00000000-0000-0000-0000-000000000000")
        if path in {"/healthz", "/readyz", "/openapi.json"}:
            assert (await toy.http.get(path)).status_code == 200
            continue
        for method in route.methods:
            answer = await toy.http.request(method, path, json={})
            assert (answer.status_code, path) == (401, path)
            assert answer.headers["content-type"] == "application/problem+json"


LONG = "x" * 1_100_000


@pytest.mark.parametrize(
    ("status", "request_"),
    [
        (400, {"content": b'{"name": ', "headers": {"Content-Type": "application/json"}}),
        (400, {"content": b'{"name": "\xff"}', "headers": {"Content-Type": "application/json"}}),
        (400, {"content": b"[" * 100_000, "headers": {"Content-Type": "application/json"}}),
        (422, {"content": b"[]", "headers": {"Content-Type": "application/json"}}),
        (422, {"content": b'{"name": "\\ud800"}', "headers": {"Content-Type": "application/json"}}),
        (422, {"content": b'{"name": 1e400}', "headers": {"Content-Type": "application/json"}}),
        (413, {"json": {"name": LONG}}),
        (415, {"content": b"name=x", "headers": {"Content-Type": "text/plain"}}),
        (415, {"data": {"name": "x"}}),
    ],
)
async def test_a_body_that_cannot_be_used(toy: Signed, status: int, request_: Any) -> None:
    answer = await toy.send("POST", "/shelves", **request_)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert not (await toy.get("/shelves")).json()["items"]


async def test_a_body_without_length_stops_at_the_limit(toy: Signed) -> None:
    async def parts() -> Any:
        for _ in range(20):
            yield b" " * 100_000

    headers = {"Content-Type": "application/json"}
    answer = await toy.send("POST", "/shelves", content=parts(), headers=headers)
    assert answer.status_code == 413


async def test_a_body_without_length_must_say_what_it_is(toy: Signed) -> None:
    async def parts() -> Any:
        yield b"name=x"

    answer = await toy.send("POST", "/shelves", content=parts())
    assert answer.status_code == 415


async def test_a_body_is_utf_8_and_said_to_be_nothing_else(toy: Signed) -> None:
    for more, status in (
        ("; charset=utf-16", 415),
        (';version=1; Charset="ISO-8859-1"', 415),
        ("; charset=", 415),
        ("; charset=UTF-8", 201),
        (';charset="utf8"', 201),
        ("; profile=x", 201),
    ):
        headers = {"Content-Type": f"application/json{more}"}
        answer = await toy.send("POST", "/shelves", content=b'{"name": "x"}', headers=headers)
        assert answer.status_code == status, more
        assert status == 201 or answer.json()["detail"] == "send UTF-8, and say no other charset"


async def test_addresses_that_cannot_be_used(toy: Signed) -> None:
    for url in (
        "/shelves?q=%00",
        "/shelves/%00",
        "/shelves/1",
        "/nowhere",
        "/shelves/%F0%9F%92%A9",
    ):
        assert (await toy.get(url)).status_code in {400, 404}, url
    assert (await toy.send("PATCH", "/shelves")).status_code == 405


async def test_twins_with_one_key_make_one_thing(toy: Signed) -> None:
    headers = {"Idempotency-Key": "twin"}
    twins = (toy.post("/shelves", {"name": "En"}, headers=headers) for _ in range(6))
    answers = await asyncio.gather(*twins)
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert len((await toy.get("/shelves")).json()["items"]) == 1


async def test_a_refused_write_frees_its_key(toy: Signed) -> None:
    headers = {"Idempotency-Key": "again"}
    assert (await toy.post("/shelves", {"name": ""}, headers=headers)).status_code == 422
    assert (await toy.post("/shelves", {"name": "En"}, headers=headers)).status_code == 201


async def test_two_writers_of_one_version(toy: Signed) -> None:
    url = f"/shelves/{(await toy.made('/shelves', {'name': 'Noll'}))['id']}"
    answers = await asyncio.gather(*(toy.put(url, {"name": n}, version=1) for n in "abcd"))
    assert sorted(answer.status_code for answer in answers) == [200, 412, 412, 412]
    assert (await toy.get(url)).json()["version"] == 2


async def test_readiness_follows_draining(toy: Signed) -> None:
    assert (await toy.http.get("/readyz")).json()["status"] == "ready"
    toy.app.state.draining = True
    assert (await toy.http.get("/readyz")).status_code == 503


@pytest.mark.parametrize("query", ["q=%ff", "q=%c3", "q=a%00b", "%ff=1"])
async def test_an_address_that_is_no_text_is_refused(toy: Signed, query: str) -> None:
    answer = await toy.get(f"/shelves?{query}")
    assert answer.status_code == 400, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert (await toy.get("/shelves?q=%C3%A5")).status_code == 200


async def test_broken_json_names_no_field(toy: Signed) -> None:
    headers = {"Content-Type": "application/json", "Idempotency-Key": "broken"}
    answer = await toy.send("POST", "/shelves", content=b'{"name":', headers=headers)
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["field"], error["code"]) == (400, "", "json_invalid")


async def test_json_that_names_a_field_twice_is_refused(toy: Signed) -> None:
    async def sent(body: str) -> tuple[int, str]:
        content, kind = body.encode(), {"Content-Type": "application/json"}
        answer = await toy.send("POST", "/shelves", content=content, headers=kind)
        errors = answer.json().get("errors") or [{"code": "", "field": ""}]
        return answer.status_code, f"{errors[0]['field']} {errors[0]['code']}"

    twice = (400, "name duplicate_key")
    assert await sent('{"name": "Ek", "name": "Björk"}') == twice
    assert await sent(r'{"name": "Ek", "n\u0061me" : "Björk"}') == twice
    assert (await sent(r'{"name": "En \"hylla\": den", "tags": ["a\":b"]}'))[0] == 201


async def test_a_body_that_is_packed_is_refused_and_not_misread(toy: Signed) -> None:
    packed = {"Content-Encoding": "gzip", "Content-Type": "application/json"}
    answer = await toy.send("POST", "/shelves", content=gzip.compress(b"{}"), headers=packed)
    assert (answer.status_code, answer.json()["title"][:3]) == (415, "The")
    assert answer.headers["accept-encoding"] == "identity"
    plain = packed | {"Content-Encoding": "identity"}
    made = await toy.send("POST", "/shelves", content=b'{"name": "Hylla"}', headers=plain)
    assert made.status_code == 201
