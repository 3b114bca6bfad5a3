"""`python -m bench.floor`: a hall listens to questions while others ask and staff lets through.

Told: how long it takes from that a question may be shown until listeners have it, and what the
house in one process costs meanwhile, PostgreSQL not counted.
"""

import argparse
import asyncio
import os
import re
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx

from bench.house import House, megabytes_now, running

ASKED_BY_ONE = 10
EACH_TENTH = 10  # listeners whose every message is read; of the others it is counted
NUMBER = re.compile(rb'id="q([0-9]+)"')
CSRF = re.compile(r'name="csrf" value="([^"]+)"')
TICKS = os.sysconf("SC_CLK_TCK")
Browser = tuple[httpx.AsyncClient, str]


@dataclass
class Hall:
    """What has happened."""

    asked: int = 0
    refused: int = 0
    shown: dict[int, float] = field(default_factory=dict)
    delays: list[float] = field(default_factory=list)
    messages: int = 0
    received: int = 0
    listening: int = 0
    lost: int = 0


def main(arguments: list[str]) -> int:
    """Measure and print; 1 where nobody got anything."""
    parser = argparse.ArgumentParser(prog="python -m bench.floor", description=__doc__)
    parser.add_argument("--listeners", type=int, default=500)
    parser.add_argument("--questions", type=int, default=50, help="a second")
    parser.add_argument("--seconds", type=int, default=20)
    chosen = parser.parse_args(arguments)
    with running(actors=200, needs=20) as house:
        hall, told = asyncio.run(_measure(house, chosen))
    for line in _lines(chosen, hall, told):
        print(line)
    return 0 if hall.delays else 1


def _lines(chosen: argparse.Namespace, hall: Hall, told: dict[str, float]) -> Iterator[str]:
    delays = sorted(hall.delays) or [0.0]
    wall = told["wall"]
    yield f"{hall.listening} of {chosen.listeners} listen, {hall.lost} lost; {wall:.1f} s"
    asked = f"{hall.asked} in {told['asking']:.1f} s, {hall.asked / told['asking']:.1f} a second"
    yield f"asked {asked} ({hall.refused} refused), shown {len(hall.shown)}"
    yield (
        f"from shown to seen: p50 {statistics.median(delays) * 1000:.0f} ms, "
        f"p95 {delays[int(len(delays) * 0.95)] * 1000:.0f} ms, max {delays[-1] * 1000:.0f} ms"
    )
    yield f"{hall.messages / wall:.0f} messages a second, {hall.received / wall / 1e6:.1f} MB/s"
    yield f"processor {told['cpu'] / wall * 100:.0f} % of one core"
    yield f"memory {told['before']:.0f} MB before anybody came, {told['after']:.0f} MB at the end"


async def _measure(house: House, chosen: argparse.Namespace) -> tuple[Hall, dict[str, float]]:
    base = f"http://127.0.0.1:{house.port}"
    headers = {"Authorization": f"Bearer {house.key}"}
    client = {"base_url": base, "trust_env": False, "timeout": 30.0}
    async with httpx.AsyncClient(**client, headers=headers) as staff:  # type: ignore[arg-type]
        address, session = await _event(staff)
        path = f"/konferens/{address}/pass/{session}"
        before, hall = megabytes_now(house.pid), Hall()
        amount = -(-chosen.questions * chosen.seconds // ASKED_BY_ONE)
        askers = [await _browser(client, path) for _ in range(amount)]
        listeners = [
            asyncio.create_task(_listen(house.port, f"{path}/nytt", hall, each=n % EACH_TENTH == 0))
            for n in range(chosen.listeners)
        ]
        await asyncio.sleep(3)
        began, cpu = time.monotonic(), _seconds_of(house.pid)
        moderating = asyncio.create_task(_moderate(staff, session, hall))
        await _ask(askers, path, hall, chosen)
        asking = time.monotonic() - began
        await asyncio.sleep(2)
        wall = time.monotonic() - began
        told = {
            "wall": wall,
            "cpu": _seconds_of(house.pid) - cpu,
            "before": before,
            "asking": asking,
        }
        told["after"] = megabytes_now(house.pid)
        for task in (moderating, *listeners):
            task.cancel()
        await asyncio.gather(moderating, *listeners, return_exceptions=True)
        for browser, _ in askers:
            await browser.aclose()
    return hall, told


async def _made(staff: httpx.AsyncClient, path: str, body: Any) -> Any:
    key = {"Idempotency-Key": uuid4().hex}
    answer = await staff.post(f"/api/v1{path}", json=body, headers=key)
    if not answer.is_success:
        sys.exit(f"bench.floor: {answer.status_code} {answer.text[:300]}")
    return answer.json()


async def _event(staff: httpx.AsyncClient) -> tuple[str, str]:
    body = {"title": "Exempelkonferens", "starts_at": "2090-01-01T09:00:00Z"}
    event = await _made(staff, "/events", body)
    session = {"event_id": event["id"], "title": "Exempelpass"}
    session = await _made(staff, "/event-sessions", session)
    await _made(staff, f"/events/{event['id']}/open", None)
    return event["address"], session["id"]


async def _browser(client: dict[str, Any], path: str) -> Browser:
    """Somebody who has the page open."""
    browser = httpx.AsyncClient(**client)
    page = await browser.get(path)
    found = CSRF.search(page.text)
    if found is None:
        sys.exit(f"bench.floor: {page.status_code} {page.text[:300]}")
    return browser, found[1]


async def _ask(askers: list[Browser], path: str, hall: Hall, chosen: argparse.Namespace) -> None:
    """So many a second, whether the last one has been answered or not."""
    began, sending = time.monotonic(), set()
    for number in range(chosen.questions * chosen.seconds):
        late = began + number / chosen.questions - time.monotonic()
        if late > 0:
            await asyncio.sleep(late)
        browser = askers[number % len(askers)]
        sending.add(asyncio.create_task(_ask_one(browser, path, f"Fråga {number}?", hall)))
    await asyncio.gather(*sending)


async def _ask_one(asker: Browser, path: str, text: str, hall: Hall) -> None:
    browser, csrf = asker
    sent = {"csrf": csrf, "once": uuid4().hex, "text": text}
    answer = await browser.post(path, data=sent)
    hall.asked += 1
    hall.refused += answer.status_code != 303  # noqa: PLR2004


async def _moderate(staff: httpx.AsyncClient, session: str, hall: Hall) -> None:
    """Everything that waits is let through, eight at a time."""
    while True:
        found = await staff.get(f"/api/v1/event-sessions/{session}/questions")
        items = found.json()["items"] if found.is_success else []
        waits = [one for one in items if one["state"] == "waiting"]
        for at in range(0, len(waits), 8):
            await asyncio.gather(*(_show(staff, one, hall) for one in waits[at : at + 8]))
        await asyncio.sleep(0.2)


async def _show(staff: httpx.AsyncClient, question: Any, hall: Hall) -> None:
    url, key = f"/api/v1/event-questions/{question['id']}/moderate", uuid4().hex
    answer = await staff.post(url, json={"state": "shown"}, headers={"Idempotency-Key": key})
    if answer.is_success:  # else it is tried again in the next turn
        hall.shown[question["number"]] = time.monotonic()


async def _listen(port: int, path: str, hall: Hall, *, each: bool) -> None:
    """One listener, over a socket of its own."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 20)
    try:
        writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
        if b" 200 " not in (await reader.readline()):
            hall.lost += 1
            return
        hall.listening += 1
        seen: set[int] = set()
        while data := await reader.read(1 << 18):
            hall.received += len(data)
            hall.messages += data.count(b"id: ")
            if each:
                _note(data, seen, hall)
        hall.lost += 1
    finally:
        with suppress(OSError):
            writer.close()


def _note(data: bytes, seen: set[int], hall: Hall) -> None:
    now = time.monotonic()
    for text in NUMBER.findall(data):
        number = int(text)
        if number not in seen:
            seen.add(number)
            hall.delays.append(max(now - hall.shown.get(number, now), 0.0))


def _seconds_of(pid: int) -> float:
    """What a process has taken of the processor."""
    with open(f"/proc/{pid}/stat", encoding="ascii") as file:
        parts = file.read().rpartition(")")[2].split()
    return (int(parts[11]) + int(parts[12])) / TICKS


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
