"""That the measuring itself works; how fast anything is, no test says."""

import os
import subprocess
import sys
from pathlib import Path

import orjson
import pytest

ROOT = Path(__file__).parents[2]


def _bench(*words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "bench", *words],
        cwd=ROOT,
        env=os.environ,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.slow
def test_a_row_is_measured_beside_its_limits(tmp_path: Path) -> None:
    file = tmp_path / "figures.json"
    few = ("--actors", "60", "--needs", "20", "--rounds", "1", "--seconds", "0.2")
    done = _bench("--rows", "list", *few, "--json", str(file))
    assert done.returncode == 0, done.stderr
    rows = {row["row"]: row for row in orjson.loads(file.read_bytes())["rows"]}
    assert list(rows) == ["hello", "route", "list"]
    assert rows["route"]["of_route"] == 1
    assert 0 < rows["list"]["of_route"] < 1
    assert rows["list"]["bytes"] > 50 * 100, "fifty actors were answered"
    assert "list of 50, /api/v1" in done.stdout


def test_a_row_that_is_not_there_is_refused() -> None:
    done = _bench("--rows", "nothing")
    assert done.returncode == 2
    assert "no row is called nothing" in done.stderr
