"""`python -m bench.bulk`: many actors in one call, beside a bare COPY of the same rows."""

import argparse
import asyncio
import sys
import time
from typing import Any
from uuid import uuid4

import asyncpg
import httpx
import orjson

from bench.house import House, running
from operations import house

SECONDS = 600.0
BAR = 0.2


def main(arguments: list[str]) -> int:
    """Measure and print; 0 done, 1 where the call was refused."""
    parser = argparse.ArgumentParser(prog="python -m bench.bulk", description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000, help="how many in one call")
    count: int = parser.parse_args(arguments).rows
    with running(actors=1000, needs=200) as found:
        sent = _sent(found, count)
        copied = asyncio.run(_copied(found, count))
    print(f"{count:,} rows, judged, in the ledger, through /api/v1: {sent:.2f} s")
    print(f"a bare COPY of them into a table with the same indexes: {copied:.2f} s")
    print(f"ratio {copied / sent:.2f}, bar {BAR}")
    return 0


def _sent(found: House, count: int) -> float:
    """How long the call takes, from the first byte sent to the last one answered."""
    row: dict[str, Any] = {"kind": "company", "municipality_code": "1472"}
    row["mission"] = "Svetsar plåt i Skaraborg"
    rows = (row | {"name": f"Exempelverkstad {number}"} for number in range(count))
    body = b"\n".join(map(orjson.dumps, rows))
    headers = {
        "Authorization": f"Bearer {found.key}",
        "Content-Type": "application/x-ndjson",
        "Idempotency-Key": uuid4().hex,
    }
    began = time.perf_counter()
    url = f"http://127.0.0.1:{found.port}/api/v1/actors/bulk"
    answer = httpx.post(url, content=body, headers=headers, timeout=SECONDS, trust_env=False)
    if not answer.is_success:
        sys.exit(f"bench.bulk: {answer.status_code} {answer.text[:300]}")
    return time.perf_counter() - began


async def _copied(found: House, count: int) -> float:
    """How long PostgreSQL alone takes for the same rows: no rights, no rules, no ledger."""
    url = found.settings.database_url.replace("postgresql+asyncpg", "postgresql")
    own, other = house.database_name("gateway"), house.database_name("actors")
    db = await asyncpg.connect(url.replace(own, other), command_timeout=SECONDS)
    try:
        await db.execute("CREATE TABLE bare (LIKE actor INCLUDING ALL)")
        asked = "SELECT * FROM actor ORDER BY created_at DESC, id DESC LIMIT $1"
        rows = await db.fetch(asked, count)
        names, records = list(rows[0].keys()), [tuple(row) for row in rows]
        began = time.perf_counter()
        await db.copy_records_to_table("bare", records=records, columns=names)
        return time.perf_counter() - began
    finally:
        await db.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
