"""A start is quick because it loads nothing that only some later request needs."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
HEAVY = {
    "pandas",
    "pyarrow",
    "numpy",
    "ibis",
    "psycopg",
    "duckdb",
    "openpyxl",
    "typst",
    "scipy",
    "statsmodels",
}


def test_the_whole_house_starts_without_the_statistics_libraries() -> None:
    asked = "import sys, gateway.app, gateway.embedded; print(*sys.modules)"
    said = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert HEAVY & set(said.stdout.split()) == set()


def test_a_command_is_not_given_the_command_lines_of_what_it_uses() -> None:
    words = [sys.executable, "-X", "importtime", "-m", "operations", "demo", "--help"]
    told = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stderr
    loaded = {line.rpartition("|")[2].strip() for line in told.splitlines()}
    assert "httpx" in loaded
    assert {"rich", "pygments", "alembic"} & loaded == set()


def test_rows_and_what_is_answered_are_built_when_somebody_asks_for_them() -> None:
    asked = (
        "from services.actors.contract.actor import Actor, ActorDraft;"
        "from services.actors.tables import ActorRow;"
        "print(*(kind.__pydantic_complete__ for kind in (ActorRow, Actor, ActorDraft)))"
    )
    said = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert said.stdout.split() == ["False", "False", "True"]
