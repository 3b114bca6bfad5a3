"""Interviews on pages: whatever happens meanwhile, what was typed is stored or can be read."""

import pytest

from tests.councils.builders import day
from tests.councils.work import an_interview, new_council, new_interview, typed
from tests.gateway.looking import Page
from tests.gateway.whole import Whole

SEE_OTHER = 303
SAID = "Exempel: ingen söker"


def filled_in(page: Page, path: str, **more: str) -> dict[str, object]:
    """What a browser sends when the first answer has been typed."""
    fields = page.fields(path)
    name = next(one for one in fields if one.startswith("present."))
    return {**fields, name: SAID, **more}


async def test_sending_stores_what_stands_on_the_sheet_or_says_why_it_was_not_sent(
    whole: Whole,
) -> None:
    browser, interview = await whole.browser("process_leader"), await new_interview(whole.councils)
    path = f"/intervjuer/{interview['id']}"
    page = await browser.get(path)
    assert not page.all(f'form[action^="{path}/steg/skicka"]')
    (button,) = page.all(f'form[action="{path}"] button[name=send]')
    assert button.text() == "Skicka för godkännande"
    first = page.all(f'form[action="{path}"] button')[0]
    assert "name" not in first.attributes  # Enter in a field saves, and sends nothing
    nothing = await browser.send(path, **{**page.fields(path), "send": "true"})
    assert nothing.status == SEE_OTHER
    assert "inte skickad" in (await browser.get(path)).text()
    assert (await whole.councils.get(path_of(interview))).json()["status"] == "draft"
    sent = await browser.send(path, **filled_in(page, path, send="true"))
    assert sent.status == SEE_OTHER
    assert (await whole.councils.get(path_of(interview))).json()["status"] == "sent"
    shown = await browser.get(path)
    assert "Intervjun är skickad för godkännande." in shown.text()
    assert SAID in shown.text()


async def test_what_is_wrong_in_a_field_that_the_page_does_not_show_is_named_at_the_top(
    whole: Whole,
) -> None:
    interview = await new_interview(whole.councils)
    said = {"question_key": "hard_to_find", "gap": "Exempel"}
    told = await typed(whole.councils, interview, said)
    browser, path = await whole.browser("process_leader"), f"/svar/{told['saved'][0]['id']}/behov"
    page = await browser.get(path)
    wrong = await browser.send(path, **page.fields(path), identified_on=day(1), horizon="short")
    assert wrong.status == 422
    assert wrong.errors == ["”Behovet upptäckt” kan inte vara en dag som inte har kommit."]
    assert not wrong.all(".errors li a")


async def test_companies_are_offered_before_others(whole: Whole) -> None:
    names = {"Exempelkommunen": "municipality", "Öbergs Exempelföretag": "company"}
    for name, kind in names.items():
        await whole.actors.made("/actors", {"name": name, "kind": kind})
    page = await (await whole.browser("process_leader")).get("/intervjuer/ny")
    offered = [one.text() for one in page.all("#f-actor_id option")]
    assert [one for one in offered if one in names] == ["Öbergs Exempelföretag", "Exempelkommunen"]


def path_of(interview: dict[str, str]) -> str:
    """Where the service keeps it."""
    return f"/interviews/{interview['id']}"


async def test_what_was_typed_can_be_read_when_the_interview_was_sent_or_removed_meanwhile(
    whole: Whole,
) -> None:
    browser, interview = await whole.browser("process_leader"), await new_interview(whole.councils)
    path = f"/intervjuer/{interview['id']}"
    page = await browser.get(path)
    await browser.send(path, **filled_in(page, path, send="true"))
    late = filled_in(page, path)
    name = next(one for one in late if one.startswith("gap."))
    late |= {name: "Exempel: för sent\nandra raden", f"score.{name.partition('.')[2]}": "4"}
    refused = await browser.send(path, **late)
    assert refused.status == 422
    told = refused.text(".note.stop")
    assert ("skickades medan du skrev" in told, "Skala 4" in told) == (True, True)
    assert "Exempel: för sent\nandra raden" in refused.one(".note.stop").text()
    assert "Skickad" in refused.text("main")
    other = await new_interview(whole.councils)
    path = f"/intervjuer/{other['id']}"
    page = await browser.get(path)
    gone = await whole.councils.delete(path_of(other), version=1)
    assert gone.status_code < 300
    lost = await browser.send(path, **filled_in(page, path))
    assert lost.status == 404
    assert SAID in lost.text("main")


@pytest.mark.parametrize("path", ["/intervjuer/ny", "/branschrad/tillfalligt"])
async def test_where_no_actor_is_a_page_says_where_one_is_made(whole: Whole, path: str) -> None:
    browser = await whole.browser("process_leader")
    links = '#main a[href="/aktorer/ny"]'
    page = await browser.get(path)
    assert page.all(links)
    assert "Ingen aktör att välja" in page.text("main")
    await whole.actor()
    assert not (await browser.get(path)).all(links)


async def test_one_question_is_shown_at_a_time_and_each_step_saves(whole: Whole) -> None:
    browser, interview = await whole.browser("process_leader"), await new_interview(whole.councils)
    path = f"/intervjuer/{interview['id']}"
    first = await browser.get(path)
    assert len(first.all("textarea")) > 60
    done = await browser.send(path, **filled_in(first, path, go="3"))
    assert done.answer.headers["location"] == f"{path}?fraga=3"
    third = await browser.get(f"{path}?fraga=3")
    assert "Fråga 3 av 24" in third.text("main")
    assert "1 besvarade" in third.text("main")
    assert third.one("progress").attributes["value"] == "3"
    assert len(third.all("textarea")) == 3
    here = f"{path}?fraga=3"
    buttons = {one.text(): one.attributes.get("value") for one in third.all('button[name="go"]')}
    assert (buttons["Föregående"], buttons["Nästa"]) == ("2", "4")
    done = await browser.send(here, **filled_in(third, here, go="4"))
    assert done.answer.headers["location"] == f"{path}?fraga=4"
    assert "2 besvarade" in (await browser.get(f"{path}?fraga=4")).text("main")
    saved = await browser.send(here, **filled_in(third, here))
    assert saved.answer.headers["location"] == here, "Save stays where one is"
    last = await browser.get(f"{path}?fraga=24")
    assert [one.text() for one in last.all('button[name="send"]')] == ["Skicka för godkännande"]
    done = await browser.send(f"{path}?fraga=24", **filled_in(last, f"{path}?fraga=24", go="alla"))
    assert done.answer.headers["location"] == path
    for odd in ("0", "25", "x", "-1", "9" * 40):
        assert len((await browser.get(f"{path}?fraga={odd}")).all("textarea")) > 60


async def test_what_is_read_to_the_respondent_stands_before_the_first_question(
    whole: Whole,
) -> None:
    browser, interview = await whole.browser("process_leader"), await new_interview(whole.councils)
    path, at_map = f"/intervjuer/{interview['id']}", f"/dialogkartor/{interview['dialogue_map_id']}"
    read = (await browser.get(f"{at_map}/forhandsvisning")).one("p.pre").text()
    for here in (path, f"{path}?fraga=1"):
        page = await browser.get(here)
        assert read in [one.text() for one in page.all("p.pre")]
        assert page.all(f'a[href="{at_map}"]')
    second = await browser.get(f"{path}?fraga=2")
    assert read not in [one.text() for one in second.all("p.pre")]


async def test_what_another_wrote_is_shown_at_the_one_question_too(whole: Whole) -> None:
    browser, interview = await whole.browser("process_leader"), await new_interview(whole.councils)
    here = f"/intervjuer/{interview['id']}?fraga=1"
    mine, theirs = await browser.get(here), await browser.get(here)
    await browser.send(here, **filled_in(theirs, here))
    fields = filled_in(mine, here, go="2")
    name = next(one for one in fields if one.startswith("present."))
    refused = await browser.send(here, **{**fields, name: "Exempel: mitt"})
    assert refused.status == 422
    assert SAID in refused.text(".note.stop")
    assert refused.one(f'textarea[name="{name}"]').text() == "Exempel: mitt"
    assert "Fråga 1 av 24" in refused.text("main")


async def test_words_that_are_a_quote_are_marked(whole: Whole) -> None:
    browser, interview = await whole.browser("process_leader"), await new_interview(whole.councils)
    said = {"question_key": "hard_to_find", "gap": "De säger ”ingen söker” här", "quote": True}
    await typed(whole.councils, interview, said)
    await whole.councils.post(f"/interviews/{interview['id']}/send")
    shown = await browser.get(f"/intervjuer/{interview['id']}")
    assert [one.text() for one in shown.all("mark")] == ["”ingen söker”"]
    asked = await browser.get("/gapanalys/fragor/hard_to_find")
    assert [one.text() for one in asked.all("mark")] == ["”ingen söker”"]


async def test_an_answer_is_a_need_at_once_and_no_need_again(whole: Whole) -> None:
    browser, interview = await whole.browser("process_leader"), await new_interview(whole.councils)
    path = f"/intervjuer/{interview['id']}"
    page = await browser.get(path)
    key = next(one for one in filled_in(page, path) if one.startswith("present.")).split(".")[1]
    missing = await browser.send(path, **page.fields(path), need_of=f"{key}.long")
    assert "Skriv ett svar först" in missing.text("main")
    told = filled_in(page, path, need_of=f"{key}.long")
    made = [(await browser.send(path, **told)).answer.headers["location"] for _ in range(2)]
    assert made[0] == made[1], "pressed twice"
    shown = await browser.get(made[0])
    assert SAID in shown.text("h1")
    (need,) = (await whole.councils.get("/needs")).json()["items"]
    assert (need["horizon"], len(need["answer_ids"]), len(need["areas"])) == ("long", 1, 1)
    undo = shown.one('.note form[action$="/angra"]').attributes["action"] or ""
    gone = await browser.send(undo, csrf=page.fields(path)["csrf"])
    assert gone.answer.headers["location"] == path
    assert (await whole.councils.get("/needs")).json()["items"] == []
    assert (
        "var redan borttaget"
        in (
            await browser.get(
                (await browser.send(undo, csrf=page.fields(path)["csrf"])).answer.headers[
                    "location"
                ]
            )
        ).text()
    )


async def test_a_need_that_somebody_has_worked_on_is_not_taken_back(whole: Whole) -> None:
    browser, interview = await whole.browser("process_leader"), await new_interview(whole.councils)
    said = {"question_key": "hard_to_find", "gap": "Exempel"}
    (answer,) = (await typed(whole.councils, interview, said))["saved"]
    path = f"/svar/{answer['id']}/behov"
    token = (await browser.get(path)).fields(path)["csrf"]
    made = await browser.send(path, csrf=token, horizon="short")
    (need,) = (await whole.councils.get("/needs")).json()["items"]
    assert made.answer.headers["location"] == f"/behov/{need['id']}"
    await whole.councils.made(f"/needs/{need['id']}/prioritise", {})
    kept = await browser.send(f"{path}/{need['id']}/angra", csrf=token)
    assert kept.answer.headers["location"] == f"/behov/{need['id']}"
    assert "har ändrats under tiden" in (await browser.get(f"/behov/{need['id']}")).text()


async def test_where_an_answer_may_not_be_a_need_yet_a_form_says_why(whole: Whole) -> None:
    none = {"consent": False, "consent_on": None, "consent_scope": None}
    interview = await new_interview(whole.councils, **none)
    browser, path = await whole.browser("process_leader"), f"/intervjuer/{interview['id']}"
    page = await browser.get(path)
    key = next(one for one in filled_in(page, path) if one.startswith("present.")).split(".")[1]
    for horizon in ("short", ""):
        asked = await browser.send(path, **filled_in(page, path, need_of=f"{key}.{horizon}"))
        asked = await browser.get(asked.answer.headers["location"])
        assert (asked.status, "har samtyckt" in asked.text("main")) == (200, True), horizon
        page = await browser.get(path)


async def test_a_new_interview_begins_with_the_councils_latest_map_else_our_own(
    whole: Whole,
) -> None:
    browser, councils = await whole.browser("process_leader"), whole.councils
    ours = await councils.made("/dialogue-maps/default", None)
    question = {"key": "why", "area": "matching", "text": "Varför?"}
    told = {"name": "A först i bokstavsordning", "questions": [question]}
    other = await councils.made("/dialogue-maps", told)
    await councils.made(f"/dialogue-maps/{other['id']}/publish", None)
    council = await new_council(councils)
    path = f"/intervjuer/ny?council_id={council['id']}"
    for begin in ("/intervjuer/ny", path):
        assert (await browser.get(begin)).fields("/intervjuer/ny")["dialogue_map_id"] == [
            ours["id"]
        ]
    await councils.made("/interviews", an_interview(other, council_id=council["id"]))
    begun = (await browser.get(path)).fields("/intervjuer/ny")
    assert begun["dialogue_map_id"] == [other["id"]]


async def test_the_list_is_a_file_of_its_own_columns(whole: Whole) -> None:
    browser, interview = await whole.browser("process_leader"), await new_interview(whole.councils)
    await typed(whole.councils, interview, {"question_key": "hard_to_find", "gap": SAID})
    assert (await browser.get("/intervjuer")).all('a[href="/intervjuer.csv"]')
    head, row = (await browser.http.get("/intervjuer.csv")).text.lstrip("\ufeff").splitlines()
    assert head == '"Företag","Datum","Läge","Besvarade frågor","Frågor","Exempel"'
    assert SAID not in row
    assert [one.strip('"') for one in row.split(",")][-3:] == ["1", "24", "nej"]
