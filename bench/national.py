"""`python -m bench.national`: a country's statistics, beside bare queries of DuckDB's.

18.7 million rows: 290 municipalities, 430 occupations, 15 years, two sexes and five ages, as a file
on the shelf, in the order and form that files are kept in. What is measured is what the house calls
for its answers, from the file each time: nothing that was counted is remembered, but for which
codes a snapshot has. Dissimilarity: of every municipality and year, with chance and margin. Trend:
every occupation's years in the country, cut at breaks, as forecasts begin. Coverage: how many have
each occupation in the country now, women and men, as verdicts lay it beside needs.

The house and the bare query take turns, on as many threads. The ratio is of processor time, within
each round: others on the machine are not counted. The seconds are those of the clock.
"""

import argparse
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from bench import report
from services.analysis.contract.indicator import Sex
from services.analysis.engine.choosing import backend_for
from services.analysis.engine.local import THREADS
from services.analysis.equality.spreading import spreads
from services.analysis.forecast.queries import Known
from services.analysis.forecast.telling import each_of, occupations_of, told_of
from services.analysis.indicator.counting import Series
from services.analysis.indicator.engine import Engine
from services.analysis.indicator.figures import Wanted, counted
from services.analysis.indicator.queries import Facts
from services.analysis.snapshot.files import write_table
from services.analysis.snapshot.shelf import Shelf

TIMES, SECONDS, MEGABYTES = 3.0, 1.0, 2000
MUNICIPALITIES, OCCUPATIONS, YEARS = 290, 430, 15
SEXES, AGES = ("men", "women"), ("16-24", "25-34", "35-44", "45-54", "55-64")
COLUMNS = ("ssyk4", "municipality_code", "sex", "age", "year")
VALUE = "employed"
BARE = {
    "dissimilarity": """
        WITH one AS (SELECT year, municipality_code AS place, ssyk4,
                sum(employed) FILTER (sex = 'women') AS w, sum(employed) FILTER (sex = 'men') AS m
            FROM '{file}' GROUP BY ALL),
        whole AS (SELECT year, place, sum(w) AS women, sum(m) AS men FROM one GROUP BY ALL)
        SELECT year, place, sum(abs(w / women - m / men)) / 2
        FROM one JOIN whole USING (year, place) GROUP BY ALL""",
    "trend": "SELECT year, ssyk4, sex, sum(employed) FROM '{file}' GROUP BY ALL",
    "coverage": """
        SELECT ssyk4, sex, sum(employed), count(DISTINCT municipality_code)
        FROM '{file}' WHERE year = (SELECT max(year) FROM '{file}') GROUP BY ALL""",
}


@dataclass(frozen=True)
class Country:
    """What is asked: the file, and what the database would say of it."""

    shelf: Shelf
    content_hash: str
    facts: Facts

    @property
    def file(self) -> Path:
        """Where the snapshot stands."""
        return self.shelf.path(self.content_hash)

    @property
    def places(self) -> list[str]:
        """Every municipality."""
        return [code for code in self.facts.area_names if len(code) == 4]  # noqa: PLR2004


def country(folder: Path, municipalities: int, occupations: int, years: int) -> Country:
    """A country's snapshot; the same every time."""
    import numpy as np  # noqa: PLC0415 - heavy
    import pyarrow as pa  # noqa: PLC0415

    places = [f"{101 + 9 * at:04}" for at in range(municipalities)]
    works = [f"{1000 + 7 * at}" for at in range(occupations)]
    periods = [f"{2025 - years + at}" for at in range(years)]
    values = dict(zip(COLUMNS, (works, places, SEXES, AGES, periods), strict=True))
    shape = tuple(len(some) for some in values.values())
    columns = {}
    for at, (name, some) in enumerate(values.items()):
        wide = [1] * len(shape)
        wide[at] = shape[at]
        index = np.broadcast_to(np.arange(shape[at], dtype=np.int32).reshape(wide), shape)
        columns[name] = pa.DictionaryArray.from_arrays(index.reshape(-1), pa.array(some))
    draw = np.random.default_rng(15)
    columns[VALUE] = pa.array(draw.integers(0, 200, shape, np.int64).reshape(-1))
    shelf = Shelf.of(folder)
    kept = shelf.keep(lambda part: write_table(part, pa.table(columns)))
    return Country(shelf, kept.content_hash, _facts(kept.content_hash, places, works, periods))


def _facts(content_hash: str, places: list[str], works: list[str], periods: list[str]) -> Facts:
    names = {code: f"Exempelkommun {code}" for code in places}
    source = {"source_id": "s", "source_key": "k", "source_name": "Exempelkälla",
              "publisher": "Exempel", "licence": "CC0 1.0", "method_breaks": []}  # fmt: skip
    layout = {"value": VALUE, "period": "year", "area": "municipality_code", "sex": "sex",
              "occupation": "ssyk4", "age": None}  # fmt: skip
    indicator = {"key": "employed", "name": "Anställda", "unit": "persons", "layout": layout,
                 "area_level": "municipality", "latest_snapshot_id": "n"} | source  # fmt: skip
    snapshot = {"id": "n", "content_hash": content_hash, "fetched_at": None,
                "columns": [*COLUMNS, VALUE], "first_period": periods[0],
                "last_period": periods[-1]} | source  # fmt: skip
    every = {code: f"Exempelyrke {code}" for code in works}
    no_keys: Any = defaultdict(dict)
    return Facts([indicator], {"s": [snapshot]}, names, every, no_keys, {}, frozenset())


def dissimilarity(engine: Engine, asked: Country) -> Any:
    """The index of each municipality and year."""
    series = Series(engine, asked.facts, asked.facts.indicators[0], ())
    series.choose()
    spots = series.spots(asked.places)
    periods = sorted(series.own[asked.content_hash])
    return spreads(engine, asked.content_hash, series.layout_text, spots, periods)


def trend(engine: Engine, asked: Country) -> Any:
    """Each occupation's years in the country, cut where they cannot be compared."""
    known = Known(asked.facts, tuple(asked.facts.occupation_names), is_place=True)
    told = told_of(engine, known, "00")
    assert told is not None  # noqa: S101 - the country has figures
    told = each_of(told)
    return {one: told.stretches(one) for one in occupations_of(told, known)}


def coverage(engine: Engine, asked: Country) -> Any:
    """How many have each occupation in the country in the last year, women and men."""
    works = tuple(asked.facts.occupation_names)
    sexes = (Sex.all, Sex.women, Sex.men)
    wanted = Wanted(indicators=("employed",), occupations=works, sexes=sexes, together=True)
    return counted(engine, asked.facts, works, [wanted])[0]


HOUSE: dict[str, Callable[[Engine, Country], Any]] = {
    "dissimilarity": dissimilarity,
    "trend": trend,
    "coverage": coverage,
}


def main(arguments: list[str]) -> int:
    """Measure and print; 0 where the bars are held, else 1."""
    parser = argparse.ArgumentParser(prog="python -m bench.national", description=__doc__)
    parser.add_argument("--municipalities", type=int, default=MUNICIPALITIES)
    parser.add_argument("--occupations", type=int, default=OCCUPATIONS)
    parser.add_argument("--years", type=int, default=YEARS)
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args(arguments)
    with TemporaryDirectory(prefix="kompetensnav-bench-") as folder:
        size = (chosen.municipalities, chosen.occupations, chosen.years)
        return _measured(_made(Path(folder), size), chosen)


def _made(folder: Path, size: tuple[int, int, int]) -> Country:
    """The file, made by another process: what that took is not the house's memory."""
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415
    from multiprocessing import get_context  # noqa: PLC0415

    with ProcessPoolExecutor(1, get_context("spawn")) as other:
        return other.submit(country, folder, *size).result()


def _measured(asked: Country, chosen: argparse.Namespace) -> int:
    engine = Engine(backend_for(asked.shelf))
    opening, _ = _seconds(lambda: _opened(engine, asked))
    known = engine._remembered.copy()

    def house(name: str) -> tuple[float, float]:
        engine._remembered = known.copy()
        return _seconds(lambda: HOUSE[name](engine, asked))

    for name in HOUSE:
        house(name)  # the libraries are loaded
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rounds = [
        {name: (house(name), _seconds(bare)) for name, bare in _bare(asked)}
        for _ in range(chosen.rounds)
    ]
    rows = chosen.municipalities * chosen.occupations * chosen.years * len(SEXES) * len(AGES)
    print(
        f"{report.machine()}; {rows / 1e6:.1f} million rows, {asked.file.stat().st_size >> 20} MB"
    )
    print(f"opened in {opening:.2f} s; the house holds at most {memory:.0f} MB of {MEGABYTES}")
    print(f"\n{'question':15}{'house s':>9}{'cpu s':>9}{'bare s':>9}{'cpu s':>9}{'times':>8}")
    met = [_told(name, [one[name] for one in rounds]) for name in HOUSE]
    return 0 if all(met) and memory <= MEGABYTES else 1


def _told(name: str, rounds: list[tuple[tuple[float, float], tuple[float, float]]]) -> bool:
    """A line; whether its bars are held."""
    times = median(own[1] / alone[1] for own, alone in rounds)
    both = [median(one[who][at] for one in rounds) for who in (0, 1) for at in (0, 1)]
    met = both[0] <= SECONDS and times <= TIMES
    figures = "".join(f"{one:>9.2f}" for one in both)
    bars = f"bars {SECONDS:g} s and {TIMES:g} times: {'met' if met else 'NOT met'}"
    print(f"{name:15}{figures}{times:>8.2f}  {bars}")
    return met


def _opened(engine: Engine, asked: Country) -> None:
    """The file is whole, and which codes it has is known: once in a program's life."""
    series = Series(engine, asked.facts, asked.facts.indicators[0], ())
    series.choose()
    series.spots(asked.places)
    series.told()
    engine.occupations(asked.content_hash, series.layout_text)
    engine.column(asked.content_hash, "sex")


def _bare(asked: Country) -> Iterator[tuple[str, Callable[[], object]]]:
    """The queries alone, with as many threads."""
    import duckdb  # noqa: PLC0415 - heavy

    with duckdb.connect(config={"threads": THREADS}) as db:
        for name, statement in BARE.items():
            query = statement.format(file=asked.file)
            yield name, lambda query=query: db.execute(query).fetchall()  # type: ignore[misc]


def _seconds(work: Callable[[], object]) -> tuple[float, float]:
    """By the clock on the wall, and of this program's threads."""
    begun, ran = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - begun, time.process_time() - ran


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
