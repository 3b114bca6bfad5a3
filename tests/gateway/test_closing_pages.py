"""Closing a council: what lives on is shown first, and a goal is not met by saying so."""

from services.kit import clock
from tests.councils.builders import at, meeting_in
from tests.councils.work import a_need, an_initiative, new_council
from tests.gateway.whole import Whole

SEE_OTHER = 303
TODAY = clock.today().isoformat()


async def test_what_lives_on_is_shown_before_the_council_closes(whole: Whole) -> None:
    council = await new_council(whole.councils)
    here = {"council_id": council["id"]}
    await whole.councils.made("/needs", a_need(statement="Exempelbehov 1", **here))
    met = await whole.councils.made("/needs", a_need(statement="Exempelbehov 2", **here))
    await whole.councils.made(f"/needs/{met['id']}/drop", {"reason": "Gäller inte längre"})
    await whole.councils.made("/initiatives", an_initiative(title="Exempelinitiativ 1", **here))
    item = {"text": "Exempelåtgärd 1", "due_on": TODAY} | here
    await whole.councils.made("/action-items", item)
    browser = await whole.browser("process_leader")
    told = (await browser.get(f"/branschrad/{council['id']}/avsluta")).text(".note")
    assert "Det här lever kvar efter rådet" in told
    for one in ("Exempelbehov 1", "Exempelinitiativ 1", "Exempelåtgärd 1"):
        assert one in told
    assert "Exempelbehov 2" not in told
    closed = await browser.submit(f"/branschrad/{council['id']}/avsluta", reason="expired")
    assert closed.status == SEE_OTHER


async def test_a_met_goal_is_refused_at_its_field_with_links_to_the_open_needs(
    whole: Whole,
) -> None:
    council = await new_council(whole.councils)
    path = f"/branschrad/{council['id']}/avsluta"
    need = await whole.councils.made("/needs", a_need(council_id=council["id"]))
    for title, starts in ("Exempelmöte 1", at(9)), ("Exempelmöte 0", at(-9)):
        coming = {"title": title, "status": "planned", "starts_at": starts}
        await meeting_in(whole.councils, council, **coming)
    browser = await whole.browser("process_leader")
    page = await browser.submit(path, reason="goal_met", result="Tolv fick arbete")
    assert page.status == 422
    (told,) = [one.text() for one in page.all(".note") if "ställs in" in one.text()]
    assert ("Exempelmöte 1" in told, "Exempelmöte 0" in told) == (True, False)
    said = " ".join(page.error("reason").split())
    assert said == "Målet är inte nått än. Rådet har 1 öppet behov."
    assert page.all(f'main form li a[href="/behov/{need["id"]}"]')
    assert page.fields()["result"] == ["Tolv fick arbete"]
    unsaid = await browser.send(path, **page.fields() | {"reason": ""})
    assert "Målet" not in unsaid.error("reason")
    await whole.councils.made(f"/needs/{need['id']}/drop", {"reason": "Gäller inte längre"})
    assert (await browser.send(path, **page.fields())).status == SEE_OTHER
    shown = f"/branschrad/{council['id']}"
    assert "Målet är inte längre nått" not in (await browser.get(shown)).text("main")
    await whole.councils.made(f"/needs/{need['id']}/reopen", {})
    assert "Målet är inte längre nått" in (await browser.get(shown)).text("main")
