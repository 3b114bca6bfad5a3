"""Closing a council: what lives on is shown first, and a goal is not met by saying so."""

from services.kit import clock
from tests.councils.builders import a_seat, at, council_in, meeting_in
from tests.councils.test_direction import STRATEGIC, a_direction, an_answer
from tests.councils.test_escalation import lifted
from tests.councils.test_project import project_in
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
    await project_in(whole.councils, name="Exempelprojekt 1", **here)
    gone = await project_in(whole.councils, name="Exempelprojekt 2", **here)
    await whole.councils.made(f"/projects/{gone['id']}/stop", {"reason": "Inga pengar"})
    item = {"text": "Exempelåtgärd 1", "due_on": TODAY} | here
    await whole.councils.made("/action-items", item)
    browser = await whole.browser("process_leader")
    told = (await browser.get(f"/branschrad/{council['id']}/avsluta")).text(".note")
    assert "Det här lever kvar efter rådet" in told
    for one in ("Exempelbehov 1", "Exempelinitiativ 1", "Exempelåtgärd 1", "Exempelprojekt 1"):
        assert one in told
    assert "Exempelbehov 2" not in told
    assert "Exempelprojekt 2" not in told
    closed = await browser.submit(f"/branschrad/{council['id']}/avsluta", reason="expired")
    assert closed.status == SEE_OTHER


async def test_what_others_wait_for_is_told_with_what_becomes_of_it(whole: Whole) -> None:
    councils = whole.councils
    council = await council_in(councils, level="bridging")
    below = await council_in(councils, name="Exempelgrupp 1", parent_id=council["id"])
    gone = await council_in(councils, name="Exempelgrupp 2", parent_id=council["id"])
    end = {"closed_on": TODAY, "reason": "other"}
    await councils.made(f"/councils/{gone['id']}/close", end)
    asked = await a_direction(councils, council, below, title="Exempelinriktning 1")
    await councils.made("/directions", asked)
    body = await a_direction(councils, council, below, title="Exempelinriktning 2")
    answered = await councils.made("/directions", body)
    await councils.made("/direction-answers", an_answer(answered, council))
    forum = await council_in(councils, **STRATEGIC)
    await councils.made("/escalations", lifted(council, forum, title="Exempellyft 1"))
    await councils.made("/escalations", lifted(below, council, title="Exempellyft 2"))
    browser, path = await whole.browser("process_leader"), f"/branschrad/{council['id']}"
    page = await browser.get(f"{path}/avsluta")
    assert "Inget lever kvar" not in page.text("main")
    told = page.text(".note:has(#others)")
    for one in ("Exempelgrupp 1", "Exempelinriktning 1", "Exempellyft 1", "Exempellyft 2"):
        assert one in told
    for one in ("Exempelgrupp 2", "Exempelinriktning 2", "från rådet som andra"):
        assert one not in told
    assert told.count("De förfaller.") == 2
    assert "avslutades" not in (await browser.get(f"/branschrad/{below['id']}")).text("main")
    assert (await browser.submit(f"{path}/avsluta", reason="expired")).status == SEE_OTHER
    shown = (await browser.get(f"/branschrad/{below['id']}")).text("main")
    assert f"{council['name']} avslutades" in shown
    assert "avslutades" not in (await browser.get(f"/branschrad/{gone['id']}")).text("main")
    theirs = await browser.get(f"/branschrad/{forum['id']}/avsluta")
    assert "Inget lever kvar" in theirs.text("main")


async def test_what_a_strategic_council_asked_of_others_is_told_too(whole: Whole) -> None:
    body = await a_direction(whole.councils, await council_in(whole.councils), title="Exempel 3")
    made = await whole.councils.made("/directions", body)
    browser = await whole.browser("process_leader")
    page = await browser.get(f"/branschrad/{made['council_id']}/avsluta")
    told = page.text(".note:has(#others)")
    assert "Inriktningar från rådet som andra inte har svarat på: 1" in told
    assert "Exempel 3" in told


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


async def test_a_cancelled_meeting_offers_nothing_and_keeps_what_it_has(whole: Whole) -> None:
    """It is planned again while its council is open; told of a closed one only on its last day."""
    council = await new_council(whole.councils)
    actor = await whole.actor()
    await whole.councils.made("/seats", a_seat(council, actor_id=actor["id"]))
    meeting = await meeting_in(whole.councils, council, starts_at=at(9), status="planned")
    of = {"meeting_id": meeting["id"]}
    point = await whole.councils.made("/agenda-items", of | {"title": "Exempelpunkt"})
    plan = await whole.councils.made("/session-plans", of | {"aim": "Exempel: alla hörs"})
    browser, path = await whole.browser("process_leader"), f"/moten/{meeting['id']}"
    attend, edit, noted = f"{path}/narvaro", f"{path}/andra", f"/dagordning/{point['id']}"
    called = {name: meeting[name] for name in ("council_id", "title", "starts_at")}
    off = called | {"status": "cancelled"}
    planned = f"/motesupplagg/{plan['id']}"

    async def offered() -> list[bool]:
        page, plan_page = await browser.get(path), await browser.get(planned)
        links = [bool(page.all(f'a[href="{one}"]')) for one in (edit, attend, noted)]
        forms = (await browser.get(attend)).all(f'main form[action="{attend}"]')
        return [*links, bool(forms), bool(plan_page.all(f'a[href="{planned}/andra"]'))]

    assert await offered() == [True] * 5
    typed = (await browser.get(noted)).fields()
    assert (await whole.councils.put(f"/meetings/{meeting['id']}", off, version=1)).is_success
    assert await offered() == [True, False, False, False, False], "it may be planned again"
    late = await browser.send(noted, **typed | {"minutes": "Exempel: kvar"})
    assert (late.status, late.fields()["minutes"]) == (422, ["Exempel: kvar"])
    closing = {"closed_on": TODAY, "reason": "expired", "result": "Klart"}
    await whole.councils.made(f"/councils/{council['id']}/close", closing)
    assert await offered() == [False] * 5
    page = await browser.get(path)
    for text in ("Exempelpunkt", "Exempelkommun 1", "rådet är nedlagt"):
        assert text in page.text()
    assert page.all(f'a[href="{planned}"]')
    refused = await browser.submit(edit, title="Exempel: nytt")
    assert (refused.status, refused.fields()["title"]) == (422, ["Exempel: nytt"])
    assert refused.error("status") == "Det är avslutat. Öppna det igen först."


async def test_what_was_written_at_a_closing_is_there_at_the_next_one(whole: Whole) -> None:
    council = await new_council(whole.councils)
    path = f"/branschrad/{council['id']}/avsluta"
    browser = await whole.browser("process_leader")
    assert "förra gången" not in (await browser.get(path)).text("main")
    said = {"result": "Tio anställda", "lessons": "Börja tidigare"}
    await browser.submit(path, reason="other", **said)
    page = f"/branschrad/{council['id']}"
    assert (await browser.submit(f"{page}/oppna", reason="Exempel")).status == SEE_OTHER
    shown = (await browser.get(path)).fields(path)
    assert {name: shown[name] for name in said} == {k: [v] for k, v in said.items()}
    await browser.submit(path, reason="other")
    closed = (await whole.councils.get(f"/councils/{council['id']}")).json()
    assert said.items() <= closed.items()


async def test_a_closed_council_leads_on_where_it_would_be_closed_or_moved(whole: Whole) -> None:
    council = await new_council(whole.councils)
    page = f"/branschrad/{council['id']}"
    browser = await whole.browser("process_leader")
    assert (await browser.get(f"{page}/oppna")).status == SEE_OTHER, "it is open"
    typed = (await browser.get(f"{page}/fas")).fields()
    assert (await browser.submit(f"{page}/avsluta", reason="expired")).status == SEE_OTHER
    for path in (f"{page}/fas", f"{page}/avsluta"):
        told = await browser.get(path)
        assert "Rådet är redan avslutat" in told.text("main")
        assert not told.all('main form[method="post"]')
        assert told.all(f'main a[href="{page}/oppna"]')
    late = await browser.send(
        f"{page}/fas", **typed | {"phase": "dormant", "reason": "Exempelvila"}
    )
    assert (late.status, late.fields()["reason"]) == (422, ["Exempelvila"])
    unsaid = await browser.submit(f"{page}/oppna")
    assert (unsaid.status, bool(unsaid.error("reason"))) == (422, True)
    opened = await browser.submit(f"{page}/oppna", reason="Exempel: fel råd")
    assert opened.status == SEE_OTHER
    told = (await browser.get(page)).text("[aria-labelledby=phases-heading]")
    assert "öppnat igen Exempel: fel råd" in told


async def test_only_phases_that_may_follow_are_offered_and_each_has_its_reason(
    whole: Whole,
) -> None:
    council = await new_council(whole.councils)
    path = f"/branschrad/{council['id']}/fas"
    browser = await whole.browser("process_leader")
    offered = [one.attributes["value"] for one in (await browser.get(path)).all("[name=phase]")]
    assert offered == ["forming", "active"]
    silent = await browser.submit(path, phase="forming")
    assert (silent.status, bool(silent.error("reason"))) == (422, True)
    assert (await browser.submit(path, phase="forming", reason="Exempelskäl")).status == SEE_OTHER
    assert "Exempelskäl" in (await browser.get(f"/branschrad/{council['id']}")).text("main")
