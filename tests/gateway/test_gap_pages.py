"""Pages about what interviews say together."""

from tests.councils.work import new_council, new_interview, typed
from tests.gateway.whole import Whole

QUESTION = "hard_to_find"
PAGE = "/gapanalys"


async def test_what_companies_say_is_read_question_by_question(whole: Whole) -> None:
    browser = await whole.browser("process_leader")
    assert (await browser.get("/intervjuer")).all(f'main a[href="{PAGE}"]')
    assert "Inget att jämföra ännu" in (await browser.get(PAGE)).text("main")
    council = await new_council(whole.councils, industry="Möbel")
    company = await whole.actor(1)
    held = {"actor_id": company["id"], "council_id": council["id"], "held_on": "2026-02-01"}
    interview = await new_interview(whole.councils, **held)
    said = {"question_key": QUESTION, "gap": "Ingen kan maskinen", "quote": True}
    await typed(whole.councils, interview, said)
    page = await browser.get(f"{PAGE}?industry=M%C3%B6bel&held_from=2026-01-01")
    assert "1 intervju med 1 företag" in page.text("#results")
    (row,) = [one for one in page.all("tbody tr") if "1 av 1" in one.text()]
    link = row.css_first("a").attributes["href"]
    assert link == f"{PAGE}/fragor/{QUESTION}?industry=M%C3%B6bel&held_from=2026-01-01"
    answers = await browser.get(link)
    assert "Ingen kan maskinen" in answers.text("main")
    assert "får citeras" not in answers.text("main")
    (answer,) = (await whole.councils.get("/answers")).json()["items"]
    assert answers.all(f'main a[href="/svar/{answer["id"]}/behov"]')
    assert answers.all(f'main a[href="{PAGE}?industry=M%C3%B6bel&held_from=2026-01-01"]')
    for verb in ("send", "approve"):
        await whole.councils.made(f"/interviews/{interview['id']}/{verb}", None)
    assert "får citeras" in (await browser.get(link)).text("main")
    none = await browser.get(f"{PAGE}?held_to=2026-01-01")
    assert "Inga intervjuer stämmer" in none.text("#results")


async def test_the_figures_are_a_file_in_swedish(whole: Whole) -> None:
    browser = await whole.browser("process_leader")
    interview = await new_interview(whole.councils)
    await typed(whole.councils, interview, {"question_key": QUESTION, "gap": "Ingen"})
    file = await browser.http.get(f"{PAGE}.csv")
    head, *rows = file.text.lstrip("\ufeff").splitlines()
    assert head.startswith('"Område","Fråga","Tillfrågade"')
    assert [one for one in rows if one.startswith('"Matchning"')]
    assert (await browser.get(f"{PAGE}.pdf")).status == 404


async def test_what_cannot_be_read_is_said_at_its_field(whole: Whole) -> None:
    browser = await whole.browser("process_leader")
    await new_interview(whole.councils)
    page = await browser.get(f"{PAGE}?held_from=nyss")
    assert (page.status, bool(page.error("held_from"))) == (400, True)
    assert (await browser.get(f"{PAGE}?bogus=1")).status == 400
    assert (await browser.get(f"{PAGE}/fragor/bogus")).status == 404
    assert (await browser.get(f"{PAGE}/fragor/BOGUS")).status == 400


async def test_who_may_not_read_interviews_is_shown_none(whole: Whole) -> None:
    for role in ("reader", "council_member"):
        browser = await whole.browser(role)
        assert (await browser.get(PAGE)).status == 403
