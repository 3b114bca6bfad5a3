"""What is typed in an interview is text wherever it is shown, whatever it looks like."""

from typing import Any

from tests.councils.work import new_interview, typed
from tests.gateway.looking import Page
from tests.gateway.signing_in import Browser
from tests.gateway.whole import Whole

CORPUS = (
    "<script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "</textarea><svg onload=alert(1)>",
    "</title><iframe src=javascript:alert(1)>",
    "”<b onmouseover=alert(1)>citat</b>”",
    "javascript:alert(1)",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    '<!--<a href="data:text/html,x">-->',
)
ALIVE = "script:not([nonce]), img[src=x], iframe, [onload], [onerror], [onmouseover]"
ADDRESSES = 'main a[href^="javascript:"], main a[href^="data:"]'


def _harmless(page: Page, where: str) -> None:
    assert page.status in {200, 422}, where
    assert not page.all(ALIVE), where
    assert not page.all(ADDRESSES), where


async def test_every_text_of_an_interview_is_shown_as_text(whole: Whole) -> None:
    evil = " ".join(CORPUS)
    councils, leader = whole.councils, await whole.browser("process_leader")
    company = await whole.actors.made(
        "/actors", {"name": f"Exempel {evil}"[:200], "kind": "company"}
    )
    told = {"actor_id": company["id"], "consent_scope": evil, "source": evil}
    interview = await new_interview(councils, **told)
    said: dict[str, Any] = {"present": evil, "desired": evil, "gap": evil, "quote": True}
    said |= {"source": evil, "question_key": "hard_to_find"}
    answer = (await typed(councils, interview, said))["saved"][0]
    path = f"/intervjuer/{interview['id']}"
    for shown in (path, f"{path}?fraga=9", f"{path}/andra", f"/svar/{answer['id']}/behov"):
        _harmless(await leader.get(shown), shown)
    page = await leader.get(path)
    late = {**page.fields(path), "present.hard_to_find": f"{evil} mitt"}
    await typed(councils, interview, {**said, "gap": f"{evil} deras", "version": 1})
    clash = await leader.send(path, **late)
    _harmless(clash, "two versions")
    assert clash.one('textarea[name="present.hard_to_find"]').text().strip() == f"{evil} mitt"
    await _sent_back(whole, interview["id"], leader, evil)
    short = {"horizon": "short", "statement": evil[:80]}
    need = await councils.made(f"/answers/{answer['id']}/need", short)
    asked = "/gapanalys/fragor/hard_to_find"
    for shown in ("/intervjuer", path, f"/behov/{need['id']}", "/gapanalys", asked):
        _harmless(await leader.get(shown), shown)


async def _sent_back(whole: Whole, id: str, leader: Browser, evil: str) -> None:
    """The respondent reads it, wishes for something, and it is corrected once approved."""
    councils, path = whole.councils, f"/intervjuer/{id}"
    await councils.post(f"/interviews/{id}/send")
    made = await leader.send(
        f"{path}/lank", how="copy", csrf=(await leader.get(path)).fields()["csrf"]
    )
    link = "/" + (made.one("#link").attributes["value"] or "").split("/", 3)[3]
    respondent = Browser(whole.app)
    page = await respondent.get(link)
    _harmless(page, "the sheet")
    wish = {**page.fields(link), "wish.hard_to_find": evil, "reason": evil}
    _harmless(await respondent.send(link, **wish), "the sheet, refused")
    await respondent.send(link, **wish, do="change")
    shown = await leader.get(path)
    _harmless(shown, "what is wished for")
    assert evil in shown.text('[aria-labelledby="q-hard_to_find"]')
    await councils.post(f"/interviews/{id}/send")
    await councils.post(f"/interviews/{id}/approve")
    await councils.post(f"/interviews/{id}/reopen", {"reason": evil})
    shown = await leader.get(path)
    _harmless(shown, "why it is corrected")
    assert evil in shown.text('[aria-labelledby="approval-heading"]')
