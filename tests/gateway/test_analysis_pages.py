"""The analysis pages: sources with their age, and figures that say where they are true."""

from pathlib import Path
from typing import Any

import pytest

from tests.analysis.importing import csv_bytes, employed, handed_in
from tests.callers import Signed
from tests.gateway.looking import Page
from tests.gateway.whole import Whole

YEARS = [
    (code, county, sex, year, amount + year - 2020)
    for code, county, sex, amount in (
        ("7522", "14", "kvinnor", 58), ("7522", "14", "män", 945), ("7521", "14", "män", 40),
    )
    for year in (2023, 2024)
]  # fmt: skip
LACKING = {
    "statement": "Fler som kan ytbehandla",
    "areas": ["education"],
    "horizon": "short",
    "occupation_code": "7522",
}
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "div#results"}
ADS = ("municipality_code", "ssyk4", "ads_2024")
ADVERTISED = [("1472", "7522", 5), ("1497", "7521", 2)]
OWN = {
    "association": "Exempelförbundet",
    "municipalities.0.code": "1472",
    "municipalities.0.name": "Tibro",
    "municipalities.1.code": "1497",
    "municipalities.1.name": "Hjo",
}


def analysis_of(whole: Whole) -> Signed:
    """The analysis service inside the gateway."""
    return Signed(whole.app.state.embedded["analysis"], "analysis")


@pytest.fixture
async def told(whole: Whole, tmp_path: Path) -> Any:
    """Two municipalities, and registers that tell of two occupations; the first file as kept."""
    await (await whole.browser("administrator")).submit("/installningar", **OWN)
    analysis = analysis_of(whole)
    said = await handed_in(analysis, tmp_path, employed(*YEARS))
    await handed_in(analysis, tmp_path, csv_bytes(ADS, ADVERTISED), name="ads.csv")
    return said


def cells(page: Page) -> dict[str, dict[str, str]]:
    """The rows of a page's table of figures, by their heads."""
    return {
        " ".join(row.css_first("th").text(separator=" ").split()): {
            cell.attributes["data-label"] or "": " ".join(cell.text(separator=" ").split())
            for cell in row.css("td[data-label]")
        }
        for row in page.all("[aria-labelledby=figures-heading] tbody tr")
    }


async def test_without_sources_the_page_says_how_they_are_imported(whole: Whole) -> None:
    browser = await whole.browser("reader")
    page = await browser.get("/analys")
    assert page.status == 200
    assert "operations import statistics" in page.text(".empty ol")
    assert "Inget öppet behov gäller ett yrke" in page.text("#results")


async def test_every_source_stands_with_licence_level_rhythm_and_snapshot(
    whole: Whole, told: Any
) -> None:
    browser = await whole.browser("reader")
    page = await browser.get("/analys")
    words = page.text("[aria-labelledby=sources-heading]")
    for word in ("SCB", "CC0 1.0", "Län", "Varje år", "Gäller 2023 till 2024"):
        assert word in words
    assert told.snapshot["content_hash"][:12] in words
    path = f"/analys/kallor/{told.snapshot['source_id']}"
    source = await browser.get(path)
    assert told.snapshot["content_hash"] in source.text("[aria-labelledby=snapshots-heading]")
    assert "Gäller nu" in source.text("[aria-labelledby=snapshots-heading]")
    assert "Säger inte hur många" in source.text("[aria-labelledby=indicators-heading]")
    assert "2023: Fler har ett angivet yrke" in source.text("[aria-labelledby=facts-heading]")
    table = await browser.http.get("/analys/kallor.csv")
    assert "scb_employed_county" in table.text


@pytest.mark.usefixtures("told")
async def test_a_figure_of_the_county_is_never_called_the_municipalities(
    whole: Whole,
) -> None:
    browser = await whole.browser("reader")
    for area in ("", "?area=1472"):
        rows = cells(await browser.get(f"/analys/yrken/7522{area}"))
        assert rows["Anställda"]["Län 14"] == "1 011"
        assert rows["Anställda, kvinnor"]["Län 14"] == "62"
        assert rows["Andel kvinnor"]["Län 14"] == "6 % 62 av 1 011"
        finer = set(rows["Anställda"]) - {"Län 14", "Riket", "År", "Källa"}
        assert [rows["Anställda"][name] for name in finer] == ["Finns inte"] * len(finer)


@pytest.mark.usefixtures("told")
async def test_a_figure_of_municipalities_stands_with_them(whole: Whole) -> None:
    browser = await whole.browser("reader")
    page = await browser.get("/analys/yrken/7522?area=1472")
    assert cells(page)["Platsannonser"]["Tibro"] == "5"
    assert cells(page)["Platsannonser"]["Län 14"] == "Finns inte"
    assert "Inga platsannonser 2024 i Hjo." in page.text("[aria-label=Diagram]")


@pytest.mark.usefixtures("told")
async def test_what_half_is_known_is_unknown_and_what_is_not_told_of_is_not_there(
    whole: Whole,
) -> None:
    rows = cells(await (await whole.browser("reader")).get("/analys/yrken/7521"))
    assert rows["Anställda"]["Län 14"] == "Okänt"
    assert rows["Anställda, män"]["Län 14"] == "44"
    assert "Anställda, kvinnor" not in rows


@pytest.mark.usefixtures("told")
async def test_years_are_drawn_with_their_breaks(whole: Whole) -> None:
    page = await (await whole.browser("reader")).get("/analys/yrken/7522")
    head = [" ".join(h.text().split()) for h in page.all("#trend table thead th")]
    assert head == ["År", "Kvinnor", "Män"]
    assert "2023: Fler har ett angivet yrke" in page.text("[aria-label=Diagram] .note")


@pytest.mark.usefixtures("told")
async def test_an_occupation_leads_to_its_needs_and_programmes(whole: Whole) -> None:
    need = await whole.councils.made("/needs", LACKING)
    provider = await whole.actor()
    programme = await whole.actors.made(
        "/programmes",
        {
            "provider_actor_id": provider["id"], "name": "Träteknik", "form": "higher_vocational",
            "occupation_codes": ["7522"],
        },
    )  # fmt: skip
    began = {"programme_id": programme["id"], "applicants": 100, "applicants_women": 20}
    some = {"admitted": 30, "admitted_women": 3, "completed": 20}
    await whole.actors.made("/intakes", began | some)
    await whole.actors.made("/intakes", {"programme_id": programme["id"], "applicants": 9})
    browser = await whole.browser("process_leader")
    links = [a.attributes["href"] for a in (await browser.get("/analys")).all("#results a")]
    assert links == ["/analys/yrken/7522"]
    page = await browser.get("/analys/yrken/7522")
    links = [a.attributes["href"] for a in page.all("main a")]
    assert f"/behov/{need['id']}" in links
    assert f"/utbildningar/{programme['id']}" in links
    assert "/behov/nytt?occupation_code=7522" in links
    said = " ".join(page.text("[aria-labelledby=programmes-heading]").split())
    assert "I yrket: kvinnor 6 % (62 av 1 011), Län 14 2024, SCB." in said
    women = "Kvinnor: sökande 20 % (20 av 100, 1 av 2 starter), antagna 10 % (3 av 30"
    assert women in said
    answer = await analysis_of(whole).get("/programme-shares?occupation_code=7522&area_code=1472")
    (share,) = answer.json()["items"]
    assert [one["women"] for one in share["steps"]] == [20, 3, None, None]
    assert (answer.json()["about"]["value"], share["intake_count"]) == ("0.0613", 2)


@pytest.mark.usefixtures("told")
async def test_typing_fills_the_results_alone(whole: Whole) -> None:
    browser = await whole.browser("reader")
    await whole.councils.made("/needs", LACKING)
    for path in ("/analys", "/analys/yrken/7522"):
        page = await browser.http.get(path, headers=HTMX)
        assert page.status_code == 200
        assert "<html" not in page.text
        assert "1\N{NO-BREAK SPACE}011" in page.text


@pytest.mark.usefixtures("told")
async def test_what_nobody_knows_of_is_not_found(whole: Whole) -> None:
    browser = await whole.browser("reader")
    for path in ("yrken/0000", "yrken/752", "yrken/%C3%A5", "kallor/" + "0" * 8):
        assert (await browser.get(f"/analys/{path}")).status == 404
    odd = await browser.get("/analys?q=%25%25&area=9999")
    assert (odd.status, bool(odd.error("area"))) == (400, True)
