"""Many rows through the public API, in one process and over sockets."""

from typing import Any

from tests.wire.running import House


def test_a_large_file_goes_through_and_others_stay_small(running: House) -> None:
    api = running.api(running.key(municipality="1472").text)
    table = "name,kind,mission\n" + "".join(
        f"Exempelföretag {n},company,{'Svetsar plåt. ' * 60}\n" for n in range(1500)
    )
    body = table.encode()
    assert len(body) > 1024 * 1024
    kind: dict[str, Any] = {"Content-Type": "text/csv"}
    answer = api.send_to("POST", "/actors/bulk", content=body, headers=kind)
    assert answer.status_code == 201, answer.text[:300]
    made = answer.json()
    assert made["count"] == 1500
    assert api.read(f"/actors/{made['ids'][-1]}").json()["managed_by"] == "1472"
    large = api.send_to("POST", "/actors", json={"name": "a" * 2_000_000, "kind": "company"})
    assert large.status_code == 413
    assert api.send_to("POST", "/actors", content=b"name\nA\n", headers=kind).status_code == 415
    wrong = api.send_to("POST", "/actors/bulk", content=b"name\nA\n", headers=kind)
    assert [error["field"] for error in wrong.json()["errors"]] == ["rows.0.kind"]
