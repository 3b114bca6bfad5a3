"""Long lists: no page stops without saying so, and what it leaves out is one link away."""

from typing import Any

from tests.councils.builders import a_decision, at, council_in, day, meeting_in
from tests.councils.work import a_need, an_initiative
from tests.gateway.whole import Whole


async def of_a_council(whole: Whole, noun: str, count: int, **told: Any) -> None:
    for number in range(count):
        await whole.councils.made(f"/{noun}", told | {"text": f"Exempelåtgärd {number:03}"})


async def test_a_councils_page_says_how_many_more_there_are_of_each(whole: Whole) -> None:
    council = await council_in(whole.councils)
    here = {"council_id": council["id"]}
    for number in range(23):
        meeting = await meeting_in(
            whole.councils, council, title=f"Exempelmöte {number}", starts_at=at(-number - 1)
        )
        await whole.councils.made("/decisions", a_decision(meeting))
    await of_a_council(whole, "action-items", 54, due_on=day(3), **here)
    browser = await whole.browser("process_leader")
    page = await browser.get(f"/branschrad/{council['id']}")
    of = f"council_id={council['id']}"
    for href, said in (
        (f"/moten?{of}", "och 3 till"),
        (f"/beslut?{of}", "och 3 till"),
        (f"/atgarder?{of}&open=true", "och 4 till"),
    ):
        found = {(link.attributes["href"], link.text().strip()) for link in page.all("main p a")}
        assert (href, said) in found


async def test_a_closing_says_how_much_more_lives_on(whole: Whole) -> None:
    council = await council_in(whole.councils)
    here = {"council_id": council["id"]}
    for number in range(52):
        await whole.councils.made("/needs", a_need(statement=f"Exempelbehov {number}", **here))
        await whole.councils.made("/initiatives", an_initiative(**here))
    await of_a_council(whole, "action-items", 51, **here)
    browser = await whole.browser("process_leader")
    page = await browser.get(f"/branschrad/{council['id']}/avsluta")
    told = page.text(".note")
    assert "Öppna behov: 52" in told
    assert "Initiativ som inte är klara: 52" in told
    assert "Åtgärder som inte är gjorda: 51" in told
    more = [a.attributes["href"] or "" for a in page.all(".note p a")]
    assert [href.partition("?")[0] for href in more] == ["/behov", "/initiativ", "/atgarder"]
    for href, count in zip(more, ("52 behov", "52 initiativ", "51 åtgärder"), strict=True):
        assert count in (await browser.get(href)).text('[role="status"]')
    refused = await browser.submit(
        f"/branschrad/{council['id']}/avsluta", reason="goal_met", result="Klart"
    )
    assert "52 öppna behov" in refused.error("reason")


async def test_decisions_and_actions_of_all_councils_are_listed(whole: Whole) -> None:
    council = await council_in(whole.councils)
    meeting = await meeting_in(whole.councils, council)
    await whole.councils.made("/decisions", a_decision(meeting, text="Exempelbeslut 1"))
    late = {"text": "Exempelåtgärd 1", "council_id": council["id"], "due_on": day(-2)}
    item = await whole.councils.made("/action-items", late)
    browser = await whole.browser("process_leader")
    decided = await browser.get("/beslut?superseded=false")
    assert "Exempelbeslut 1" in decided.text("table.rows")
    page = await browser.get("/atgarder?open=true")
    assert "Försenad" in page.text("table.rows")
    assert page.all(f'a[href="/atgarder/{item["id"]}/klar"]')
    assert "Inga åtgärder stämmer" in (await browser.get("/atgarder?open=false")).text()
    saved = await browser.http.get("/atgarder.csv?open=true")
    assert "Exempelåtgärd 1" in saved.text
