"""The report: each row beside the limits of its own round, as a table and as JSON."""

import os
import platform
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from bench.client import Measured
from bench.rows import Row

Rounds = Sequence[Mapping[str, Measured]]
HEAD = f"{'row':13}{'rps':>8}{'p50 ms':>9}{'p99 ms':>9}{'hello':>9}{'route':>9}{'bar':>7}"


def facts_of(row: Row, rounds: Rounds) -> dict[str, Any]:
    """One row's figures: medians over the rounds, ratios taken within each."""
    mine = [found[row.name] for found in rounds]
    ratio = median(found[row.name].rps / found["route"].rps for found in rounds)
    return {
        "row": row.name,
        "does": row.does,
        "rps": round(median(one.rps for one in mine)),
        "p50_ms": round(median(one.p50 for one in mine), 2),
        "p99_ms": round(median(one.p99 for one in mine), 2),
        "bytes": mine[-1].bytes,
        "of_hello": round(median(f[row.name].rps / f["hello"].rps for f in rounds), 4),
        "of_route": round(ratio, 4),
        "bar": row.bar and round(row.bar, 3),
        "met": None if row.bar is None else ratio >= row.bar,
    }


def line_of(facts: Mapping[str, Any]) -> str:
    """A row for a person."""
    met = {None: "", True: "met", False: f"{facts['of_route'] / (facts['bar'] or 1):.0%} of it"}
    bar = "" if facts["bar"] is None else f"{facts['bar']:.2f}"
    figures = f"{facts['rps']:>8,}{facts['p50_ms']:>9.2f}{facts['p99_ms']:>9.2f}"
    ratios = f"{facts['of_hello']:>9.3f}{facts['of_route']:>9.3f}{bar:>7}"
    return f"{facts['row']:13}{figures}{ratios}  {met[facts['met']]:11}{facts['does']}"


def machine() -> str:
    """What it was measured on, in a line."""
    named = platform.processor() or platform.machine()
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        named = next(line.split(": ")[1] for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        pass
    return f"{os.cpu_count()} cores {named}, Python {platform.python_version()}"
