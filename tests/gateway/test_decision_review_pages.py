"""Pages on which a decision is looked at again."""

from tests.councils.builders import a_decision, day, meeting_in
from tests.gateway.whole import Whole


async def test_a_decision_is_followed_up_from_the_overview(whole: Whole) -> None:
    meeting = await meeting_in(whole.councils, starts_at=f"{day(-300)}T09:00:00Z")
    told = a_decision(meeting, text="Starta kursen", review_on=day(-3))
    decision = await whole.councils.made("/decisions", told)
    browser = await whole.browser("process_leader")
    start = await browser.get("/")
    (link,) = start.all('main a[href$="/folj-upp"]')
    path = link.attributes["href"] or ""
    assert path == f"/beslut/{decision['id']}/folj-upp"
    await browser.get(path)
    wrong = await browser.submit(path, finding="", next_review_on=day(-1))
    assert (wrong.status, wrong.error("finding")) == (422, "Fyll i ”Vad blev det av beslutet?”.")
    assert wrong.error("next_review_on")
    sent = await browser.submit(path, finding="Tolv går kursen", next_review_on=day(60))
    assert sent.status == 303
    shown = await browser.get(f"/beslut/{decision['id']}")
    assert "Uppföljningen är sparad." in shown.text()
    assert "Tolv går kursen" in shown.text("main")
    assert not (await browser.get("/")).all('main a[href$="/folj-upp"]')

    (edit,) = shown.all('main a[href^="/uppfoljningar/"]')
    path = edit.attributes["href"] or ""
    await browser.get(path)
    await browser.submit(path, finding="Elva går kursen", next_review_on="")
    shown = await browser.get(f"/beslut/{decision['id']}")
    assert "Elva går kursen" in shown.text("main")
    away = path.replace("/andra", "/ta-bort")
    assert "Starta kursen" in (await browser.get(away)).text("main")
    await browser.submit(away)
    shown = await browser.get(f"/beslut/{decision['id']}")
    assert "Beslutet är inte uppföljt än." in shown.text("main")
    assert (await browser.get("/")).all('main a[href$="/folj-upp"]')


async def test_readers_see_what_was_found_and_write_nothing(whole: Whole) -> None:
    meeting = await meeting_in(whole.councils, starts_at=f"{day(-300)}T09:00:00Z")
    decision = await whole.councils.made("/decisions", a_decision(meeting, review_on=day(-3)))
    found = {"decision_id": decision["id"], "reviewed_on": day(0), "finding": "Klart"}
    await whole.councils.made("/decision-reviews", found)
    reader = await whole.browser("reader")
    shown = await reader.get(f"/beslut/{decision['id']}")
    assert "Klart" in shown.text("main")
    assert not shown.all('main a[href*="uppfoljningar"]')
    assert (await reader.get(f"/beslut/{decision['id']}/folj-upp")).status == 403
