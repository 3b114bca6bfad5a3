"""Sign-ups: places are never given twice, who waits moves up, and everybody is forgotten."""

import asyncio
from datetime import timedelta
from secrets import token_hex
from typing import Any

import pytest

from services.councils.event.queries import EVENTS
from services.councils.event_sign_up.forgetting import FORGETTER
from services.councils.event_sign_up.queries import forget
from services.kit import clock
from tests.callers import MEMBER, READER, Signed
from tests.councils.builders import at, blamed, changed
from tests.councils.test_event import DOOR, event_in


def somebody_new(mark: object = 1, **more: Any) -> dict[str, Any]:
    """A sign-up from outside, with what is kept of its link."""
    who = {"name": f"Exempelperson {mark}", "email": f"e{mark}@exempel.se", "consent": True}
    return who | {"organisation": "Exempelföretag 1", "link_hash": token_hex(32)} | more


async def signed(councils: Signed, event: dict[str, Any], mark: object) -> dict[str, Any]:
    """Somebody signs up from outside; their link too."""
    body = somebody_new(mark)
    url = f"/event-doors/{event['address']}/sign-ups"
    return await councils.by(DOOR).made(url, body) | {"hash": body["link_hash"]}


async def states(councils: Signed, event: dict[str, Any]) -> list[str]:
    found = (await councils.get(f"/events/{event['id']}/sign-ups")).json()
    return [one["state"] for one in found["items"]]


async def test_who_cancels_gives_the_place_to_who_has_waited_longest(councils: Signed) -> None:
    event = await event_in(councils, places=1)
    door = councils.by(DOOR)
    first, second, third = [await signed(councils, event, mark) for mark in (1, 2, 3)]
    assert [one["state"] for one in (first, second, third)] == ["coming", "waiting", "waiting"]
    assert [one["place_in_line"] for one in (first, second, third)] == [None, 1, 2]
    gone = await door.made(f"/event-sign-ups/{first['hash']}/cancel", None)
    assert (gone["state"], gone["cancellable"]) == ("cancelled", False)
    again = await door.made(f"/event-sign-ups/{first['hash']}/cancel", None)
    assert again["state"] == "cancelled", "and nobody else moves up for it"
    assert await states(councils, event) == ["cancelled", "coming", "waiting"]
    own = (await door.get(f"/event-sign-ups/{third['hash']}")).json()
    assert (own["state"], own["place_in_line"]) == ("waiting", 1)
    await changed(councils, EVENTS, event["id"], places=5)
    assert await states(councils, event) == ["cancelled", "coming", "coming"]
    await changed(councils, EVENTS, event["id"], places=1)
    assert await states(councils, event) == ["cancelled", "coming", "coming"], "nobody loses one"
    assert (await door.get(f"/event-sign-ups/{token_hex(32)}")).status_code == 404


async def test_many_at_once_never_get_the_same_place(councils: Signed) -> None:
    event = await event_in(councils, places=5)
    made = await asyncio.gather(*(signed(councils, event, mark) for mark in range(24)))
    assert [one["state"] for one in made].count("coming") == 5
    coming = [one for one in made if one["state"] == "coming"][:3]
    door = councils.by(DOOR)
    going = [door.post(f"/event-sign-ups/{one['hash']}/cancel") for one in coming]
    more = [signed(councils, event, mark) for mark in range(30, 40)]
    await asyncio.gather(*going, *more)
    found = await states(councils, event)
    assert (found.count("coming"), found.count("cancelled")) == (5, 3)
    items = (await councils.get(f"/events/{event['id']}/sign-ups")).json()["items"]
    last = max(one["number"] for one in items if one["state"] == "coming")
    line = [one["number"] for one in items if one["state"] == "waiting"]
    assert last < min(line), "whoever waits came after all who have a place"


async def test_what_is_wrong_in_a_sign_up_is_told(councils: Signed) -> None:
    event = await event_in(councils)
    url, door = f"/event-doors/{event['address']}/sign-ups", councils.by(DOOR)
    body = somebody_new(consent=False, email="ingen", name="")
    answer = await door.post(url, body)
    assert {one["field"] for one in answer.json()["errors"]} == {"consent", "email", "name"}
    await door.made(url, somebody_new(1))
    again = await door.post(url, somebody_new(1, email="E1@exempel.se"))
    assert blamed(again) == (409, "email", "already_signed_up")
    await door.made(url, somebody_new(1, name="Exempelperson 2"))
    await councils.made(f"/events/{event['id']}/cancel", {"reason": "Exempel"})
    closed = await door.post(url, somebody_new(9))
    assert (closed.status_code, closed.json()["errors"][0]["code"]) == (409, "sign_up_closed")


async def test_nobody_misses_what_is_to_come_or_what_had_no_place(councils: Signed) -> None:
    event = await event_in(councils, places=1)
    first, second = [await signed(councils, event, mark) for mark in (1, 2)]
    listed = (await councils.get(f"/events/{event['id']}/sign-ups")).json()["items"]
    has_place, waits = (f"/events/{event['id']}/sign-ups/{one['id']}/attend" for one in listed)
    missed = {"attended": False}
    for url in (has_place, waits):
        assert blamed(await councils.post(url, missed)) == (409, "attended", "in_the_future")
    await changed(councils, EVENTS, event["id"], starts_at=at(-1), ends_at=at(-1, 15))
    assert blamed(await councils.post(waits, missed)) == (409, "attended", "sign_up_waiting")
    assert (await councils.made(waits, {"attended": True}))["attended"], "who came anyhow"
    assert (await councils.made(has_place, missed))["attended"] is False
    assert (await councils.made(has_place, {"attended": None}))["attended"] is None
    assert [first["state"], second["state"]] == ["coming", "waiting"]


async def test_staff_notes_who_came_and_signs_up_who_rang(councils: Signed) -> None:
    event = await event_in(councils)
    url = f"/events/{event['id']}/sign-ups"
    rang = {"name": "Exempelperson 7", "email": "sju@exempel.se", "consent": True}
    one = await councils.made(url, rang)
    came = await councils.made(f"{url}/{one['id']}/attend", {"attended": True})
    assert came["attended"] is True
    assert (await councils.get(url)).json()["attended_count"] == 1
    gone = await councils.made(f"{url}/{one['id']}/cancel", None)
    assert (gone["state"], gone["attended"]) == ("cancelled", None)
    late = await councils.post(f"{url}/{one['id']}/attend", {"attended": True})
    assert blamed(late) == (409, "attended", "sign_up_cancelled")
    for caller in (READER, MEMBER):
        assert (await councils.by(caller).get(url)).status_code == 403, "it is an address book"


async def test_names_are_forgotten_ninety_days_after_and_never_in_the_ledger(
    councils: Signed,
) -> None:
    event = await event_in(councils)
    one = await signed(councils, event, "Kanarie")
    feed = await councils.by(DOOR).get("/changes?limit=200")
    assert "Kanarie" not in feed.text
    database = councils.app.state.database
    ends = clock.now() + timedelta(days=7, hours=6)
    for days, there in ((89, True), (92, False)):
        async with database.writing(FORGETTER) as db:
            await forget(db, ends + timedelta(days=days))
        found = (await councils.get(f"/events/{event['id']}/sign-ups")).json()["items"][0]
        kept = [found[name] for name in ("name", "organisation", "email")]
        assert all(kept) is there
        assert any(kept) is there
    assert found["state"] == "coming", "how many came is no secret"
    assert (await councils.by(DOOR).get(f"/event-sign-ups/{one['hash']}")).status_code == 404


async def test_names_are_forgotten_where_nobody_knows_when_it_was(councils: Signed) -> None:
    event = await event_in(councils)
    await signed(councils, event, "Kanarie")
    await councils.made(f"/events/{event['id']}/cancel", {"reason": "Exempel"})
    await councils.made(f"/events/{event['id']}/resume", None)
    await changed(councils, EVENTS, event["id"], starts_at=None, ends_at=None)
    for days, there in ((89, True), (91, False)):
        async with councils.app.state.database.writing(FORGETTER) as db:
            await forget(db, clock.now() + timedelta(days=days))
        (found,) = (await councils.get(f"/events/{event['id']}/sign-ups")).json()["items"]
        assert (found["name"] is not None) is there


@pytest.mark.parametrize("path", ["cancel", "attend"])
async def test_a_sign_up_is_asked_for_by_its_own_event(councils: Signed, path: str) -> None:
    event, other = await event_in(councils), await event_in(councils)
    who = {"name": "Exempelperson 1", "email": "ett@exempel.se", "consent": True}
    one = await councils.made(f"/events/{event['id']}/sign-ups", who)
    answer = await councils.post(f"/events/{other['id']}/sign-ups/{one['id']}/{path}")
    assert answer.status_code in {404, 422}
