"""Meetings: planned and held, with an agenda in order, and locked once approved."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from icalendar import Calendar

from tests.callers import ASSOCIATION, MEMBER, READER, STRATEGIST, Signed, municipality, somebody
from tests.councils.builders import a_meeting, a_seat, at, blamed, council_in, day, meeting_in

HOSTILE = "Möte; med, allt\\nATTENDEE:mailto:ond@exempel.se\\nEND:VEVENT 🪑 " + "å" * 100


def approval(**more: object) -> dict[str, object]:
    """Minutes approved today."""
    return {"approved_on": day(0), "approved_by_post_id": somebody()} | more


async def test_meetings_are_found_by_their_swedish_dates(councils: Signed) -> None:
    council = await council_in(councils)
    late = await meeting_in(councils, council, starts_at="2026-06-01T23:30:00+02:00")
    early = await meeting_in(councils, council, starts_at="2026-06-01T22:30:00Z")

    async def found(query: str) -> list[str]:
        return [m["id"] for m in (await councils.get(f"/meetings?{query}")).json()["items"]]

    assert await found("starts_until=2026-06-01") == [late["id"]]
    assert await found("starts_from=2026-06-02&starts_until=2026-06-02") == [early["id"]]
    assert (await councils.get("/meetings?starts_from=9999-12-31")).status_code == 400
    assert await found(f"council_id={council['id']}&status=held&q=r%C3%A5dsm") == [
        late["id"],
        early["id"],
    ]


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"council_id": str(uuid4())}, "council_id", "unknown_reference"),
        ({"starts_at": "2026-01-01T10:00:00"}, "starts_at", "timezone_aware"),
        ({"starts_at": "9999-01-01T10:00:00Z"}, "starts_at", "year_out_of_range"),
        ({"ends_at": at(-7)}, "ends_at", "empty_period"),
        ({"starts_at": at(7)}, "status", "in_the_future"),
        ({"link": "javascript:alert(1)"}, "link", "string_pattern_mismatch"),
        ({"title": ""}, "title", "string_too_short"),
        ({"minutes_state": "approved"}, "minutes_state", "extra_forbidden"),
    ],
)
async def test_nonsense_is_blamed_on_its_field(
    councils: Signed, change: dict[str, object], field: str, code: str
) -> None:
    council = await council_in(councils)
    refused = await councils.post("/meetings", a_meeting(council, **change))
    assert blamed(refused) == (422, field, code)


async def test_an_agenda_is_put_in_order(councils: Signed) -> None:
    meeting = await meeting_in(councils)
    items = [
        await councils.made("/agenda-items", {"meeting_id": meeting["id"], "title": title})
        for title in ("Ett", "Två", "Tre")
    ]
    assert [item["position"] for item in items] == [1, 2, 3]
    one, two, three = (item["id"] for item in items)
    url = f"/meetings/{meeting['id']}/order"
    ordered = await councils.made(url, {"item_ids": [three, one, two]})
    assert [item["title"] for item in ordered["items"]] == ["Tre", "Ett", "Två"]
    listed = (await councils.get(f"/meetings/{meeting['id']}/agenda-items")).json()["items"]
    assert [item["id"] for item in listed] == [three, one, two]
    for wrong in ([one, two], [one, two, three, str(uuid4())]):
        assert blamed(await councils.post(url, {"item_ids": wrong})) == (422, "item_ids", "not_all")
    twice = await councils.post(url, {"item_ids": [one, one, two]})
    assert blamed(twice) == (422, "item_ids", "repeated")
    body = {"meeting_id": meeting["id"], "title": "Ett", "minutes": "Alla var eniga"}
    kept = await councils.put(f"/agenda-items/{one}", body, version=2)
    assert (kept.json()["position"], kept.json()["minutes"]) == (2, "Alla var eniga")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"need_ids": [str(uuid4())]}, "need_ids"),
        ({"attachments": [{"title": "Bilaga", "url": "file:///etc/passwd"}]}, "attachments.0.url"),
        ({"kind": "gossip"}, "kind"),
        ({"position": -1}, "position"),
        ({"meeting_id": str(uuid4())}, "meeting_id"),
    ],
)
async def test_wrong_agenda_items(councils: Signed, change: dict[str, object], field: str) -> None:
    meeting = await meeting_in(councils)
    body = {"meeting_id": meeting["id"], "title": "Punkt"} | change
    refused = await councils.post("/agenda-items", body)
    assert blamed(refused)[:2] == (422, field)


async def test_approved_minutes_lock_what_was_written(councils: Signed) -> None:
    council = await council_in(councils)
    meeting = await meeting_in(councils, council)
    url = f"/meetings/{meeting['id']}"
    seat = await councils.made("/seats", a_seat(council))
    item = {"meeting_id": meeting["id"], "title": "Punkt"}
    made = await councils.made("/agenda-items", item)
    came = {"meeting_id": meeting["id"], "seat_id": seat["id"], "attended": True}
    noted = await councils.made("/attendances", came)

    early = await councils.post(f"{url}/approve", approval(approved_on=day(-8)))
    assert blamed(early) == (422, "approved_on", "too_early")
    late = await councils.post(f"{url}/approve", approval(approved_on=day(1)))
    assert blamed(late) == (422, "approved_on", "in_the_future")
    mark = (await councils.get(f"{url}/minutes")).json()["mark"]
    read = approval(mark=f"{mark}x")
    assert blamed(await councils.post(f"{url}/approve", read)) == (409, "mark", "minutes_changed")
    approved = await councils.made(f"{url}/approve", approval(mark=mark))
    assert (approved["minutes_state"], approved["approved_on"]) == ("approved", day(0))

    locked = [
        await councils.post(f"{url}/approve", approval()),
        await councils.put(url, a_meeting(council), version=2),
        await councils.delete(url, version=2),
        await councils.post("/agenda-items", item),
        await councils.put(f"/agenda-items/{made['id']}", item, version=1),
        await councils.delete(f"/agenda-items/{made['id']}", version=1),
        await councils.post(f"{url}/order", {"item_ids": [made["id"]]}),
        await councils.post(f"{url}/invite"),
        await councils.put(f"/attendances/{noted['id']}", came, version=1),
        await councils.delete(f"/attendances/{noted['id']}", version=1),
    ]
    assert [(r.status_code, blamed(r)[2]) for r in locked] == [(409, "locked")] * len(locked)


async def test_only_held_meetings_have_minutes_to_approve(councils: Signed) -> None:
    meeting = await meeting_in(councils, status="cancelled")
    refused = await councils.post(f"/meetings/{meeting['id']}/approve", approval())
    assert blamed(refused) == (409, "status", "not_held")
    empty = await councils.post(f"/meetings/{meeting['id']}/approve", {})
    assert empty.status_code == 422
    point = {"meeting_id": meeting["id"], "title": "Punkt"}
    refused = await councils.post("/agenda-items", point)
    assert blamed(refused) == (409, "meeting_id", "cancelled")


async def test_outsiders_read_minutes_once_they_are_approved(councils: Signed) -> None:
    meeting = await meeting_in(councils)
    body = {"meeting_id": meeting["id"], "title": "Punkt", "minutes": "Hemligt än"}
    item = await councils.made("/agenda-items", body)
    outsiders = [READER, municipality("1472")]
    for caller in (*outsiders, STRATEGIST, ASSOCIATION):
        one = (await councils.by(caller).get(f"/agenda-items/{item['id']}")).json()
        listed = (await councils.by(caller).get("/agenda-items")).json()["items"][0]
        wanted = None if caller in outsiders else "Hemligt än"
        assert (one["minutes"], listed["minutes"]) == (wanted, wanted)
        sheet = await councils.by(caller).get("/agenda-items", headers={"Accept": "text/csv"})
        assert ("Hemligt" in sheet.text) is (caller not in outsiders)
    feed = (await councils.by(outsiders[1]).get("/feed?entities=agenda_item")).text
    assert "Punkt" in feed
    assert "Hemligt" not in feed
    await councils.made(f"/meetings/{meeting['id']}/approve", approval())
    for caller in outsiders:
        one = (await councils.by(caller).get(f"/agenda-items/{item['id']}")).json()
        assert (one["minutes"], one["minutes_state"]) == ("Hemligt än", "approved")


async def test_a_member_sees_the_meetings_of_the_seats_time(councils: Signed) -> None:
    council, post = await council_in(councils), uuid4()
    await councils.made("/seats", a_seat(council, post_id=str(post), valid_from=day(-10)))
    before = await meeting_in(councils, council, starts_at=at(-20))
    within = await meeting_in(councils, council)
    other = await meeting_in(councils)
    for meeting in (before, within, other):
        await councils.made("/agenda-items", {"meeting_id": meeting["id"], "title": "Punkt"})
    member = councils.by(replace(MEMBER, post_ids=(UUID(str(post)),)))
    seen = (await member.get("/meetings")).json()["items"]
    assert [meeting["id"] for meeting in seen] == [within["id"]]
    items = (await member.get("/agenda-items")).json()["items"]
    assert [item["meeting_id"] for item in items] == [within["id"]]
    assert (await member.get(f"/meetings/{before['id']}")).status_code == 404
    assert (await member.post("/meetings", a_meeting(council))).status_code == 403


async def test_seats_are_invited_once_and_guests_by_their_actor(councils: Signed) -> None:
    council = await council_in(councils)
    seat = await councils.made("/seats", a_seat(council))
    await councils.made("/seats", a_seat(council, valid_to=day(-30)))
    elsewhere = await councils.made("/seats", a_seat(await council_in(councils)))
    meeting = await meeting_in(councils, council)
    url = f"/meetings/{meeting['id']}/invite"
    asked = (await councils.made(url, None))["items"]
    assert [(a["seat_id"], a["answer"], a["attended"]) for a in asked] == [
        (seat["id"], "unknown", None)
    ]
    assert (await councils.made(url, None))["items"] == []

    guest = {"meeting_id": meeting["id"], "actor_id": str(uuid4()), "answer": "yes"}
    await councils.made("/attendances", guest)
    assert blamed(await councils.post("/attendances", guest)) == (409, "actor_id", "taken")
    both = guest | {"seat_id": seat["id"]}
    assert blamed(await councils.post("/attendances", both)) == (422, "seat_id", "one_of_two")
    wrong = {"meeting_id": meeting["id"], "seat_id": elsewhere["id"]}
    refused = await councils.post("/attendances", wrong)
    assert blamed(refused) == (422, "seat_id", "unknown_reference")
    body = {"meeting_id": meeting["id"], "seat_id": seat["id"], "attended": True}
    came = await councils.put(f"/attendances/{asked[0]['id']}", body, version=1)
    assert came.json()["attended"] is True
    listed = (await councils.get(f"/meetings/{meeting['id']}/attendances?attended=true")).json()
    assert [a["id"] for a in listed["items"]] == [asked[0]["id"]]


async def test_a_calendar_event_stays_one_event_whatever_it_is_called(councils: Signed) -> None:
    council = await council_in(councils, name="Råd\\r\\nATTENDEE:mailto:ond@exempel.se")
    more = {"ends_at": at(-7, 11), "place": "Sal; A, B", "link": "https://exempel.se/m?a=1;b=2"}
    meeting = await meeting_in(councils, council, title=HOSTILE, **more)
    url = f"/meetings/{meeting['id']}/ical"
    answer = await councils.get(url)
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    assert b"\nATTENDEE" not in answer.content.replace(b"\r\n ", b"")
    calendar = Calendar.from_ical(answer.content)
    (event,) = calendar.walk("VEVENT")
    (zone,) = calendar.walk("VTIMEZONE")
    assert zone["TZID"] == "Europe/Stockholm"
    assert event["DTSTART"].params["TZID"] == "Europe/Stockholm"
    assert str(event["SUMMARY"]).replace("\\n", "\n") == HOSTILE.replace("\\n", "\n")
    assert (str(event["LOCATION"]), str(event["URL"])) == (more["place"], more["link"])
    assert event["DTSTART"].dt.isoformat()[:10] == day(-7)
    uid, sequence = str(event["UID"]), event["SEQUENCE"]

    body = a_meeting(council, status="cancelled")
    await councils.put(f"/meetings/{meeting['id']}", body, version=1)
    (event,) = Calendar.from_ical((await councils.get(url)).content).walk("VEVENT")
    assert (str(event["UID"]), event["SEQUENCE"], event["STATUS"]) == (
        uid,
        sequence + 1,
        "CANCELLED",
    )
    await meeting_in(councils, council)
    feed = Calendar.from_ical((await councils.get(f"/councils/{council['id']}/ical")).content)
    assert len(feed.walk("VEVENT")) == 2
    assert (await councils.get(f"/meetings/{uuid4()}/ical")).status_code == 404


async def test_the_nearest_comes_first_and_what_has_been_from_the_latest_back(
    councils: Signed,
) -> None:
    council = await council_in(councils)
    for days in (-30, 30, -7, 0, 7):
        await meeting_in(councils, council, title=str(days), starts_at=at(days), status="planned")
    url, told = f"/meetings?council_id={council['id']}&sort=nearness&limit=2", []
    while url:
        found = (await councils.get(url)).json()
        told += [one["title"] for one in found["items"]]
        url = (found["next"] or "").removeprefix("/api/v1")
    assert told == ["0", "7", "30", "-7", "-30"]
