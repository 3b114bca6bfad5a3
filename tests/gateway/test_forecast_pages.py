"""Forecasts by page: made by a button, shown at their level, as a file, and what came true."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from tests.analysis.importing import csv_bytes, employed, handed_in
from tests.analysis.test_forecast import AGES, counted
from tests.gateway.signing_in import Browser
from tests.gateway.test_analysis_pages import OWN, analysis_of
from tests.gateway.whole import Whole

PAGE = "/analys/prognoser"
ONE = f"{PAGE}/5003"


@pytest.fixture
async def told(whole: Whole, tmp_path: Path) -> Any:
    """Two municipalities of a county, forty occupations of it over five years, and ages."""
    await (await whole.browser("administrator")).submit("/installningar", **OWN)
    ages = [
        (2024, "5003", sex, age, count)
        for age, count in (("25-29", 500), ("60-64", 100), ("65-69", 40))
        for sex in ("kvinnor", "män")
    ]
    await handed_in(analysis_of(whole), tmp_path, csv_bytes(AGES, ages), name="aldrar.csv")
    return await handed_in(analysis_of(whole), tmp_path, employed(*counted(2020, 2024)))


async def pressed(browser: Browser, path: str) -> str:
    """The button on a page; where it leads."""
    fields = (await browser.get(path)).fields(PAGE)
    answer = (await browser.send(PAGE, **fields)).answer
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def squeezed(text: str) -> str:
    return " ".join(text.split())


async def test_forecasts_are_made_by_a_button_and_say_what_they_are_true_for(
    whole: Whole, told: Any
) -> None:
    assert told.snapshot["id"]
    reader, leader = await whole.browser("reader"), await whole.browser("process_leader")
    assert PAGE in {one.attributes["href"] for one in (await reader.get("/analys")).all("a")}
    empty = await reader.get(PAGE)
    assert "Inga prognoser är gjorda för Län 14" in empty.text()
    assert not empty.all(f"form[method=post][action='{PAGE}']"), "a reader makes none"
    fields = (await leader.get(PAGE)).fields(PAGE)
    await pressed(leader, PAGE)
    page = await reader.get(f"{PAGE}?area=1472")
    text = squeezed(page.text())
    assert "Prognoserna gäller Län 14: anställda, " in text, "never the municipality's"
    assert "säger inget säkert om kommunerna" in text
    rows = page.all("[aria-labelledby=occupations-heading] tbody tr")
    assert len(rows) == 20
    assert "40 yrken" in text
    assert squeezed(rows[0].text(separator=" ")).startswith("SSYK 5000")
    assert not page.all(f"form[method=post][action='{PAGE}']"), "there is nothing to make"
    forged = await leader.send(PAGE, **(fields | {"area_code": "77"}))
    assert forged.answer.headers["location"] == PAGE
    assert "Det finns inga siffror om platsen" in (await leader.get(PAGE)).text("body")


async def test_one_occupation_has_its_chart_the_same_table_its_method_and_who_leaves(
    whole: Whole, told: Any
) -> None:
    assert told.snapshot["id"]
    leader = await whole.browser("process_leader")
    before = await leader.get(ONE)
    assert "Inga prognoser är gjorda" in before.text()
    assert "Ersättningsbehov" in before.text(), "who leaves is known all the same"
    assert await pressed(leader, f"{ONE}?area=1472") == f"{ONE}?area=1472"
    page = await leader.get(f"{ONE}?area=1472")
    text = squeezed(page.text())
    assert "Prognos för Län 14" in text
    assert "med 80 % sannolikhet mellan" in text
    assert "2023: Fler har ett angivet yrke" in text
    table = [squeezed(row.text(separator=" ")) for row in page.all("#results .rows tbody tr")]
    assert table[0].startswith("2025 ")
    assert table[0].endswith("Senaste värdet")
    assert "Kan inte prognosticeras: perioderna utan metodbrott" in table[1]
    chart = [squeezed(row.text(separator=" ")) for row in page.all("#forecast-line tbody tr")]
    assert chart[-1].startswith("2025 (prognos) ")
    assert chart[-1].split()[2:] == table[0].split()[1:4], "the chart tells what the table tells"
    assert "Antagande: rikets andel" in text
    assert "60–64 år 200 60 % 120" in text
    assert "1 Senaste värdet Vald" in text
    assert "Ingen prognos har något utfall ännu" in text
    links = {one.attributes["href"] for one in page.all("a")}
    assert f"{ONE}.csv?area=1472" in links
    occupation = await leader.get("/analys/yrken/5003?area=1472")
    assert f"{ONE}?area=1472" in {one.attributes["href"] for one in occupation.all("a")}


async def test_forecasts_are_taken_away_as_a_file_and_scored_when_newer_figures_come(
    whole: Whole, told: Any, tmp_path: Path
) -> None:
    assert told.snapshot["id"]
    leader = await whole.browser("strategist")
    await pressed(leader, PAGE)
    file = await leader.http.get(f"{PAGE}.csv?q=5003")
    head, *rows = csv.reader(io.StringIO(file.text.lstrip("\ufeff")))
    assert head[:4] == ["SSYK", "Yrke", "Område", "Nivå"]
    assert [row[6] for row in rows] == ["2025", "2026", "2027", "2028", "2029"]
    assert rows[0][3] == "Län"
    told_of = dict(zip(head, rows[1], strict=True))
    assert told_of["Varför ingen prognos"].startswith("Perioderna utan metodbrott")
    yearly = float(told_of["Slutar av ålder per år"])
    assert yearly == round(200 / 1280 * int(told_of["Senaste antal"]) / 5, 1)
    one = await leader.http.get(f"{ONE}.csv")
    assert one.text.splitlines()[1] == file.text.splitlines()[1]
    assert (await leader.http.get(f"{ONE}.pdf")).status_code == 404
    newer = [*counted(2020, 2024), *counted(2025, 2025)]
    await handed_in(analysis_of(whole), tmp_path, employed(*newer), name="nyare.csv")
    text = squeezed((await leader.get(ONE)).text())
    assert "Det finns nyare siffror, till och med 2025" in text
    assert "Alla 40 " in text
    assert "2025 2024 " in text, "what was said after 2024 of 2025"
    await pressed(leader, ONE)
    assert "nyare siffror" not in (await leader.get(ONE)).text()


async def test_where_nothing_is_imported_or_meant_it_is_said(whole: Whole) -> None:
    leader = await whole.browser("process_leader")
    assert "Inget register som är inläst säger hur många" in (await leader.get(PAGE)).text()
    assert "Inget register som är inläst säger" in (await leader.get(ONE)).text()
    assert (await leader.get(f"{PAGE}/75")).status == 404
    assert (await leader.get(f"{PAGE}?sort=bogus")).status == 400
    assert (await leader.get(f"{ONE}?area=bogus")).status == 400


async def test_a_need_leads_to_its_occupations_forecast(whole: Whole) -> None:
    need = {"statement": "Fler", "areas": ["matching"], "horizon": "long"}
    made = await whole.councils.made("/needs", need | {"occupation_code": "5003"})
    page = await (await whole.browser("reader")).get(f"/behov/{made['id']}")
    assert ONE in {one.attributes["href"] for one in page.all("a")}
