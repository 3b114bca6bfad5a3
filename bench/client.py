"""A load client: a few connections that send prepared bytes and count whole answers."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from statistics import median

import uvloop

CONNECTIONS = 16
SECONDS = 2.0


@dataclass(frozen=True)
class Measured:
    """What one run of one question gave: answers a second, and the median milliseconds."""

    rps: float
    ms: float
    bytes: int


Make = Callable[[int], bytes]


def get(path: str, **headers: str) -> Make:
    """The same GET every time."""
    lines = [f"GET {path} HTTP/1.1", "host: 127.0.0.1"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    raw = ("\r\n".join(lines) + "\r\n\r\n").encode()
    return lambda _number: raw


def post(path: str, body: Callable[[int], bytes], **headers: str) -> Make:
    """A new body and Idempotency-Key every time."""
    start = time.time_ns()
    fixed = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())

    def make(number: int) -> bytes:
        content = body(number)
        head = (
            f"POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n"
            f"{fixed}idempotency-key: {start}-{number}\r\ncontent-length: {len(content)}\r\n\r\n"
        )
        return head.encode() + content

    return make


async def _answer(reader: asyncio.StreamReader) -> tuple[int, int]:
    head = await reader.readuntil(b"\r\n\r\n")
    status = int(head[9:12])
    lower = head.lower()
    place = lower.find(b"content-length:")
    if place < 0:
        return status, len(head)
    length = int(lower[place + 15 : lower.index(b"\r", place)])
    await reader.readexactly(length)
    return status, length


async def _connection(
    port: int, make: Make, numbers: "count[int]", until: float, *, times: list[float], wanted: int
) -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**22)
    size = 0
    while time.perf_counter() < until:
        began = time.perf_counter()
        writer.write(make(next(numbers)))
        status, size = await _answer(reader)
        if status != wanted:
            raise RuntimeError(f"answer {status}, wanted {wanted}")
        times.append(time.perf_counter() - began)
    writer.close()
    return size


async def _measure(port: int, make: Make, seconds: float, wanted: int) -> Measured:
    times: list[float] = []
    began = time.perf_counter()
    numbers = count()
    sizes = await asyncio.gather(
        *(
            _connection(port, make, numbers, began + seconds, times=times, wanted=wanted)
            for _ in range(CONNECTIONS)
        )
    )
    took = time.perf_counter() - began
    return Measured(len(times) / took, median(times) * 1000, max(sizes))


def measure(port: int, make: Make, *, seconds: float = SECONDS, status: int = 200) -> Measured:
    """Run a question over 16 connections; every answer must have the status wanted."""
    uvloop.run(_measure(port, make, 0.5, status))
    return uvloop.run(_measure(port, make, seconds, status))
