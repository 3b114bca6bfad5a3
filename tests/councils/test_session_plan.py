"""Session plans: how a meeting is led, and whose voices were heard."""

from typing import Any

from tests.callers import MEMBER, READER, Signed, municipality, somebody
from tests.councils.builders import at, blamed, council_in, meeting_in


def a_plan(meeting: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A round, and a talk."""
    parts = [
        {"length_minutes": 15, "what": "Runda", "how": "Alla en gång"},
        {"length_minutes": 45, "what": "Samtal"},
    ]
    return {"meeting_id": meeting["id"], "aim": "Enas om nästa steg", "parts": parts} | more


async def test_a_meeting_has_one_plan_and_it_is_told_who_was_heard(councils: Signed) -> None:
    council = await council_in(councils)
    held = await meeting_in(councils, council)
    coming = await meeting_in(councils, council, starts_at=at(9), status="planned")
    voices = [
        {"side": "employers", "present": 5, "spoke": 4},
        {"side": "education", "present": 2, "spoke": 0},
    ]
    made = await councils.made("/session-plans", a_plan(coming))
    told = made["total_minutes"], made["present_count"], made["spoke_count"], made["quiet_sides"]
    assert told == (60, None, None, [])
    again = await councils.post("/session-plans", a_plan(coming))
    assert blamed(again)[:2] == (409, "meeting_id")
    early = await councils.post("/session-plans", a_plan(held) | {"meeting_id": coming["id"]})
    assert early.status_code == 409
    url = f"/session-plans/{made['id']}"
    early = await councils.put(url, a_plan(coming, voices=voices), version=1)
    assert blamed(early) == (422, "voices", "in_the_future")
    moved = await councils.put(url, a_plan(held), version=1)
    assert blamed(moved) == (422, "meeting_id", "fixed")
    wrong = voices[:1] * 2 + [{"side": "public", "present": 1, "spoke": 2}]
    answer = await councils.post("/session-plans", a_plan(held, voices=wrong))
    assert {(one["field"], one["code"]) for one in answer.json()["errors"]} == {
        ("voices", "repeated"), ("voices.2.spoke", "more_than_all"),
    }  # fmt: skip
    over = a_plan(held, voices=voices, method_ids=[method := somebody()])
    after = await councils.made("/session-plans", over)
    assert (after["present_count"], after["spoke_count"]) == (7, 4)
    assert after["quiet_sides"] == ["education"]
    for query in ("told=true", f"method_id={method}", f"meeting_id={held['id']}"):
        found = (await councils.get(f"/session-plans?{query}")).json()["items"]
        assert [one["id"] for one in found] == [after["id"]], query
    found = await councils.get(f"/session-plans?council_id={council['id']}&q=enas")
    assert len(found.json()["items"]) == 2
    used = (await councils.get(f"/uses?noun=method&id={method}")).json()["items"]
    assert used == [{"id": method, "noun": "session_plan"}]
    for caller in (READER, MEMBER, municipality("1472", "read", "write")):
        assert (await councils.by(caller).post("/session-plans", a_plan(held))).status_code == 403
    assert (await councils.by(READER).get(url)).status_code == 200
    assert (await councils.by(MEMBER).get(url)).status_code == 404, "it sits in no such council"
    assert (await councils.delete(url, version=1)).status_code == 204
