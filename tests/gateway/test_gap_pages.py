"""Pages about what interviews say together."""

from tests.councils.work import a_need, new_council, new_interview, typed
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
    assert "1 intervju med 1 aktör" in page.text("#results")
    (row,) = [one for one in page.all("tbody tr") if "1 av 1" in one.text()]
    link = row.css_first("a").attributes["href"]
    assert link == f"{PAGE}/fragor/{QUESTION}?industry=M%C3%B6bel&held_from=2026-01-01"
    answers = await browser.get(link)
    assert "Ingen kan maskinen" in answers.text("main")
    assert "får citeras" not in answers.text("main")
    (answer,) = (await whole.councils.get("/answers")).json()["items"]
    assert len(answers.all(f'main form[action="/svar/{answer["id"]}/behov"]')) == 2
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


async def test_the_parties_stand_beside_each_other_with_the_needs_between_them(
    whole: Whole,
) -> None:
    browser = await whole.browser("process_leader")
    company, school = await whole.actor(1), await whole.actor(2)
    interview = await new_interview(whole.councils, actor_id=company["id"])
    await typed(whole.councils, interview, {"question_key": QUESTION, "gap": "Ingen kan maskinen"})
    assert not (await browser.get(PAGE)).all("[aria-labelledby=parties-heading]")
    taught = await new_interview(whole.councils, actor_id=school["id"], side="education")
    await typed(whole.councils, taught, {"question_key": QUESTION, "present": "Vi utbildar tolv"})
    two = {"gap_between": ["working_life", "education"], "areas": ["matching"]}
    need = await whole.councils.made("/needs", a_need(**two))
    page = await browser.get(PAGE)
    rows = [
        " ".join(one.text().split()) for one in page.all("[aria-labelledby=parties-heading] tr")
    ]
    assert "Fråga Arbetsliv Utbildning" in rows
    assert [one for one in rows if one.endswith("1 av 1 · 1 glapp 1 av 1")]
    between = page.text("[aria-labelledby=between-heading]")
    assert "Matchning: arbetsliv och utbildning" in between
    assert page.all(f'[aria-labelledby=between-heading] a[href="/behov/{need["id"]}"]')
    one = await browser.get(f"{PAGE}/fragor/{QUESTION}")
    assert "Utbildning" in one.text("[aria-labelledby=sides-heading]")


async def test_two_rounds_are_compared_and_are_a_file(whole: Whole) -> None:
    browser = await whole.browser("process_leader")
    for held_on, score in (("2024-05-01", 2), ("2026-03-01", 4)):
        interview = await new_interview(whole.councils, held_on=held_on)
        await typed(whole.councils, interview, {"question_key": "supervision", "score": score})
    path = f"{PAGE}/jamfor"
    assert (await browser.get(PAGE)).all(f'a[href="{path}"]')
    assert "Välj vad som ska jämföras" in (await browser.get(path)).text("main")
    asked = "held_to=2024-12-31&other_from=2025-01-01"
    page = await browser.get(f"{path}?{asked}")
    assert page.text("#results").count("1 intervju med 1 aktör") == 2
    (row,) = [one for one in page.all("tbody tr") if "handleda" in one.text()]
    assert [cell.text() for cell in row.css("td")][-2:] == ["2", "4"]
    file = (await browser.http.get(f"{path}.csv?{asked}")).text
    assert '"Medel av 5, före","Medel av 5, efter"' in file.splitlines()[0]
    assert (await browser.get(f"{path}?other_from=nyss")).status == 400
    ours = (await whole.councils.made("/dialogue-maps/default", None))["questions"]
    other = await whole.councils.made("/dialogue-maps", {"name": "Egen", "questions": ours[:1]})
    await whole.councils.made(f"/dialogue-maps/{other['id']}/publish", None)
    page = await browser.get(f"{path}?other_map_id={other['id']}")
    assert len(page.all("tbody tr")) == 1
    assert len(page.all("[aria-labelledby=only-before-heading] li")) == len(ours) - 1
