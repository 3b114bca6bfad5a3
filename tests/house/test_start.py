"""A start is quick because it loads nothing that only some later request needs."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
HEAVY = {"pandas", "pyarrow", "numpy", "ibis", "duckdb", "openpyxl", "typst"}


def test_the_whole_house_starts_without_the_statistics_libraries() -> None:
    asked = "import sys, gateway.app, gateway.embedded; print(*sys.modules)"
    said = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert HEAVY & set(said.stdout.split()) == set()
