"""Events: planned, opened, held or cancelled, with a programme in the order of its times."""

from typing import Any

from services.councils.event.queries import EVENTS
from services.kit.identity import Caller
from tests.callers import MEMBER, READER, Signed, somebody
from tests.councils.builders import at, blamed, changed, council_in, day

DOOR = Caller("service", "svc:gateway", request_id="test")


def an_event(**more: Any) -> dict[str, Any]:
    """A conference next week."""
    body = {"title": "Exempelkonferens", "kind": "theme", "place": "Exempelgatan 1"}
    return body | {"starts_at": at(7), "ends_at": at(7, 15), "places": 2} | more


async def event_in(councils: Signed, **more: Any) -> dict[str, Any]:
    """One that is open."""
    made = await councils.made("/events", an_event(**more))
    return await councils.made(f"/events/{made['id']}/open", None)


async def held(councils: Signed, event: dict[str, Any]) -> dict[str, Any]:
    """The event has begun, and been held."""
    await changed(councils, EVENTS, event["id"], starts_at=at(-1), ends_at=at(-1, 15))
    return await councils.made(f"/events/{event['id']}/hold", None)


async def test_what_has_not_begun_has_not_been_held(councils: Signed) -> None:
    event, untimed = await event_in(councils), an_event(starts_at=None, ends_at=None)
    early = await councils.post(f"/events/{event['id']}/hold", None)
    assert blamed(early) == (409, "starts_at", "in_the_future")
    assert (await councils.get(f"/events/{event['id']}")).json()["status"] == "open"
    assert (await held(councils, event))["status"] == "held"
    later = await changed(councils, EVENTS, event["id"], starts_at=at(3), ends_at=at(3, 15))
    assert blamed(later) == (422, "starts_at", "in_the_future")
    assert (await changed(councils, EVENTS, event["id"], title="Annat")).status_code == 200
    untimed = await councils.made("/events", untimed)
    done = await councils.made(f"/events/{untimed['id']}/hold", None)
    assert done["status"] == "held", "nobody knows that it is to come"


async def test_an_event_goes_its_way_and_tells_why_it_was_cancelled(councils: Signed) -> None:
    made = await councils.made("/events", an_event())
    assert (made["status"], len(made["address"]) > 20) == ("planned", True)
    url = f"/events/{made['id']}"
    assert (await councils.made(f"{url}/open", None))["status"] == "open"
    again = await councils.post(f"{url}/open")
    assert blamed(again) == (409, "status", "wrong_status")
    assert (await councils.post(f"{url}/cancel", {})).status_code == 422
    gone = await councils.made(f"{url}/cancel", {"reason": "För få anmälda"})
    assert (gone["status"], gone["status_reason"]) == ("cancelled", "För få anmälda")
    back = await councils.made(f"{url}/resume", None)
    assert (back["status"], back["status_reason"]) == ("planned", None)
    assert (await held(councils, made))["status"] == "held"
    assert back["address"] == made["address"]
    for caller in (READER, MEMBER):
        assert (await councils.by(caller).post("/events", an_event())).status_code == 403
        assert (await councils.by(caller).get(f"/event-doors/{made['address']}")).status_code == 403


async def test_what_is_wrong_in_an_event_is_told_at_once(councils: Signed) -> None:
    wrong = an_event(ends_at=at(6), recording_captions=True, places=0)
    answer = await councils.post("/events", wrong)
    assert {one["field"] for one in answer.json()["errors"]} == {
        "ends_at", "recording_link", "places",
    }  # fmt: skip
    unset = await councils.made("/events", an_event(starts_at=None, ends_at=None))
    early = await councils.post(f"/events/{unset['id']}/open")
    assert blamed(early) == (422, "starts_at", "missing")


async def test_everybody_with_the_address_is_shown_the_programme_in_order(
    councils: Signed,
) -> None:
    council = await council_in(councils)
    event = await event_in(councils, council_id=council["id"])
    its = {"event_id": event["id"]}
    later = its | {"title": "Panel", "kind": "panel", "starts_at": at(7, 11)}
    unset = await councils.made("/event-sessions", its | {"title": "Mingel", "kind": "pause"})
    panel = await councils.made("/event-sessions", later | {"speaker_post_ids": [somebody()]})
    first = its | {"title": "Inledning", "starts_at": at(7, 9), "speakers": ["Exempelperson 1"]}
    first = await councils.made("/event-sessions", first | {"example": True})
    door = councils.by(DOOR)
    shown = (await door.get(f"/event-doors/{event['address']}")).json()
    assert [one["id"] for one in shown["sessions"]] == [first["id"], panel["id"], unset["id"]]
    assert (shown["sign_up"], shown["places_left"], shown["waiting_count"]) == ("open", 2, 0)
    assert (await door.get("/event-doors/nobody")).status_code == 404
    listed = (await councils.get(f"/events/{event['id']}/event-sessions")).json()["items"]
    assert len(listed) == 3
    other = await councils.made("/events", an_event())
    moved = await councils.put(
        f"/event-sessions/{first['id']}",
        {"event_id": other["id"], "title": "Inledning"},
        version=first["version"],
    )
    assert blamed(moved)[:2] == (422, "event_id")
    assert (await councils.delete(f"/events/{event['id']}", version=2)).status_code == 409


async def test_events_are_found_by_their_day(councils: Signed) -> None:
    event = await event_in(councils)
    for query, there in (("from", day(7)), ("to", day(7)), ("from", day(8)), ("to", day(6))):
        found = (await councils.get(f"/events?starts_{query}={there}")).json()["items"]
        assert [one["id"] for one in found] == ([event["id"]] if there == day(7) else [])


async def test_another_form_keeps_who_has_signed_up(councils: Signed) -> None:
    event = await event_in(councils)
    who = {"name": "Exempelperson 1", "email": "ett@exempel.se", "consent": True}
    await councils.made(f"/events/{event['id']}/sign-ups", who)
    more = {"format": "digital", "link": "https://exempel.se/sandning", "place": None}
    answer = await changed(councils, EVENTS, event["id"], **more)
    assert (answer.status_code, answer.json()["format"]) == (200, "digital")
    found = (await councils.get(f"/events/{event['id']}/sign-ups")).json()
    assert (found["coming_count"], found["items"][0]["name"]) == (1, "Exempelperson 1")


async def test_what_is_open_keeps_a_time(councils: Signed) -> None:
    event = await event_in(councils)
    without = {"starts_at": None, "ends_at": None}
    refused = await changed(councils, EVENTS, event["id"], **without)
    assert blamed(refused) == (422, "starts_at", "missing")
    planned = await councils.made("/events", an_event())
    assert (await changed(councils, EVENTS, planned["id"], **without)).status_code == 200


async def test_nobody_moves_up_before_it_is_open_again(councils: Signed) -> None:
    event = await event_in(councils, places=1)
    url = f"/events/{event['id']}"
    ids = []
    for number in (1, 2):
        who = {"name": f"Exempelperson {number}", "email": f"e{number}@exempel.se"}
        ids.append((await councils.made(f"{url}/sign-ups", who | {"consent": True}))["id"])
    await councils.made(f"{url}/cancel", {"reason": "Exempel"})
    await councils.made(f"{url}/sign-ups/{ids[0]}/cancel", None)
    for action, state in ((None, "waiting"), ("resume", "waiting"), ("open", "coming")):
        if action:
            await councils.made(f"{url}/{action}", None)
        found = (await councils.get(f"{url}/sign-ups")).json()["items"]
        assert [one["state"] for one in found] == ["cancelled", state], action
