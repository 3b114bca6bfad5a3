"""Approvals on pages: a link is made by whoever interviews, and answered without an account."""

from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from tests.councils.builders import day
from tests.councils.called import SLOWLY, link_in
from tests.councils.work import new_interview, typed
from tests.gateway.signing_in import SEE_OTHER, Browser
from tests.gateway.whole import Whole

HOUSE = "http://127.0.0.1:8000"
GAP = {"question_key": "hard_to_find", "gap": "Exempel: ingen söker", "quote": True}


@pytest.fixture(autouse=True)
def _slowly(monkeypatch: Any) -> None:
    monkeypatch.setattr(SLOWLY, 3600.0)


@dataclass
class Waiting:
    """An interview that was sent, and the respondent's post with somebody who can be reached."""

    whole: Whole
    leader: Browser
    respondent: Browser
    path: str
    id: str

    async def link(self) -> str:
        """A new link to hand over."""
        done = await self.leader.send(f"{self.path}/lank", **await self.form("copy"))
        assert done.status == 200
        address = done.one("#link").attributes["value"] or ""
        assert "visas bara" in done.text()
        assert address.startswith("http")
        return "/" + address.split("/", 3)[3]

    async def form(self, how: str) -> dict[str, Any]:
        """What the button sends."""
        page = await self.leader.get(self.path)
        return {**page.fields(f"{self.path}/lank"), "how": how}

    async def stored(self) -> dict[str, Any]:
        """The interview as its service knows it."""
        found: dict[str, Any] = (await self.whole.councils.get(f"/interviews/{self.id}")).json()
        return found


@pytest.fixture
async def waiting(_slowly: None, whole: Whole) -> Waiting:
    """Such an interview."""
    actor, person = await whole.actor(), await whole.person(email="exempel1@exempel.se")
    post = await whole.post(actor)
    await whole.holding(post, person, day(-30))
    who = {"actor_id": actor["id"], "respondent_post_id": post["id"]}
    interview = await new_interview(whole.councils, **who)
    await typed(whole.councils, interview, GAP)
    await whole.councils.post(f"/interviews/{interview['id']}/send")
    leader = await whole.browser("process_leader")
    path = f"/intervjuer/{interview['id']}"
    return Waiting(whole, leader, Browser(whole.app), path, interview["id"])


async def test_whoever_has_the_link_reads_and_approves(waiting: Waiting) -> None:
    link = await waiting.link()
    page = await waiting.respondent.get(link)
    assert "Exempelkommun 1" in page.text()
    assert GAP["gap"] in page.text()
    assert "Exempelperson" not in page.text()
    assert page.answer.headers["referrer-policy"] == "no-referrer"
    assert page.answer.headers["x-robots-tag"] == "noindex"
    done = await waiting.respondent.send(link, **page.fields(link))
    assert done.status == SEE_OTHER
    assert "Tack, svaren är godkända." in (await waiting.respondent.get(link)).text("body")
    assert ((await waiting.stored())["status"]) == "approved"
    card = '[aria-labelledby="approval-heading"]'
    shown = (await waiting.leader.get(waiting.path)).text(card)
    assert "Genom länken" in shown
    assert "Utvecklare" in shown


async def test_changes_are_asked_for_and_stand_where_the_answer_is(waiting: Waiting) -> None:
    link = await waiting.link()
    page = await waiting.respondent.get(link)
    wish = {**page.fields(link), "wish.hard_to_find": "Exempel: det var två"}
    both = await waiting.respondent.send(link, **wish)
    assert both.status == 422, "what is to be changed is not approved"
    assert both.error("reason").startswith("Du har skrivit vad som ska ändras")
    assert both.one('textarea[name="wish.hard_to_find"]').text() == "Exempel: det var två"
    empty = await waiting.respondent.send(link, **{**page.fields(link), "do": "change"})
    assert empty.status == 422
    long = {**wish, "wish.hard_to_find": "x" * 20_001, "do": "change"}
    refused = await waiting.respondent.send(link, **long)
    assert refused.status == 422
    assert refused.error("wish.hard_to_find")
    done = await waiting.respondent.send(link, **wish, do="change")
    assert done.status == SEE_OTHER
    assert "ändras just nu" in (await waiting.respondent.get(link)).text()
    sheet = await waiting.leader.get(waiting.path)
    assert "Den som svarade vill ändra: Exempel: det var två" in sheet.text(
        '[aria-labelledby="q-hard_to_find"]'
    )


async def test_what_was_typed_when_the_interview_was_taken_back_can_be_read(
    waiting: Waiting,
) -> None:
    link = await waiting.link()
    page = await waiting.respondent.get(link)
    await waiting.whole.councils.post(f"/interviews/{waiting.id}/return", {"reason": "Exempel"})
    late = {**page.fields(link), "wish.hard_to_find": "Exempel: för sent", "do": "change"}
    refused = await waiting.respondent.send(link, **late)
    assert refused.status == 422
    assert "Exempel: för sent" in refused.text(".note.stop")


async def test_the_respondent_takes_the_consent_back(waiting: Waiting) -> None:
    link = await waiting.link()
    page = await waiting.respondent.get(link)
    done = await waiting.respondent.send(f"{link}/aterta", **page.fields(f"{link}/aterta"))
    assert done.status == SEE_OTHER
    shown = await waiting.respondent.get(link)
    assert "Samtycket är återtaget" in shown.text()
    assert GAP["gap"] not in shown.text()
    assert (await waiting.respondent.send(f"{link}/aterta")).status == SEE_OTHER
    assert (await waiting.stored())["status"] == "withdrawn"


async def test_a_link_is_revoked_and_a_wrong_one_says_nothing(waiting: Waiting) -> None:
    link = await waiting.link()
    page = await waiting.leader.get(waiting.path)
    (form,) = page.all('form[action$="/aterkalla"][action*="/lank/"]')
    path = form.attributes["action"] or ""
    assert (await waiting.leader.send(path, **page.fields(path))).status == SEE_OTHER
    shown = await waiting.respondent.get(link)
    assert "återkallad" in shown.text()
    assert GAP["gap"] not in shown.text()
    wrong = await waiting.respondent.get("/intervjusvar/fel")
    assert (wrong.status, wrong.h1) == (404, "Länken gäller inte")


async def test_the_letter_goes_from_the_page(waiting: Waiting, tmp_path: Path) -> None:
    card = '[aria-labelledby="approval-heading"]'
    assert "exempel1@exempel.se" in (await waiting.leader.get(waiting.path)).text(card)
    done = await waiting.leader.send(f"{waiting.path}/lank", **await waiting.form("email"))
    assert done.status == SEE_OTHER
    sender = waiting.whole.app.state.embedded["councils"].state.sender
    assert await sender.beside[0]()
    (letter,) = (tmp_path / "mail").glob("*.eml")
    link = link_in(message_from_bytes(letter.read_bytes(), policy=default))
    assert link.startswith(f"{HOUSE}/intervjusvar/")
    assert GAP["gap"] in (await waiting.respondent.get(link.removeprefix(HOUSE))).text()


async def test_a_correction_is_asked_for_with_its_reason(waiting: Waiting) -> None:
    path = f"{waiting.path}/ratta"
    assert (await waiting.leader.get(path)).status == SEE_OTHER
    await waiting.whole.councils.post(f"/interviews/{waiting.id}/approve")
    assert (await waiting.leader.get(waiting.path)).all(f'a[href="{path}"]')
    assert (await waiting.leader.submit(path)).error("reason")
    done = await waiting.leader.submit(path, reason="Exempel: fel antal")
    assert done.status == SEE_OTHER
    shown = await waiting.leader.get(waiting.path)
    assert "Exempel: fel antal" in shown.text()
    assert shown.all('form button[name="send"]')


async def test_who_withdraws_is_told_first_what_stays(waiting: Waiting) -> None:
    pages = [
        await waiting.respondent.get(await waiting.link()),
        await waiting.leader.get(waiting.path),
        await waiting.respondent.get("/personuppgifter"),
    ]
    for page in pages:
        assert "justerat protokoll står kvar" in page.text("main")
        assert "överallt" not in page.text("main")
