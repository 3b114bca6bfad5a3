"""Women and men in occupations, by page and as a file."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from gateway.pages.sex_balance import longest
from tests.analysis.importing import csv_bytes, employed, handed_in
from tests.gateway.test_analysis_pages import OWN, analysis_of
from tests.gateway.whole import Whole

SEXES = ("kvinnor", "män")
COUNTED = {
    2022: {"5111": (5, 995), "5222": (500, 500), "5333": (900, 100)},
    2023: {"5111": (50, 950), "5222": (500, 500), "5333": (900, 100)},
    2024: {"5111": (300, 700), "5222": (490, 510), "5333": (900, 100)},
}
ROWS = [
    (code, county, sex, year, count)
    for county in ("14", "01")
    for year, codes in COUNTED.items()
    for code, pair in codes.items()
    for sex, count in zip(SEXES, pair, strict=True)
]
PAGE = "/analys/konsfordelning"


@pytest.fixture
async def told(whole: Whole, tmp_path: Path) -> Any:
    """Two municipalities of a county, and women and men in three occupations of two counties; and
    a longer series that is the whole country's.
    """
    await (await whole.browser("administrator")).submit("/installningar", **OWN)
    ages = [(year, "5111", sex, "25-29", 9) for year in range(2014, 2025) for sex in SEXES]
    country = csv_bytes(("ar", "ssyk4", "kon", "alder", "antal"), ages)
    await handed_in(analysis_of(whole), tmp_path, country, name="ages.csv")
    return await handed_in(analysis_of(whole), tmp_path, employed(*ROWS))


async def test_the_index_and_the_occupations_of_the_county_around_us(
    whole: Whole, told: Any
) -> None:
    assert told.snapshot["id"]
    need = {"statement": "Fler", "areas": ["matching"], "horizon": "long"}
    await whole.councils.made("/needs", need | {"occupation_code": "5111"})
    browser = await whole.browser("reader")
    assert PAGE in {one.attributes["href"] for one in (await browser.get("/analys")).all("a")}
    page = await browser.get(PAGE)
    text = page.text()
    assert "Siffrorna gäller Län 14 2024" in text, "the county's, never the municipalities'"
    assert "Län 14 2024: 45,6 % av kvinnorna, eller av männen, skulle behöva" in text
    assert "Metodbrott Fler har ett angivet yrke" in text, "nothing is compared across a break"
    assert "2024 45,6 % ± " in text
    assert "Jämnare 2023" in text, "the newest first: since 2023 it is more even"
    assert "Så anger du källan" in text
    links = [
        str(a.attributes["href"]) for a in page.all("a") if "indikatorfiler" in str(a.attributes)
    ]
    told_of, _, cube = [await browser.http.get(link) for link in links]
    years = list(csv.DictReader(io.StringIO(told_of.content.decode("utf-8-sig"))))
    county = [row["value"] for row in years if (row["area_code"], row["period"]) == ("14", "2024")]
    assert county == ["0.4562"]
    assert cube.json()["role"]["time"] == ["period"]
    rows = [" ".join(row.text(separator=" ").split()) for row in page.all("#results tbody tr")]
    last = rows[-3:]
    assert last[0].startswith("SSYK 5333 900 100 90 % Få män Ingen säker ändring")
    assert last[1] == "SSYK 5111 300 700 30 % Få kvinnor Jämnare, från 5 % 1"
    assert last[2].startswith("SSYK 5222 490 510 49 % Ingen säker ändring")


def test_the_index_is_of_those_employed_where_anything_tells_of_them() -> None:
    employed = {"indicator_key": "employed", "area_level": "county", "value": "0.4"}
    trainees = {"indicator_key": "praktik", "area_level": "municipality", "value": "0.1"}
    assert longest([trainees, employed]) == [employed], "what the occupations are of"
    assert longest([trainees]) == [trainees]


async def test_occupations_are_narrowed_sorted_and_taken_away_as_a_file(
    whole: Whole, told: Any
) -> None:
    assert told.snapshot["id"]
    browser = await whole.browser("reader")

    async def codes(query: str) -> list[str]:
        page = await browser.get(f"{PAGE}?{query}")
        found = page.all("[aria-labelledby=occupations-heading] tbody th a")
        return [(one.attributes["href"] or "").split("?")[0][-4:] for one in found]

    assert await codes("which=uneven") == ["5333", "5111"]
    assert await codes("which=women&area=14") == ["5111"]
    assert await codes("which=men") == ["5333"]
    assert await codes("which=changed") == ["5111"]
    assert await codes("sort=name") == ["5111", "5222", "5333"]
    assert await codes("q=5222") == ["5222"]
    nothing = await browser.get(f"{PAGE}?q=finns+inte")
    assert "Inget yrke stämmer med urvalet" in nothing.text()
    assert (await browser.get(f"{PAGE}?which=bogus")).all("[role=alert]")
    file = await browser.http.get(f"{PAGE}.csv?which=women")
    assert file.status_code == 200
    head, row = csv.reader(io.StringIO(file.text.lstrip("\ufeff")))
    assert head[:5] == ["SSYK", "Yrke", "Kvinnor", "Män", "Andel kvinnor"]
    assert row == ["5111", "", "300", "700", "0.3", "0.05", "Jämnare"]
    assert (await browser.http.get(f"{PAGE}.pdf")).status_code == 404


async def test_where_nothing_is_imported_it_is_said_what_to_do(whole: Whole) -> None:
    browser = await whole.browser("reader")
    page = await browser.get(PAGE)
    assert "Inget register som är inläst säger hur många kvinnor och män" in page.text()
