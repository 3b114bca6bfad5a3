"""Sources that say different things of an occupation stand side by side; none is a mean of them."""

from pathlib import Path
from typing import Any

from services.kit import clock
from tests.analysis.conftest import Three
from tests.analysis.importing import csv_bytes, employed, handed_in
from tests.analysis.test_forecast import CODES, made
from tests.analysis.test_verdict import verdict_of

NATIONAL = ("yrkesomrade", "yb_yrke", "ssyk4_jobtech", "ssyk_text", "rekryteringssituation",
            "jobbmojligheter", "prognos", "omgang", "lan")  # fmt: skip
COUNTIES = ("yb_concept_id", "yb_yrke", "yrkesomrade", "ssyk4_jobtech", "lanskod", "region",
            "jobbmojligheter", "prognos", "namnkalla")  # fmt: skip
ADS = ("county_code", "county_name", "ssyk4")
AGES = ("ar", "ssyk4", "kon", "alder", "antal")
Fact = dict[str, Any]


def national(chances: str, outlook: str) -> bytes:
    row = ("Bygg", "Snickare", "7522", "Snickare", "balans", chances, outlook, "2026-1", "00")
    return csv_bytes(NATIONAL, [row])


def counties(*rows: tuple[str, str, str]) -> bytes:
    told = [("c", "Snickare", "Bygg", "7522", area, "Plats", chances, outlook, "egen")
            for area, chances, outlook in rows]  # fmt: skip
    return csv_bytes(COUNTIES, told)


def said(verdict: Fact) -> list[tuple[str, list[tuple[str, str | None, str | None]]]]:
    return [
        (one["kind"], [(s["says"], s["area_code"], s["period"]) for s in one["statements"]])
        for one in verdict["conflicts"]
    ]


async def test_opposite_assessments_and_a_need_against_them_are_told_with_their_sources(
    three: Three, tmp_path: Path
) -> None:
    bare = await verdict_of(three)
    assert bare["conflicts"] == []
    await handed_in(three.analysis, tmp_path, national("stora", "öka"))
    assert said(await verdict_of(three)) == []
    rows = counties(("00", "små", "vara oförändrad"), ("14", "små", "öka"))
    await handed_in(three.analysis, tmp_path, rows)
    verdict = await verdict_of(three)
    assert said(verdict) == [
        ("situation", [("Snickare: möjligheterna till jobb är stora", "00", "2026-1"),
                       ("Snickare: möjligheterna till jobb är små", "00", None)]),
        ("situation", [("10 personer per år behövs", None, None),
                       ("Snickare: möjligheterna till jobb är små", "14", None)]),
    ]  # fmt: skip
    first, second = verdict["conflicts"][0]["statements"]
    assert first["source_name"] != second["source_name"]
    assert all(first[name] for name in ("fetched_on", "snapshot_id", "publisher"))
    assert first["area_level"] == "nation"
    same = ("demand_low", "supply_low", "supply_high", "conclusion", "lines")
    assert {name: verdict[name] for name in same} == {name: bare[name] for name in same}


async def test_registers_that_count_the_same_differently_are_a_conflict_and_years_are_none(
    three: Three, tmp_path: Path
) -> None:
    counted = employed(("7522", "00", "män", 2024, 949), ("7522", "00", "kvinnor", 2024, 62))
    await handed_in(three.analysis, tmp_path, counted)
    older = [(2023, "7522", sex, "16-24", 400) for sex in ("män", "kvinnor")]
    await handed_in(three.analysis, tmp_path, csv_bytes(AGES, older))
    assert said(await verdict_of(three)) == []
    same = [(2024, "7522", "män", "16-24", 949), (2024, "7522", "kvinnor", "16-24", 62)]
    await handed_in(three.analysis, tmp_path, csv_bytes(AGES, same))
    assert said(await verdict_of(three)) == []
    other = [(2024, "7522", "män", "16-24", 960), (2024, "7522", "kvinnor", "16-24", 62)]
    await handed_in(three.analysis, tmp_path, csv_bytes(AGES, other))
    ((kind, statements),) = said(await verdict_of(three))
    assert kind == "figure"
    assert {one for one, _, _ in statements} == {"Anställda: 1\u00a0011",
                                                 "Anställda efter ålder: 1\u00a0022"}  # fmt: skip


async def test_a_forecast_and_ads_that_go_the_other_way_are_told_beside_the_assessment(
    three: Three, tmp_path: Path
) -> None:
    analysis = three.analysis
    falling = [
        (code, "14", sex, year, 9000 - 90 * (year - 2023) + at)
        for at, code in enumerate((*CODES, "7522"))
        for year in range(2023, 2027)
        for sex in ("män", "kvinnor")
    ]
    await handed_in(analysis, tmp_path, employed(*falling))
    await made(analysis, "14")
    for year, count in ((2023, 5), (2024, 4), (clock.today().year, 1)):
        rows = [("14", "Län", "7522", count), ("14", "Län", "7521", 9)]
        told = csv_bytes((*ADS, f"ads_{year}"), rows)
        await handed_in(analysis, tmp_path, told, name=f"ads_{year}.csv")
    await handed_in(analysis, tmp_path, counties(("14", "stora", "minska"), ("00", "stora", "öka")))
    assert said(await verdict_of(three)) == [], "of another place, and the same way"
    await handed_in(analysis, tmp_path, counties(("14", "stora", "öka"), ("00", "stora", "öka")))
    assessed = ("Snickare: efterfrågan kommer att öka", "14", None)
    forecast = (
        "vår prognos: 17\u00a0540 år 2026, 17\u00a0360 (17\u00a0360–17\u00a0360) år 2027",
        "14",
    )
    assert said(await verdict_of(three)) == [
        ("outlook", [(*forecast, "2026–2027"), assessed]),
        ("outlook", [("annonser: 5 år 2023, 4 år 2024", "14", "2023–2024"), assessed]),
    ]
