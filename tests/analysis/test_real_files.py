"""Every real file beside the checkout: what it recommends goes in, and its totals come out."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from services.analysis.classification.actions import known_files
from services.analysis.classification.rules import FILES
from services.analysis.source.registers import MASS_POSTED
from tests.analysis.importing import handed_in
from tests.analysis.shared import FOLDER, needed
from tests.analysis.test_classification import settled
from tests.analysis.test_figures import SKARABORG, figures, value
from tests.callers import Signed

# The list of checks for security is no figures.
NO_FIGURES = {"asvs5_l2_plan", "ssyk2012_level4"}
FIFTEEN = "&".join(f"area_code={code}" for code in SKARABORG)
Fact = dict[str, Any]


async def records(analysis: Signed, query: str) -> dict[str, Fact]:
    answer = await analysis.get(f"/occupation-records?{query}")
    assert answer.status_code == 200, answer.text
    return {one["source_key"]: one for one in answer.json()["items"]}


async def _all_in(analysis: Signed, tmp_path: Path) -> set[str]:
    """Codes first, then every other CSV file; what was taken as figures or words."""
    for path in known_files(FOLDER):
        await settled(analysis, path)
    taken = set()
    for path in sorted(FOLDER.glob("*.csv")):
        if path.stem not in {*FILES, *NO_FIGURES}:
            said = await handed_in(analysis, tmp_path, path.read_bytes(), name=path.name)
            assert said.new
            taken.add(said.source_key)
    return taken


@needed
@pytest.mark.slow
async def test_every_recommended_file_goes_in_and_its_totals_come_out(
    analysis: Signed, tmp_path: Path
) -> None:
    taken = await _all_in(analysis, tmp_path)
    assert len(taken) == 23
    await _totals(analysis)
    await _groups_and_seats(analysis)
    await _two_trees(analysis)
    await _other_places(analysis)
    await _in_words(analysis)
    await _in_quarantine(analysis)


async def _totals(analysis: Signed) -> None:
    assert await value(analysis, "indicator=job_ads_county&period=2024") == "697030"
    (ads,) = await figures(analysis, f"indicator=job_ads&{FIFTEEN}&together=true")
    assert (ads["value"], ads["area_name"]) == ("15714", "15 kommuner")
    left = "indicator=job_ads_without_sales"
    (without,) = await figures(analysis, f"{left}&{FIFTEEN}&together=true")
    assert without["value"] == str(15714 - 2013 - 1132)
    sales = [await value(analysis, f"indicator=job_ads&occupation_code={c}") for c in MASS_POSTED]
    assert await value(analysis, left) == str(697030 - sum(int(str(one)) for one in sales))
    assert await figures(analysis, f"{left}&occupation_code=7522") == []
    assert await value(analysis, "indicator=employed&area_code=14&period=2024") == "858256"
    asked = "indicator=employed&area_code=14&occupation_code=7522&period=2024&sex=men&sex=women"
    assert [one["value"] for one in await figures(analysis, asked)] == ["949", "62"]


async def _groups_and_seats(analysis: Signed) -> None:
    (group,) = await figures(
        analysis, "indicator=employed_group&area_code=1472&occupation_code=7522"
    )
    assert (group["occupation_code"], group["area_code"]) == ("752", "14")
    assert group["occupation_name"] == "Möbelsnickare m.fl." or group["occupation_name"]
    (seats,) = await figures(analysis, f"indicator=yh_seats_granted&{FIFTEEN}&together=true")
    assert (seats["value"], seats["area_level"], seats["period"]) == (
        "516", "municipality", "2024",
    )  # fmt: skip
    asked = "indicator=yh_seats_granted_county&area_code=14"
    assert await value(analysis, asked) == "5275", "those of a single municipality"


async def _two_trees(analysis: Signed) -> None:
    """SCB's 1211 and 1212 are the taxonomy's 1210: joined by the key, never by their digits."""
    parts = [
        Decimal(str(await value(analysis, f"indicator=employed&area_code=14&occupation_code={c}")))
        for c in ("1211", "1212")
    ]
    whole = await value(analysis, "indicator=employed&area_code=14&occupation_code=1210")
    assert Decimal(str(whole)) == sum(parts) > 0
    assert await figures(analysis, "indicator=job_ads&occupation_code=1211") == []
    assert await value(analysis, "indicator=job_ads&occupation_code=1210") is not None


async def _other_places(analysis: Signed) -> None:
    """Another county and a single municipality through the same code; nothing below its level."""
    (north,) = await figures(analysis, "indicator=employed&area_code=2480&occupation_code=2221")
    assert (north["area_code"], north["area_level"]) == ("24", "county")
    assert north["area_name"] == "Västerbottens län"
    (alone,) = await figures(analysis, "indicator=job_ads&area_code=2480&occupation_code=2221")
    assert (alone["area_code"], alone["area_name"]) == ("2480", "Umeå")
    for figure in await figures(analysis, f"{FIFTEEN}&together=true&occupation_code=7522"):
        below = figure["area_level"] == "municipality"
        assert below == (set(figure["area_codes"]) <= set(SKARABORG))


async def _in_words(analysis: Signed) -> None:
    found = await records(analysis, f"occupation_code=7522&{FIFTEEN}")
    counties = found["af_barometer_counties"]
    assert {one["area_code"] for one in counties["items"]} <= {"14", "00"}
    nurse = await records(analysis, "occupation_code=2221&area_code=1472")
    national = nurse["af_barometer_national"]
    assert national["items"][0]["area_name"] == "Riket"
    assert national["first_period"] == "2026-1"
    related = nurse["af_substitutability"]["items"]
    assert related
    assert all(one["leads_to_code"] for one in related)
    assert nurse["salary_percentiles"]["licence"] is None
    assert "inte bekräftade" in nurse["salary_percentiles"]["note"]


async def _in_quarantine(analysis: Signed) -> None:
    sources = (await analysis.get("/sources?limit=200")).json()["items"]
    ids = {one["key"]: one["id"] for one in sources}
    found = {}
    for key in ("scb_employed_county", "salary_percentiles", "labour_flow", "af_ads_county"):
        answer = await analysis.get(f"/sources/{ids[key]}/quarantine")
        found[key] = {(one["code"], one["reason"]) for one in answer.json()["items"]}
    assert found["scb_employed_county"] == {
        ("4430", "no_counterpart"), ("7619", "no_counterpart"),
    }  # fmt: skip
    assert ("Nej", "not_a_code") in found["salary_percentiles"]
    assert ("1732", "unknown_code") in found["salary_percentiles"]
    assert found["labour_flow"] == {("Nej", "not_a_code")}
    assert found["af_ads_county"] == set()
