"""Calendars: a secret address shows what its user may see, now, and nobody's name."""

from typing import Any

import pytest
from icalendar import Calendar
from sqlalchemy import text

from gateway import accounts
from gateway.session import DOOR
from tests.councils.builders import a_seat, at, council_in, day, meeting_in
from tests.gateway.looking import Page
from tests.gateway.signing_in import SEE_OTHER, Browser
from tests.gateway.whole import Whole


def address_in(page: Page) -> str:
    """The address that is shown once."""
    shown = page.one("#address").attributes["value"] or ""
    assert shown.startswith("http://127.0.0.1:8000/kalender/")
    return shown.removeprefix("http://127.0.0.1:8000")


async def made(browser: Browser, path: str) -> str:
    """A new address."""
    return address_in(await browser.submit(path))


async def fetch(whole: Whole, address: str, **more: Any) -> Any:
    """As a calendar program does, which is nobody."""
    return await Browser(whole.app).http.get(address, **more)


def titles(answer: Any) -> list[str]:
    """What stands in a calendar."""
    assert answer.status_code == 200, answer.text
    return sorted(str(one["SUMMARY"]) for one in Calendar.from_ical(answer.content).walk("VEVENT"))


async def test_a_council_is_followed_by_an_address_that_is_shown_once(whole: Whole) -> None:
    council = await council_in(whole.councils)
    await meeting_in(whole.councils, council, title="Rådsmöte 1")
    await meeting_in(whole.councils, await council_in(whole.councils, name="Annat"))
    reader, path = await whole.browser("reader"), f"/branschrad/{council['id']}/prenumerera"
    assert (await reader.get(f"/branschrad/{council['id']}")).all(f'a[href="{path}"]')
    address = await made(reader, path)
    token = address.removeprefix("/kalender/").removesuffix(".ics")
    assert len(token) >= 43
    page = await reader.get(path)
    assert token not in page.answer.text
    assert "Inte hämtad ännu" in page.text()
    first = await fetch(whole, address)
    assert titles(first) == ["Rådsmöte 1"]
    assert first.headers["content-type"] == "text/calendar; charset=utf-8"
    assert first.headers["referrer-policy"] == "no-referrer"
    assert b"\r\nREFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n" in first.content
    assert b"\r\nX-PUBLISHED-TTL:PT1H\r\n" in first.content
    assert "Senast hämtad" in (await reader.get(path)).text()
    again = await fetch(whole, address, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    await meeting_in(whole.councils, council, title="Rådsmöte 2", starts_at=at(7), status="planned")
    changed = await fetch(whole, address, headers={"If-None-Match": first.headers["etag"]})
    assert titles(changed) == ["Rådsmöte 1", "Rådsmöte 2"]


async def test_a_form_that_is_sent_twice_makes_one_address(whole: Whole) -> None:
    council = await council_in(whole.councils)
    reader, path = await whole.browser("reader"), f"/branschrad/{council['id']}/prenumerera"
    sent = (await reader.get(path)).fields(path)
    first, second = [address_in(await reader.send(path, **sent)) for _ in range(2)]
    assert first == second
    revoking = 'form[action$="/ta-tillbaka"]'
    assert len((await reader.get(path)).all(revoking)) == 1
    assert await made(reader, path) != first
    assert len((await reader.get(path)).all(revoking)) == 2


async def test_a_revoked_address_leads_nowhere_and_only_its_own(whole: Whole, capfd: Any) -> None:
    council = await council_in(whole.councils)
    reader, path = await whole.browser("reader"), f"/branschrad/{council['id']}/prenumerera"
    one, other = await made(reader, path), await made(reader, path)
    page = await reader.get(path)
    actions = [str(form.attributes["action"]) for form in page.all('form[action*="/kalender/"]')]
    stranger = await whole.browser("process_leader")
    sent = (await stranger.get(path)).fields(path)
    assert (await stranger.send(actions[0], **sent)).status == 404
    assert (await reader.send(actions[0], **page.fields(actions[0]))).status == SEE_OTHER
    found = [(await fetch(whole, address)).status_code for address in (one, other)]
    assert sorted(found) == [200, 404]
    for strange in (one[:-6] + ".ics", "/kalender/x.ics", one.replace("/kalender/", "/kalender/x")):
        assert (await fetch(whole, strange)).status_code == 404
    async with whole.app.state.database.reading() as db:
        kept = str((await db.execute(text("SELECT * FROM calendar_address"))).all())
    token = other.removeprefix("/kalender/").removesuffix(".ics")
    assert token not in kept
    assert token not in capfd.readouterr().err


async def test_it_shows_what_its_user_may_see_now(whole: Whole) -> None:
    council = await council_in(whole.councils)
    actor, person = await whole.actor(), await whole.person()
    post = await whole.post(actor)
    held = await whole.holding(post, person, day(-99))
    seat = a_seat(council, actor_id=actor["id"], post_id=post["id"])
    await whole.councils.made("/seats", seat)
    await meeting_in(whole.councils, council, title="Rådsmöte 1")
    member = await whole.browser("council_member", person_id=person["id"])
    address = await made(member, f"/branschrad/{council['id']}/prenumerera")
    body = await fetch(whole, address)
    assert titles(body) == ["Rådsmöte 1"]
    assert "Exempelperson" not in body.text
    left = {"post_id": post["id"], "person_id": person["id"], "valid_from": day(-99)}
    ended = left | {"valid_to": day(-1)}
    done = await whole.actors.put(f"/holdings/{held['id']}", ended, version=1)
    assert done.status_code == 200
    assert (await fetch(whole, address)).status_code == 404, "who has left the post sees nothing"


async def test_who_is_shut_out_has_no_calendar(whole: Whole) -> None:
    council = await council_in(whole.councils)
    reader = await whole.browser("reader")
    address = await made(reader, f"/branschrad/{council['id']}/prenumerera")
    async with whole.app.state.database.writing(DOOR) as db:
        account = await accounts.by_email(db, "reader@exempel.se")
        assert account is not None
        await accounts.close(db, account["id"])
        await accounts.reopen(db, account["id"])
    assert (await fetch(whole, address)).status_code == 404


async def test_all_that_one_leads_has_an_address_of_its_own(whole: Whole) -> None:
    actor, person = await whole.actor(), await whole.person()
    post = await whole.post(actor, function="process_leader")
    await whole.holding(post, person, day(-99))
    for name in ("Ett", "Två"):
        council = await council_in(whole.councils, name=name, process_leader_post_id=post["id"])
        await meeting_in(whole.councils, council, title=f"Möte {name}")
    await meeting_in(whole.councils, title="Andras möte")
    leader = await whole.browser("process_leader", person_id=person["id"])
    assert (await leader.get("/")).all('a[href="/kalender/mina"]')
    assert titles(await fetch(whole, await made(leader, "/kalender/mina"))) == [
        "Möte Ett",
        "Möte Två",
    ]
    other = await whole.browser("strategist")
    assert not (await other.get("/")).all('a[href="/kalender/mina"]')
    assert titles(await fetch(whole, await made(other, "/kalender/mina"))) == []


async def test_who_guesses_is_stopped_and_who_follows_is_not(
    whole: Whole,
) -> None:
    council = await council_in(whole.councils)
    reader = await whole.browser("reader")
    address = await made(reader, f"/branschrad/{council['id']}/prenumerera")
    found = {(await fetch(whole, f"/kalender/{number}.ics")).status_code for number in range(202)}
    assert found == {404, 429}
    assert (await fetch(whole, address)).status_code == 200


@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_a_feed_is_asked_by_get_and_head(whole: Whole, method: str) -> None:
    council = await council_in(whole.councils)
    reader = await whole.browser("reader")
    address = await made(reader, f"/branschrad/{council['id']}/prenumerera")
    answer = await Browser(whole.app).http.request(method, address)
    assert answer.status_code == 200
    assert answer.headers["etag"]
