"""A key is changed for a token, as RFC 6749 says."""

from typing import Any

import pytest

from gateway import keys
from gateway.api import bearers
from services.kit import clock
from tests.wire.running import House

GRANT = {"grant_type": "client_credentials"}


def ask(running: House, form: dict[str, str], **more: Any) -> Any:
    """What the token endpoint answers."""
    return running.api().post("/oauth/token", data=form, **more)


def test_a_token_has_the_keys_rights_and_no_more(running: House) -> None:
    made = running.key("1472")
    who = (str(made.client["id"]), made.text)
    answer = ask(running, GRANT, auth=who)
    told = answer.json()
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    assert (told["token_type"], told["expires_in"], told["scope"]) == ("Bearer", 600, "read write")
    api = running.api(told["access_token"])
    actor = api.make("/actors", {"name": "Exempelföretag 1", "kind": "company"})
    assert (actor.status_code, actor.json()["managed_by"]) == (201, "1472")
    narrow = ask(running, GRANT | {"scope": "read"}, auth=who).json()
    assert narrow["scope"] == "read"
    refused = running.api(narrow["access_token"]).make("/actors", {})
    assert refused.status_code == 403


def test_the_key_may_stand_in_the_form(running: House) -> None:
    made = running.key("1472")
    named = {"client_id": keys.part_of(made.text) or "", "client_secret": made.text}
    assert ask(running, GRANT | named).status_code == 200
    shown = {"client_id": made.text[: len("kn_") + keys.PART]}
    assert ask(running, GRANT | named | shown).status_code == 200
    both = ask(running, GRANT | named, auth=(named["client_id"], made.text))
    assert (both.status_code, both.json()["error"]) == (400, "invalid_request")


def test_a_token_dies_with_its_key(running: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bearers, "REMEMBERED_SECONDS", 0)
    monkeypatch.setattr(bearers, "SHOWN_SECONDS", 0)
    made = running.key()
    token = ask(running, GRANT, auth=(str(made.client["id"]), made.text)).json()["access_token"]
    api = running.api(token)
    assert api.read("/actors").status_code == 200
    running.do(keys.revoke, keys.part_of(made.text))
    assert api.read("/actors").status_code == 401
    assert ask(running, GRANT, auth=(str(made.client["id"]), made.text)).status_code == 401


def test_a_token_dies_by_itself(running: House, monkeypatch: pytest.MonkeyPatch) -> None:
    made = running.key()
    monkeypatch.setattr(bearers, "TOKEN_SECONDS", -1)
    monkeypatch.setattr(bearers, "SHOWN_SECONDS", 0)
    token = ask(running, GRANT, auth=(str(made.client["id"]), made.text)).json()["access_token"]
    answer = running.api(token).read("/actors")
    assert (answer.status_code, clock.now().tzinfo is not None) == (401, True)
    payload, proof = token.split(".")
    assert running.api(f"{payload[:-2]}AA.{proof}").read("/actors").status_code == 401


@pytest.mark.parametrize(
    ("form", "status", "error"),
    [
        ({}, 400, "invalid_request"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        (GRANT | {"scope": "read everything"}, 400, "invalid_scope"),
        (GRANT | {"scope": "personal"}, 400, "invalid_scope"),
    ],
)
def test_errors_are_those_of_the_standard(
    running: House, form: dict[str, str], status: int, error: str
) -> None:
    made = running.key("1472")
    answer = ask(running, form, auth=(str(made.client["id"]), made.text))
    assert (answer.status_code, answer.json()["error"]) == (status, error)


def test_nobody_is_let_in_without_both_parts(running: House) -> None:
    made, other = running.key(), running.key()
    for who in (("", made.text), (str(other.client["id"]), made.text), ("x", "y")):
        answer = ask(running, GRANT, auth=who)
        assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
        assert answer.headers["www-authenticate"].startswith("Basic")
    answer = ask(running, GRANT, headers={"Authorization": "Basic ==="})
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


def test_the_endpoint_takes_forms_by_post_alone(running: House) -> None:
    api = running.api()
    assert (api.get("/oauth/token").status_code, api.get("/oauth/other").status_code) == (405, 404)
    assert api.get("/oauth/token").headers["allow"] == "POST"
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    broken = api.post("/oauth/token", content=b"\xff", headers=form)
    assert (broken.status_code, broken.json()["error"]) == (400, "invalid_request")
    assert api.post("/oauth/token", content=b"x" * 9000, headers=form).status_code == 413
    assert api.post("/oauth/token", json={}).status_code == 400
