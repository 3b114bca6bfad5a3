"""A load client: a few connections that send prepared bytes and count whole answers.

Raw sockets under uvloop: a client of the usual kind would cost more than the servers it measures.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import count

import uvloop

CONNECTIONS = 16
WARM_SECONDS = 0.3

Make = Callable[[int], bytes]


@dataclass(frozen=True)
class Load:
    """One question, where it is asked, and the status that a right answer has."""

    port: int
    make: Make
    status: int = 200


@dataclass(frozen=True)
class Measured:
    """What one run gave: answers a second, the median and the 99th percentile in milliseconds."""

    rps: float
    p50: float
    p99: float
    bytes: int


class WrongAnswer(Exception):
    """A server answered something else than the question expects: there is nothing to time."""


def get(path: str, **headers: str) -> Make:
    """The same GET every time."""
    raw = _head("GET", path, headers)
    return lambda _number: raw


def post(path: str, body: Callable[[int], bytes], **headers: str) -> Make:
    """A new body under a new Idempotency-Key every time."""
    begun, kind = time.time_ns(), {"content_type": "application/json"}

    def make(number: int) -> bytes:
        content = body(number)
        more = {"idempotency_key": f"{begun}-{number}", "content_length": str(len(content))}
        return _head("POST", path, headers | kind | more) + content

    return make


def _head(method: str, path: str, headers: dict[str, str]) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "host: 127.0.0.1"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


class Connection(asyncio.Protocol):
    """Sends the next question when the last one is wholly answered, until its time is up."""

    def __init__(self, load: Load, numbers: "count[int]", until: float) -> None:
        self.load, self.numbers, self.until = load, numbers, until
        self.times: list[float] = []
        self.done = asyncio.get_running_loop().create_future()
        self.got, self.size = b"", 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self.transport: asyncio.Transport = transport  # type: ignore[assignment]
        self._ask()

    def data_received(self, data: bytes) -> None:
        """A part of an answer, mostly all of it."""
        self.got = self.got + data if self.got else data
        ends = self.got.find(b"\r\n\r\n")
        if ends < 0:
            return
        size = ends + 4 + _length(self.got[:ends])
        if len(self.got) >= size:
            self._answered(size)

    def connection_lost(self, failure: Exception | None) -> None:
        """The server hung up, or we did."""
        if not self.done.done():
            self.done.set_exception(failure or WrongAnswer("the server hung up"))

    def _ask(self) -> None:
        self.began = time.perf_counter()
        self.transport.write(self.load.make(next(self.numbers)))

    def _answered(self, size: int) -> None:
        now = time.perf_counter()
        status = int(self.got[9:12])
        if status != self.load.status:
            said = self.got[:2000].decode(errors="replace")
            self.done.set_exception(WrongAnswer(f"{status}, wanted {self.load.status}: {said}"))
            self.transport.close()
            return
        self.times.append(now - self.began)
        self.got, self.size = b"", size
        if now < self.until:
            self._ask()
        else:
            self.done.set_result(None)
            self.transport.close()


def _length(head: bytes) -> int:
    place = head.find(b"content-length: ")
    if place < 0:
        return 0
    ends = head.find(b"\r", place)
    return int(head[place + 16 : ends if ends > 0 else None])


def _itself(one: Connection) -> Connection:
    return one


async def _run(load: Load, numbers: "count[int]", seconds: float, connections: int) -> Measured:
    loop, began = asyncio.get_running_loop(), time.perf_counter()
    made = [Connection(load, numbers, began + seconds) for _ in range(connections)]
    for one in made:
        await loop.create_connection(partial(_itself, one), "127.0.0.1", load.port)
    await asyncio.gather(*(one.done for one in made))
    took = time.perf_counter() - began
    times = sorted(second for one in made for second in one.times)
    p50, p99 = (times[int(len(times) * part)] * 1000 for part in (0.5, 0.99))
    return Measured(len(times) / took, p50, p99, max(one.size for one in made))


def measure(
    load: Load, numbers: "count[int]", *, seconds: float, connections: int = CONNECTIONS
) -> Measured:
    """Ask for some seconds over keep-alive connections, after a short warming."""
    uvloop.run(_run(load, numbers, min(WARM_SECONDS, seconds), connections))
    return uvloop.run(_run(load, numbers, seconds, connections))
