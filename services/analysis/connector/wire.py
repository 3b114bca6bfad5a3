"""The wire to a register: patient where it is busy, and never more than so much from it."""

import asyncio
import email.utils
import random
import time
import zlib
from collections import deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import httpx
import orjson

from services.analysis.connector.network import HTTPS, Guarded, GuardedTransport, refused
from services.analysis.connector.rules import Broken, is_loopback, unreadable
from services.analysis.contract.source import FetchFailure
from services.kit import clock

RETRIED = frozenset({429, 500, 502, 503, 504})
MOVED = frozenset({301, 302, 303, 307, 308})
BUSY, OK = 429, 200
_PLAIN, _PACKED = frozenset({"", "identity"}), frozenset({"gzip", "x-gzip", "deflate"})
# What zlib calls a stream with a header of gzip's or its own.
_ANY_HEADER = 47


@dataclass(frozen=True)
class Limits:
    """How much is taken from a register, and how long it is waited for."""

    bytes_an_answer: int = 20 * 1024 * 1024
    bytes_in_all: int = 400 * 1024 * 1024
    calls: int = 5000
    seconds_a_call: float = 60.0
    tries: int = 4
    first_wait: float = 1.0
    longest_wait: float = 120.0
    moves: int = 3


@dataclass
class Pace:
    """So many calls within so many seconds, and no more."""

    calls: int = 5
    seconds: float = 1.0
    made: deque[float] = field(default_factory=deque)

    async def turn(self) -> None:
        """Wait until another call may be made."""
        while len(self.made) >= self.calls:
            left = self.made[0] + self.seconds - time.monotonic()
            if left > 0:
                await asyncio.sleep(left)
            self.made.popleft()
        self.made.append(time.monotonic())


class _Later(Exception):
    """A failure that may be none the next time, in so many seconds."""

    def __init__(self, kind: FetchFailure, text: str, seconds: float = 0.0) -> None:
        super().__init__(text)
        self.failure, self.seconds = Broken(kind, text), seconds


@dataclass
class Wire:
    """One fetch's way to a register."""

    client: httpx.AsyncClient
    network: Guarded
    limits: Limits = field(default_factory=Limits)
    pace: Pace = field(default_factory=Pace)
    calls: int = 0
    taken: int = 0

    async def get(self, address: str, **params: Any) -> Any:
        """What stands at an address, read as JSON. Broken."""
        asked = {name: value for name, value in params.items() if value is not None}
        return _json(await self._answer("GET", address, params=asked or None))

    async def post(self, address: str, body: Mapping[str, Any], **params: Any) -> Any:
        """What is answered to a question, read as JSON; asking changes nothing there. Broken."""
        return _json(await self._answer("POST", address, params=params or None, json=body))

    async def _answer(self, method: str, address: str, **asked: Any) -> bytes:
        """The body of a good answer, tried again where it may come later."""
        wait = self.limits.first_wait
        for left in reversed(range(self.limits.tries)):
            try:
                return await self._tried(method, address, asked)
            except _Later as later:
                if not left:
                    raise later.failure from None
                rest = max(wait, later.seconds)
            await asyncio.sleep(rest + random.uniform(0, rest / 4))  # noqa: S311 - no secret
            wait *= 2
        raise AssertionError("somebody allows no try at all")

    async def _tried(self, method: str, address: str, asked: Mapping[str, Any]) -> bytes:
        """The body of a good answer. Broken; _Later where another try may do."""
        try:
            answer, content = await self._followed(method, address, asked)
        except TimeoutError:
            text = f"no whole answer within {self.limits.seconds_a_call:g} seconds"
            raise _Later(FetchFailure.slow, f"{_bare(address)}: {text}") from None
        except httpx.InvalidURL as why:
            raise refused(f"this is no address: {why}") from None
        except httpx.TransportError as why:
            text = f"{_bare(address)}: {type(why).__name__} {why}".strip()
            raise _Later(FetchFailure.unreachable, text) from None
        if answer.status_code == OK:
            return content
        failure = _said_no(address, answer, content)
        if answer.status_code not in RETRIED:
            raise failure
        raise _Later(failure.kind, failure.text, self._asked_to_wait(answer, failure))

    def _asked_to_wait(self, answer: httpx.Response, failure: Broken) -> float:
        """How long the register wants to be left alone. Broken where that is too long."""
        seconds = _seconds(answer.headers.get("retry-after", ""))
        if seconds > self.limits.longest_wait:
            text = f"{failure.text}; it asks for {seconds:.0f} seconds of rest"
            raise Broken(FetchFailure.busy, text)
        return seconds

    async def _followed(
        self, method: str, address: str, asked: Mapping[str, Any]
    ) -> tuple[httpx.Response, bytes]:
        """The answer, also where it has moved to within the same kind's hosts."""
        request = self.client.build_request(method, address, **asked)
        for _ in range(self.limits.moves + 1):
            self._demand_allowed(request.url)
            answer, content = await self._once(request)
            if answer.status_code not in MOVED:
                return answer, content
            place = request.url.join(answer.headers.get("location", ""))
            if method != "GET":
                raise refused(f"{_bare(address)} moved while a question was put to it")
            request = self.client.build_request("GET", place)
        raise unreadable(f"{_bare(address)} moved more than {self.limits.moves} times")

    def _demand_allowed(self, url: httpx.URL) -> None:
        """Refused before any name is resolved; the network looks at it again."""
        here = self.network.loopback and is_loopback(url.host)
        safe = url.scheme == "https" and (url.port or HTTPS) == HTTPS
        if url.userinfo or not (here or (safe and url.host in self.network.hosts)):
            raise refused(f"{url.scheme}://{url.host} is not among the hosts of this kind")

    async def _once(self, request: httpx.Request) -> tuple[httpx.Response, bytes]:
        self.calls += 1
        if self.calls > self.limits.calls:
            raise Broken(FetchFailure.too_large, f"more than {self.limits.calls} calls")
        await self.pace.turn()
        async with asyncio.timeout(self.limits.seconds_a_call):
            answer = await self.client.send(request, stream=True)
            try:
                return answer, await self._body(answer)
            finally:
                await answer.aclose()

    async def _body(self, answer: httpx.Response) -> bytes:
        """The whole body, unpacked no further than is taken."""
        most = min(self.limits.bytes_an_answer, self.limits.bytes_in_all - self.taken)
        packed = answer.headers.get("content-encoding", "").strip().lower()
        if packed not in _PLAIN | _PACKED:
            raise unreadable(f"packed as {packed[:40]}, which was not asked for")
        unpack = zlib.decompressobj(_ANY_HEADER) if packed in _PACKED else None
        found = bytearray()
        async for chunk in answer.aiter_raw():
            found += _unpacked(unpack, chunk, most + 1 - len(found)) if unpack else chunk
            if len(found) > most:
                raise Broken(FetchFailure.too_large, f"more than {most} bytes")
        if unpack and found and not unpack.eof:
            raise httpx.RemoteProtocolError("the packed body ends in the middle")
        self.taken += len(found)
        return bytes(found)


def _unpacked(unpack: Any, chunk: bytes, most: int) -> bytes:
    try:
        found: bytes = unpack.decompress(chunk, most)
    except zlib.error:
        raise unreadable("the body is not packed as it says") from None
    return found


def _json(content: bytes) -> Any:
    try:
        return orjson.loads(content)
    except orjson.JSONDecodeError as failure:
        start = content[:40].decode("utf-8", "replace")
        raise unreadable(f"this is no whole JSON ({failure}): {start!r}") from None


def _said_no(address: str, answer: httpx.Response, content: bytes) -> Broken:
    """A refusal in the register's own words, as far as it has some."""
    words = ""
    with suppress(orjson.JSONDecodeError):
        said = orjson.loads(content)
        told = said if isinstance(said, dict) else {}
        words = next((str(told[name]) for name in ("detail", "title", "message") if told.get(name)),
                     "")  # fmt: skip
    text = f"{_bare(address)} answered {answer.status_code} {words[:200]}".strip()
    busy = answer.status_code == BUSY
    return Broken(FetchFailure.busy if busy else FetchFailure.answered_no, text)


def _bare(address: str) -> str:
    """An address without its question."""
    return address.split("?", maxsplit=1)[0]


def _seconds(said: str) -> float:
    """Retry-After: seconds, or a date."""
    if said.strip().isdigit():
        return float(said)
    try:
        until = email.utils.parsedate_to_datetime(said)
    except ValueError:
        return 0.0
    return max(0.0, (until - clock.now()).total_seconds()) if until.tzinfo else 0.0


@asynccontextmanager
async def opened(network: Guarded, limits: Limits) -> AsyncIterator[Wire]:
    """A wire for one fetch; no proxy, cookie or password of this machine is used."""
    headers = {"User-Agent": "kompetensnav", "Accept": "application/json, */*;q=0.1",
               "Accept-Encoding": "gzip"}  # fmt: skip
    async with httpx.AsyncClient(
        transport=GuardedTransport(network),
        headers=headers,
        trust_env=False,
        follow_redirects=False,
        timeout=httpx.Timeout(limits.seconds_a_call, connect=10.0),
    ) as client:
        yield Wire(client, network, limits)
