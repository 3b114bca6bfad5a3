"""Attendance on its page: of everybody at once, beside what they answered, with guests."""

from typing import Any

import pytest

from tests.councils.builders import a_seat, at, council_in, day, meeting_in
from tests.gateway.whole import Whole

SEE_OTHER, UNPROCESSABLE = 303, 422
Fact = dict[str, Any]


async def noted(whole: Whole, meeting: Fact) -> dict[str, tuple[Any, ...]]:
    """What is known of each, by the seat or the guest's actor."""
    found = await whole.councils.get(f"/attendances?meeting_id={meeting['id']}&limit=100")
    return {
        one["seat_id"] or one["actor_id"]: (one["attended"], one["answer"], one["substitute"])
        for one in found.json()["items"]
    }


async def test_ten_people_are_noted_by_one_button_and_their_answers_stay(whole: Whole) -> None:
    council = await council_in(whole.councils)
    seats = [await whole.councils.made("/seats", a_seat(council)) for _ in range(10)]
    meeting = await meeting_in(whole.councils, council)
    of = {"meeting_id": meeting["id"]}
    told = {"answer": "substitute", "substitute": "Exempelperson"}
    await whole.councils.made("/attendances", of | {"seat_id": seats[0]["id"]} | told)
    await whole.councils.made("/attendances", of | {"seat_id": seats[1]["id"], "answer": "no"})
    browser = await whole.browser("process_leader")
    path = f"/moten/{meeting['id']}/narvaro"
    page = await browser.get(path)
    fields = page.fields(path) | {f"attended.{seats[2]['id']}": "false"}
    saved = await browser.send(path, **fields, rest="true")
    assert saved.status == SEE_OTHER
    now = await noted(whole, meeting)
    assert now[seats[0]["id"]] == (True, "substitute", "Exempelperson")
    assert now[seats[1]["id"]] == (False, "no", None)
    assert now[seats[2]["id"]] == (False, "unknown", None)
    assert {now[one["id"]] for one in seats[3:]} == {(True, "unknown", None)}
    told = (await browser.get(path.removesuffix("/narvaro"))).text("main")
    assert "närvarande · ersättare: Exempelperson · svarade: sänder ersättare" in told
    assert "frånvarande · svarade: kommer inte" in told


async def test_a_mistake_is_taken_back_and_a_substitute_is_named(whole: Whole) -> None:
    council = await council_in(whole.councils)
    seat = await whole.councils.made("/seats", a_seat(council))
    meeting = await meeting_in(whole.councils, council)
    of = {"meeting_id": meeting["id"], "seat_id": seat["id"]}
    await whole.councils.made("/attendances", of | {"answer": "yes", "attended": True})
    browser, key = await whole.browser("process_leader"), seat["id"]
    path = f"/moten/{meeting['id']}/narvaro"
    assert (await browser.submit(path, **{f"attended.{key}": ""})).status == SEE_OTHER
    assert await noted(whole, meeting) == {key: (None, "yes", None)}
    wrong = await browser.submit(path, **{f"substitute.{key}": "Exempelperson"})
    assert wrong.status == UNPROCESSABLE
    assert "ange att ersättaren kom (Närvarande)" in wrong.error(f"substitute.{key}")
    assert wrong.one(f'[name="substitute.{key}"]').attributes["value"] == "Exempelperson"
    named = {f"attended.{key}": "true", f"substitute.{key}": "Exempelperson"}
    assert (await browser.submit(path, **named)).status == SEE_OTHER
    assert await noted(whole, meeting) == {key: (True, "yes", "Exempelperson")}


async def test_two_who_note_at_once_do_not_undo_each_other(whole: Whole) -> None:
    council = await council_in(whole.councils)
    first, second = [await whole.councils.made("/seats", a_seat(council)) for _ in range(2)]
    meeting = await meeting_in(whole.councils, council)
    browser, path = await whole.browser("process_leader"), f"/moten/{meeting['id']}/narvaro"
    fields = (await browser.get(path)).fields(path)
    await browser.send(path, **fields | {f"attended.{first['id']}": "true"})
    await browser.send(path, **fields | {f"attended.{second['id']}": "false"})
    now = await noted(whole, meeting)
    assert [now[one["id"]][0] for one in (first, second)] == [True, False]


async def test_only_those_of_the_day_are_shown_and_guests_come_and_go(whole: Whole) -> None:
    council = await council_in(whole.councils)
    seat = await whole.councils.made("/seats", a_seat(council))
    ended = await whole.councils.made("/seats", a_seat(council, valid_to=day(-30)))
    later = await whole.councils.made("/seats", a_seat(council, valid_from=day(-2)))
    guest = await whole.actor()
    meeting = await meeting_in(whole.councils, council)
    browser, path = await whole.browser("process_leader"), f"/moten/{meeting['id']}/narvaro"
    page = await browser.get(path)
    assert page.all(f'[name="attended.{seat["id"]}"]')
    assert not page.all(f'[name="attended.{ended["id"]}"]')
    assert not page.all(f'[name="attended.{later["id"]}"]')
    assert (await browser.submit(path, guest_actor_id=guest["id"])).status == SEE_OTHER
    assert await noted(whole, meeting) == {guest["id"]: (True, "unknown", None)}
    assert "Exempelkommun 1 Gäst · närvarande" in " ".join(
        (await browser.get(path.removesuffix("/narvaro"))).text("main").split()
    )
    assert (await browser.submit(path, guest_actor_id=guest["id"])).status == SEE_OTHER
    (away,) = (await browser.get(path)).all('a[href$="/ta-bort"]')
    asked = await browser.get(str(away.attributes["href"]))
    assert "Exempelkommun 1" in asked.text("main")
    assert (await browser.submit(str(away.attributes["href"]))).status == SEE_OTHER
    assert await noted(whole, meeting) == {}


async def test_before_the_meeting_it_is_written_who_comes(whole: Whole) -> None:
    council = await council_in(whole.councils)
    seat = await whole.councils.made("/seats", a_seat(council))
    meeting = await meeting_in(whole.councils, council, status="planned", starts_at=at(4))
    browser, path = await whole.browser("process_leader"), f"/moten/{meeting['id']}/narvaro"
    page = await browser.get(path)
    assert not page.all('[name="rest"]')
    said = {f"answer.{seat['id']}": "substitute", f"substitute.{seat['id']}": "Exempelperson"}
    assert (await browser.submit(path, **said)).status == SEE_OTHER
    assert await noted(whole, meeting) == {seat["id"]: (None, "substitute", "Exempelperson")}
    none = await browser.submit(path)
    assert none.status == SEE_OTHER


@pytest.mark.parametrize("mark", [None, ""], ids=["no script", "script"])
async def test_what_a_browser_puts_back_is_not_put_over_what_another_noted(
    whole: Whole, mark: str | None
) -> None:
    """After Back the words are old and the page is new: no mark is chosen (`ui.began`)."""
    council = await council_in(whole.councils)
    seat = await whole.councils.made("/seats", a_seat(council))
    meeting = await meeting_in(whole.councils, council)
    of = {"meeting_id": meeting["id"], "seat_id": seat["id"]}
    await whole.councils.made("/attendances", of | {"answer": "yes", "attended": False})
    browser, key = await whole.browser("process_leader"), seat["id"]
    path = f"/moten/{meeting['id']}/narvaro"
    fields = (await browser.get(path)).fields(path)
    began = fields.pop(f"began.{key}")
    assert began == ["yes:false:"]
    old = fields | {f"attended.{key}": "true"} | ({f"began.{key}": mark} if mark == "" else {})
    back = await browser.send(path, **old)
    assert back.status == UNPROCESSABLE
    assert "Sparat nu: frånvarande" in (back.error(f"attended.{key}") or "")
    assert await noted(whole, meeting) == {key: (False, "yes", None)}
    assert back.fields(path)[f"attended.{key}"] == ["true"], "what was chosen"
    assert (await browser.send(path, **back.fields(path))).status == SEE_OTHER
    assert await noted(whole, meeting) == {key: (True, "yes", None)}
