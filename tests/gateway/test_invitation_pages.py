"""Invitations on their pages: who is called, how each letter went, and the answer by a link."""

from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from services.councils.meeting.queries import MEETINGS
from tests.callers import somebody
from tests.councils.builders import a_seat, at, changed, council_in, day, meeting_in
from tests.councils.called import SLOWLY, link_in
from tests.gateway.signing_in import SEE_OTHER, Browser
from tests.gateway.whole import Whole


@dataclass
class Planned:
    """A meeting of somebody who can be reached and somebody who cannot."""

    whole: Whole
    meeting: dict[str, Any]
    folder: Path

    @property
    def path(self) -> str:
        """The meeting's page."""
        return f"/moten/{self.meeting['id']}"

    async def call(self) -> str:
        """Send, and the address in the one letter."""
        browser = await self.whole.browser("strategist")
        await browser.submit(f"{self.path}/kallelse")
        await self.send_all()
        (letter,) = (self.folder / "mail").glob("*.eml")
        link = link_in(message_from_bytes(letter.read_bytes(), policy=default))
        assert link.startswith("http://127.0.0.1:8000/svar/")
        return link.removeprefix("http://127.0.0.1:8000")

    async def send_all(self) -> None:
        """Everything that is due."""
        while await self.whole.app.state.embedded["councils"].state.sender.send_one():
            pass


@pytest.fixture(autouse=True)
def _slowly(monkeypatch: Any) -> None:
    monkeypatch.setattr(SLOWLY, 3600.0)


@pytest.fixture
async def planned(_slowly: None, whole: Whole, tmp_path: Path) -> Planned:
    """Such a meeting next week."""
    council = await council_in(whole.councils)
    actor, person = await whole.actor(), await whole.person(email="exempel1@exempel.se")
    post = await whole.post(actor)
    await whole.holding(post, person, day(-30))
    seat = a_seat(council, actor_id=actor["id"], post_id=post["id"])
    await whole.councils.made("/seats", seat)
    await whole.councils.made("/seats", a_seat(council, actor_id=somebody()))
    meeting = await meeting_in(whole.councils, council, starts_at=at(7), status="planned")
    return Planned(whole, meeting, tmp_path)


async def test_who_gets_a_letter_is_shown_before_it_is_sent(planned: Planned) -> None:
    browser = await planned.whole.browser("process_leader")
    assert (await browser.get(planned.path)).all(f'a[href="{planned.path}/kallelse"]')
    page = await browser.get(f"{planned.path}/kallelse")
    assert "exempel1@exempel.se" in page.text('[aria-labelledby="new-heading"]')
    assert "har ingen befattning" in page.text('[aria-labelledby="others-heading"]')
    assert "Du kallas till mötet Rådsmöte" in page.text("main details")
    assert "Skicka till 1 person" in page.text("main form button")
    sent = page.fields(f"{planned.path}/kallelse")
    for _ in range(2):
        done = await browser.send(f"{planned.path}/kallelse", **sent)
        assert done.status == SEE_OTHER
    card = '[aria-labelledby="letters-heading"]'
    assert "Väntar på att skickas" in (await browser.get(planned.path)).text(card)
    await planned.send_all()
    assert "Skickad" in (await browser.get(planned.path)).text(card)
    assert "Exempelperson 1" in (await browser.get(planned.path)).text(card)
    closing = await browser.get(f"/branschrad/{planned.meeting['council_id']}/avsluta")
    assert "inställt: 1 besked" in closing.text("main")
    assert len(list((planned.folder / "mail").iterdir())) == 1
    again = await browser.get(f"{planned.path}/kallelse")
    assert "Har redan en kallelse" in again.text()
    reader = await planned.whole.browser("reader")
    shown = await reader.get(planned.path)
    assert not shown.all(card)
    assert (await reader.get(f"{planned.path}/kallelse")).status == 403


async def test_what_was_not_read_is_not_sent(planned: Planned) -> None:
    browser, path = await planned.whole.browser("process_leader"), f"{planned.path}/kallelse"
    page = await browser.get(path)
    moved = {"place": "Exempelgatan 2"}
    await changed(planned.whole.councils, MEETINGS, planned.meeting["id"], **moved)
    late = await browser.send(path, **page.fields(path))
    assert late.status == 422
    assert "inte längre som det visades" in late.text(".errors")
    assert "Exempelgatan 2" in late.text("main details[open]")
    assert (await browser.send(path, **late.fields(path))).status == SEE_OTHER


async def test_a_link_is_answered_without_an_account_and_seen_on_the_meeting(
    planned: Planned,
) -> None:
    link = await planned.call()
    guest = Browser(planned.whole.app)
    page = await guest.get(link)
    assert "Rådsmöte" in page.text()
    assert "Exempelperson" not in page.text()
    assert page.answer.headers["referrer-policy"] == "no-referrer"
    assert page.answer.headers["cache-control"] == "no-store"
    empty = await guest.submit(link)
    assert empty.status == 422
    assert empty.error("answer")
    nobody = await guest.submit(link, answer="substitute")
    assert nobody.error("substitute") == "Fyll i ”Vem kommer i stället?”."
    # As a browser sends it from a page that tells nobody its address.
    headers = {"Origin": "null", "Sec-Fetch-Site": "same-origin"}
    given = {"answer": "substitute", "substitute": "Exempelperson 9"}
    done = await guest.send(link, headers=headers, **given)
    assert (done.status, done.answer.headers["location"]) == (SEE_OTHER, link)
    assert done.answer.headers["referrer-policy"] == "no-referrer"
    assert "sänder ersättare, Exempelperson 9" in (await guest.get(link)).text()
    leader = await planned.whole.browser("process_leader")
    told = '[aria-labelledby="attendance-heading"]'
    assert "Exempelperson 9" in (await leader.get(planned.path)).text(told)
    reader = await planned.whole.browser("reader")
    assert "Exempelperson 9" not in (await reader.get(planned.path)).text()
    changed = await guest.submit(link, answer="yes")
    assert changed.status == SEE_OTHER
    shown = (await leader.get(planned.path)).text(told)
    assert "kommer" in shown
    assert "Exempelperson 9" not in shown


async def test_a_link_that_is_revoked_cut_off_or_late_says_so(planned: Planned) -> None:
    link = await planned.call()
    guest, leader = Browser(planned.whole.app), await planned.whole.browser("process_leader")
    for strange in (link[:-3], "/svar/x", f"{link}x"):
        found = await guest.get(strange)
        assert (found.status, found.h1) == (404, "Länken gäller inte")
        assert (await guest.send(strange, answer="yes")).status == 404
    (form,) = (await leader.get(planned.path)).all('form[action$="/aterkalla"]')
    action = str(form.attributes["action"])
    old = (await leader.get(planned.path)).fields(action)
    assert (await leader.send(action, **old)).status == SEE_OTHER
    assert "återkallad" in (await leader.get(planned.path)).text()
    assert "Länken är återkallad" in (await guest.get(link)).text()
    refused = await guest.send(link, answer="yes")
    assert refused.status == 422
    assert "återkallad" in refused.text()


async def test_answers_are_counted_as_tries_to_sign_in_are(planned: Planned) -> None:
    link = await planned.call()
    guest = Browser(planned.whole.app)
    found = [(await guest.send(link, answer="yes")).status for _ in range(22)]
    assert found[:20] == [SEE_OTHER] * 20
    assert set(found[20:]) == {429}


async def test_a_letter_that_failed_is_tried_again_from_the_page(planned: Planned) -> None:
    leader = await planned.whole.browser("process_leader")
    await leader.submit(f"{planned.path}/kallelse")
    (planned.folder / "mail").write_text("no folder")
    await planned.send_all()
    page = await leader.get(planned.path)
    assert "filen gick inte att skriva" in page.text('[aria-labelledby="letters-heading"]')
    async with planned.whole.app.state.embedded["councils"].state.database.writing(
        planned.whole.councils.caller
    ) as db:
        await db.exec_driver_sql("UPDATE invitation SET state = 'failed', next_try_at = NULL")
    meetings = '[aria-labelledby="meetings-heading"]'
    assert "Kallelser som inte kom fram" in (await leader.get("/")).text(meetings)
    reader = await planned.whole.browser("reader")
    assert "kom fram" not in (await reader.get("/")).text(meetings)
    assert planned.path in (await leader.get("/moten?undelivered=true")).answer.text
    page = await leader.get(planned.path)
    (form,) = page.all('form[action$="/igen"]')
    action = str(form.attributes["action"])
    (planned.folder / "mail").unlink()
    sent = page.fields(action)
    assert (await leader.send(action, **sent)).status == SEE_OTHER
    await leader.send(action, **sent)
    assert "ändrats under tiden" in (await leader.get(planned.path)).text("body")
    await planned.send_all()
    assert len(list((planned.folder / "mail").iterdir())) == 1
    assert "Kallelser som inte kom fram" not in (await leader.get("/")).text(meetings)


async def test_who_has_lost_the_seat_is_told_so_at_the_link(planned: Planned) -> None:
    link = await planned.call()
    (seat,) = [
        one
        for one in (await planned.whole.councils.get("/seats")).json()["items"]
        if one["post_id"]
    ]
    url = f"/seats/{seat['id']}"
    kept = ("council_id", "actor_id", "role", "valid_from", "readiness_exception")
    bare = {name: seat[name] for name in kept}
    changed = await planned.whole.councils.put(url, bare, version=seat["version"])
    assert changed.status_code == 200, changed.text
    guest = Browser(planned.whole.app)
    assert "någon annans nu" in (await guest.get(link)).text()
    assert "någon annans nu" in (await guest.send(link, answer="yes")).text()


async def test_who_answered_to_another_time_is_asked_anew(planned: Planned) -> None:
    link = await planned.call()
    guest, leader = Browser(planned.whole.app), await planned.whole.browser("process_leader")
    await guest.send(link, answer="yes")
    day_after = {"starts_at": day(8) + "T13:00", "ends_at": ""}
    assert (await leader.submit(f"{planned.path}/andra", **day_after)).status == SEE_OTHER
    told = (await leader.get(planned.path)).text('[aria-labelledby="attendance-heading"]')
    assert "svarade på en annan tid: kommer" in told
    page = await guest.get(link)
    assert "Svara igen" in page.text()
    assert (await guest.submit(link)).error("answer"), "nothing is chosen beforehand"
    await guest.submit(link, answer="no")
    assert "Ditt svar: kommer inte" in (await guest.get(link)).text()
