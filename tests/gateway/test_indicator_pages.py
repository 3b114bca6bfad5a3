"""An indicator by itself: over years, place by place, on the map, as files, and how to cite it."""

import csv
import io
from typing import Any

import pytest

from tests.analysis.importing import csv_bytes, handed_in
from tests.gateway.test_analysis_pages import OWN, analysis_of, told  # noqa: F401
from tests.gateway.whole import Whole

PAGE = "/analys/indikatorer"
SALES = [("1472", "7522", 5), ("1472", "3322", 100), ("1497", "7521", 2)]
ADS = ("municipality_code", "ssyk4", "ads_2024")


@pytest.mark.usefixtures("told")
async def test_a_place_stands_beside_its_county_and_the_country(whole: Whole) -> None:
    browser = await whole.browser("reader")
    assert PAGE in {one.attributes["href"] for one in (await browser.get("/analys")).all("a")}
    page = await browser.get(f"{PAGE}?area=1472")
    words = page.text("#results")
    for word in ("Platsannonser", "Tibro", "Län 14", "Så anger du källan", "SCB: Yrkesregistret"):
        assert word in words
    county = await browser.get(f"{PAGE}/employed?area=1472")
    table = county.text("[aria-labelledby=figures-heading] table")
    assert "Län 14" in table
    assert "Tibro" not in table
    assert "Metodbrott" in table
    assert "Ingen siffra finns för enskilda kommuner" in county.text("#results")


@pytest.mark.usefixtures("told")
async def test_ads_stand_on_the_map_and_alike_in_the_table(whole: Whole) -> None:
    browser = await whole.browser("reader")
    page = await browser.get(f"{PAGE}/job_ads")
    drawn = [
        str(one.attributes["aria-label"]).replace("\u00a0", " ") for one in page.all("svg.map a")
    ]
    assert drawn == ["Hjo, 2 annonser", "Tibro, 5 annonser"]  # the house has two municipalities
    table = page.text("[aria-labelledby=municipalities-heading] table")
    assert "Tibro 5" in " ".join(table.split())
    one = await browser.get(f"{PAGE}/job_ads?area=1472&occupation_code=7521")
    assert "Finns inte" not in one.text("[aria-labelledby=figures-heading] tbody")
    assert (await browser.get(f"{PAGE}/job_ads?occupation_code=75")).status == 400
    assert (await browser.get(f"{PAGE}/nothing")).status == 404


async def test_ads_with_and_without_mass_posted_sales(whole: Whole, tmp_path: Any) -> None:
    await (await whole.browser("administrator")).submit("/installningar", **OWN)
    await handed_in(analysis_of(whole), tmp_path, csv_bytes(ADS, SALES))
    browser = await whole.browser("reader")
    page = await browser.get(f"{PAGE}?area=1472")
    words = " ".join(page.text("#results").split())
    assert "Platsannonser 105" in words
    assert "Platsannonser utan massannonserade säljyrken 5" in words
    page = await browser.get(f"{PAGE}/job_ads?area=1472")
    assert page.all("[aria-labelledby=others-heading] a[href*=job_ads_without_sales]")


@pytest.mark.usefixtures("told")
async def test_the_files_of_an_indicator_say_the_same(whole: Whole) -> None:
    browser = await whole.browser("reader")
    page = await browser.get(f"{PAGE}/employed?occupation_code=7522")
    links = [
        str(a.attributes["href"]) for a in page.all("a") if "indikatorfiler" in str(a.attributes)
    ]
    assert len(links) == 3
    text, _, cube = [await browser.http.get(link) for link in links]
    rows = list(csv.DictReader(io.StringIO(text.content.decode("utf-8-sig"))))
    assert [(row["period"], row["value"]) for row in rows] == [("2023", "1009"), ("2024", "1011")]
    assert cube.json()["version"] == "2.0"
    assert [*cube.json()["value"].values()] == [1009, 1011]
    assert (await browser.http.get("/analys/indikatorfiler/employed.pdf")).status_code == 404
    page = await browser.get(f"{PAGE}/job_ads")
    (drawn,) = [
        str(a.attributes["href"]) for a in page.all("a") if "csv?each=" in str(a.attributes)
    ]
    text = await browser.http.get(drawn)
    rows = list(csv.DictReader(io.StringIO(text.content.decode("utf-8-sig"))))
    assert {row["area_code"]: row["value"] for row in rows} == {"1472": "5", "1497": "2"}
