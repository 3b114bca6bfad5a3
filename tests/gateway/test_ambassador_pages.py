"""Ambassadors on pages: who they are on a day, what they carried, and what was answered."""

from tests.actors.test_carried_issue import an_issue
from tests.councils.builders import day
from tests.gateway.whole import Whole

SEE_OTHER = 303
CARD = "[aria-labelledby=carried-heading]"


async def test_an_ambassador_carries_an_issue_and_has_an_answer(whole: Whole) -> None:
    giver, other = await whole.actor(1), await whole.actor(2)
    post, person = await whole.post(other, "Kommunchef"), await whole.person(1)
    await whole.holding(post, person, "2024-01-01")
    given = {"issuer_actor_id": giver["id"], "holder_actor_id": other["id"], "scope": "Bära frågan"}
    given |= {"valid_from": "2024-01-01", "ambassador_post_ids": [post["id"]]}
    mandate = await whole.actors.made("/mandates", given)
    browser = await whole.browser("process_leader")
    form = f"/burna-fragor/ny?mandate_id={mandate['id']}&ambassador_post_id={post['id']}"
    typed = {"issue": "Exempel: fler platser", "carried_on": day(-9)}
    wrong = await browser.submit(form, at="/burna-fragor/ny", **typed)
    assert (wrong.status, bool(wrong.error("to_actor_id"))) == (422, True)
    assert wrong.fields()["mandate_id"] == [mandate["id"]]
    placed = await browser.submit(form, at="/burna-fragor/ny", **typed, to_body="Exempel: KS")
    assert placed.answer.headers["location"] == f"/mandat/{mandate['id']}"
    shown = (await browser.get(f"/mandat/{mandate['id']}")).text(CARD)
    assert "Exempel: fler platser Inget svar" in shown
    for page in (f"/befattningar/{post['id']}", f"/befattningar/{post['id']}/overlamning"):
        assert "Exempel: fler platser" in (await browser.get(page)).text(CARD), page
    await whole.actors.made("/carried-issues", an_issue(post, issue="Annat", carried_on=day(-1)))
    rows = (await browser.get("/ambassadorer")).text("tbody")
    for told in ("Kommunchef", "Exempelperson 1", "Bära frågan", "Senast"):
        assert told in rows
    assert not (await browser.get("/ambassadorer?as_of=2023-01-01")).all("tbody tr")
    (one,) = (await whole.actors.get("/carried-issues?q=platser")).json()["items"]
    edit = f"/burna-fragor/{one['id']}/andra"
    told = {"reply": "Exempel: tas upp i budgeten", "replied_on": day(-2)}
    assert (await browser.submit(edit, **told)).status == SEE_OTHER

    async def found(query: str) -> int:
        return len((await browser.get(f"/burna-fragor?{query}")).all("tbody tr"))

    assert await found("answered=true") == 1
    assert await found(f"answered=true&as_of={day(-3)}") == 0
    assert await found(f"mandate_id={mandate['id']}&q=budgeten") == 1
    assert "budgeten" in (await browser.http.get("/burna-fragor.csv?answered=true")).text
    assert "fler platser" in (await browser.get("/sok?q=platser")).text("main")
    gone = await browser.submit(edit, at=f"/burna-fragor/{one['id']}/ta-bort")
    assert gone.status == SEE_OTHER
    assert await found("") == 1
    reader = await whole.browser("reader")
    assert "Annat" in (await reader.get(f"/befattningar/{post['id']}")).text(CARD)
    assert not (await reader.get("/burna-fragor")).all('a[href$="/andra"]')
