"""The changes: everything once, in order, resumable, and no more than the key may read."""

import base64
from typing import Any

import orjson
import pytest

from tests.wire.running import House

COUNCIL = {
    "name": "Exempelråd",
    "industry": "Industri",
    "kind": "industry_council",
    "level": "bridging",
    "purpose": "Prova",
    "starts_on": "2026-01-01",
}


def followed(api: Any, limit: int) -> tuple[list[dict[str, Any]], str]:
    """Every change, page by page, and the cursor to go on from."""
    found: list[dict[str, Any]] = []
    address = f"/api/v1/changes?limit={limit}"
    while True:
        page = api.get(address).json()
        found += page["items"]
        assert len(page["items"]) <= limit
        if page["next"] is None:
            return found, page["after"]
        address = page["next"]


def test_a_copy_is_kept_by_following(running: House) -> None:
    api = running.api(running.key().text)
    start = followed(api, 100)[1]
    ids = [
        api.make("/actors", {"name": f"Exempelföretag {n}", "kind": "company"}).json()["id"]
        for n in range(4)
    ]
    council = api.make("/councils", COUNCIL | {"leader_actor_ids": ids[:1]})
    assert council.status_code == 201, council.text
    renamed = {"name": "Exempelföretag 9", "kind": "company"}
    api.put_in(f"/actors/{ids[0]}", renamed, 1)
    api.send_to("DELETE", f"/actors/{ids[1]}", headers={"If-Match": '"v1"'})
    whole, cursor = followed(api, 100)
    small, _ = followed(api, 2)
    assert small == whole
    new = api.read(f"/changes?after={start}").json()["items"]
    assert whole[-len(new) :] != []
    told = [(item["noun"], item["verb"]) for item in new]
    assert told[:6] == [("actor", "created")] * 4 + [("actor", "changed"), ("actor", "removed")]
    assert ("council", "created") in told
    kept = {item["id"]: item["thing"] for item in new}
    assert kept[ids[0]]["name"] == "Exempelföretag 9"
    assert kept[ids[1]] is None
    read = api.read(f"/actors/{ids[0]}").json()
    assert {name: read[name] for name in kept[ids[0]]} == kept[ids[0]], "moments too: UTC with Z"
    again = api.read(f"/changes?after={cursor}").json()
    assert (again["items"], again["next"], again["after"]) == ([], None, cursor)


def test_one_line_each(running: House) -> None:
    api = running.api(running.key("1472").text)
    api.make("/actors", {"name": "Exempelföretag 1", "kind": "company"})
    answer = api.read("/changes?noun=actor", headers={"Accept": "application/x-ndjson"})
    lines = [orjson.loads(line) for line in answer.content.splitlines()]
    assert answer.headers["content-type"].startswith("application/x-ndjson")
    assert {line["noun"] for line in lines} == {"actor"}
    onward = answer.headers["link"].split(">")[0].removeprefix("<")
    assert api.get(onward).json()["items"] == []


def test_what_a_key_may_not_list_is_not_among_its_changes(running: House) -> None:
    everybody = running.api(running.key(scopes="read,write,personal").text)
    maps = everybody.make("/dialogue-maps/default", {})
    assert maps.status_code in {200, 201}, maps.text
    nouns = {item["noun"] for item in followed(everybody, 1000)[0]}
    assert "dialogue_map" in nouns
    own = followed(running.api(running.key("1472").text), 1000)[0]
    assert not {item["noun"] for item in own} & {"interview", "answer", "consequence"}


@pytest.mark.parametrize(
    "cursor",
    ["x", "W10", "e30", base64.urlsafe_b64encode(b'{"actors":[-1,""]}').decode(), "bnVsbA", "%ff"],
)
def test_a_cursor_of_nobody(running: House, cursor: str) -> None:
    answer = running.api(running.key().text).read(f"/changes?after={cursor}")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "after")


def test_another_ledger_than_the_one_followed(running: House) -> None:
    api = running.api(running.key().text)
    api.make("/actors", {"name": "Exempelföretag 1", "kind": "company"})
    places = {"actors": [1, "00" * 32], "councils": [0, ""], "analysis": [0, ""]}
    cursor = base64.urlsafe_b64encode(orjson.dumps(places)).decode()
    answer = api.read(f"/changes?after={cursor}")
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (409, "feed_diverged")
    assert answer.headers["content-type"] == "application/problem+json"
