"""Many areas as one: whichever way they are summed, it is what a loop over the rows gives."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from pyarrow import table

from services.analysis.contract.indicator import Layout
from services.analysis.engine.backends import summed
from services.analysis.engine.choosing import backend_for
from services.analysis.indicator.engine import Cell, Engine
from services.analysis.indicator.summing import Whole, axes_of, together
from services.analysis.snapshot.files import write_table
from services.analysis.snapshot.shelf import Shelf
from services.kit.postgres import Postgres

AREAS = tuple(f"{101 + at:04}" for at in range(30))
YEARS = ("2021", "2022", "2023", "2024")
LAYOUT = Layout(value="n", period="year", area="place", sex="sex", occupation="work")
Row = dict[str, Any]


def _rows(whole: bool) -> list[Row]:
    """One is unknown, one is not there; numbers that are no whole ones are text."""
    found: list[Row] = []
    every = product(("7522", "5111"), AREAS, ("women", "men"), YEARS)
    for at, (work, place, sex, year) in enumerate(every):
        number: Any = at % 37 if whole else f"{at % 37},25"
        if (work, place, sex, year) == ("7522", AREAS[3], "women", "2022"):
            number = None if whole else ".."
        if (work, place, sex, year) != ("5111", AREAS[5], "men", "2024"):
            found.append({"work": work, "place": place, "sex": sex, "year": year, "n": number})
    return found


@pytest.fixture(params=["duckdb", "postgres"])
def engine(request: Any, tmp_path: Path, postgres: Postgres) -> Iterator[Engine]:
    postgres.ensure_databases("summing")
    backend = backend_for(Shelf.of(tmp_path), request.param, postgres.url("summing"))
    yield Engine(backend)
    backend.close()


def _by_loop(rows: list[Row], years: tuple[str, ...]) -> dict[tuple[str, str, str], Any]:
    parts: dict[tuple[str, str, str], list[Any]] = defaultdict(list)
    for row in rows:
        if row["year"] in years:
            parts[row["work"], row["sex"], row["year"]].append(row["n"])
    return {
        key: None
        if len(some) < len(AREAS) or None in some or ".." in some
        else sum((Decimal(str(one).replace(",", ".")) for one in some), Decimal(0))
        for key, some in parts.items()
    }


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize("years", [YEARS, YEARS[1:2], YEARS[3:]])
def test_sums_over_areas(engine: Engine, tmp_path: Path, whole: bool, years: Any) -> None:
    rows = _rows(whole)
    columns = table({name: [row[name] for row in rows] for name in rows[0]})
    kept = Shelf.of(tmp_path).keep(lambda path: write_table(path, columns))
    place = " ".join(AREAS)
    asked = Whole(kept.content_hash, LAYOUT.model_dump_json(), (), AREAS, years, place, each=True)
    found = together(engine, asked)
    told = {(str(one.occupation), str(one.sex), one.period): one.value for one in found}
    assert told == _by_loop(rows, years)
    assert {one.area for one in found} == {place}
    axes = axes_of(engine, asked, LAYOUT)
    one, other = (
        engine.backend.cube(kept.content_hash, axes, "n"),
        summed(engine.backend, kept.content_hash, axes, "n"),
    )
    for name in ("sums", "told", "unknown"):
        assert (getattr(one, name) == getattr(other, name)).all(), name


def test_all_occupations_as_one(engine: Engine, tmp_path: Path) -> None:
    rows = _rows(whole=True)
    columns = table({name: [row[name] for row in rows] for name in rows[0]})
    kept = Shelf.of(tmp_path).keep(lambda path: write_table(path, columns))
    layout = LAYOUT.model_copy(update={"excluded_occupations": ("5111",)}).model_dump_json()
    for some in (YEARS, YEARS[:1]):
        found = together(engine, Whole(kept.content_hash, layout, (), AREAS, some, "all"))
        expected = _by_loop([row for row in rows if row["work"] == "7522"], some)
        assert {(one.sex, one.period): one.value for one in found} == {
            key[1:]: value for key, value in expected.items()
        }
        assert all(isinstance(one, Cell) and one.occupation is None for one in found)
