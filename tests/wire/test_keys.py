"""Whose key it is decides what it reads and writes."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import update

from gateway import keys
from gateway.api import bearers
from gateway.keys import KEYS
from services.kit import clock
from tests.wire.running import House

COMPANY = {"name": "Exempelföretag 1", "kind": "company"}


def problem(answer: object, status: int, *more: str) -> dict[str, object]:
    """The problem of an answer that has one."""
    assert answer.status_code == status, answer.text  # type: ignore[attr-defined]
    assert answer.headers["content-type"] == "application/problem+json"  # type: ignore[attr-defined]
    body: dict[str, object] = answer.json()  # type: ignore[attr-defined]
    assert set(body) == {"type", "title", "status", "detail", "instance", "errors", *more}
    assert body["status"] == status
    return body


def test_a_municipality_writes_its_own_and_knows_nothing_of_writing_others(running: House) -> None:
    own, other = running.api(running.key("1472").text), running.api(running.key("1473").text)
    made = own.make("/actors", COMPANY)
    assert (made.status_code, made.json()["managed_by"]) == (201, "1472")
    place = made.headers["location"]
    assert place == f"/api/v1/actors/{made.json()['id']}"
    path = place.removeprefix("/api/v1")
    assert other.read(path).json() == made.json()
    changed = COMPANY | {"name": "Exempelföretag 2"}
    problem(other.put_in(path, changed, 1), 404)
    problem(other.send_to("DELETE", path, headers={"If-Match": '"v1"'}), 404)
    renewed = own.put_in(path, changed, 1)
    assert (renewed.json()["name"], renewed.headers["etag"]) == ("Exempelföretag 2", '"v2"')
    assert own.send_to("DELETE", path, headers={"If-Match": '"v2"'}).status_code == 204
    problem(own.read(path), 404)


def test_no_key_names_another_municipality(running: House) -> None:
    own = running.api(running.key("1472").text)
    found = problem(own.make("/actors", COMPANY | {"managed_by": "1473"}), 422)
    assert found["errors"][0]["field"] == "managed_by"  # type: ignore[index]


def test_the_association_writes_everything(running: House) -> None:
    everybody = running.api(running.key().text)
    theirs = running.api(running.key("1472").text).make("/actors", COMPANY).json()
    answer = everybody.put_in(f"/actors/{theirs['id']}", COMPANY | {"managed_by": "1473"}, 1)
    assert (answer.status_code, answer.json()["managed_by"]) == (200, "1473")


def test_every_wrong_field_at_once(running: House) -> None:
    own = running.api(running.key("1472").text)
    found = problem(own.make("/actors", {"name": "", "kind": "sect", "colour": "red"}), 422)
    fields = {error["field"] for error in found["errors"]}  # type: ignore[attr-defined]
    assert fields == {"name", "kind", "colour"}


def test_who_may_not_do_it_is_not_told_how(running: House) -> None:
    own = running.api(running.key("1472").text)
    refused = own.make("/councils", {})
    problem(refused, 403)
    whose = "only for the municipal association's keys with the scope write"
    assert refused.json()["detail"] == f"council: write is {whose}"
    problem(own.make("/councils/fast-track", {"name": 1}), 403)


def test_conditions_and_repetition(running: House) -> None:
    own = running.api(running.key("1472").text)
    again = {"Idempotency-Key": uuid4().hex}
    first, second = (own.make("/actors", COMPANY, **again) for _ in range(2))
    assert first.json() == second.json()
    assert second.headers["idempotency-replayed"] == "true"
    assert second.headers["location"] == first.headers["location"]
    path = f"/actors/{first.json()['id']}"
    other = own.make("/actors", COMPANY | {"name": "Exempelföretag 9"}, **again)
    assert problem(other, 422, "first")["first"] == first.headers["location"]
    problem(own.request("POST", "/api/v1/actors", json=COMPANY), 400)
    problem(own.put_in(path, COMPANY, None), 428)
    assert own.put_in(path, COMPANY, 1).status_code == 200
    problem(own.put_in(path, COMPANY, 1), 412)
    tag = own.read(path).headers["etag"]
    assert own.read("/actors").headers["vary"] == "accept, authorization, cookie"
    found = own.read("/actors?limit=1")
    unchanged = own.read("/actors?limit=1", headers={"If-None-Match": found.headers["etag"]})
    assert (tag[:4], unchanged.status_code, unchanged.content) == ('"v2.', 304, b"")


@pytest.mark.parametrize("path", ["/keys", "/api-info", "/openapi.json", ""])
def test_what_takes_no_parameter_says_so(running: House, path: str) -> None:
    refused = running.api(running.key().text).read(f"{path}?foo=1")
    problem(refused, 400)
    assert [(one["field"], one["code"]) for one in refused.json()["errors"]] == [
        ("foo", "unknown_parameter")
    ]


@pytest.mark.parametrize(
    "path", ["/threads", "/breaks", "/verdicts", "/continuity", "/keys", "/api-info", ""]
)
def test_what_is_computed_has_a_tag_of_what_it_says(running: House, path: str) -> None:
    api = running.api(running.key("1472").text)
    tag = api.read(path).headers["etag"]
    assert tag.startswith('W/"')
    again = api.read(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    other = api.read(path, headers={"If-None-Match": 'W/"other"'})
    assert (other.status_code, other.headers["etag"]) == (200, tag)


def test_pages_are_followed_at_their_outer_address(running: House) -> None:
    own = running.api(running.key("1472").text)
    for number in range(3):
        own.make("/actors", COMPANY | {"name": f"Exempelföretag sida {number}"})
    answer = own.read("/actors?limit=2&q=sida")
    assert answer.json()["next"].startswith("/api/v1/actors?limit=2&q=sida&after=")
    assert answer.headers["link"] == f'<{answer.json()["next"]}>; rel="next"'
    rest = own.get(answer.json()["next"]).json()
    assert (len(answer.json()["items"]), len(rest["items"]), rest["next"]) == (2, 1, None)


def test_exports_stream(running: House) -> None:
    own = running.api(running.key("1472").text)
    own.make("/actors", COMPANY)
    csv = own.read("/actors", headers={"Accept": "text/csv"})
    assert csv.headers["content-disposition"] == 'attachment; filename="actors.csv"'
    assert csv.text.startswith('\ufeff"source","example","name"')
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    excel = own.read("/actors", headers={"Accept": kind})
    assert (excel.headers["content-type"], excel.content[:2]) == (kind, b"PK")


@pytest.mark.parametrize(
    "header",
    [
        None,
        "Bearer",
        "Bearer x",
        "Basic a2V5OnNlY3JldA==",
        pytest.param(f"Bearer {keys.new_key()[1]}", id="unknown"),
        pytest.param(f"Bearer {keys.new_key()[1][:-1]}!", id="misspelt"),
        "Bearer kt_x.y",
        "Bearer kt_" + "å" * 9,
    ],
)
def test_nothing_opens_without_a_key_of_ours(running: House, header: str | None) -> None:
    headers = {"Authorization": header.encode()} if header else {}
    answer = running.api().read("/actors", headers=headers)
    problem(answer, 401)
    assert answer.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize("name", ["api_key", "API_KEY", "apikey", "access_token"])
def test_a_key_in_the_address_is_refused(running: House, name: str) -> None:
    found = problem(running.api().read(f"/actors?{name}={running.key().text}"), 400)
    assert found["errors"][0]["field"] == name  # type: ignore[index]


@pytest.mark.parametrize("place", ["?key={}", "?token={}", "?q={}", "?nyckel={}", "/{}"])
def test_a_key_in_the_address_is_told_by_its_shape(running: House, place: str) -> None:
    key = running.key().text
    for api in (running.api(), running.api(running.key().text)):
        for written in (key, key.replace("_", "%5F")):
            found = problem(api.read(f"/actors{place.format(written)}"), 400)
            assert found["errors"][0]["code"] == "secret_in_address"  # type: ignore[index]


def test_what_only_looks_like_a_secret_is_asked_for(running: House) -> None:
    api = running.api(running.key().text)
    assert api.read("/indicators?key=employed").is_success
    assert api.read("/actors?q=kn_exempel").is_success


def test_an_old_key_opens_nothing(running: House) -> None:
    made = running.key()
    part = keys.part_of(made.text)
    past = {"expires_at": clock.now() - timedelta(seconds=1)}

    async def age(db: object) -> None:
        await db.execute(update(KEYS).where(KEYS.c.part == part).values(past))  # type: ignore[attr-defined]

    running.do(age)
    problem(running.api(made.text).read("/actors"), 401)


def test_a_revoked_key_dies_within_seconds(running: House, monkeypatch: pytest.MonkeyPatch) -> None:
    assert bearers.REMEMBERED_SECONDS + bearers.SHOWN_SECONDS < 30
    monkeypatch.setattr(bearers, "REMEMBERED_SECONDS", 0)
    monkeypatch.setattr(bearers, "SHOWN_SECONDS", 0)
    made = running.key()
    api = running.api(made.text)
    assert api.read("/actors").status_code == 200
    running.do(keys.revoke, keys.part_of(made.text))
    problem(api.read("/actors"), 401)


def test_scopes_hold(running: House) -> None:
    reader = running.api(running.key("1472", "read").text)
    assert reader.read("/actors").status_code == 200
    answer = reader.make("/actors", COMPANY)
    problem(answer, 403)
    assert 'error="insufficient_scope"' in answer.headers["www-authenticate"]
    writer = running.api(running.key("1472", "write").text)
    problem(writer.read("/actors"), 403)


def test_a_key_is_changed_for_another_with_overlap(running: House) -> None:
    old = running.key("1472", "read")
    first = running.api(old.text)
    answer = first.send_to("POST", "/keys/rotate", json={"days": 10})
    assert (answer.status_code, answer.headers["cache-control"]) == (201, "no-store")
    second = running.api(answer.json()["key"])
    assert first.read("/actors").status_code == second.read("/actors").status_code == 200
    listed = second.read("/keys").json()["items"]
    assert [key["id"] for key in listed] == [
        keys.part_of(answer.json()["key"]),
        keys.part_of(old.text),
    ]
    assert not any("hash" in key or "secret" in key for key in listed)
    problem(second.send_to("POST", "/keys/rotate"), 409)
    problem(first.send_to("POST", "/keys/rotate", json={"days": 366}), 422)


@pytest.mark.parametrize("path", ["/feed", "/batch", "/healthz", "/readyz", "/nothing", "/actors/"])
def test_what_is_internal_is_not_here(running: House, path: str) -> None:
    api = running.api(running.key().text)
    problem(api.read(path), 404)
    problem(api.send_to("POST", path, json={"get": []}), 404)


def test_the_methods_of_an_address(running: House) -> None:
    api = running.api(running.key().text)
    answer = api.send_to("DELETE", "/actors")
    problem(answer, 405)
    assert answer.headers["allow"] == "GET, POST"
    head = api.request("HEAD", "/api/v1/actors")
    assert (head.status_code, head.content) == (200, b"")
