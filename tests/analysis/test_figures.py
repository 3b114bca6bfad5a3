"""Figures: real ones from real files, each with its source and never for a finer area."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from services.analysis.classification.actions import known_files
from tests.analysis.importing import ADS, csv_bytes, employed, handed_in
from tests.analysis.shared import FOLDER, needed
from tests.analysis.test_classification import FINER, settled
from tests.callers import MEMBER, Signed, municipality

SKARABORG = (
    "1444", "1445", "1446", "1447", "1470", "1471", "1472", "1473", "1493", "1494", "1495",
    "1496", "1497", "1498", "1499",
)  # fmt: skip
MEN = ("7522", "14", "män", 2024, 949)
WOMEN = ("7522", "14", "kvinnor", 2024, 62)
Fact = dict[str, Any]


async def figures(analysis: Signed, query: str) -> list[Fact]:
    answer = await analysis.get(f"/figures?{query}")
    assert answer.status_code == 200, answer.text
    found: list[Fact] = answer.json()["items"]
    return found


async def value(analysis: Signed, query: str) -> str | None:
    """The one figure's value."""
    found = await figures(analysis, query)
    assert len(found) == 1, found
    told: str | None = found[0]["value"]
    return told


async def test_a_figure_says_all_that_a_reader_needs(analysis: Signed, tmp_path: Path) -> None:
    said = await handed_in(analysis, tmp_path, employed(MEN, WOMEN))
    asked = "indicator=employed&occupation_code=7522&area_code=1472"
    (figure,) = await figures(analysis.by(MEMBER), asked)
    assert figure == {
        "indicator_key": "employed", "indicator_name": "Anställda", "area_level": "county",
        "area_code": "14", "area_codes": ["14"], "area_name": None, "period": "2024",
        "sex": "all", "age": None, "occupation_code": "7522", "occupation_name": None,
        "value": "1011", "suppressed": False, "unit": "persons", "after_break": False,
        "break_reason": None,
        "estimated": False, "counted_as": None, "source_id": str(said.snapshot["source_id"]),
        "source_key": "scb_employed_county",
        "source_name": "Yrkesregistret: anställda efter län, yrke och kön",
        "publisher": "SCB", "licence": "CC0 1.0", "snapshot_id": str(said.snapshot["id"]),
        "content_hash": said.snapshot["content_hash"], "fetched_at": figure["fetched_at"],
    }  # fmt: skip
    key = analysis.by(municipality("1472", "read"))
    assert await figures(key, asked) == [figure]


async def test_a_figure_is_never_for_a_finer_area_than_its_own(
    analysis: Signed, tmp_path: Path
) -> None:
    await handed_in(analysis, tmp_path, employed(MEN, WOMEN))
    fifteen = "&".join(f"area_code={code}" for code in SKARABORG)
    for more in ("", "&together=true"):
        (figure,) = await figures(analysis, f"indicator=employed&{fifteen}{more}")
        assert (figure["area_level"], figure["area_code"]) == ("county", "14")
    assert await figures(analysis, "indicator=employed&area_code=01") == []
    assert await figures(analysis, "indicator=employed") == []  # the country is not told of


async def test_what_is_unknown_is_null_and_makes_its_sums_unknown(
    analysis: Signed, tmp_path: Path
) -> None:
    unknown = ("7521", "14", "kvinnor", 2024, "..")
    rows = (MEN, WOMEN, ("7521", "14", "män", 2024, 28), unknown)
    await handed_in(analysis, tmp_path, employed(*rows))
    asked = "indicator=employed&area_code=14&occupation_code=7521"
    told = {f["sex"]: f["value"] for f in await figures(analysis, f"{asked}&sex=women&sex=men")}
    assert told == {"women": None, "men": "28"}
    assert await value(analysis, asked) is None
    assert await value(analysis, asked.replace("employed", "women_share")) is None
    assert await value(analysis, "indicator=employed&area_code=14") is None
    assert await figures(analysis, "indicator=employed&area_code=14&occupation_code=9999") == []


async def test_a_share_says_how_it_was_counted(analysis: Signed, tmp_path: Path) -> None:
    await handed_in(analysis, tmp_path, employed(MEN, WOMEN))
    (share,) = await figures(analysis, "indicator=women_share&area_code=14&occupation_code=7522")
    assert (share["value"], share["unit"]) == ("0.0613", "share")
    assert share["counted_as"] == "Kvinnor av alla: 62 av 1\u00a0011"
    assert (share["source_key"], share["sex"]) == ("scb_employed_county", "women")


async def test_what_is_not_listed_among_ads_is_none(analysis: Signed, tmp_path: Path) -> None:
    rows = [("00", "Riket", "7522", 10), ("14", "Län", "7522", 4), ("01", "Län", "7521", 3)]
    await handed_in(analysis, tmp_path, csv_bytes(ADS, rows))
    asked = "indicator=job_ads_county&occupation_code="
    assert await value(analysis, f"{asked}7522&area_code=01") == "0"
    assert await value(analysis, f"{asked}7522") == "10"
    assert await figures(analysis, f"{asked}9999&area_code=01") == []
    assert await figures(analysis, f"{asked}7522&area_code=01&sex=women") == []


async def test_groups_of_another_classification_are_counted_by_weight(
    analysis: Signed, tmp_path: Path
) -> None:
    finer = tmp_path / "ssyk4_scb_to_jobtech.csv"
    rows = [(code, "Managers", "1210", "Chefer", "collapsed") for code in ("1211", "1212")]
    rows += [("1221", "Others", to, "Andra", "broader") for to in ("1220", "1230")]
    finer.write_bytes(csv_bytes(FINER, rows[:3]))
    await settled(analysis, finer)
    finer.write_bytes(csv_bytes(FINER, rows[2:]))
    await settled(analysis, finer)
    people = [(code, "14", sex, 2024, 10) for code in ("1211", "1212", "1221")
              for sex in ("män", "kvinnor")]  # fmt: skip
    await handed_in(analysis, tmp_path, employed(*people))
    asked = "indicator=employed&area_code=14&occupation_code="
    (whole,) = await figures(analysis, f"{asked}1210")
    assert (whole["value"], whole["estimated"]) == ("40", False)
    (half,) = await figures(analysis, f"{asked}1230")
    assert (Decimal(half["value"]), half["estimated"]) == (10, True)


async def test_each_period_is_taken_from_the_newest_snapshot_that_has_it(
    analysis: Signed, tmp_path: Path
) -> None:
    old = [("7522", "14", sex, year, 10) for sex in ("män", "kvinnor") for year in (2022, 2023)]
    new = [("7522", "14", sex, year, 20) for sex in ("män", "kvinnor") for year in (2023, 2024)]
    await handed_in(analysis, tmp_path, employed(*old))
    await handed_in(analysis, tmp_path, employed(*new))
    found = await figures(analysis, "indicator=employed&area_code=14&series=true")
    assert [(f["period"], f["value"]) for f in found] == [
        ("2022", "20"), ("2023", "40"), ("2024", "40"),
    ]  # fmt: skip
    assert [f["after_break"] for f in found] == [False, True, False]
    assert "utredd" in found[1]["break_reason"]
    assert await value(analysis, "indicator=employed&area_code=14&period=2022") == "20"
    # Where the year of the break is unknown, or not told of, the next one stands after it.
    for gap in ([("7522", "14", "män", 2023, ".."), ("7522", "14", "kvinnor", 2023, 20)], []):
        other = [("7521", "14", sex, 2023, 9) for sex in ("män", "kvinnor")]
        await handed_in(analysis, tmp_path, employed(*old[:1], *old[2:3], *new[1::2], *gap, *other))
        asked = "indicator=employed&area_code=14&occupation_code=7522&series=true"
        told = {one["period"]: one["after_break"] for one in await figures(analysis, asked)}
        assert (told["2022"], told["2024"]) == (False, True), told
        assert told.get("2023", True)
    assert len({f["content_hash"] for f in found}) == 2


async def test_a_source_of_ones_own_has_figures_too(analysis: Signed, tmp_path: Path) -> None:
    source = await analysis.made(
        "/sources",
        {"key": "egen", "name": "Egen räkning", "kind": "csv", "publisher": "Exempelkommun",
         "area_level": "municipality"},
    )  # fmt: skip
    layout = {"value": "antal", "fixed_period": "2026-03", "area": "kommun", "sex": "kön"}
    await analysis.made(
        "/indicators",
        {"key": "praktik", "name": "Praktikplatser", "meaning": "Räknade för hand",
         "unit": "seats", "source_id": source["id"], "area_level": "municipality",
         "layout": layout},
    )  # fmt: skip
    rows = [("1472", "Kvinnor", "2,5"), ("1472", "Män", "1"), ("1473", "Kvinnor", "..")]
    names = ("kommun", "kön", "antal")
    await handed_in(analysis, tmp_path, csv_bytes(names, rows), key="egen")
    asked = "indicator=praktik&area_code="
    assert await value(analysis, f"{asked}1472") == "3.5"
    assert await value(analysis, f"{asked}1473") is None
    (both,) = await figures(analysis, f"{asked}1472&area_code=1473&sex=women&together=true")
    assert (both["value"], both["area_code"], both["area_codes"]) == (None, None, ["1472", "1473"])
    # Percentages of places, or of women and men, are no sum.
    await analysis.made(
        "/indicators",
        {"key": "procent", "name": "Procent", "meaning": "Prov", "unit": "percent",
         "source_id": source["id"], "area_level": "municipality", "layout": layout},
    )  # fmt: skip
    asked = "indicator=procent&area_code=1472"
    assert await value(analysis, f"{asked}&sex=women") == "2.5"
    assert await figures(analysis, asked) == []
    assert await figures(analysis, f"{asked}&area_code=1473&sex=women&together=true") == []


async def test_an_indicator_that_cannot_find_its_columns_is_refused_or_silent(
    analysis: Signed, tmp_path: Path
) -> None:
    said = await handed_in(analysis, tmp_path, employed(MEN, WOMEN))
    draft = {"key": "annan", "name": "Annan", "meaning": "Prov", "unit": "persons",
             "source_id": str(said.snapshot["source_id"]), "area_level": "county",
             "layout": {"value": "people", "period": "year", "area": "county_code"}}  # fmt: skip
    refused = await analysis.post("/indicators", draft)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "layout")
    odd = {"value": "employed", "period": "sex", "area": "ssyk4"}
    made = await analysis.made("/indicators", draft | {"layout": odd})
    assert await figures(analysis, "indicator=annan&area_code=7522") == []
    words = odd | {"value": "sex", "period": "year"}
    change = draft | {"layout": words}
    await analysis.put(f"/indicators/{made['id']}", change, version=made["version"])
    assert await figures(analysis, "indicator=annan&area_code=14") == []


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("indicator=nothing", "indicator"),
        ("occupation_code=75", "occupation_code"),
        ("area_code=1", "area_code"),
        ("sex=other", "sex"),
        ("together=perhaps", "together"),
        ("colour=red", "colour"),
        ("&".join(f"area_code={code}" for code in range(1000, 1101)), "area_code"),
    ],
)
async def test_a_question_that_cannot_be_read_is_refused(
    analysis: Signed, query: str, field: str
) -> None:
    refused = await analysis.get(f"/figures?{query}")
    assert refused.status_code == 400
    assert [error["field"] for error in refused.json()["errors"]] == [field]


async def test_a_damaged_or_lost_file_is_said_and_never_read(
    analysis: Signed, tmp_path: Path
) -> None:
    said = await handed_in(analysis, tmp_path, employed(MEN, WOMEN))
    path = analysis.app.state.shelf.path(said.snapshot["content_hash"])
    path.write_bytes(path.read_bytes() + b"x")
    refused = await analysis.get("/figures?area_code=14")
    assert (refused.status_code, "damaged" in refused.json()["detail"]) == (503, True)
    await handed_in(analysis, tmp_path, employed(MEN, WOMEN))  # importing again mends it
    assert await value(analysis, "indicator=employed&area_code=14") == "1011"


@needed
@pytest.mark.slow
async def test_the_real_figures(analysis: Signed, tmp_path: Path) -> None:
    for path in known_files(FOLDER):
        await settled(analysis, path)
    for name in ("job_ads_2024_county_ssyk4", "job_ads_2024_municipality_ssyk4",
                 "employed_ssyk4_county_sex_2020_2024",
                 "employed_ssyk4_age_sex_national_2014_2024"):  # fmt: skip
        await handed_in(analysis, tmp_path, (FOLDER / f"{name}.csv").read_bytes())
    fifteen = "&".join(f"area_code={code}" for code in SKARABORG)
    assert await value(analysis, "indicator=job_ads_county&period=2024") == "697030"
    assert await value(analysis, "indicator=job_ads") == "697030"
    (ads,) = await figures(analysis, f"indicator=job_ads&{fifteen}&together=true")
    assert (ads["value"], ads["area_level"], ads["area_name"]) == (
        "15714", "municipality", "15 kommuner",
    )  # fmt: skip
    assert await value(analysis, "indicator=employed&area_code=14") == "858256"
    (all_counties,) = await figures(analysis, "indicator=employed")
    assert (all_counties["area_level"], len(all_counties["area_codes"])) == ("nation", 21)
    found = await figures(
        analysis, "indicator=employed&area_code=1472&occupation_code=7522&sex=men&sex=women"
    )
    assert [(f["sex"], f["value"], f["area_code"]) for f in found] == [
        ("men", "949", "14"), ("women", "62", "14"),
    ]  # fmt: skip
    assert {f["area_name"] for f in found} == {"Västra Götalands län"}
    assert {f["occupation_name"] for f in found} == {"Fin-, inrednings- och möbelsnickare"}
    (old,) = await figures(analysis, "indicator=age_60_share&occupation_code=7522&area_code=1472")
    assert (old["area_code"], old["area_name"], old["period"]) == ("00", "Riket", "2024")
    assert Decimal("0.05") < Decimal(old["value"]) < Decimal("0.40")
