"""`python -m bench.searching`: searching many actors, beside the bare SQL of the same question.

The bare SQL is written by hand, as a person would who has the same indexes: the same words in the
same columns, fifty actors in the same order with all that the service tells of each. It is asked
over connections like the service's own, and its words are parameters: nobody asks for the same ones
again, so that PostgreSQL plans each search. What remains is what the service adds: HTTP, rights,
reading the question, JSON.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from itertools import count
from statistics import median
from typing import Any
from urllib.parse import quote

import uvloop

from bench import report
from bench.client import Load, Make, WrongAnswer, get, measure
from bench.house import READER, House, NotStarted, running
from operations.house import database_name
from services.kit import clock, identity
from services.kit.db import Database
from services.kit.reading import Question
from services.kit.rows import sort_key, spelt

BAR, ROUNDS, SECONDS, TIMES = 5.0, 5, 1.0, 40
TEXT = "coalesce(name, '') || ' ' || coalesce(other_names, '') || ' ' || coalesce(mission, '')"
VECTOR, PARTS = f"to_tsvector('swedish', {TEXT})", spelt(TEXT)
ASKED = (
    "svetsare lärlingar", "kylmontör truckkort säkerhet", "kylmontor sakerhet", "54321", "läggning",
)  # fmt: skip


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
    sql = uvloop.run(_bare(house, words))
    return sql, measure(load, count(), seconds=seconds, connections=1).p50


def _signed(house: House, address: str) -> Make:
    token = identity.sign(
        READER, secret=house.settings.keys["gateway>actors"], issuer="gateway", audience="actors",
        method="GET", path="/actors",
    )  # fmt: skip
    return get(address, **{identity.HEADER: token})


def _sql(words: str) -> tuple[str, list[Any]]:
    """The question, and what stands in it: today, the words begun and whole, and each as a part."""
    given = words.lower().split()
    begun, whole = " & ".join(f"{word}:*" for word in given), " & ".join(given)
    parts, written = (
        " AND ".join(f"{text} LIKE ${number + 4}" for number in range(len(given)))
        for text in (PARTS, f"lower({TEXT})")
    )
    sql = f"""
        SELECT actor.*,
          (SELECT level FROM standing WHERE actor_id = actor.id AND valid @> $1::date) AS level,
          (SELECT status FROM standing WHERE actor_id = actor.id AND valid @> $1::date) AS status,
          ARRAY(SELECT id FROM actor AS merged WHERE merged_into_id = actor.id ORDER BY id) AS ids
        FROM actor
        WHERE ({VECTOR} @@ to_tsquery('swedish', $2) OR ({parts}))
          AND merged_into_id IS NULL
        ORDER BY CASE WHEN {VECTOR} @@ to_tsquery('swedish', $3) THEN 0
            WHEN {written} THEN 1 ELSE 2 END,
          ({sort_key("name")}), id
        LIMIT 50
    """  # noqa: S608 - words of our own
    return sql, [clock.today(), begun, whole, *(f"%{word}%" for word in given)]


async def _bare(house: House, words: str) -> float:
    """How long PostgreSQL takes for the question alone, in milliseconds."""
    url = f"{house.settings.database_url.rpartition('/')[0]}/{database_name('actors')}"
    database = Database(url, pool_size=1)
    sql, values = _sql(words)
    question = Question(sql, tuple(values), None)
    times = []
    try:
        for _ in range(TIMES):
            began = time.perf_counter()
            await database.fetch(question)
            times.append((time.perf_counter() - began) * 1000)
    finally:
        await database.close()
    return median(times)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
