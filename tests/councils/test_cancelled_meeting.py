"""A cancelled meeting: it is read as it was, and takes nothing more until it is planned again."""

from typing import Any

from tests.callers import Signed, somebody
from tests.councils.builders import a_meeting, a_seat, at, blamed, council_in, day, meeting_in

COMING = {"starts_at": at(7), "status": "planned"}
CANCELLED = (409, "meeting_id", "cancelled")


async def a_called_one(councils: Signed) -> dict[str, Any]:
    """A coming meeting with a point, a plan and an answer, and what each of them was made of."""
    council = await council_in(councils)
    seat = await councils.made("/seats", a_seat(council))
    await councils.made("/seats", a_seat(council, actor_id=somebody()))
    meeting = await meeting_in(councils, council, **COMING)
    on = {"meeting_id": meeting["id"]}
    told = {
        "agenda-items": on | {"title": "Punkt"},
        "attendances": on | {"seat_id": seat["id"], "answer": "yes"},
        "session-plans": on | {"aim": "Alla hörs"},
    }
    made = {noun: await councils.made(f"/{noun}", body) for noun, body in told.items()}
    return {"council": council, "meeting": meeting, "told": told, "made": made}


async def test_a_cancelled_meeting_takes_no_plan_no_answer_and_no_notes(councils: Signed) -> None:
    there = await a_called_one(councils)
    url, council = f"/meetings/{there['meeting']['id']}", there["council"]
    body = a_meeting(council, **COMING)
    gone = await councils.put(url, body | {"status": "cancelled"}, version=1)
    assert gone.status_code == 200
    for noun, told in there["told"].items():
        kept = f"/{noun}/{there['made'][noun]['id']}"
        assert blamed(await councils.put(kept, told, version=1)) == CANCELLED, noun
        assert (await councils.get(kept)).status_code == 200, noun
    for noun in ("agenda-items", "session-plans"):
        assert blamed(await councils.post(f"/{noun}", there["told"][noun])) == CANCELLED, noun
    assert blamed(await councils.post(f"{url}/invite", {})) == CANCELLED
    order = {"item_ids": [there["made"]["agenda-items"]["id"]]}
    assert blamed(await councils.post(f"{url}/order", order)) == CANCELLED
    again = await councils.put(url, body, version=2)
    assert again.status_code == 200, "an open council plans it again"
    for noun, told in there["told"].items():
        kept = f"/{noun}/{there['made'][noun]['id']}"
        assert (await councils.put(kept, told, version=1)).status_code == 200, noun


async def test_what_a_closed_council_did_not_hold_stays_cancelled(councils: Signed) -> None:
    """But what was held on its last day after all may still be told so."""
    there = await a_called_one(councils)
    council, url = there["council"], f"/meetings/{there['meeting']['id']}"
    today = await meeting_in(councils, council, starts_at=at(0), status="planned")
    closing = {"closed_on": day(0), "reason": "expired", "result": "Inget"}
    await councils.made(f"/councils/{council['id']}/close", closing)
    for status in ("cancelled", "planned"):
        body = a_meeting(council, **COMING, title="Nytt namn") | {"status": status}
        refused = await councils.put(url, body, version=2)
        assert blamed(refused) == (409, "status", "closed"), status
    body = a_meeting(council, starts_at=at(0))
    held = await councils.put(f"/meetings/{today['id']}", body, version=2)
    assert held.status_code == 200
