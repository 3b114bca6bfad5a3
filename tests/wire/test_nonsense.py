"""Nonsense at every operation of the document is answered with a clear problem."""

import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import httpx
import orjson
import pytest

from operations.commands import openapi
from services.kit.large import takes_many
from tests.wire.running import INSIDE, House

DOCUMENT = orjson.loads(openapi.SAVED.read_bytes())
PROBLEM = "application/problem+json"
OPERATIONS = [
    (verb.upper(), re.sub(r"\{\w+\}", str(uuid4()), path), said)
    for path, item in DOCUMENT["paths"].items()
    for verb, said in item.items()
]
WRITES = [one for one in OPERATIONS if "requestBody" in one[2]]
BODIES: dict[str, tuple[bytes, str]] = {
    "broken": (b'{"name": ', "application/json"),
    "not an object": (b"[]", "application/json"),
    "a number": (b"1", "application/json"),
    "null": (b"null", "application/json"),
    "a NUL": (b'{"name": "a\\u0000b"}', "application/json"),
    "a bare NUL": (b'{"name": "a\x00b"}', "application/json"),
    "half a letter": (b'{"name": "\\ud800"}', "application/json"),
    "another encoding": ('{"name": "åäö"}'.encode("utf-16"), "application/json"),
    "latin-1": ('{"name": "åäö"}'.encode("latin-1"), "application/json"),
    "deep": (b'{"name": ' + b"[" * 20_000 + b"]" * 20_000 + b"}", "application/json"),
    "large numbers": (b'{"name": ' + b"9" * 6_000 + b"}", "application/json"),
    "infinity": (b'{"name": Infinity, "version": 1e999}', "application/json"),
    "too large": (b'{"name": "' + b"a" * 10_000_000 + b'"}', "application/json"),
    "a form": (b"name=a", "application/x-www-form-urlencoded"),
    "XML": (b"<name/>", "application/xml"),
    "no type": (b"{}", ""),
}
STATUS = {"too large": {413}, "XML": {415}, "a form": {415}, "no type": {415}}
REFUSED = {400, 403, 404, 409, 412, 413, 415, 422, 428}


@pytest.fixture(scope="module")
def api(running: House) -> Iterator[httpx.Client]:
    """A client with every right."""
    return running.api(running.key(scopes="read,write,personal").text)


def some(running: House, all_of_them: list[Any]) -> list[Any]:
    """In one process each; over the wire every fifth, of each service: the door is the same."""
    return all_of_them if running.way == INSIDE else all_of_them[::5]


def clear(answer: httpx.Response, statuses: set[int], where: str) -> None:
    """A problem, with one of the statuses, that says what it is."""
    assert answer.status_code in statuses, f"{where}: {answer.status_code} {answer.text[:300]}"
    assert answer.headers["content-type"] == PROBLEM, where
    body = answer.json()
    assert body["status"] == answer.status_code
    assert body["type"].startswith("/api/docs/problems#")
    assert body["title"], where
    assert body["detail"], where
    assert body["instance"] == f"urn:request:{answer.headers['x-request-id']}"


@pytest.mark.parametrize("name", BODIES)
def test_bodies(running: House, api: Any, name: str) -> None:
    content, kind = BODIES[name]
    for method, path, said in some(running, WRITES):
        if name in {"null", "no type"} and not said["requestBody"].get("required", False):
            continue
        headers = {"Content-Type": kind} if kind else {}
        headers |= {"If-Match": '"v1"', "Idempotency-Key": uuid4().hex}
        answer = api.send_to(method, path, content=content, headers=headers)
        larger = name == "too large" and takes_many(path)
        statuses = REFUSED if larger else STATUS.get(name, REFUSED)
        clear(answer, statuses, f"{method} {path} with {name}")


QUERIES = {
    "unknown": ("nothing=1", {400}),
    "NUL": ("q=%00", {400}),
    "too long": ("q=" + "a" * 3000, {400}),
    "half a letter": ("limit=%ff", {400}),
    "minus": ("limit=-1", {400}),
    "too many": ("limit=201", {400}),
    "deep": ("page=10000&limit=200", {400}),
    "a cursor of nobody": ("after=bm90aGluZw", {400}),
    "a key": ("api_key=kn_x", {400}),
}


@pytest.mark.parametrize("name", QUERIES)
def test_queries(running: House, api: Any, name: str) -> None:
    query, statuses = QUERIES[name]
    limit = {"$ref": "#/components/parameters/LimitQuery"}
    lists = [path for _, path, said in OPERATIONS if limit in said.get("parameters", ())]
    assert len(lists) > 20
    for path in some(running, lists):
        # A list below a thing that is not there may say that first.
        below = {404} if path.count("/") > 1 else set()
        clear(api.read(f"{path}?{query}"), statuses | below, f"{path}?{name}")


@pytest.mark.parametrize("id", ["0", "x" * 300, "%00", "%2e%2e", "a%2fb", "å", "'--"])
def test_ids(running: House, api: Any, id: str) -> None:
    for method, path, said in some(running, OPERATIONS):
        if path.count("-") >= 4:
            where = "/".join(id if part.count("-") == 4 else part for part in path.split("/"))
            headers = {"If-Match": '"v1"'}
            answer = api.send_to(method, where, json={}, headers=headers)
            nobody = said.get("x-keys", {}).get("of") == "nobody"
            refused = {400, 404, 405, 422} | ({403} if nobody else set())
            clear(answer, refused, f"{method} {where}")


def test_headers_that_mean_nothing(api: Any) -> None:
    path = f"/actors/{uuid4()}"
    company = {"name": "Exempelföretag 1", "kind": "company"}
    for tag in ("v1", '"v"', "*", '"v99999999999"', 'W/"v1"', "å"):
        answer = api.send_to("PUT", path, json=company, headers={"If-Match": tag.encode()})
        clear(answer, {400, 404}, tag)
    for key in (b"", b"a" * 201, b"\xe5"):
        answer = api.send_to("POST", "/actors", json=company, headers={"Idempotency-Key": key})
        clear(answer, {400}, repr(key))


def test_no_operation_is_open(running: House) -> None:
    stranger = running.api()
    for method, path, said in OPERATIONS:
        if said["security"]:
            answer = stranger.send_to(method, path, json={} if method != "GET" else None)
            clear(answer, {401}, f"{method} {path}")
            assert answer.headers["www-authenticate"].startswith("Bearer")


def test_a_reader_writes_nowhere(running: House) -> None:
    reader = running.api(running.key(scopes="read").text)
    for method, path, _ in OPERATIONS:
        if method != "GET" and path != "/keys/rotate":
            clear(reader.send_to(method, path, json={}), {403}, f"{method} {path}")


@pytest.mark.parametrize(
    ("name", "value", "least"),
    [
        ("known_at", "2020-01-01T00:00:00Z", 50),
        ("as_of", "0001-01-01", 20),
        ("as_of", "9999-12-31", 20),
    ],
)
def test_whatever_can_be_read_can_be_read_as_of_any_time(
    running: House, name: str, value: str, least: int
) -> None:
    api, asked = running.api(running.key(scopes="read,write,personal").text), 0
    component = {"known_at": "/KnownAtQuery", "as_of": "/AsOfQuery"}[name]
    for verb, path, said in OPERATIONS:
        # A parameter that many operations have stands once, and they refer to it.
        if verb == "GET" and component in str(said.get("parameters", ())):
            answer = api.read(path, params={name: value})
            assert answer.status_code < 500, (path, answer.text)
            asked += answer.status_code in {200, 404}
    assert asked > least
