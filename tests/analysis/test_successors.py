"""A source that another took the place of: its series goes on, and breaks where it does."""

from pathlib import Path
from typing import Any

from tests.analysis.importing import csv_bytes, handed_in
from tests.analysis.test_figures import figures
from tests.callers import Signed

NAMES = ("år", "kommun", "antal")
SOURCE = {"kind": "csv", "publisher": "Exempelkommun", "licence": "CC0 1.0",
          "area_level": "municipality"}  # fmt: skip
LAYOUT = {"value": "antal", "period": "år", "area": "kommun"}
COUNTED = {"key": "antal", "name": "Antal", "meaning": "Räknade", "unit": "persons",
           "area_level": "municipality", "layout": LAYOUT}  # fmt: skip


async def _source(analysis: Signed, key: str, **more: Any) -> dict[str, Any]:
    draft = SOURCE | {"key": key, "name": f"Källa {key}"} | more
    made: dict[str, Any] = await analysis.made("/sources", draft)
    return made


async def test_a_series_follows_what_took_its_sources_place(
    analysis: Signed, tmp_path: Path
) -> None:
    new = await _source(analysis, "ny")
    old = await _source(analysis, "gammal", successor_id=new["id"])
    indicator = COUNTED | {"source_id": old["id"]}
    await analysis.made("/indicators", indicator)
    for key, years, amount in (("gammal", (2020, 2021, 2022), 10), ("ny", (2022, 2023), 20)):
        rows = [(year, "1472", amount) for year in years]
        await handed_in(analysis, tmp_path, csv_bytes(NAMES, rows), key=key)
    found = await figures(analysis, "indicator=antal&area_code=1472&series=true")
    assert [(one["period"], one["value"], one["source_key"]) for one in found] == [
        ("2020", "10", "gammal"), ("2021", "10", "gammal"), ("2022", "20", "ny"),
        ("2023", "20", "ny"),
    ]  # fmt: skip
    assert [one["break_reason"] for one in found] == [None, None, "Ny källa: Källa ny", None]
    (latest,) = await figures(analysis, "indicator=antal&area_code=1472")
    assert (latest["period"], latest["source_name"]) == ("2023", "Källa ny")


async def test_sources_that_lead_round_end_somewhere(analysis: Signed, tmp_path: Path) -> None:
    one = await _source(analysis, "ett")
    other = await _source(analysis, "tva", successor_id=one["id"])
    draft = SOURCE | {"key": "ett", "name": "Källa ett", "successor_id": other["id"]}
    await analysis.put(f"/sources/{one['id']}", draft, version=one["version"])
    indicator = COUNTED | {"source_id": one["id"]}
    await analysis.made("/indicators", indicator)
    await handed_in(analysis, tmp_path, csv_bytes(NAMES, [(2020, "1472", 7)]), key="ett")
    (figure,) = await figures(analysis, "indicator=antal&area_code=1472")
    assert figure["value"] == "7"
