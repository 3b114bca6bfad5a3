"""Forecasts of a place: made once of the same figures, answered at their level, scored later."""

import csv
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from services.analysis.classification.actions import known_files
from services.analysis.contract.forecast import ForecastMethod
from services.analysis.contract.source import SourceDraft
from services.analysis.forecast import rules
from services.analysis.forecast.margins import size_of, within
from services.analysis.forecast.smoothing import weights
from tests.analysis.importing import csv_bytes, employed, handed_in
from tests.analysis.shared import FOLDER, needed
from tests.analysis.test_classification import settled
from tests.callers import MEMBER, READER, STRATEGIST, Signed, municipality
from tests.real_data import real_file

AGES = ("ar", "ssyk4", "kon", "alder", "antal")
CODES = [str(5000 + at) for at in range(40)]


def counted(first: int, last: int, *, area: str = "14") -> list[Any]:
    """Forty occupations that walk by chance, from one year to another."""
    rows: list[Any] = []
    for at, code in enumerate(CODES):
        chance, women = np.random.default_rng(at), 200 + 20 * at
        for year in range(2020, last + 1):
            women = max(1, women + int(chance.integers(-12, 13)))
            if year >= first:
                rows += [(code, area, "kvinnor", year, women), (code, area, "män", year, 100)]
    return rows


async def asked(analysis: Signed, path: str) -> Any:
    answer = await analysis.get(path)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def made(analysis: Signed, area: str) -> Any:
    answer = await analysis.post("/forecasts", {"area_code": area})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_place_is_forecast_once_of_the_same_figures(
    analysis: Signed, tmp_path: Path
) -> None:
    said = await handed_in(analysis, tmp_path, employed(*counted(2020, 2024)))
    empty = await asked(analysis, "/forecasts?area_code=1472")
    assert empty["items"] == []
    assert empty["place"]["current"] is False
    first = await made(analysis, "1472")
    assert (first["area_level"], first["area_code"]) == ("county", "14"), "never a municipality's"
    assert (first["made"], first["there_already"]) == (40, 0)
    again = await made(analysis, "14")
    assert (again["made"], again["there_already"]) == (0, 40)
    found = await asked(analysis.by(MEMBER), "/forecasts?area_code=1472&occupation_code=5003")
    assert found["place"]["current"] is True
    assert found["place"]["last_period"] == "2024"
    (one,) = found["items"]
    assert (one["area_level"], one["area_code"], one["occupation_code"]) == ("county", "14", "5003")
    assert (one["snapshot_id"], one["level"]) == (str(said.snapshot["id"]), "0.8")
    (point,) = one["points"]
    assert (point["period"], point["method"], point["value"]) == (
        "2025", "naive", one["origin_value"],
    )  # fmt: skip
    assert Decimal(point["low"]) < Decimal(point["value"]) < Decimal(point["high"])
    assert {(left["period"], left["reason"]) for left in one["unsaid_years"]} == {
        ("2026", "tried_once"), ("2027", "never_tried"), ("2028", "never_tried"),
        ("2029", "never_tried"),
    }  # fmt: skip
    assert {trial["method"] for trial in one["trials"]} == {"naive", "drift", "ets"}
    chosen = [trial["method"] for trial in one["trials"] if trial["chosen"]]
    assert chosen == ["naive"]
    assert [year["period"] for year in one["history"] if year["after_break"]] == ["2020", "2023"]
    listed = (await asked(analysis, "/forecasts?area_code=14"))["items"]
    assert [row["occupation_code"] for row in listed] == CODES
    assert {row["history"] for row in listed} == {None}
    key = analysis.by(municipality("1472", "read"))
    assert await asked(key, "/forecasts?area_code=1472&occupation_code=5003") == found


async def test_a_group_of_occupations_is_no_occupations_forecast(
    analysis: Signed, tmp_path: Path
) -> None:
    """A series of groups is longer, and tells of no occupation in them."""
    await handed_in(analysis, tmp_path, employed(*counted(2020, 2024)))
    groups = [(f"50{at}", "14", sex, year, 9000) for at in range(4) for year in range(2014, 2025)
              for sex in ("kvinnor", "män")]  # fmt: skip
    columns = ("ssyk3", "county_code", "sex", "year", "employed")
    await handed_in(analysis, tmp_path, csv_bytes(columns, groups), name="groups.csv")
    await made(analysis, "14")
    found = await asked(analysis, "/forecasts?area_code=14&occupation_code=5003")
    assert found["place"]["indicator_key"] == "employed"
    (one,) = found["items"]
    assert Decimal(one["origin_value"]) < 1000


async def test_nothing_is_learnt_across_the_change_to_another_source(
    analysis: Signed, tmp_path: Path
) -> None:
    """What took its source's place counts in its own way: its years are a stretch of their own."""
    names = ("ar", "lan", "yrke", "antal")
    source = {"kind": "csv", "publisher": "Exempelmyndigheten", "licence": "CC0 1.0",
              "area_level": "county"}  # fmt: skip
    new = await analysis.made("/sources", source | {"key": "ny", "name": "Ny källa"})
    old = {"key": "gammal", "name": "Gammal källa", "successor_id": new["id"]}
    replaced = await analysis.made("/sources", source | old)
    layout = {"value": "antal", "period": "ar", "area": "lan", "occupation": "yrke"}
    told = {"key": "antal", "name": "Antal", "meaning": "Räknade", "unit": "persons"}
    about = {"area_level": "county", "layout": layout, "source_id": replaced["id"]}
    await analysis.made("/indicators", told | about)
    for key, years in (("gammal", range(2014, 2021)), ("ny", range(2021, 2025))):
        rows = [(year, "14", code, 500 + year - 2014 + 100 * (key == "ny"))
                for year in years for code in CODES]  # fmt: skip
        await handed_in(analysis, tmp_path, csv_bytes(names, rows), key=key)
    await made(analysis, "14")
    (one,) = (await asked(analysis, "/forecasts?area_code=14&occupation_code=5003"))["items"]
    broken = {
        year["period"]: year["break_reason"] for year in one["history"] if year["after_break"]
    }
    assert list(broken) == ["2021"]
    assert "Ny källa" in broken["2021"]


async def test_what_came_true_is_told_when_newer_figures_are_there(
    analysis: Signed, tmp_path: Path
) -> None:
    await handed_in(analysis, tmp_path, employed(*counted(2020, 2024)))
    await made(analysis, "14")
    path = "/forecast-scores?area_code=1472&occupation_code=5003"
    assert (await asked(analysis, path))["sums"] == []
    before = (await asked(analysis, "/forecasts?area_code=14&occupation_code=5003"))["items"][0]
    newer = [*counted(2020, 2024), *(row for row in counted(2025, 2025))]
    await handed_in(analysis, tmp_path, employed(*newer), name="nyare.csv")
    found = await asked(analysis, path)
    (one,) = found["items"]
    rows = [row for row in newer if (row[0], row[3]) == ("5003", 2025)]
    outcome = sum(row[4] for row in rows)
    point = before["points"][0]
    assert (one["forecast_id"], one["period"], one["outcome"]) == (
        before["id"], "2025", str(outcome),
    )  # fmt: skip
    away = abs(Decimal(outcome) - Decimal(point["value"]))
    assert Decimal(one["error"]) == (away / Decimal(before["scale"])).quantize(Decimal("0.0001"))
    assert one["held"] is (int(point["low"]) <= outcome <= int(point["high"]))
    whole, ahead = found["sums"]
    assert (whole["horizon"], whole["count"], ahead["horizon"]) == (None, 40, 1)
    assert Decimal(whole["coverage"]) == Decimal(whole["held"]) / 40
    assert 0.6 <= float(whole["coverage"]) <= 1
    stale = await asked(analysis, "/forecasts?area_code=14&occupation_code=5003")
    assert stale["place"]["current"] is False, "newer figures have not been forecast"
    assert stale["items"] == [before | {"history": stale["items"][0]["history"]}]
    assert (await made(analysis, "14"))["made"] == 40
    assert (await asked(analysis, path))["items"] == found["items"], "the old one stands"


async def test_a_year_after_a_new_break_is_not_scored(analysis: Signed, tmp_path: Path) -> None:
    await handed_in(analysis, tmp_path, employed(*counted(2020, 2024)))
    await made(analysis, "14")
    source = (await asked(analysis, "/sources?limit=1"))["items"][0]
    body = {name: source[name] for name in SourceDraft.model_fields}
    body["method_breaks"] = [*body["method_breaks"], {"year": 2025, "reason": "En ny tabell."}]
    changed = await analysis.put(f"/sources/{source['id']}", body, version=source["version"])
    assert changed.status_code == 200, changed.text
    newer = [*counted(2020, 2024), *counted(2025, 2025)]
    await handed_in(analysis, tmp_path, employed(*newer), name="nyare.csv")
    found = await asked(analysis, "/forecast-scores?area_code=14")
    assert (found["items"], found["sums"], found["not_comparable"]) == ([], [], 40)


async def test_an_occupation_without_figures_or_people_gets_none(
    analysis: Signed, tmp_path: Path
) -> None:
    rows = [row for row in counted(2020, 2024) if row[0] not in {"5000", "5001"}]
    for year in range(2020, 2025):
        count: int | str = ".." if year == 2024 else 5
        rows += [("5000", "14", "kvinnor", year, count), ("5000", "14", "män", year, 5)]
        rows += [("5001", "14", "kvinnor", year, 0), ("5001", "14", "män", year, 0)]
    await handed_in(analysis, tmp_path, employed(*rows))
    await made(analysis, "14")
    found = await asked(
        analysis, "/forecasts?area_code=14&occupation_code=5000&occupation_code=5001"
    )
    told = [(one["points"], one["unsaid_years"][0]["reason"]) for one in found["items"]]
    assert told == [([], "unknown"), ([], "nobody")]


async def test_a_municipality_is_forecast_where_its_own_figures_are_known(
    analysis: Signed, tmp_path: Path
) -> None:
    await handed_in(analysis, tmp_path, employed(*counted(2020, 2024)))
    source = await analysis.made(
        "/sources",
        {"key": "egen", "name": "Egen räkning", "kind": "csv", "publisher": "Exempelkommun",
         "area_level": "municipality"},
    )  # fmt: skip
    rows = [("1472", year, code, n + year) for year in (2023, 2024) for n, code in enumerate(CODES)]
    own = [*rows, ("1472", 2024, "övriga", "2,5")]
    content = csv_bytes(("kommun", "år", "yrke", "antal"), own)
    await handed_in(analysis, tmp_path, content, name="egna.csv", key="egen")
    layout = {"value": "antal", "period": "år", "area": "kommun", "occupation": "yrke"}
    await analysis.made(
        "/indicators",
        {"key": "egna", "name": "Anställda", "meaning": "Räknade för hand", "unit": "persons",
         "source_id": source["id"], "area_level": "municipality", "layout": layout},
    )  # fmt: skip
    done = await made(analysis, "1472")
    assert (done["area_level"], done["area_code"], done["made"]) == ("municipality", "1472", 40)
    found = await asked(analysis, "/forecasts?area_code=1472&occupation_code=5003")
    (one,) = found["items"]
    assert one["points"] == [], "two years are one change: there is none to try it on"
    assert {left["reason"] for left in one["unsaid_years"]} == {"tried_once", "never_tried"}
    assert (await asked(analysis, "/forecasts?area_code=1473"))["place"]["area_code"] == "14"


async def test_few_people_are_not_told_of_in_what_nobody_has_opened(
    analysis: Signed, tmp_path: Path
) -> None:
    """Neither by the last figure, which the naive forecast says again, nor by the history."""
    source = await analysis.made(
        "/sources",
        {"key": "egen", "name": "Egen räkning", "kind": "csv", "publisher": "Exempelkommun",
         "area_level": "county"},
    )  # fmt: skip
    layout = {"value": "antal", "period": "år", "area": "län", "occupation": "yrke"}
    await analysis.made(
        "/indicators",
        {"key": "egna", "name": "Anställda", "meaning": "Räknade för hand", "unit": "persons",
         "source_id": source["id"], "area_level": "county", "layout": layout},
    )  # fmt: skip
    walks = np.cumsum(np.random.default_rng(3).integers(-9, 10, (40, 5)), axis=1) + 200
    rows = [
        ("14", 2020 + year, code, 3 if code == "5003" else walks[n, year])
        for n, code in enumerate(CODES)
        for year in range(5)
    ]
    content = csv_bytes(("län", "år", "yrke", "antal"), rows)
    await handed_in(analysis, tmp_path, content, name="egna.csv", key="egen")
    await made(analysis, "14")
    found = await asked(analysis, "/forecasts?area_code=14")
    told = {one["occupation_code"]: one for one in found["items"]}
    assert (told["5003"]["origin_value"], told["5003"]["points"]) == (None, [])
    assert {left["reason"] for left in told["5003"]["unsaid_years"]} == {"unknown"}
    (small,) = (await asked(analysis, "/forecasts?area_code=14&occupation_code=5003"))["items"]
    assert {year["value"] for year in small["history"]} == {None}
    assert sum(bool(one["points"]) for one in told.values()) >= 38, "one beside it is hidden too"


async def test_a_group_of_occupations_is_never_told_as_one_of_them(
    analysis: Signed, tmp_path: Path
) -> None:
    groups = [
        ("500", "14", sex, year, 900) for sex in ("kvinnor", "män") for year in range(2014, 2025)
    ]
    names = ("ssyk3", "county_code", "sex", "year", "employed")
    await handed_in(analysis, tmp_path, csv_bytes(names, groups), name="grupper.csv")
    assert (await asked(analysis, "/forecasts?area_code=14"))["place"] is None
    await handed_in(analysis, tmp_path, employed(*counted(2020, 2024)))
    assert (await made(analysis, "14"))["indicator_key"] == "employed", "the groups go back longer"


async def test_who_may_and_what_cannot_be_forecast(analysis: Signed) -> None:
    order = {"area_code": "14"}
    for caller in (MEMBER, READER, municipality("1472", "read", "write")):
        assert (await analysis.by(caller).post("/forecasts", order)).status_code == 403
    nothing = await analysis.by(STRATEGIST).post("/forecasts", order)
    assert (nothing.status_code, nothing.json()["errors"][0]["code"]) == (422, "no_figures")
    assert (await asked(analysis, "/forecasts")) == {"place": None, "items": [], "next": None}
    assert (await analysis.post("/forecasts", {"area_code": "x"})).status_code == 422
    for query in ("area_code=x", "occupation_code=1", "what=1", "leaving_age=64"):
        assert (await analysis.get(f"/replacements?{query}")).status_code == 400
    assert (await asked(analysis, "/replacements")) == {"items": [], "next": None}


async def test_who_leaves_by_age_of_the_country_and_of_a_place_by_its_share(
    analysis: Signed, tmp_path: Path
) -> None:
    counts = {"25-29": 500, "60-64": 100, "65-69": 40}
    rows = [
        (2024, "5003", sex, age, count)
        for age, count in counts.items()
        for sex in ("kvinnor", "män")
    ]
    await handed_in(analysis, tmp_path, csv_bytes(AGES, rows), name="aldrar.csv")
    await handed_in(analysis, tmp_path, employed(*counted(2020, 2024)))
    (nation,) = (await asked(analysis, "/replacements?occupation_code=5003"))["items"]
    # 0.6 × 200 and 80: 200 in five years, of 1 280.
    assert (nation["nation_leaving"], nation["nation_leaving_yearly"]) == ("200.0", "40.0")
    assert (nation["share_leaving"], nation["assumed"]) == ("0.1563", False)
    assert (nation["area_code"], nation["area_leaving_yearly"]) == ("00", "40.0")
    path = "/replacements?area_code=1472&occupation_code=5003"
    (county,) = (await asked(analysis, path))["items"]
    assert (county["area_level"], county["area_code"], county["assumed"]) == ("county", "14", True)
    expected = Decimal(200) / 1280 * Decimal(county["area_count"]) / 5
    assert Decimal(county["area_leaving_yearly"]) == expected.quantize(Decimal("0.1"))
    assert "rikets andel" in county["counted_as"]
    (earlier,) = (await asked(analysis, f"{path}&leaving_age=65"))["items"]
    assert earlier["nation_leaving"] == "280.0"
    assert [one["age"] for one in county["ages"]] == ["25-29", "60-64", "65-69"]


BROKEN = (2019, 2020, 2023)


def real_series(name: str, area: str, *, of: str = "ssyk4") -> dict[str, dict[int, float | None]]:
    """A county's occupations by year, worked out of the file by itself."""
    found: dict[str, dict[int, float | None]] = defaultdict(dict)
    with real_file(name).open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            if area in (row["county_code"], "00"):
                year = int(row["year"])
                found[row[of]][year] = (found[row[of]].get(year) or 0) + float(row["employed"])
    return found


@pytest.mark.parametrize(
    ("name", "area", "horizons"),
    [
        ("employed_ssyk4_sex_year_vastra_gotaland.csv", "14", (1, 2, 3)),
        ("employed_ssyk4_county_sex_2020_2024.csv", "01", (1,)),
        ("employed_ssyk4_county_sex_2020_2024.csv", "09", (1,)),
        ("employed_ssyk4_county_sex_2020_2024.csv", "14", (1,)),
    ],
)
def test_on_the_real_series_the_chosen_is_no_worse_and_the_interval_holds(
    name: str, area: str, horizons: tuple[int, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    series = {
        code: rules.stretches(years, BROKEN) for code, years in real_series(name, area).items()
    }
    trials = rules.trials_of(series, 2, weights)
    lessons = rules.learnt(trials)
    with capsys.disabled():
        print(f"\n{name} {area}")  # noqa: T201
        for lesson in lessons.values():
            told = {
                method.value: (one.error and round(one.error, 3), one.series, one.origins)
                for method, one in lesson.tried.items()
            }
            print(lesson.horizon, told, lesson.method, lesson.reason, lesson.coverage)  # noqa: T201
    assert tuple(h for h, one in lessons.items() if one.reason is None) == horizons
    for horizon in horizons:
        lesson = lessons[horizon]
        chosen, naive = lesson.tried[lesson.method], lesson.tried[ForecastMethod.naive]
        assert chosen.error is not None
        assert naive.error is not None
        assert chosen.error <= naive.error
    held = [one for h in horizons for one in held_without_its_year(trials, h)]
    assert len(held) >= 400
    with capsys.disabled():
        print(f"coverage of {len(held)} held back: {np.mean(held):.3f}")  # noqa: T201
    assert np.mean(held) == pytest.approx(0.8, abs=0.1)


def held_without_its_year(trials: list[rules.Trial], horizon: int) -> list[bool]:
    """Each year tried from, when all was learnt, the method too, without it."""
    held = []
    for origin in {one.origin for one in trials if one.horizon == horizon}:
        lesson = rules.learnt([one for one in trials if one.origin != origin])[horizon]
        candidate = lesson.smoothing or lesson.method
        for one in trials:
            said = one.said.get(candidate)
            if (one.origin, one.horizon) == (origin, horizon) and said and lesson.margins:
                relative = (one.outcome - said) / said
                held.append(within(relative, lesson.margins[size_of(one.last)]))
    return held


@needed
async def test_the_real_place_is_forecast_through_the_api(analysis: Signed, tmp_path: Path) -> None:
    for path in known_files(FOLDER):
        await settled(analysis, path)
    for name in (
        "employed_ssyk4_county_sex_2020_2024.csv",
        "employed_ssyk4_sex_year_vastra_gotaland.csv",
        "employed_ssyk4_age_sex_national_2014_2024.csv",
    ):
        content = real_file(name).read_bytes()
        await handed_in(analysis, tmp_path, content, name=name)
    done = await made(analysis, "1472")
    assert (done["made"], done["indicator_key"]) == (400, "employed_since_2014")
    path = "area_code=1472&occupation_code=7522"
    (one,) = (await asked(analysis, f"/forecasts?{path}"))["items"]
    assert (one["area_name"], one["origin_value"]) == ("Västra Götalands län", "1011")
    assert [point["period"] for point in one["points"]] == ["2025", "2026", "2027"]
    assert [year["period"] for year in one["history"] if year["after_break"]] == [
        "2019", "2020", "2023",
    ]  # fmt: skip
    (leaving,) = (await asked(analysis, f"/replacements?{path}"))["items"]
    assert leaving["assumed"] is True
    assert 0 < Decimal(leaving["share_leaving"]) < 1
    (sweden,) = (await asked(analysis, "/replacements?occupation_code=7522"))["items"]
    assert sweden["area_code"] == "00"
    nation = await made(analysis, "00")
    assert (nation["area_level"], nation["indicator_key"]) == ("nation", "employed")
