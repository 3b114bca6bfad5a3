"""Process leadership on pages: who leads what, what of it is funded, and what each carries."""

import pytest

from gateway.pages import leadership
from tests.actors.test_process_leadership import LEADER, an_assignment
from tests.councils.builders import a_council, day
from tests.councils.work import a_need, new_interview
from tests.gateway.whole import Whole

SEE_OTHER = 303


async def test_an_assignment_is_made_listed_changed_and_taken_away(whole: Whole) -> None:
    actor = await whole.actor()
    post, clerk = await whole.post(actor, "Processledare", **LEADER), await whole.post(actor)
    browser = await whole.browser("process_leader")
    typed = {"post_id": post["id"], "needed_percent": "50", "valid_from": day(-10)}
    wrong = await browser.submit("/processledare/nytt", **typed, funded_percent="120")
    assert (wrong.status, bool(wrong.error("actor_id"))) == (422, True)
    assert "Välj en aktör, skriv en bransch" in wrong.text("main")
    assert bool(wrong.error("funded_percent"))
    assert clerk["id"] not in wrong.text("main")
    typed |= {"industry": "Möbel"}
    made = await browser.submit("/processledare/nytt", **typed)
    assert made.status == SEE_OTHER
    again = await browser.submit("/processledare/nytt", **typed)
    assert (again.status, bool(again.error("valid_from"))) == (422, True)
    await whole.actors.made(
        "/leader-assignments",
        an_assignment(post, industry=None, actor_id=actor["id"], funded_percent=10, example=True),
    )

    async def found(query: str) -> list[str]:
        page = await browser.get(f"/processledare?{query}")
        return [one.text(strip=True) for one in page.all("tbody th a")]

    assert await found("") == ["Möbel", "Exempelkommun 1"]
    assert await found("funding_known=false") == ["Möbel"]
    assert await found(f"in_force=true&as_of={day(-20)}") == ["Exempelkommun 1"]
    assert "Möbel" in (await browser.http.get("/processledare.csv?funding_known=false")).text
    one = (await whole.actors.get("/leader-assignments?funding_known=false")).json()["items"][0]
    url = f"/processledare/{one['id']}"
    shown = await browser.get(url)
    assert "Okänt" in shown.text("main")
    assert "Exempelkommun 1" in shown.text("[aria-labelledby=beside-heading]")
    assert (await browser.submit(f"{url}/andra", funded_percent="0")).status == SEE_OTHER
    assert "50 %" in (await browser.get(url)).text("main").replace("\N{NO-BREAK SPACE}", " ")
    timeline = await browser.get(f"/aktorer/{actor['id']}/historik")
    assert "Fick en processledare" in timeline.text("main")
    held = await browser.get(f"/befattningar/{post['id']}")
    assert "Möbel" in held.text("[aria-labelledby=leads-heading]")
    led = await browser.get(f"/aktorer/{actor['id']}")
    assert "Processledare" in led.text("[aria-labelledby=leads-heading]")
    assert "misstag" in (await browser.get(f"{url}/ta-bort")).text("main")
    assert (await browser.submit(f"{url}/ta-bort")).status == SEE_OTHER
    assert await found("") == ["Exempelkommun 1"]


async def test_what_a_leader_leads_is_handed_over_or_funded_anew_from_a_day(whole: Whole) -> None:
    actor, funder = await whole.actor(), await whole.actor(2)
    post = await whole.post(actor, "Processledare", **LEADER)
    other = await whole.post(actor, "Processledare 2", **LEADER)
    paid = an_assignment(post, funder_actor_id=funder["id"], funded_percent=30)
    led = await whole.actors.made("/leader-assignments", paid)
    browser, url = await whole.browser("process_leader"), f"/processledare/{led['id']}"
    path = f"{url}/lamna-over"
    assert path in {a.attributes["href"] for a in (await browser.get(url)).all("main a")}
    asked = await browser.get(path)
    assert (asked.fields()["post_id"], asked.fields()["funded_percent"]) == ([post["id"]], ["30"])
    same = await browser.submit(path)
    assert (same.status, bool(same.error("valid_from"))) == (422, True)
    anew = await browser.submit(path, funder_actor_id=actor["id"], valid_from=day(0))
    assert anew.status == SEE_OTHER
    new = await browser.get(anew.answer.headers["location"])
    assert "Exempelkommun 1" in new.text("[aria-labelledby=facts-heading]")
    gone = await browser.get(url)
    assert "Exempelkommun 2" in gone.text("[aria-labelledby=facts-heading]"), "as it was"
    given = await browser.submit(
        f"{anew.answer.headers['location']}/lamna-over", post_id=other["id"], valid_from=day(9)
    )
    told = (await browser.get(given.answer.headers["location"])).text("main")
    assert ("Processledare 2" in told, "Exempelkommun 1" in told) == (True, True)


async def test_every_leader_is_counted_however_many_and_of_any_day(
    whole: Whole, monkeypatch: pytest.MonkeyPatch
) -> None:
    actor, browser = await whole.actor(), await whole.browser("reader")
    monkeypatch.setattr(leadership, "MOST", 10)
    drafts = [{"actor_id": actor["id"], "title": f"Ledare {n}"} | LEADER for n in range(1, 23)]
    ids = (await whole.actors.post("/posts/bulk", drafts)).json()["ids"]
    item = {"text": "Ring", "due_on": day(-9), "done_on": day(-2), "owner_post_id": ids[-1]}
    council = await whole.councils.made("/councils", a_council())
    for one in ids[-2:]:
        sent = item | {"owner_post_id": one, "council_id": council["id"]}
        await whole.councils.made("/action-items", sent)
    for path in ("/resurssattning", "/belastning"):
        first = await browser.get(path)
        assert "22 processledare" in first.text("main")
        assert len(first.all("tbody tr")) == 20
        assert len((await browser.get(f"{path}?page=2")).all("tbody tr")) == 2
        assert len((await browser.http.get(f"{path}.csv")).text.splitlines()) == 23
    then = await browser.get(f"/belastning?as_of={day(-3)}")
    assert "1 försenad" in then.all("tbody tr")[0].text().replace("\N{NO-BREAK SPACE}", " ")
    assert "Sidan visar läget" in then.text("main")
    assert not then.all("tbody td.num a"), "lists of today say something else"
    assert "försenad" not in first.text("tbody")


async def test_means_and_loads_are_told_leader_by_leader(whole: Whole) -> None:
    actor = await whole.actor()
    post = await whole.post(actor, "Processledare", **LEADER)
    idle = await whole.post(actor, "Ännu en", **LEADER)
    await whole.holding(idle, await whole.person(), "2024-01-01")
    for more in ({"funded_percent": 80}, {"industry": "Taxi", "needed_percent": 60}):
        await whole.actors.made("/leader-assignments", an_assignment(post, **more))
    leads = {"process_leader_post_id": post["id"], "leader_actor_ids": [actor["id"]]}
    council = await whole.councils.made("/councils", a_council(**leads))
    owned = {"owner_post_id": post["id"], "council_id": council["id"]}
    await whole.councils.made("/needs", a_need(**owned))
    await whole.councils.made("/needs", a_need(statement="Annat"))
    await whole.councils.made("/action-items", owned | {"text": "Ring", "due_on": day(-1)})
    await new_interview(whole.councils, interviewer_post_id=post["id"])
    reader = await whole.browser("reader")
    means = (await reader.get("/resurssattning")).text("main").replace("\N{NO-BREAK SPACE}", " ")
    assert "minst 80 %" in means
    assert "0–60 %" in means, "what nobody knows is an interval"
    assert "Mer än en heltid" in means
    then = await reader.get(f"/resurssattning?as_of={day(-500)}")
    assert "Mer än en heltid" not in then.text("main")
    for page, told in (("resurssattning", "80"), ("belastning", "3")):
        assert f"/{page}.csv" in (await reader.get(f"/{page}")).answer.text
        file = (await reader.http.get(f"/{page}.csv")).text.splitlines()
        assert len(file) == 3, page
        assert f'"{told}"' in next(row for row in file if '"Processledare"' in row), page
        excel = await reader.http.get(f"/{page}.xlsx")
        assert excel.content[:2] == b"PK", page
    assert '"80"' not in (await reader.http.get(f"/resurssattning.csv?as_of={day(-500)}")).text
    assert (await reader.http.get("/belastning.pdf")).status_code == 404
    loads = await reader.get("/belastning")
    first, second = loads.all("tbody tr")
    assert ("Vakant" in first.text(), "Vakant" in second.text()) == (True, False)
    numbers = [cell.text(strip=True) for cell in first.css("td.num")]
    assert [one.split()[0].split("r")[0][:1] for one in numbers[:5]] == ["3", "1", "1", "1", "0"]
    assert "1 försenad" in first.text().replace("\N{NO-BREAK SPACE}", " ")
    assert first.css('[data-label="Intervjuer"]')[0].text(strip=True) == "–"
    browser = await whole.browser("process_leader")
    loads = await browser.get("/belastning")
    assert loads.all("tbody tr")[0].css("td.num")[0].text(strip=True) == "4", "hers to read"
    for link in loads.all("tbody tr:first-child td a"):
        listed = await browser.get((link.attributes["href"] or "").removeprefix("http://test"))
        assert listed.status == 200
        assert not listed.all("tbody tr") or "Annat" not in listed.text("tbody")
        assert "Processledare" in listed.text("main")
    assert (await browser.get("/behov?owner_post_id=x")).error("owner_post_id")
