"""`python -m bench.allocation`: seats shared out among all needs, beside the bare solver.

The bare solver is given the same network, already made, and is asked for nothing but flows. What
remains is what the program adds: the network, what becomes of each flow, and the answer. Counting
each start, and finding who reaches whom, comes before any solver and is told apart.
"""

import argparse
import gc
import random
import sys
import time
from collections.abc import Callable
from statistics import median
from typing import Any

from bench import report
from services.analysis.allocation.asking import World, allocation, answered
from services.analysis.allocation.rules import offers_of, sort_out
from services.analysis.allocation.solving import network, solve
from services.analysis.contract.verdict import Horizon
from services.analysis.verdict.reach import Reach
from services.analysis.verdict.rules import period_of
from services.kit import clock
from services.kit.server import SWEEPS

BAR = 3.0
NEEDS, PROGRAMMES, OCCUPATIONS, MUNICIPALITIES, REGIONS = 5000, 2000, 430, 290, 69
Fact = dict[str, Any]


def world(needs: int, programmes: int, occupations: int = OCCUPATIONS) -> World:
    """A country's needs and programmes, with two starts each; the same every time."""
    draw = random.Random(15)  # noqa: S311 - figures, no secrets
    places = [f"{1000 + at}" for at in range(MUNICIPALITIES)]
    regions = {place: f"{at % REGIONS}" for at, place in enumerate(places)}
    codes = [f"{1000 + at}" for at in range(occupations)]
    asked = [_need(at, draw, places, codes) for at in range(needs)]
    offered = [_programme(at, draw, places, codes) for at in range(programmes)]
    starts = [start for one in offered for start in _starts(one, draw)]
    return World(asked, offered, starts, Reach(regions=regions))


def _need(at: int, draw: random.Random, places: list[str], codes: list[str]) -> Fact:
    return {
        "id": f"n{at}", "label": f"Exempelbehov {at}", "seen": True, "example": True,
        "occupation_code": draw.choice(codes), "headcount_per_year": draw.randint(1, 60),
        "municipality_codes": draw.sample(places, draw.randint(0, 3)),
        "from_year": None, "to_year": None,
    }  # fmt: skip


def _programme(at: int, draw: random.Random, places: list[str], codes: list[str]) -> Fact:
    return {
        "id": f"p{at}", "name": f"Exempelutbildning {at}", "provider_actor_id": "a",
        "occupation_codes": [draw.choice(codes) for _ in range(draw.randint(1, 4))],
        "municipality_code": draw.choice(places), "example": True, "weeks": 30,
        "delivery": "distance" if draw.random() < 0.1 else "on_site",  # noqa: PLR2004
    }  # fmt: skip


def _starts(programme: Fact, draw: random.Random) -> list[Fact]:
    today = clock.today()
    shared = {"programme_id": programme["id"], "source": None, "example": True}
    before = {"id": f"{programme['id']}e", "starts_on": f"{today.replace(year=today.year - 2)}",
              "ends_on": f"{today.replace(year=today.year - 1)}", "seats": 30, "admitted": 30,
              "completed": draw.randint(10, 30), "employed_after": draw.randint(1, 10)}  # fmt: skip
    coming = {"id": f"{programme['id']}i", "starts_on": f"{today}", "ends_on": None,
              "seats": draw.randint(0, 60), "admitted": None, "completed": None,
              "employed_after": None}  # fmt: skip
    return [before | shared, coming | shared]


def main(arguments: list[str]) -> int:
    """Measure and print; 0 where the bar is held, else 1."""
    parser = argparse.ArgumentParser(prog="python -m bench.allocation", description=__doc__)
    parser.add_argument("--needs", type=int, default=NEEDS)
    parser.add_argument("--programmes", type=int, default=PROGRAMMES)
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args(arguments)
    today, whole = clock.today(), world(chosen.needs, chosen.programmes)
    period = period_of(Horizon.short, today, None)
    offers = offers_of(whole.programmes, whole.intakes, period, today)
    asked, _ = sort_out(whole.needs, offers, period, whole.reach)
    arcs, _ = network(asked, offers)
    wanted = sum(one.wanted for one in asked)
    solve(arcs, wanted)  # the library is loaded
    _like_the_program()
    rounds = [
        (_seconds(lambda: solve(arcs, wanted)),
         _seconds(lambda: answered(whole, (period, offers, asked, []), Horizon.short)),
         _seconds(lambda: allocation(whole, Horizon.short, today)))
        for _ in range(chosen.rounds)
    ]  # fmt: skip
    bare, shared, every = (median(column) for column in zip(*rounds, strict=True))
    ratio = median(own / alone for alone, own, _ in rounds)
    print(f"{report.machine()}; {chosen.needs:,} needs, {chosen.programmes:,} programmes")
    print(f"{len(asked):,} needs with supply, {len(arcs):,} arcs; medians of processor time:")
    print(f"the bare solver {bare * 1000:.0f} ms, shared out and told {shared * 1000:.0f} ms")
    print(f"with each start counted and who reaches whom {every * 1000:.0f} ms")
    print(f"{ratio:.2f} × the bare solver; the bar is {BAR:g} ×")
    return 0 if ratio <= BAR else 1


def _like_the_program() -> None:
    """Memory is swept as where the program serves."""
    gc.freeze()
    gc.set_threshold(*SWEEPS)


def _seconds(work: Callable[[], object]) -> float:
    """Of this program's own time: others on the machine are not counted."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
