"""The programme pages: what is on offer, what became of each intake, and the work around it."""

from pathlib import Path
from typing import Any

from tests.analysis.importing import csv_bytes
from tests.analysis.test_classification import TREE, settled
from tests.gateway.test_analysis_pages import analysis_of
from tests.gateway.whole import Whole

LEADS_TO = {"occupation_codes": ["7522"]}


async def programme(whole: Whole, name: str = "Träteknik", **more: Any) -> dict[str, Any]:
    """A programme of a provider of its own."""
    provider = await whole.actor(len(name))
    told = {"provider_actor_id": provider["id"], "name": name, "form": "adult_upper_secondary"}
    return await whole.actors.made("/programmes", told | more)


async def intake(whole: Whole, of: dict[str, Any], **more: Any) -> dict[str, Any]:
    """An intake of a programme."""
    told = {"programme_id": of["id"], "starts_on": "2199-01-11"}
    return await whole.actors.made("/intakes", told | more)


async def test_the_list_says_who_gives_what_and_when_it_starts(whole: Whole) -> None:
    wood = await programme(whole, municipality_code="0180")
    cabs = await programme(whole, "Taxi", form="labour_market")
    await intake(whole, wood)
    browser = await whole.browser("reader")
    page = await browser.get("/utbildningar")
    rows = {row.css_first("th").text(strip=True): row.text() for row in page.all("tbody tr")}
    assert "11 jan 2199" in rows["Träteknik"]
    assert "Ingen känd" in rows["Taxi"]
    places = page.all("select[name=municipality_code] option[value='0180']")
    assert [one.text() for one in places] == ["Stockholm"], "no code list is loaded here"
    there = await browser.get("/utbildningar?municipality_code=0180")
    assert [a.text() for a in there.all("tbody th a")] == ["Träteknik"]
    only = await browser.get("/utbildningar?form=labour_market")
    assert [a.attributes["href"] for a in only.all("tbody th a")] == [f"/utbildningar/{cabs['id']}"]
    table = await browser.http.get("/utbildningar.csv?q=tr%C3%A4")
    assert "Träteknik" in table.text
    assert "Taxi" not in table.text


async def test_a_direction_is_named_and_one_that_is_none_is_said_to_be(
    whole: Whole, tmp_path: Path
) -> None:
    wood, other = await programme(whole, sun_code="543c"), await programme(whole, sun_code="999z")
    browser = await whole.browser("reader")
    assert "klassifikationen" not in (await browser.get(f"/utbildningar/{other['id']}")).text()
    file = tmp_path / "sun2020_field.csv"
    file.write_bytes(csv_bytes(TREE, [("543c", 4, "Trätekniskt arbete", "", "")]))
    await settled(analysis_of(whole), file)
    page = await browser.get(f"/utbildningar/{wood['id']}")
    assert "Trätekniskt arbete (543c)" in page.text("[aria-labelledby=facts-heading]")
    page = await browser.get(f"/utbildningar/{other['id']}")
    assert "999z, som inte finns i klassifikationen" in page.text()


async def test_what_is_given_by_somebody_who_has_left_says_so(whole: Whole) -> None:
    wood = await programme(whole, occupation_codes=["7522"])
    await intake(whole, wood)
    told = {"statement": "Fler snickare", "areas": ["education"], "horizon": "short"}
    need = await whole.councils.made("/needs", told | {"occupation_code": "7522"})
    gone = {"withdrawn_on": "2026-01-01", "reason": "Exempel"}
    place = f"/actors/{wood['provider_actor_id']}/withdraw"
    assert (await whole.actors.post(place, gone)).status_code == 200
    browser = await whole.browser("reader")
    pages = (
        "/utbildningar",
        f"/utbildningar/{wood['id']}",
        f"/behov/{need['id']}",
        "/utbildningar/karta",
    )
    for page in pages:
        assert "Anordnaren är utträdd" in (await browser.get(page)).text(), page


async def test_what_nobody_has_told_of_an_intake_is_unknown_and_nought_is_nought(
    whole: Whole,
) -> None:
    wood = await programme(whole)
    await intake(
        whole,
        wood,
        starts_on="2026-01-11",
        seats=16,
        applicants=24,
        applicants_women=7,
        completed=0,
    )
    browser = await whole.browser("reader")
    page = await browser.get(f"/utbildningar/{wood['id']}")
    cells = {
        cell.attributes["data-label"]: " ".join(cell.text(separator=" ").split())
        for cell in page.all("tbody td[data-label]")
    }
    assert cells["Platser"] == "16"
    assert cells["Sökande"] == "24 7 kvinnor"
    assert cells["Antagna"] == "Okänt"
    assert cells["Fullföljde"] == "0"
    assert cells["I arbete"] == "Okänt"
    assert page.all('form[action$="/starter"]') == []


async def test_a_start_of_an_unknown_day_is_said_to_be_so(whole: Whole) -> None:
    wood = await programme(whole)
    first = await intake(whole, wood, starts_on=None, round=1, seats=35)
    browser = await whole.browser("process_leader")
    page = await browser.get(f"/utbildningar/{wood['id']}")
    assert page.text("tbody th").startswith("Okänd startdag, omgång 1")
    assert "Ingen kommande start" not in page.text()
    for number in (3, 2):
        await intake(whole, wood, starts_on=None, round=number, seats=20)
    told = [
        one.text() for one in (await browser.get(f"/utbildningar/{wood['id']}")).all("tbody th")
    ]
    rounds = [one.partition("omgång ")[2][:1] for one in told]
    assert rounds == ["1", "2", "3"]
    place = f"/utbildningsstarter/{first['id']}/andra"
    form = await browser.get(place)
    assert "Träteknik, okänd startdag, omgång 1" in form.text()
    empty = form.fields(place) | {"round": "", "seats": ""}
    refused = await browser.send(place, **empty)
    assert (refused.status, bool(refused.error("starts_on"))) == (422, True)
    await browser.send(place, **form.fields(place) | {"starts_on": "2199-08-18"})
    assert "18 aug 2199, omgång 1" in (await browser.get(f"/utbildningar/{wood['id']}")).text()


async def test_a_programme_shows_the_work_that_uses_it_and_the_needs_it_answers(
    whole: Whole,
) -> None:
    wood = await programme(whole, **LEADS_TO)
    start = await intake(whole, wood)
    lacking = {"statement": "Fler som kan ytbehandla", "areas": ["education"], "horizon": "short"}
    need = await whole.councils.made("/needs", lacking | {"occupation_code": "7522"})
    other = await whole.councils.made("/needs", lacking | {"occupation_code": "8321"})
    planned = await whole.councils.made(
        "/initiatives",
        {
            "title": "Fyll starten", "kind": "education_start", "horizon": "short",
            "lead_actor_id": wood["provider_actor_id"],
            "programme_id": wood["id"], "intake_id": start["id"],
        },
    )  # fmt: skip
    browser, path = await whole.browser("reader"), f"/utbildningar/{wood['id']}"
    page = await browser.get(path)
    links = [a.attributes["href"] for a in page.all("main a")]
    assert links.count(f"/initiativ/{planned['id']}") == 2  # the intake it fills, and the list
    assert f"/behov/{need['id']}" in links
    assert f"/behov/{other['id']}" not in links
    moved = f"/initiatives/{planned['id']}"
    await whole.councils.made(f"{moved}/decide", {"decided_on": "2024-03-01"})
    await whole.councils.made(f"{moved}/start", {"started_on": "2024-05-01"})
    for day, state in (("2024-04-01", "Beslutat"), ("2024-05-01", "Pågår")):
        then = await browser.get(f"{path}?as_of={day}")
        assert state in then.text("[aria-labelledby=initiatives-heading]")
        assert "Vilka behov som var öppna visas inte" in then.text("main")
        assert need["statement"] not in then.text("main"), "it is one of today"
    before = await browser.get(f"{path}?as_of=2024-02-01")
    assert "Inget initiativ använde utbildningen då" in before.text("main")


async def test_a_programme_is_made_at_a_provider_and_changed(whole: Whole) -> None:
    provider = await whole.actor()
    browser = await whole.browser("process_leader")
    begun = await browser.get(f"/utbildningar/ny?provider_actor_id={provider['id']}")
    assert begun.fields()["provider_actor_id"] == [provider["id"]]
    told = begun.fields() | {"name": "Träteknik", "form_": "higher_vocational"}
    wrong = await browser.send("/utbildningar/ny", **told | {"pace": "120"})
    assert (wrong.status, wrong.error("pace")) == (422, "”Studietakt” ska vara 100 eller mindre.")
    wrong = await browser.send("/utbildningar/ny", **told | {"occupation_codes": "7522, 81 72"})
    said = "Ange varje yrke med fyra siffror enligt SSYK 2012, med komma mellan."
    assert (wrong.errors, wrong.error("occupation_codes")) == ([said], said)
    made = await browser.send("/utbildningar/ny", **told | {"occupation_codes": "7522, 8172"})
    path = made.answer.headers["location"]
    page = await browser.get(path)
    assert page.h1 == "Träteknik"
    assert "Yrkeshögskola" in page.text("h1 + p")
    assert "Ingen start är känd ännu" in page.text()
    assert (await browser.submit(f"{path}/andra", name="Träteknik för vuxna")).status == 303
    page = await browser.get(path)
    assert page.h1 == "Träteknik för vuxna"
    assert "8172" in page.text()
    assert "Språk Svenska" in page.text()


async def test_a_start_is_added_and_what_became_of_it_is_told_later(whole: Whole) -> None:
    wood = await programme(whole)
    browser, path = await whole.browser("process_leader"), f"/utbildningar/{wood['id']}"
    add = f"{path}/starter"
    wrong = await browser.submit(path, at=add, starts_on="2026-01-12", ends_on="2026-01-01")
    assert wrong.error("ends_on") == "Slutdatumet ska vara senare än startdatumet."
    assert (await browser.submit(path, at=add, starts_on="2026-01-12", seats="20")).status == 303
    page = await browser.get(path)
    change = page.one("tbody th a").attributes["href"] or ""
    more = await browser.submit(change, admitted="18", completed="19")
    assert (
        more.error("completed") == "”Fullföljde” kan inte vara fler än hela gruppen. Jämför talen."
    )
    done = await browser.submit(change, admitted="18", completed="15")
    assert (done.status, done.answer.headers["location"]) == (303, path)
    assert "15" in (await browser.get(path)).text("tbody")
    assert "ingen egen dag" not in (await browser.get(path)).text()
    assert "ingen egen dag" in (await browser.get(f"{path}?as_of=2026-02-01")).text()


async def test_only_leaders_change_programmes(whole: Whole) -> None:
    wood = await programme(whole)
    start = await intake(whole, wood)
    browser = await whole.browser("strategist")
    for path in ("/utbildningar/ny", f"/utbildningar/{wood['id']}/andra"):
        assert (await browser.get(path)).status == 403
    assert (await browser.get(f"/utbildningsstarter/{start['id']}/andra")).status == 403
