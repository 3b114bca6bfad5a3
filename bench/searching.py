"""`python -m bench.searching`: searching many actors, beside the bare SQL of the same question.

The bare SQL is written by hand, as a person would who has the same indexes: the same words in the
same columns, the same order, fifty names. The service answers over HTTP with all that an actor is.
"""

import argparse
import asyncio
import sys
import time
from collections.abc import Iterator
from itertools import count
from statistics import median
from urllib.parse import quote

import asyncpg

from bench import report
from bench.client import Load, Make, WrongAnswer, get, measure
from bench.house import READER, House, NotStarted, running
from operations.house import database_name
from services.kit import identity

BAR, ROUNDS, SECONDS, TIMES = 5.0, 5, 1.0, 40
TEXT = "coalesce(name, '') || ' ' || coalesce(other_names, '') || ' ' || coalesce(mission, '')"
VECTOR = f"to_tsvector('swedish', {TEXT})"
ASKED = ("svetsare lärlingar", "kylmontör truckkort säkerhet", "54321", "läggning")


def main(arguments: list[str]) -> int:
    """Measure and print; 1 where something answered wrongly."""
    parser = argparse.ArgumentParser(prog="python -m bench.searching", description=__doc__)
    parser.add_argument("--actors", type=int, default=100_000, help="how many are there")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--seconds", type=float, default=SECONDS, help="each question, each round")
    chosen = parser.parse_args(arguments)
    try:
        with running(actors=chosen.actors, needs=10) as house:
            print(f"\n{report.machine()}; searching {chosen.actors:,} actors")
            print(f"{'question':32}{'SQL ms':>9}{'HTTP ms':>9}{'ratio':>8}{'bar':>6}")
            for line in _lines(house, chosen):
                print(line, flush=True)
    except (WrongAnswer, NotStarted) as failure:
        print(f"bench.searching: {failure}", file=sys.stderr)
        return 1
    return 0


def _lines(house: House, chosen: argparse.Namespace) -> Iterator[str]:
    for words in ASKED:
        pairs = [_pair(house, words, chosen.seconds) for _ in range(chosen.rounds)]
        ratio = median(http / sql for sql, http in pairs)
        met = "met" if ratio <= BAR else "not met"
        sql, http = (median(side) for side in zip(*pairs, strict=True))
        yield f"{words:32}{sql:>9.2f}{http:>9.2f}{ratio:>8.2f}{BAR:>6.0f}  {met}"


def _pair(house: House, words: str, seconds: float) -> tuple[float, float]:
    """The medians of both in milliseconds, one right after the other."""
    load = Load(house.actors, _signed(house, f"/actors?q={quote(words)}&limit=50"))
    sql = asyncio.run(_bare(house, words))
    return sql, measure(load, count(), seconds=seconds, connections=1).p50


def _signed(house: House, address: str) -> Make:
    token = identity.sign(
        READER, secret=house.settings.keys["gateway>actors"], issuer="gateway", audience="actors",
        method="GET", path="/actors",
    )  # fmt: skip
    return get(address, **{identity.HEADER: token})


def _sql(words: str) -> str:
    given = words.lower().split()
    begun, whole = " & ".join(f"{word}:*" for word in given), " & ".join(given)
    parts = " AND ".join(f"lower({TEXT}) LIKE '%{word}%'" for word in given)
    return f"""
        SELECT id, name FROM actor
        WHERE ({VECTOR} @@ to_tsquery('swedish', '{begun}') OR ({parts}))
          AND merged_into_id IS NULL
        ORDER BY CASE WHEN {VECTOR} @@ to_tsquery('swedish', '{whole}') THEN 0 ELSE 1 END, id
        LIMIT 50
    """  # noqa: S608 - words of our own


async def _bare(house: House, words: str) -> float:
    """How long PostgreSQL takes for the question alone, in milliseconds."""
    url = house.settings.database_url.replace("+asyncpg", "")
    connection = await asyncpg.connect(f"{url.rpartition('/')[0]}/{database_name('actors')}")
    try:
        prepared = await connection.prepare(_sql(words))
        times = []
        for _ in range(TIMES):
            began = time.perf_counter()
            await prepared.fetch()
            times.append((time.perf_counter() - began) * 1000)
    finally:
        await connection.close()
    return median(times)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
