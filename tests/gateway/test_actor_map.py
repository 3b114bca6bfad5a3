"""The map of municipalities: the same selection as the list, each number a way back to it."""

import re
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from gateway.charts import municipality_map
from gateway.swedish.municipalities import MUNICIPALITIES
from tests.analysis.importing import csv_bytes
from tests.analysis.test_classification import settled
from tests.gateway.looking import Page
from tests.gateway.test_analysis_pages import OWN, analysis_of
from tests.gateway.whole import Whole

MAP = "/aktorer/karta"
SKARABORG = [
    "1444", "1445", "1446", "1447", "1470", "1471", "1472", "1473", "1493", "1494", "1495", "1496",
    "1497", "1498", "1499",
]  # fmt: skip


async def companies(whole: Whole, *codes: str | None) -> None:
    for number, code in enumerate(codes, 1):
        told = {"name": f"Exempelföretag {number}", "kind": "company", "municipality_code": code}
        await whole.actors.made("/actors", told)


def drawn(page: Page) -> dict[str, str]:
    """The number in each municipality of the map."""
    return {
        (one.attributes["aria-label"] or "").partition(",")[0]: one.css("text")[-1].text(strip=True)
        for one in page.all("svg.map a")
    }


def rows(page: Page) -> dict[str, str]:
    """The same as the table has it."""
    return {
        (row.css_first("th a") or row.css_first("th")).text(strip=True): row.css_first("td").text()
        for row in page.all("tbody tr")
    }


def test_the_classes_are_whole_numbers_and_hold_every_count() -> None:
    for top in range(1, 60):
        counts = {"1496": top, "1472": 1, None: 2, "0180": 3}
        made = municipality_map(counts, {}, own=SKARABORG)
        level = {area.name: area.level for area in made.areas}
        assert 1 <= level["Tibro"] <= level["Skövde"] == len(made.classes) <= 5
        assert level["Hjo"] == 1
        low, _, high = made.classes[-1].partition("–")
        assert int(low) <= top <= int(high or low)
    assert (made.nowhere, made.outside[0].count) == (2, 3)
    assert [area.name for area in made.most] == ["Skövde"]


def test_an_empty_map_and_a_house_anywhere_in_the_country() -> None:
    empty = municipality_map({}, {}, own=SKARABORG)
    assert (len(empty.areas), empty.classes, empty.most) == (15, ("0",), [])
    nobody = municipality_map({}, {})
    assert (nobody.areas, nobody.classes, nobody.most) == ((), (), [])
    away = municipality_map({"2580": 4}, {}, own=["2580", "2581", "9999"])
    assert [(one.name, one.count) for one in away.areas] == [("Luleå", 4), ("Piteå", 0)]
    assert [one.name for one in away.outside] == ["Kommunkod 9999"]


def test_every_municipality_has_an_outline_of_its_own_within_the_picture() -> None:
    made = municipality_map({}, {}, own=[*MUNICIPALITIES])
    assert len(made.areas) == len({one.path for one in made.areas}) == 290
    for one in municipality_map({}, {}, own=SKARABORG).areas:
        corners = [int(number) for number in re.findall(r"\d+", one.path)]
        assert max(corners[::2]) <= 1000
        assert min(corners[::2]) < one.x < max(corners[::2])
        assert min(corners[1::2]) < one.y < max(corners[1::2])
        assert (one.named, one.size) == (True, 40)


def test_what_has_no_room_for_its_text_has_none() -> None:
    county = [code for code in MUNICIPALITIES if code.startswith("01")]
    drawn = {one.name: one for one in municipality_map({}, {}, own=county).areas}
    assert (drawn["Norrtälje"].named, drawn["Norrtälje"].size) == (True, 40)
    assert not drawn["Upplands Väsby"].named
    assert drawn["Sundbyberg"].size < drawn["Huddinge"].size


async def test_the_map_shows_the_selection_and_the_table_says_the_same(whole: Whole) -> None:
    await companies(whole, "1472", "1472", "1496", "0180", None)
    await whole.actor()
    await (await whole.browser("administrator")).submit("/installningar", **OWN)
    page = await (await whole.browser("reader")).get(f"{MAP}?kind=company")
    assert page.h1 == "Aktörer på karta"
    assert drawn(page) == {"Tibro": "2", "Hjo": "0"}
    told = rows(page)
    assert (told["Tibro"], told["Stockholm"], told["Utan kommun"]) == ("2", "1", "1")
    assert len(told) == 5  # nobody asked for the rest of the country
    assert "5" in page.text("#results p[role=status]")
    assert "2 aktörer utanför kartan" in page.text("figure ~ p").replace("\xa0", " ")
    assert "SCB" in page.text("figure .source")


async def test_each_municipality_leads_to_its_part_of_the_list(whole: Whole) -> None:
    await companies(whole, "1472", "1496")
    browser = await whole.browser("reader")
    page = await browser.get(f"{MAP}?kind=company&as_of=2999-01-01&page=2")
    links = {one.attributes["href"] or "" for one in page.all('svg.map a[aria-label^="Tibro,"]')}
    assert links <= {one.attributes["href"] for one in page.all("tbody a")}
    address = urlsplit(links.pop())
    asked = {"kind": "company", "as_of": "2999-01-01", "municipality_code": "1472"}
    assert (address.path, dict(parse_qsl(address.query))) == ("/aktorer", asked)
    found = await browser.get(f"{address.path}?{address.query}")
    assert [one.text(strip=True) for one in found.all("tbody th a")] == ["Exempelföretag 1"]


async def test_list_and_map_are_two_views_of_one_selection(whole: Whole) -> None:
    await companies(whole, "1472")
    browser = await whole.browser("reader")
    asked = "q=1&kind=company&municipality_code=1472"
    for path, other in (("/aktorer", MAP), (MAP, "/aktorer")):
        page = await browser.get(f"{path}?{asked}")
        links = [one.attributes["href"] for one in page.all("nav[aria-label=Vyer] a")]
        assert f"{other}?{asked}" in links
        assert page.one("nav[aria-label=Vyer] [aria-current]").attributes["href"] == (
            f"{path}?{asked}"
        )
        assert page.one("main form[role=search]").attributes["action"] == path
    part = await browser.get(f"{MAP}?{asked}")
    assert part.one("#f-q").attributes["value"] == "1"


async def test_an_empty_map_says_why(whole: Whole) -> None:
    browser = await whole.browser("reader")
    assert "Inga aktörer ännu" in (await browser.get(MAP)).text()
    await companies(whole, "1472")
    assert "stämmer med urvalet" in (await browser.get(f"{MAP}?kind=region")).text()
    wrong = await browser.get(f"{MAP}?sni=trä")
    assert (wrong.status, bool(wrong.error("sni"))) == (400, True)
    assert (await browser.get(f"{MAP}?readiness=ready")).status == 403
    assert (await whole.actors.get("/actors")).status_code == 200


async def test_the_map_is_that_of_the_house_and_of_the_council_asked_for(whole: Whole) -> None:
    await companies(whole, "1472", "1472")
    leader = (await whole.actors.get("/actors?sort=name")).json()["items"][0]["id"]
    council = {"name": "Exempelråd", "kind": "industry_council", "level": "operative",
               "leader_actor_ids": [leader], "starts_on": "2020-01-01"}  # fmt: skip
    made = await whole.councils.made("/councils", council)
    browser = await whole.browser("reader")
    assert drawn(await browser.get(f"{MAP}?council_id={made['id']}"))["Tibro"] == "1"


async def test_municipalities_outside_are_called_by_name_where_codes_are_imported(
    whole: Whole, tmp_path: Path
) -> None:
    await companies(whole, "0180", "1472", "1999")
    file = tmp_path / "municipalities.csv"
    named = ("municipality_code", "name", "county_code", "county_name", "jobtech_concept_id")
    file.write_bytes(csv_bytes(named, [("0180", "Stockholm", "01", "Stockholms län", "x1")]))
    await settled(analysis_of(whole), file)
    browser = await whole.browser("reader")
    told = rows(await browser.get(MAP))
    assert (told["Stockholm"], told["Kommunkod 1999"]) == ("1", "1")
    listed = await browser.get("/aktorer?municipality_code=0180")
    assert "Stockholm" in listed.text("tbody")
    actor = listed.all("tbody th a")[0].attributes["href"] or ""
    assert "Stockholm" in (await browser.get(actor)).text("main")
    leader = await whole.browser("process_leader")
    form = await leader.get(f"{actor}/andra")
    assert form.one("#f-municipality_code option[selected]").text() == "Stockholm"
    for path in ("/aktorer/ny", "/utbildningar/ny"):
        form = await leader.get(path)
        offered = [one.text(strip=True) for one in form.all("#f-municipality_code option")]
        assert "Stockholm" in offered, path
