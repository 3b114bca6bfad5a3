"""That the benched functions give what a loop over every row gives, on either engine."""

import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from pyarrow import parquet

from bench.national import HOUSE, VALUE, Country, country
from services.analysis.engine.choosing import backend_for
from services.analysis.indicator.engine import Engine
from services.kit.postgres import Postgres
from tests.analysis import by_hand

ROOT = Path(__file__).parents[2]
SIZE = (30, 7, 4)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Country:
    """More municipalities than are read one by one."""
    return country(tmp_path_factory.mktemp("country"), *SIZE)


@pytest.fixture(params=["duckdb", "postgres"])
def engine(request: pytest.FixtureRequest, small: Country, postgres: Postgres) -> Any:
    """The small country on every engine."""
    if request.param == "postgres":
        postgres.ensure_databases("national")
    backend = backend_for(small.shelf, request.param, postgres.url("national"))
    yield Engine(backend)
    backend.close()


def _rows(asked: Country) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = parquet.read_table(asked.file).to_pylist()
    return rows


def test_the_file_is_a_whole_country(small: Country) -> None:
    assert len(_rows(small)) == 30 * 7 * 4 * 2 * 5


def test_dissimilarity_is_what_a_loop_counts(small: Country, engine: Engine) -> None:
    sexes: Any = defaultdict(lambda: defaultdict(lambda: {"women": 0, "men": 0}))
    for row in _rows(small):
        sexes[row["year"], row["municipality_code"]][row["ssyk4"]][row["sex"]] += row[VALUE]
    found = HOUSE["dissimilarity"](engine, small)
    assert len(found) == 30 * 4
    for (year, (place,)), spread in found.items():
        told = {code: (one["women"], one["men"]) for code, one in sexes[year, place].items()}
        naive = by_hand.spread_of(told)
        for name in ("women", "men", "occupation_count"):
            assert getattr(spread, name) == getattr(naive, name)
        for name in ("index", "chance", "margin"):
            assert getattr(spread, name) == pytest.approx(getattr(naive, name), abs=1e-9)


def test_the_trend_is_what_a_loop_counts(small: Country, engine: Engine) -> None:
    years: Any = defaultdict(lambda: defaultdict(int))
    for row in _rows(small):
        years[row["ssyk4"]][row["year"]] += row[VALUE]
    found = HOUSE["trend"](engine, small)
    assert len(found) == 7
    for occupation, (stretch,) in found.items():
        assert stretch.first == 2021
        assert list(stretch.values) == [years[occupation][str(one)] for one in range(2021, 2025)]


def test_coverage_is_what_a_loop_counts(small: Country, engine: Engine) -> None:
    counts: Any = defaultdict(int)
    for row in _rows(small):
        if row["year"] == "2024":
            counts[row["ssyk4"], row["sex"]] += row[VALUE]
            counts[row["ssyk4"], "all"] += row[VALUE]
    found = HOUSE["coverage"](engine, small)
    assert {(one["occupation_code"], one["sex"]): one["value"] for one in found} == counts
    assert {(one["area_code"], one["period"]) for one in found} == {("00", "2024")}


@pytest.mark.slow
def test_the_measuring_works() -> None:
    few = ("--municipalities", "30", "--occupations", "7", "--years", "4", "--rounds", "1")
    done = subprocess.run(
        [sys.executable, "-m", "bench.national", *few],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode in {0, 1}, done.stderr
    lines = [line.split()[0] for line in done.stdout.splitlines() if "bars" in line]
    assert lines == list(HOUSE), done.stderr
