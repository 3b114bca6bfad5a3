"""`python -m bench`: how fast the house is, beside a bare server and a bare route in one run."""

import argparse
import signal
import sys
from itertools import count
from pathlib import Path
from typing import Any

import orjson

from bench import report
from bench.client import CONNECTIONS, Measured, WrongAnswer, measure
from bench.house import House, NotStarted, running
from bench.rows import LIMITS, ROWS, Row

ROUNDS, SECONDS = 5, 1.0
FAILED, INTERRUPTED = 1, 130


def main(arguments: list[str]) -> int:
    """Measure and print; 0 done, 1 something answered wrongly, 130 interrupted."""
    chosen = _parser().parse_args(arguments)
    rows = [row for row in ROWS if row.name in (*LIMITS, *chosen.rows)]
    signal.signal(signal.SIGTERM, _leave)
    try:
        with running(actors=chosen.actors, needs=chosen.needs) as house:
            rounds = [_round(house, rows, chosen) for _ in range(chosen.rounds)]
            _tell(chosen, house, [report.facts_of(row, rounds) for row in rows])
    except (WrongAnswer, NotStarted) as failure:
        print(f"bench: {failure}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    names = [row.name for row in ROWS]
    parser.add_argument("--rows", type=_named, default=names, help=f"of: {','.join(names)}")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="each row, each round")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="all rows in turn, so often")
    parser.add_argument("--connections", type=int, default=CONNECTIONS, help="at the same time")
    parser.add_argument("--actors", type=int, default=10_000, help="how many are there")
    parser.add_argument("--needs", type=int, default=2000, help="how many are there")
    parser.add_argument("--json", type=Path, metavar="FILE", help="the same figures for programs")
    return parser


def _named(text: str) -> list[str]:
    """The rows that were asked for."""
    asked, known = text.split(","), [row.name for row in ROWS]
    if unknown := [name for name in asked if name not in known]:
        raise argparse.ArgumentTypeError(f"no row is called {', '.join(unknown)}")
    return asked


def _round(house: House, rows: list[Row], chosen: argparse.Namespace) -> dict[str, Measured]:
    """Every row once, next to each other, so that all meet the same machine."""
    return {
        row.name: measure(
            row.load(house), count(), seconds=chosen.seconds, connections=chosen.connections
        )
        for row in rows
    }


def _tell(chosen: argparse.Namespace, house: House, found: list[dict[str, Any]]) -> None:
    """The table, and the file where one was named."""
    facts = {
        "machine": report.machine(),
        "actors": chosen.actors,
        "needs": chosen.needs,
        "connections": chosen.connections,
        "start_seconds": round(house.start_seconds, 2),
        "idle_mb": round(house.idle_mb),
        "rows": found,
    }
    print(f"{facts['machine']}; {chosen.actors:,} actors, {chosen.needs:,} needs")
    print(f"the house answers after {facts['start_seconds']} s and holds {facts['idle_mb']} MB\n")
    print(report.HEAD)
    for one in found:
        print(report.line_of(one))
    if chosen.json:
        chosen.json.write_bytes(orjson.dumps(facts, option=orjson.OPT_INDENT_2))


def _leave(signum: int, _frame: object) -> None:
    """Leave through every `finally`, so that what was started is stopped."""
    raise SystemExit(128 + signum)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
