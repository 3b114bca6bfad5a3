"""`python -m bench.verdicts`: the verdicts of a country's needs in one call, on both horizons.

Twice as much of everything may take little more than twice as long: nothing looks through all
that there is for each need.
"""

import argparse
import gc
import sys
import time
from statistics import median

from bench import report
from bench.allocation import NEEDS, PROGRAMMES, world
from services.analysis.contract.verdict import Horizon
from services.analysis.verdict.judging import verdicts_of, world_of
from services.kit import clock
from services.kit.server import SWEEPS

BAR = 3.0  # times as long for twice as much


def seconds(needs: int, programmes: int, occupations: int) -> float:
    """Of this program's own time: others on the machine are not counted."""
    whole = world(needs, programmes, occupations)
    asked = [{**one, "source": None} for one in whole.needs]
    begun = time.process_time()
    known = world_of(whole.programmes, whole.intakes, asked)
    for _ in verdicts_of(asked, known, tuple(Horizon), clock.today()):
        pass
    return time.process_time() - begun


def main(arguments: list[str]) -> int:
    """Measure and print; 0 where the bar is held, else 1."""
    parser = argparse.ArgumentParser(prog="python -m bench.verdicts", description=__doc__)
    parser.add_argument("--needs", type=int, default=NEEDS)
    parser.add_argument("--programmes", type=int, default=PROGRAMMES)
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args(arguments)
    gc.freeze()
    gc.set_threshold(*SWEEPS)
    needs, programmes, whole = chosen.needs, chosen.programmes, 430
    rounds = [
        (seconds(needs // 2, programmes // 2, whole // 2), seconds(needs, programmes, whole))
        for _ in range(chosen.rounds)
    ]
    half, every = (median(column) for column in zip(*rounds, strict=True))
    ratio = median(all_of_it / part for part, all_of_it in rounds)
    verdicts = needs * len(Horizon)
    print(f"{report.machine()}; {needs:,} needs, {programmes:,} programmes; processor time:")
    print(f"{verdicts:,} verdicts in {every:.2f} s, {every / verdicts * 1e6:.0f} µs each")
    print(f"half of everything {half:.2f} s: {ratio:.2f} × for twice as much; the bar is {BAR:g} ×")
    return 0 if ratio <= BAR else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
