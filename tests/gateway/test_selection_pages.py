"""Selections on pages: begun, judged in tables, weighed, decided, and changed with a reason."""

import re
from typing import Any

import pytest

from tests.councils.builders import a_decision, council_in, day, meeting_in
from tests.councils.test_selection import CHOOSER, a_selection, scored
from tests.gateway.signing_in import Browser
from tests.gateway.whole import Whole

SEE_OTHER = 303
HTMX = {"HX-Request": "true", "HX-Target": "page"}


def words(text: str) -> str:
    """A text with single spaces."""
    return " ".join(text.split())


async def went(browser: Browser, path: str, headers: dict[str, str], fields: Any) -> str:
    """Send a form that is right, with or without script; where the browser is led."""
    answer = await browser.http.post(path, data=fields, headers=headers)
    assert answer.status_code < 400, answer.text
    place = answer.headers.get("location") or answer.headers["hx-redirect"]
    return re.search(r"/urval/[^\"?]+", place)[0]  # type: ignore[index]


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
async def test_a_selection_is_begun_with_rows_and_nothing_typed_is_lost(
    whole: Whole, headers: dict[str, str]
) -> None:
    chooser = await council_in(whole.councils, **CHOOSER)
    await council_in(whole.councils, name="Exempelrådet 7")
    browser = await whole.browser("process_leader")
    link = f"/urval?council_id={chooser['id']}"
    page = await browser.get(f"/branschrad/{chooser['id']}")
    assert link in {one.attributes["href"] for one in page.all("main a")}
    begun = await browser.get(f"/urval/ny?council_id={chooser['id']}")
    assert "Exempelrådet 7" not in begun.text("main"), "it is no steering group"
    sent = begun.fields("/urval/ny") | {"title": "Pilotbransch", "question": "Vilken bransch?"}
    wrong = await browser.send(
        "/urval/ny", headers, **sent | {
            "candidates.0.name": "Möbel", "candidates.1.note": "utan namn",
            "criteria.0.name": "Har behov", "criteria.0.weight": "tung",
        },
    )  # fmt: skip
    assert wrong.status == 422
    assert wrong.error("candidates.1.name")
    assert wrong.error("criteria.0.weight")
    typed = wrong.fields("/urval/ny")
    assert typed["candidates.0.name"] == ["Möbel"]
    assert typed["candidates.1.note"] == ["utan namn"]
    assert typed["criteria.0.weight"] == ["tung"]
    few = typed | {"candidates.1.note": "", "criteria.0.weight": "60"}
    assert "minst 2" in (await browser.send("/urval/ny", headers, **few)).text("main")
    right = typed | {"candidates.1.name": "Vård", "candidates.2.name": "Skog"}
    right |= {"criteria.0.weight": "60", "criteria.1.name": "Vill samverka"}
    url = await went(browser, "/urval/ny", headers, right)
    kept = (await whole.councils.get(f"/selections/{url.split('/')[-1]}")).json()
    assert [one["name"] for one in kept["candidates"]] == ["Möbel", "Vård", "Skog"]
    assert len({one["key"] for one in kept["candidates"]}) == 3
    assert [one["weight"] for one in kept["criteria"]] == [60, None]
    shown = await browser.get(url)
    assert "Utan vikt" in shown.text("main")
    rows = await browser.get(link)
    assert len(rows.all("tbody tr")) == 1, rows.text("main")
    assert "Pilotbransch" in (await browser.http.get("/urval.csv?decided=false")).text


async def test_a_new_row_never_gets_the_key_of_one_that_was_taken_away(whole: Whole) -> None:
    chooser = await council_in(whole.councils, **CHOOSER)
    names = ("Möbel", "Vård", "Skog")
    candidates = [{"key": f"candidates_{n}", "name": one} for n, one in enumerate(names, 1)]
    body = a_selection(chooser, candidates=candidates, scores=[])
    made = await whole.councils.made("/selections", body)
    browser, url = await whole.browser("process_leader"), f"/urval/{made['id']}/andra"
    gone = {"candidates.0.name": "", "candidates.3.name": "Bygg"}
    assert (await browser.submit(url, **gone)).status == SEE_OTHER
    kept = (await whole.councils.get(f"/selections/{made['id']}")).json()["candidates"]
    assert [(one["key"], one["name"]) for one in kept] == [
        ("candidates_2", "Vård"), ("candidates_3", "Skog"), ("candidates_4", "Bygg"),
    ]  # fmt: skip


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
async def test_candidates_are_judged_and_the_page_tells_the_arithmetic_and_how_sure_it_is(
    whole: Whole, headers: dict[str, str]
) -> None:
    chooser = await council_in(whole.councils, **CHOOSER)
    made = await whole.councils.made("/selections", a_selection(chooser))
    browser, url = await whole.browser("process_leader"), f"/urval/{made['id']}"
    asked = (await browser.get(f"{url}/bedom")).fields(f"{url}/bedom")
    assert (asked["scores.0.score"], asked["scores.0.evidence"]) == (["5"], ["Exempel: intervjuer"])
    places = {
        (asked[f"scores.{n}.candidate"][0], asked[f"scores.{n}.criterion"][0]): f"scores.{n}."
        for n in range(4)
    }
    first = {f"{places['mobel', 'vilja']}score": "2", f"{places['vard', 'vilja']}score": "9"}
    wrong = await browser.send(f"{url}/bedom", headers, **asked | first)
    assert wrong.status == 422
    assert len(wrong.all("main select[aria-invalid=true]")) == 1
    assert wrong.fields(f"{url}/bedom")["scores.0.evidence"] == ["Exempel: intervjuer"]
    first[f"{places['vard', 'vilja']}score"] = "4"
    assert await went(browser, f"{url}/bedom", headers, asked | first) == url
    text = words((await browser.get(url)).text("[aria-labelledby=result-heading]"))
    assert "Möbel kommer först med det vägda medelvärdet 3,80" in text
    assert "(60 × 5 + 40 × 2) / 100 = 3,80" in text
    assert "Om vikten för ”Har behov av stöd” sänks från 60 till 30 kommer Vård först" in text
    assert "höjs från 40 till 60 delar Möbel och Vård första platsen" in text
    assert "Inte bedömt" not in text
    again = (await browser.get(f"{url}/bedom")).fields(f"{url}/bedom")
    empty = {name: "" for name in again if name.endswith((".score", ".evidence"))}
    assert await went(browser, f"{url}/bedom", headers, again | empty) == url
    text = words((await browser.get(url)).text("[aria-labelledby=result-heading]"))
    assert "Ingen kandidat har ännu både bedömning och vikt" in text
    assert (await whole.councils.get(f"/selections/{made['id']}")).json()["scores"] == []


async def test_ties_and_steady_results_are_said_in_words(whole: Whole) -> None:
    chooser = await council_in(whole.councils, **CHOOSER)
    even = [scored("mobel", "behov", 4), scored("vard", "behov", 4)]
    made = await whole.councils.made("/selections", a_selection(chooser, scores=even))
    browser, url = await whole.browser("reader"), f"/urval/{made['id']}"
    text = words((await browser.get(url)).text("[aria-labelledby=result-heading]"))
    assert "Möbel och Vård delar första platsen med det vägda medelvärdet 4,00" in text
    assert "även om någon av vikterna halveras" in text
    assert "Inte bedömt: Vill samverka" in text
    assert "inte på samma grund" not in text, "all lack the same"
    for criterion, warned in (("vilja", True), ("utan", False)):
        criteria = [*made["criteria"], {"key": "utan", "name": "Utan vikt", "weight": 0}]
        scores = [*even, scored("mobel", criterion, 5)]
        body = a_selection(chooser, scores=scores, criteria=criteria)
        other = await whole.councils.made("/selections", body)
        text = words((await browser.get(f"/urval/{other['id']}")).text("main"))
        assert ("inte på samma grund" in text) is warned, criterion


async def test_two_windows_that_judge_are_told_of_the_others_marks_by_name(whole: Whole) -> None:
    chooser = await council_in(whole.councils, **CHOOSER)
    made = await whole.councils.made("/selections", a_selection(chooser))
    browser, url = await whole.browser("process_leader"), f"/urval/{made['id']}/bedom"
    windows = [(await browser.get(url)).fields(url) for _ in range(2)]
    assert (await browser.send(url, **windows[0] | {"scores.0.score": "1"})).status == SEE_OTHER
    late = await browser.send(url, **windows[1] | {"scores.0.score": "2"})
    assert late.status == 422
    text = words(late.text("#f-scores"))
    assert "Möbel, Har behov av stöd, 1, Exempel: intervjuer" in text
    assert "mobel" not in text


async def test_two_who_judge_at_once_keep_each_others_marks(whole: Whole) -> None:
    """Of what only the other judged nothing is lost, though both stand in one list."""
    chooser = await council_in(whole.councils, **CHOOSER)
    made = await whole.councils.made("/selections", a_selection(chooser))
    browser, url = await whole.browser("process_leader"), f"/urval/{made['id']}/bedom"
    windows = [(await browser.get(url)).fields(url) for _ in range(2)]
    at = {
        (windows[0][f"scores.{n}.candidate"][0], windows[0][f"scores.{n}.criterion"][0]): n
        for n in range(4)
    }
    mine, theirs = at["mobel", "vilja"], at["vard", "vilja"]
    first = {f"scores.{theirs}.score": "4", "scores.0.score": "1"}
    assert (await browser.send(url, **windows[0] | first)).status == SEE_OTHER
    late = await browser.send(url, **windows[1] | {f"scores.{mine}.score": "2"})
    assert late.status == 422
    assert (await browser.send(url, **late.fields(url))).status == SEE_OTHER
    found = (await whole.councils.get(f"/selections/{made['id']}")).json()["scores"]
    marks = {(one["candidate"], one["criterion"]): one["score"] for one in found}
    assert marks["mobel", "vilja"] == 2
    assert marks["vard", "vilja"] == 4
    assert marks["mobel", "behov"] == 1


async def test_a_candidate_that_is_judged_is_kept_and_told_at_its_list(whole: Whole) -> None:
    chooser = await council_in(whole.councils, **CHOOSER)
    more = [{"key": "skog", "name": "Skog"}]
    body = a_selection(chooser)
    made = await whole.councils.made(
        "/selections", body | {"candidates": body["candidates"] + more}
    )
    browser, url = await whole.browser("process_leader"), f"/urval/{made['id']}/andra"
    wrong = await browser.submit(url, **{"candidates.0.name": "", "candidates.0.note": ""})
    assert wrong.text("main").count("Det finns bedömningar") == 2, "above, and at the list"
    assert 'href="#f-candidates"' in wrong.answer.text
    alike = await browser.submit(url, **{"candidates.2.name": "vård"})
    assert alike.error("candidates.2.name")


async def test_a_closed_councils_selection_offers_nothing_more_to_say(whole: Whole) -> None:
    chooser = await council_in(whole.councils, **CHOOSER)
    made = await whole.councils.made("/selections", a_selection(chooser))
    entry = {"selection_id": made["id"], "candidate": "mobel", "quarter": "threat"}
    await whole.councils.made("/swot-entries", entry | {"group_name": "Grupp", "text": "Dyrt"})
    over = {"closed_on": day(0), "reason": "expired", "result": "Klart"}
    await whole.councils.made(f"/councils/{chooser['id']}/close", over)
    browser, url = await whole.browser("process_leader"), f"/urval/{made['id']}"
    page = await browser.get(url)
    links = {one.attributes["href"] for one in page.all("main a")}
    assert f"{url}/bedom" not in links
    assert not [one for one in links if "/swot/ny" in one or ("/andra" in one and "swot" in one)]
    wrong = await browser.submit(f"{url}/besluta", decision_text="Möbel")
    assert "Rådet är avslutat" in wrong.error("decided_on")


async def test_files_name_candidates_and_criteria_as_people_do(whole: Whole) -> None:
    chooser = await council_in(whole.councils, **CHOOSER)
    made = await whole.councils.made("/selections", a_selection(chooser))
    entry = {"selection_id": made["id"], "candidate": "mobel", "quarter": "threat"}
    await whole.councils.made("/swot-entries", entry | {"group_name": "Grupp", "text": "Dyrt"})
    browser = await whole.browser("process_leader")
    told = (await browser.http.get("/urval.csv")).text
    assert "Möbel; Vård" in told
    assert "Har behov av stöd (60)" in told
    assert "Möbel, Har behov av stöd: 5 (Exempel: intervjuer)" in told
    said = (await browser.http.get(f"/swot-punkter.csv?selection_id={made['id']}")).text
    assert '"Pilotbransch","Möbel","Hot","Grupp","Dyrt"' in said
    for file in ("/urval.xlsx", f"/swot-punkter.xlsx?selection_id={made['id']}"):
        assert (await browser.http.get(file)).content[:2] == b"PK"
    assert "mobel" not in told + said
    empty = (await browser.http.get("/urval.csv?decided=true")).text
    assert empty.startswith('\ufeff"Urval"')


async def test_a_decision_is_written_changed_with_a_reason_and_opened_again(whole: Whole) -> None:
    chooser = await council_in(whole.councils, **CHOOSER)
    meeting = await meeting_in(whole.councils, chooser)
    decision = await whole.councils.made("/decisions", a_decision(meeting, text="Möbel väljs"))
    made = await whole.councils.made("/selections", a_selection(chooser))
    browser, url = await whole.browser("process_leader"), f"/urval/{made['id']}"
    at = f"{url}/besluta"
    wrong = await browser.submit(at, chosen_candidate="mobel", decided_on=day(1))
    assert wrong.status == 422
    assert wrong.error("decision_text")
    assert "inte har kommit" in wrong.error("decided_on")
    told = {"chosen_candidate": "mobel", "decision_text": "Behovet väger tungt"}
    told |= {"decided_on": day(-7), "decision_id": decision["id"]}
    assert (await browser.submit(at, **told)).status == SEE_OTHER
    text = words((await browser.get(url)).text("[aria-labelledby=decision-heading]"))
    assert "Behovet väger tungt Vald bransch Möbel" in text
    for path, typed in ((f"{url}/andra", {"title": "Ny"}), (at, {"chosen_candidate": "vard"})):
        silent = await browser.submit(path, **typed)
        assert (silent.status, bool(silent.error("change_reason"))) == (422, True)
    why = {"chosen_candidate": "vard", "change_reason": "Vi räknade fel"}
    assert (await browser.submit(at, **why)).status == SEE_OTHER
    text = words((await browser.get(url)).text("[aria-labelledby=decision-heading]"))
    assert "Vi räknade fel Ändrat: vald bransch. Före ändringen: Möbel" in text
    assert not (await browser.get(url)).all(f'a[href="{url}/ta-bort"]')
    kept = await browser.submit(f"{url}/ta-bort")
    assert kept.answer.headers["location"] == url
    opened = dict.fromkeys(told, "") | {"change_reason": "Underlaget saknades"}
    assert (await browser.submit(at, **opened)).status == SEE_OTHER
    assert "Urvalet är öppet, utan beslut." in (await browser.get(url)).text("main")
    assert "öppet igen" in (await browser.get(url)).text("[aria-labelledby=decision-heading]")
    assert not (await browser.get(url)).all(f'a[href="{url}/ta-bort"]'), "it was decided once"
    kept = await browser.submit(f"{url}/ta-bort")
    assert kept.answer.headers["location"] == url
    begun = await whole.councils.made("/selections", a_selection(chooser))
    gone = await browser.submit(f"/urval/{begun['id']}/ta-bort")
    assert gone.answer.headers["location"] == "/urval"


async def test_what_stood_before_a_change_is_shown_with_its_scores(whole: Whole) -> None:
    chooser = await council_in(whole.councils, **CHOOSER)
    made = await whole.councils.made(
        "/selections", a_selection(chooser, decision_text="Möbel, för behovet")
    )
    browser, url = await whole.browser("process_leader"), f"/urval/{made['id']}"
    why = {"scores.0.score": "1", "change_reason": "Vi räknade fel"}
    assert (await browser.submit(f"{url}/bedom", **why)).status == SEE_OTHER
    alone = {"change_reason": "Så här var det"}
    assert (await browser.submit(f"{url}/besluta", **alone)).status == SEE_OTHER
    text = words((await browser.get(url)).text("[aria-labelledby=decision-heading]"))
    assert "Vi räknade fel Ändrat: bedömningar." in text
    assert "Möbel, Har behov av stöd (vikt 60): 5. Exempel: intervjuer" in text
    assert "Så här var det Bara skälet är skrivet." in text


async def test_what_groups_say_is_shown_merged_and_group_by_group(whole: Whole) -> None:
    chooser = await council_in(whole.councils, **CHOOSER)
    made = await whole.councils.made("/selections", a_selection(chooser))
    browser, url = await whole.browser("process_leader"), f"/urval/{made['id']}"
    new = f"{url}/swot/ny"
    begun = f"{new}?candidate=mobel&quarter=weakness"
    assert begun in {one.attributes["href"] for one in (await browser.get(url)).all("main a")}
    wrong = await browser.submit(begun, at=new, text="Små företag")
    assert (wrong.status, bool(wrong.error("group_name"))) == (422, True)
    assert wrong.fields(new)["text"] == ["Små företag"]
    first = {"text": "Små företag", "group_name": "Styrgruppen"}
    assert (await browser.submit(begun, at=new, **first)).status == SEE_OTHER
    (entry,) = (await whole.councils.get("/swot-entries")).json()["items"]
    second = {"text": "Få anställda", "group_name": "Näringslivsenheter"}
    other = await browser.submit(
        f"{new}?candidate=mobel&quarter=threat", at=new, **second, same_as_id=entry["id"]
    )
    assert "samma fält" in other.error("same_as_id")
    assert (
        await browser.submit(begun, at=new, **second, same_as_id=entry["id"])
    ).status == SEE_OTHER
    text = words((await browser.get(url)).text("[aria-labelledby=swot-heading]"))
    assert "Små företag 2\N{NO-BREAK SPACE}grupper" in text or "Små företag 2 grupper" in text
    assert "Näringslivsenheter: Få anställda" in text
    text = words((await browser.get(f"{url}?visa=grupper")).text("[aria-labelledby=swot-heading]"))
    assert text.index("Styrgruppen") < text.index("Små företag") < text.index("Näringslivsenheter")
    edit = f"/swot-punkter/{entry['id']}"
    assert (await browser.submit(f"{edit}/andra", text="Små bolag")).status == SEE_OTHER
    held = await browser.submit(f"{edit}/ta-bort")
    assert held.answer.headers["location"] == url
    file = f"/swot-punkter.csv?selection_id={made['id']}"
    assert "Små bolag" in (await browser.http.get(file)).text
    await browser.submit(f"{url}/besluta", decision_text="Möbel")
    page = await browser.get(url)
    assert not [a for a in page.all("main a") if "/swot" in a.attributes["href"] and "csv" not in
                a.attributes["href"] and "xlsx" not in a.attributes["href"]]  # fmt: skip


async def test_who_only_reads_is_offered_nothing(whole: Whole) -> None:
    chooser = await council_in(whole.councils, **CHOOSER)
    made = await whole.councils.made("/selections", a_selection(chooser))
    reader, url = await whole.browser("reader"), f"/urval/{made['id']}"
    page = await reader.get(url)
    assert not [a for a in page.all("main a") if a.attributes["href"].startswith(f"{url}/")]
    for way in ("andra", "bedom", "besluta", "ta-bort", "swot/ny"):
        assert (await reader.get(f"{url}/{way}")).status == 403, way
    assert (await reader.get("/urval/ny")).status == 403
