"""The education map: who offers what and where, on whose commission, and what is lacking."""

from typing import Any

import pytest

from gateway.clients import service
from gateway.pages import education_map
from services.kit import clock
from tests.gateway.looking import Page
from tests.gateway.whole import Whole

Fact = dict[str, Any]
MAP = "/utbildningar/karta"


async def school(whole: Whole, name: str, **more: Any) -> Fact:
    """Somebody who educates."""
    told = {"name": name, "kind": "education_provider", "municipality_code": "1472"}
    return await whole.actors.made("/actors", told | more)


async def programme(whole: Whole, of: Fact, name: str, code: str = "7522", **more: Any) -> Fact:
    """A programme for one occupation."""
    told = {
        "provider_actor_id": of["id"], "name": name, "form": "adult_upper_secondary",
        "municipality_code": "1472", "occupation_codes": [code],
    }  # fmt: skip
    return await whole.actors.made("/programmes", told | more)


async def closed(whole: Whole, of: Fact) -> None:
    """It was there, and is no more."""
    place = {"actor_id": of["id"], "level": "operative", "status": "active"}
    own, over = f"/actors/{of['id']}", {"withdrawn_on": "2024-01-01", "status": "closed"}
    made = await whole.actors.post(f"{own}/place", place | {"valid_from": "2020-01-01"})
    assert made.is_success, made.text
    left = await whole.actors.post(f"{own}/withdraw", over | {"reason": "Upplöst"})
    assert left.is_success, left.text


async def start(whole: Whole, of: Fact, seats: int | None, day: str = "2199-01-11") -> None:
    """An intake."""
    told = {"programme_id": of["id"], "starts_on": day, "seats": seats}
    await whole.actors.made("/intakes", told)


async def need(whole: Whole, code: str, *places: str) -> Fact:
    """An open need of an occupation."""
    told = {"statement": f"Fler i yrket {code}", "areas": ["education"], "horizon": "short"}
    more = {"occupation_code": code, "municipality_codes": list(places)}
    return await whole.councils.made("/needs", told | more)


def cells(page: Page, part: str = "#results > .table-box") -> dict[str, dict[str, str]]:
    """The words of a table's cells, by the row's first and the column."""
    return {
        " ".join(row.css_first("th a").text().split()): {
            cell.attributes["data-label"] or "": " ".join(cell.text(separator=" ").split())
            for cell in row.css("td")
        }
        for row in page.all(f"{part} tbody tr")
    }


async def test_with_script_a_choice_fills_the_map_anew(whole: Whole) -> None:
    await programme(whole, await school(whole, "Exempelskolan"), "Träteknik")
    browser = await whole.browser("reader")
    script = {"hx-request": "true", "hx-target": "div#results"}
    answer = await browser.http.get(f"{MAP}?form=adult_upper_secondary", headers=script)
    assert answer.status_code == 200
    assert "Träteknik" in answer.text
    assert "<html" not in answer.text


async def test_the_empty_map_says_what_it_is_drawn_of(whole: Whole) -> None:
    browser = await whole.browser("reader")
    page = await browser.get(MAP)
    assert "Inga utbildningar ännu" in page.text()
    assert "Inga två anordnare" in page.text()
    leader = await whole.browser("process_leader")
    then = await leader.get(f"{MAP}?as_of=2020-01-01")
    assert "Inget var känt då" in then.text()
    narrow = await browser.get(f"{MAP}?form=validation")
    assert "Ingen utbildar för det här urvalet" in narrow.text()


async def test_who_offers_what_where_and_on_whose_commission(whole: Whole) -> None:
    board = await school(whole, "Exempelnämnd 1", kind="authority")
    college = await school(whole, "Exempelnätverk 1", kind="network")
    wood = await school(whole, "Exempelskola 1", mission="Utbilda vuxna", municipality_code="1472")
    sides = {"valid_from": "2020-01-01", "other_actor_id": wood["id"], "actor_id": board["id"]}
    forms = {"kind": "commissions", "forms": ["adult_upper_secondary", "validation"]}
    await whole.actors.made("/relations", sides | forms)
    member = {"actor_id": wood["id"], "other_actor_id": college["id"], "kind": "member_of"}
    await whole.actors.made("/relations", sides | member)
    many, unknown = (
        await programme(whole, wood, "Träteknik"), await programme(whole, wood, "Ytbehandling")
    )  # fmt: skip
    for seats in (16, None):
        await start(whole, many, seats)
    await start(whole, unknown, None)
    await programme(whole, wood, "Snickeri", municipality_code=None, form="higher_vocational")
    browser = await whole.browser("process_leader")
    row = cells(await browser.get(MAP))["Exempelskola 1"]
    given = row["Gymnasial vuxenutbildning"]
    assert "Träteknik Tibro: 16 platser och 1 start med okänt antal platser" in given
    assert "Ytbehandling Tibro: okänt antal platser" in given
    assert row["Yrkeshögskola"] == "Snickeri Okänd ort: ingen känd kommande start"
    assert row["Validering"] == "I uppdraget, men ingen sådan utbildning i urvalet"
    told = row["Roll och uppdrag"]
    assert "Utbilda vuxna" in told
    assert "På uppdrag av Exempelnämnd 1 från 1 jan 2020: gymnasial vuxenutbildning och" in told
    assert "Medlem i Exempelnätverk 1" in told
    narrow = await browser.get(f"{MAP}?form=higher_vocational&as_of=2019-01-01")
    assert "öppna i dag" in narrow.text("[aria-labelledby=gaps-heading]"), "needs have no period"
    assert list(cells(narrow)["Exempelskola 1"]) == ["Roll och uppdrag", "Yrkeshögskola"]
    assert "På uppdrag av" not in narrow.text()
    file = await browser.http.get(f"{MAP}.csv")
    assert file.headers["content-type"].startswith("text/csv")
    assert len(file.text.splitlines()) == 4
    assert '"Ytbehandling","Tibro","7522","2199-01-11","","1"' in file.text
    assert (await browser.http.get(f"{MAP}.xlsx")).content[:2] == b"PK"
    assert (await browser.http.get(f"{MAP}.pdf")).status_code == 404


async def test_several_who_educate_for_the_same_within_reach_are_told(whole: Whole) -> None:
    one, two = await school(whole, "Exempelskola 1"), await school(whole, "Exempelskola 2")
    await programme(whole, one, "Träteknik")
    await programme(whole, one, "Träteknik kväll")
    await programme(whole, one, "Vård", "5321")
    browser = await whole.browser("reader")
    assert "Inga två anordnare" in (await browser.get(MAP)).text()
    await programme(whole, two, "Möbelsnickeri")
    await programme(whole, two, "Taxi", "5321", form="labour_market")
    told = (await browser.get(MAP)).text('section[aria-labelledby="overlaps-heading"]')
    assert "Fin-, inrednings- och möbelsnickare" in told
    assert "Exempelskola 2: Möbelsnickeri" in told
    known = clock.now().isoformat().replace("+00:00", "Z")
    renamed = {"name": "Exempelskola ny", "kind": two["kind"]}
    assert (await whole.actors.put(f"/actors/{two['id']}", renamed, version=1)).status_code == 200
    leader = await whole.browser("process_leader")
    assert "Exempelskola ny: Möbelsnickeri" in (await leader.get(MAP)).text("main")
    then = (await leader.get(f"{MAP}?known_at={known}")).text("main")
    assert "Exempelskola 2: Möbelsnickeri" in then, "as it was called then"
    assert "5321" not in told
    group = await browser.get(f"{MAP}?occupation_code=53")
    assert "Inga två anordnare" in group.text()
    assert "Träteknik" not in group.text()
    await closed(whole, two)
    assert "Inga två anordnare" in (await browser.get(MAP)).text(), "one of them is no more"


async def test_what_cannot_be_compared_is_not_denied(whole: Whole) -> None:
    """By direction where both tell it; an occupation alone and a direction alone are not alike."""
    one, two = await school(whole, "Exempelskola 1"), await school(whole, "Exempelskola 2")
    await programme(whole, one, "Träteknik")
    await programme(whole, two, "Snickare", occupation_codes=[], sun_code="543a")
    browser = await whole.browser("reader")
    told = (await browser.get(MAP)).text(OVERLAPS)
    assert "Inga två anordnare är kända" in told
    assert "2 utbildningar är inte jämförda med alla" in told
    narrow = (await browser.get(f"{MAP}?occupation_code=7522")).text(OVERLAPS)
    assert "Utbildningar som inte har något yrke är inte jämförda" in narrow
    await programme(whole, one, "Möbelsnickare", sun_code="543a")
    told = (await browser.get(MAP)).text(OVERLAPS)
    assert "SUN 543a" in told
    assert "Exempelskola 2: Snickare" in told
    assert "Exempelskola 1: Möbelsnickare" in told
    assert "2 utbildningar är inte jämförda med alla" in told, "the first one still is not"


async def test_two_whose_occupations_are_known_are_compared_by_them(whole: Whole) -> None:
    for n, code in ((1, "7522"), (2, "7523")):
        provider = await school(whole, f"Exempelskola {n}")
        await programme(whole, provider, f"Kurs {n}", code, sun_code="543a")
    told = (await (await whole.browser("reader")).get(MAP)).text(OVERLAPS)
    assert "Inga två anordnare är kända" in told
    assert "inte jämförda" not in told


OVERLAPS, MISSIONS, GAPS = (
    f'section[aria-labelledby="{one}-heading"]' for one in ("overlaps", "missions", "gaps")
)


async def test_several_with_the_same_mission_within_reach_are_told(whole: Whole) -> None:
    """Commissions of the day; one of an unknown place is not compared, and that is said."""
    boards = [await school(whole, f"Exempelnämnd {n}", kind="authority") for n in (1, 2)]
    schools = [await school(whole, f"Exempelskola {n}") for n in (1, 2)]
    gone = await school(whole, "Exempelskola 3")
    placeless = await school(whole, "Exempelskola 4", municipality_code=None)
    far = await school(whole, "Exempelskola 5", municipality_code="0180")

    async def commission(by: Fact, to: Fact, *forms: str, **more: Any) -> None:
        told = {"actor_id": by["id"], "other_actor_id": to["id"], "kind": "commissions"}
        told |= {"forms": list(forms), "valid_from": "2020-01-01"}
        await whole.actors.made("/relations", told | more)

    await commission(boards[0], schools[0], "validation", "language")
    await commission(boards[0], gone, "validation", valid_to="2021-01-01")
    await programme(whole, gone, "Träteknik")
    for one in (placeless, far):
        await commission(boards[0], one, "validation")
    browser = await whole.browser("reader")
    told = " ".join((await browser.get(MAP)).text(MISSIONS).split())
    assert "Inga två anordnare är kända för att ha samma uppdrag" in told
    assert "1 anordnare är inte jämförd" in told
    await commission(boards[1], schools[1], "validation")
    page = await browser.get(MAP)
    assert len(page.all(f"{MISSIONS} tbody tr")) == 1
    told = " ".join(page.text(f"{MISSIONS} tbody").split())
    assert told.startswith("Validering Tibro Exempelskola 1"), told
    assert "på uppdrag av Exempelnämnd 2" in told
    assert "Exempelskola 3" not in told
    then = " ".join((await browser.get(f"{MAP}?as_of=2020-06-01")).text(MISSIONS).split())
    assert "Exempelskola 3" in then
    assert not (await browser.get(f"{MAP}?form=language")).all(f"{MISSIONS} tbody tr")


async def test_what_has_no_occupation_is_compared_by_its_direction_or_told_not_to_be(
    whole: Whole,
) -> None:
    one, two = await school(whole, "Exempelskola 1"), await school(whole, "Exempelskola 2")
    bare: dict[str, Any] = {"form": "higher_vocational", "occupation_codes": []}
    for of, name in ((one, "Exempelutbildning 1"), (two, "Exempelutbildning 2")):
        await programme(whole, of, name, **bare, sun_code="543c")
    browser = await whole.browser("reader")
    told = (await browser.get(MAP)).text(OVERLAPS)
    assert "SUN 543c" in told
    assert "Exempelskola 2: Exempelutbildning 2" in told
    assert "inte jämförda" not in told
    await programme(whole, one, "Okänd inriktning", **bare)
    unplaced = bare | {"municipality_code": None, "municipality_count": 4}
    await programme(whole, two, "Fyra kommuner", **unplaced, sun_code="543c")
    told = " ".join((await browser.get(MAP)).text(OVERLAPS).split())
    assert "2 utbildningar är inte jämförda" in told
    occupied = (await browser.get(f"{MAP}?occupation_code=7522")).text(OVERLAPS)
    assert "är kända för att utbilda" in occupied
    assert "Utbildningar som inte har något yrke är inte jämförda" in occupied


async def test_a_municipality_is_without_any_only_where_no_place_is_unknown(whole: Whole) -> None:
    of = await school(whole, "Exempelskola 1")
    ours = {"municipalities.0.code": "1472", "municipalities.0.name": "Tibro"}
    ours |= {"municipalities.1.code": "1497", "municipalities.1.name": "Hjo"}
    admin = await whole.browser("administrator")
    settings = await admin.get("/installningar")
    saved = await admin.send("/installningar", **settings.fields() | ours)
    assert saved.status == 303
    browser = await whole.browser("reader")
    await programme(whole, of, "Träteknik")
    await programme(whole, of, "På distans", municipality_code=None, delivery="distance")
    assert "Kommuner utan någon utbildning i urvalet" in (await browser.get(MAP)).text(GAPS)
    await programme(whole, of, "Fyra", municipality_code=None, municipality_count=4)
    told = " ".join((await browser.get(MAP)).text(GAPS).split())
    assert "Kommuner utan någon utbildning" not in told
    assert "om någon ges där är okänt, för 1 utbildning ges i kommuner" in told


async def test_what_open_needs_ask_for_and_nobody_here_gives(whole: Whole) -> None:
    wood = await school(whole, "Exempelskola 1")
    for name, code, more in (
        ("Träteknik", "7522", {}),
        ("Distanskurs", "3115", {"delivery": "distance"}),
        ("Okänd ort", "8172", {"municipality_code": None}),
        ("Utan start", "5321", {}),
    ):
        made = await programme(whole, wood, name, code, **more)
        if name != "Utan start":
            await start(whole, made, None)
    gone = await school(whole, "Exempelskola 2")
    await start(whole, await programme(whole, gone, "Städ", "9111"), 20)
    await closed(whole, gone)
    for code in ("7522", "3115", "8172", "5321", "8321", "9111"):
        await need(whole, code)
    await need(whole, "9111", "1480")
    browser = await whole.browser("process_leader")
    part = 'section[aria-labelledby="gaps-heading"]'
    page = await browser.get(f"{MAP}?municipality_code=1472")
    told = {code: row["Vad som saknas"] for code, row in cells(page, part).items()}
    assert told == {
        "Taxiförare m.fl.": "Ingen känd utbildning leder dit",
        "SSYK 9111": "Anordnaren är avslutad Städ",
        "SSYK 8172": "Det är inte känt var den ges Okänd ort",
        "SSYK 5321": "Ingen kommande start är känd Utan start",
        "SSYK 3115": "Bara på distans Distanskurs",
        "Fin-, inrednings- och möbelsnickare": "Bara som gymnasial vuxenutbildning Träteknik",
    }
    assert page.all(f'{part} a[href="/utbildningar/ny?occupation_code=8321"]')
    assert page.all(f'{part} a[href^="/behov?occupation_code=8321"]')
    away = await browser.get(f"{MAP}?municipality_code=1480&occupation_code=7522")
    assert [row["Vad som saknas"] for row in cells(away, part).values()] == [
        "Bara utanför området Träteknik"
    ]
    other = await browser.get(f"{MAP}?form=higher_vocational&occupation_code=7522")
    assert "Bara som gymnasial vuxenutbildning" in other.text(part)


async def test_what_cannot_be_read_is_said_at_its_field(whole: Whole) -> None:
    browser = await whole.browser("reader")
    page = await browser.get(f"{MAP}?as_of=igår&occupation_code=finns+inte")
    assert page.error("as_of")
    assert page.status == 400


async def test_a_need_shows_who_educates_and_a_programme_whom_it_answers(whole: Whole) -> None:
    wood = await school(whole, "Exempelskola 1")
    answering = await programme(whole, wood, "Träteknik")
    await programme(whole, wood, "Vård", "5321")
    asked, plain = await need(whole, "7522", "1472"), await need(whole, "8321")
    browser = await whole.browser("reader")
    part = 'section[aria-labelledby="programmes-heading"]'
    page = await browser.get(f"/behov/{asked['id']}")
    assert page.all(f'{part} a[href="/utbildningar/{answering["id"]}"]')
    told = "Gymnasial vuxenutbildning · Tibro · ingen känd kommande start"
    assert told in page.text(part)
    assert "Ingen känd utbildning" in (await browser.get(f"/behov/{plain['id']}")).text(part)
    back = await browser.get(f"/utbildningar/{answering['id']}")
    assert "Tibro" in back.text('section[aria-labelledby="needs-heading"]')


async def test_programmes_are_narrowed_to_those_that_answer_open_needs(whole: Whole) -> None:
    wood, browser = await school(whole, "Exempelskola 1"), await whole.browser("process_leader")
    await programme(whole, wood, "Träteknik")
    await programme(whole, wood, "Vård", "5321")
    before = clock.now().isoformat().replace("+00:00", "Z")

    async def names(query: str) -> list[str]:
        page = await browser.get(f"/utbildningar?{query}")
        return [one.text(strip=True) for one in page.all("tbody th a")]

    assert await names("answers=true") == []
    assert await names("answers=false") == ["Träteknik", "Vård"]
    await need(whole, "7522")
    assert await names("answers=true") == ["Träteknik"]
    assert await names("answers=false") == ["Vård"]
    assert await names(f"answers=false&known_at={before}") == ["Träteknik", "Vård"]
    assert (
        "öppna i dag" in (await browser.get("/utbildningar?answers=true&as_of=2031-01-01")).text()
    )
    assert await names("answers=true&occupation_code=5321") == []
    await programme(whole, wood, "Kurs", occupation_codes=[])
    assert await names("answers=false") == ["Vård"], "nobody knows what the course leads to"
    assert await names("answers=unknown") == ["Kurs"]
    assert "Vård" not in (await browser.http.get("/utbildningar.csv?answers=true")).text


async def test_a_map_that_could_not_be_read_whole_says_so(
    whole: Whole, monkeypatch: pytest.MonkeyPatch
) -> None:
    actor = await whole.actor()
    for number in range(1, 4):
        told = {"name": f"Exempelutbildning {number}", "form": "higher_vocational"}
        await whole.actors.made("/programmes", told | {"provider_actor_id": actor["id"]})
    browser = await whole.browser("reader")
    assert "ryms inte" not in (await browser.get(MAP)).text()
    monkeypatch.setattr(service, "MOST_PAGES", 1)
    monkeypatch.setattr(education_map, "MOST", 1)
    assert "Allt ryms inte på kartan" in (await browser.get(MAP)).text()
