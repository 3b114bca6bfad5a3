"""Pulses on their pages: asked by links, answered without an account, shown as both halves."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from services.kit import clock
from tests.callers import somebody
from tests.councils.builders import a_seat, council_in, day
from tests.councils.called import SLOWLY
from tests.gateway.hostile import XSS
from tests.gateway.signing_in import SEE_OTHER, Browser
from tests.gateway.whole import Whole

MARKS = {"relations": "4", "thinking": "5", "acting": "2", "results": "1"}


@dataclass
class Asked:
    """A council of six with addresses, and one without, who are asked."""

    whole: Whole
    council: dict[str, Any]
    folder: Path
    own: Browser | None = None

    async def open(self) -> str:
        """A round's page, its links sent."""
        browser = await self.leader()
        begun = f"/pulser/ny?council_id={self.council['id']}"
        made = await browser.submit(begun, at="/pulser/ny")
        assert made.status == SEE_OTHER, made.text()
        await self.send_all()
        url: str = made.answer.headers["location"]
        return url

    async def leader(self) -> Browser:
        """The one process leader."""
        if self.own is None:
            self.own = await self.whole.browser("process_leader")
        return self.own

    async def send_all(self) -> None:
        """Everything that is due."""
        while await self.whole.app.state.embedded["councils"].state.pulse_sender.send_one():
            pass

    def links(self) -> list[str]:
        """The addresses that went out, each to one person."""
        found = []
        for letter in sorted((self.folder / "mail").glob("*.eml")):
            message = message_from_bytes(letter.read_bytes(), policy=default)
            text = message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
            found += [one.partition(":8000")[2] for one in text.splitlines() if "/puls/" in one]
            letter.unlink()
        return found

    async def answered(self, links: list[str], **more: str) -> None:
        """All of these answer."""
        for link in links:
            done = await Browser(self.whole.app).submit(link, **{**MARKS, **more})
            assert done.status == SEE_OTHER, done.text()


@pytest.fixture(autouse=True)
def _slowly(monkeypatch: Any) -> None:
    monkeypatch.setattr(SLOWLY, 3600.0)


@pytest.fixture
async def asked(_slowly: None, whole: Whole, tmp_path: Path) -> AsyncIterator[Asked]:
    """Such a council."""
    council = await council_in(whole.councils)
    actor = await whole.actor()
    for number in range(6):
        person = await whole.person(email=f"exempel{number}@exempel.se")
        post = await whole.post(actor)
        await whole.holding(post, person, day(-30))
        seat = a_seat(council, actor_id=actor["id"], post_id=post["id"])
        await whole.councils.made("/seats", seat)
    await whole.councils.made("/seats", a_seat(council, actor_id=somebody()))
    try:
        yield Asked(whole, council, tmp_path)
    finally:
        clock.fix(None)


async def test_a_link_is_answered_and_opens_empty_again(asked: Asked) -> None:
    url = await asked.open()
    links = asked.links()
    guest = Browser(asked.whole.app)
    page = await guest.get(links[0])
    assert "Ingen ser vad du svarar" in page.text("main")
    assert page.answer.headers["referrer-policy"] == "no-referrer"
    assert page.answer.headers["cache-control"] == "no-store"
    empty = await guest.submit(links[0], line="Vi lyssnar")
    assert empty.status == 422
    assert all(empty.error(name) for name in MARKS)
    assert empty.fields(links[0])["line"] == ["Vi lyssnar"], "nothing typed is lost"
    headers = {"Origin": "null", "Sec-Fetch-Site": "same-origin"}
    done = await guest.send(links[0], headers=headers, **MARKS, line="Vi lyssnar")
    assert (done.status, done.answer.headers["location"]) == (SEE_OTHER, f"{links[0]}/tack")
    thanks = await guest.get(f"{links[0]}/tack")
    assert "svara igen" in thanks.text("main")
    again = await guest.get(links[0])
    assert again.text("main") == page.text("main"), "it does not tell that it was answered by"
    leader = await asked.leader()
    await leader.get(url)
    before = (await leader.get(url)).text("main")
    await asked.answered(links[:5])
    assert (await leader.get(url)).text("main") == before, "nor does the leader's page"
    assert (await leader.submit(f"{url}/stang")).status == SEE_OTHER
    closed = await guest.get(links[5])
    assert "stängd" in closed.text("main")
    assert not closed.all("main form")
    late = await guest.send(links[5], headers=headers, **MARKS)
    assert late.status == 422
    strange = await guest.get(links[0][:-2])
    assert (strange.status, strange.h1) == (404, "Länken gäller inte")


async def test_both_halves_are_drawn_beside_what_the_council_says_together(asked: Asked) -> None:
    whole, path = asked.whole, f"/branschrad/{asked.council['id']}/samarbete"
    said = {"council_id": asked.council["id"], "judged_on": day(-9), "acting_mark": 3}
    await whole.councils.made("/quality-circles", said)
    leader = await asked.leader()
    linked = {one.attributes["href"] for one in (await leader.get(path[:-10])).all("main a")}
    assert path in linked
    assert "Ingen omgång ännu" in (await leader.get(path)).text("main")
    first = await asked.open()
    await asked.answered(asked.links()[:6])
    await leader.submit(f"{first}/stang")
    shown = await leader.get(first)
    for told in ("Minst fyra av fem", "Högst en av fem", "tillit", "prestation", "Fem eller fler"):
        assert told in shown.text("main"), told
    clock.fix(clock.now() + timedelta(days=40))
    leader = asked.own = await whole.browser("administrator")
    second = await asked.open()
    await asked.answered(asked.links()[:4])
    await leader.submit(f"{second}/stang")
    few = (await leader.get(second)).text("main")
    assert "För få svar för att visas" in few
    both = await leader.get(path)
    assert both.status == 200
    assert len(both.all("#trust, #work")) == 2
    assert "Osynligt: tillit" in both.text("main")
    assert "För få svar för att visas" in both.text("[aria-labelledby=pulse-heading]")
    assert "3" in both.text("[aria-labelledby=circles-heading] tbody")
    file = await leader.http.get(f"/pulser.csv?council_id={asked.council['id']}")
    assert '"Minst fyra av fem"' in file.text
    assert '"För få svar för att visas"' in file.text
    assert (await leader.http.get("/pulser.xlsx")).status_code == 200
    listed = await leader.get("/pulser?state=closed")
    assert len(listed.all("tbody tr")) == 2


async def test_lines_are_shown_as_they_are_and_to_whom_they_are_for(asked: Asked) -> None:
    url = await asked.open()
    links = asked.links()
    for link, line in zip(links, (f"{XSS[at]} {XSS[at + 6]}" for at in range(6)), strict=True):
        await asked.answered([link], line=line)
    leader = await asked.leader()
    await leader.submit(f"{url}/stang")
    shown = await leader.get(url)
    told = {one.text(deep=True) for one in shown.all("main li.pre")}
    assert told == {f"{XSS[at]} {XSS[at + 6]}" for at in range(6)}
    assert not shown.all("main script, main img, main svg[onload], main iframe, main style")
    assert not shown.all("main [hx-trigger], main a[href^=javascript]")
    strategist = await asked.whole.browser("strategist")
    assert (await strategist.get(url)).all("main li.pre")
    reader = await asked.whole.browser("reader")
    assert not (await reader.get(url)).all("main li.pre")
    assert not (await reader.get(url)).all('main a[href$="/stang"]')
    for path in ("/pulser/ny", f"{url}/stang", f"{url}/andra", f"{url}/ta-bort"):
        assert (await reader.get(path)).status == 403
        assert (await strategist.get(path)).status == 403


async def test_a_link_without_an_address_is_shown_once(asked: Asked) -> None:
    url = await asked.open()
    leader = await asked.leader()
    page = await leader.get(url)
    (form,) = page.all('form[action$="/lamna"]')
    action = str(form.attributes["action"])
    values = page.fields(action)
    told = await leader.send(action, **values)
    link = str(told.all("#link")[0].attributes["value"]).partition(":8000")[2]
    assert told.answer.headers["cache-control"] == "no-store"
    await asked.answered([link])
    assert "Lämnad" in (await leader.get(url)).text("[aria-labelledby=letters-heading]")
    again = await leader.send(action, **values)
    assert again.status == SEE_OTHER
    assert link not in (await leader.get(url)).text()


async def test_a_round_is_moved_and_called_off(asked: Asked) -> None:
    url = await asked.open()
    (link, *_) = asked.links()
    await asked.answered([link])
    leader = await asked.leader()
    wrong = await leader.submit(f"{url}/andra", closes_on=day(-1))
    assert (wrong.status, bool(wrong.error("closes_on"))) == (422, True)
    assert (await leader.submit(f"{url}/andra", closes_on=day(30))).status == SEE_OTHER
    twice = await leader.submit(f"/pulser/ny?council_id={asked.council['id']}", at="/pulser/ny")
    assert twice.status == 422
    assert "redan en öppen omgång" in twice.text("main")
    gone = await leader.submit(f"{url}/ta-bort")
    assert gone.answer.headers["location"] == "/pulser"
    assert (await Browser(asked.whole.app).get(link)).status == 404
