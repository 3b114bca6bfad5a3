"""The switchboard: the wire to the services, with identity, retries and a breaker."""

import asyncio
import itertools
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

import httpx
import orjson

from services.kit import identity, large
from services.kit.errors import Malformed, Problem, Unavailable, from_body
from services.kit.identity import Caller
from services.kit.large import takes_long, takes_many

TRIES = 3
# After so many failures a line rests; then one caller at a time finds out whether it answers.
OPEN_AFTER, OPEN_SECONDS = 5, 2.0
# Failures that nobody has added to for so long say nothing of now: everybody may try again.
FORGET_SECONDS = 5.0
# A replica that takes a call and does not answer is left alone for so long.
HUNG_SECONDS = 10.0
_UNSENT = (httpx.ConnectError, httpx.ConnectTimeout)
TIMEOUT = httpx.Timeout(8.0, connect=1.0)
PART = 256 * 1024
LONG = httpx.Timeout(large.SECONDS, connect=1.0)
Taken = TypeVar("Taken")
Line = list[tuple[str, httpx.AsyncBaseTransport]]


@dataclass(frozen=True)
class Reply:
    """A service's answer, not yet decoded."""

    status: int
    headers: httpx.Headers
    body: bytes

    def json(self) -> Any:
        """The decoded body; raises the problem where the service answered with one."""
        if self.status >= 400:  # noqa: PLR2004
            raise self.problem()
        return orjson.loads(self.body) if self.body else None

    def problem(self) -> Problem:
        """The failure, as the class that the service raised."""
        try:
            return from_body(self.status, orjson.loads(self.body))
        except (ValueError, AttributeError):
            return from_body(self.status, {})


@dataclass(frozen=True)
class Question:
    """One call, before it is known which replica answers it."""

    service: str
    method: str
    path: str
    caller: Caller
    query: str = ""
    content: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_safe(self) -> bool:
        """Whether asking twice does no more than asking once."""
        named = {name.lower() for name in self.headers}
        return self.method in {"GET", "HEAD"} or "idempotency-key" in named

    def request(self, url: str, token: str) -> httpx.Request:
        """The call to one replica. Malformed where no address can be as long, or written so."""
        address = f"{url}{self.path}?{self.query}" if self.query else f"{url}{self.path}"
        try:
            asked = httpx.URL(address)
        except httpx.InvalidURL:
            raise Malformed("nothing can be asked at such an address") from None
        return httpx.Request(
            self.method,
            asked,
            headers={**self.headers, identity.HEADER: token},
            content=_parts_of(self.content) if takes_many(self.path) else self.content,
            extensions={"timeout": (LONG if takes_long(self.path) else TIMEOUT).as_dict()},
        )


@dataclass
class _Way:
    """The way to one service: its replicas in turn, and whether to try at all."""

    replicas: Line
    failures: int = 0
    closed_until: float = 0.0
    turn: Any = field(default_factory=itertools.count)
    resting: dict[str, float] = field(default_factory=dict)

    def next(self) -> tuple[str, httpx.AsyncBaseTransport]:
        """The next replica, those that just failed last."""
        now, count = time.monotonic(), len(self.replicas)
        start: int = next(self.turn)
        order = [self.replicas[(start + step) % count] for step in range(count)]
        return next((r for r in order if self.resting.get(r[0], 0) < now), order[0])

    def failed(self, url: str, failure: httpx.TransportError) -> bool:
        """A replica rests; whether it is worth asking again."""
        now, hung = time.monotonic(), isinstance(failure, httpx.ReadTimeout)
        seconds = HUNG_SECONDS if hung else 1.0 if isinstance(failure, _UNSENT) else 0.2
        self.resting[url] = now + seconds
        if hung and all(self.resting.get(one, 0) > now for one, _ in self.replicas):
            self.failures = max(self.failures, OPEN_AFTER)
        return not hung or self.failures < OPEN_AFTER

    def answered(self) -> None:
        """It works."""
        self.failures, self.closed_until = 0, 0.0

    def missed(self) -> None:
        """It did not answer."""
        self.failures += 1
        self.rest()

    def rest(self) -> None:
        """Where it has failed often, let nobody try for a while; what is long ago is forgotten."""
        if 0 < self.closed_until < time.monotonic() - FORGET_SECONDS:
            self.failures, self.closed_until = 0, 0.0
        if self.failures >= OPEN_AFTER:
            self.closed_until = time.monotonic() + OPEN_SECONDS * random.uniform(0.8, 1.2)  # noqa: S311


class Switchboard:
    """Calls services on a caller's behalf. One transport per replica for the program's life.

    httpx's transports are used straight, without its client: the client's bookkeeping costs more
    than the call where the service lives in this process.
    """

    def __init__(
        self,
        keys: Mapping[str, bytes],
        lines: Mapping[str, Line],
        *,
        issuer: str = "gateway",
    ) -> None:
        self.keys, self.issuer = keys, issuer
        self._lines = {name: _Way(replicas) for name, replicas in lines.items()}

    def reaches(self, service: str) -> bool:
        """Whether there is a line to a service at all."""
        return service in self._lines and bool(self._lines[service].replicas)

    async def ask(
        self,
        service: str,
        method: str,
        path: str,
        *,
        caller: Caller,
        query: str = "",
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        patience: float | None = None,
    ) -> Reply:
        """One call. Raises Unavailable where no replica answers, never for a 4xx.

        With patience nobody waits longer than so many seconds, and a line that takes longer rests
        as one that does not answer: whoever waits holds a connection to a database.
        """
        asked = Question(service, method, path, caller, query, content, dict(headers or {}))
        try:
            async with asyncio.timeout(patience):
                return await self._call(_read, asked)
        except TimeoutError:
            self._lines[service].missed()
            raise Unavailable(f"{service} does not answer", reason=service) from None

    @asynccontextmanager
    async def stream(
        self,
        service: str,
        path: str,
        *,
        caller: Caller,
        query: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> AsyncIterator[httpx.Response]:
        """One reading whose answer is not read yet. Raises Unavailable."""
        asked = Question(service, "GET", path, caller, query, None, dict(headers or {}))
        response = await self._call(_as_it_is, asked)
        try:
            yield response
        finally:
            await response.aclose()

    async def _call(
        self, take: Callable[[httpx.Response], Awaitable[Taken]], asked: Question
    ) -> Taken:
        service, line = asked.service, self._lines[asked.service]
        if line.closed_until > time.monotonic():
            raise Unavailable(f"{service} does not answer", reason=service)
        line.rest()  # for the others, until this caller knows
        for attempt in range(TRIES):
            token = self.sign(service, asked.method, asked.path, asked.caller)
            url, transport = line.next()
            request = asked.request(url, token)
            try:
                reply = await take(await transport.handle_async_request(request))
            except httpx.TransportError as failure:
                others = line.failed(url, failure)
                if not (others and (asked.is_safe or isinstance(failure, _UNSENT))):
                    break
            else:
                line.answered()
                return reply
            await asyncio.sleep(random.uniform(0, 0.05 * 2**attempt))  # noqa: S311
        line.missed()
        raise Unavailable(f"{service} does not answer", reason=service)

    def sign(self, service: str, method: str, path: str, caller: Caller) -> str:
        """The identity with which a service is called. Unavailable where we share no secret."""
        secret = self.keys.get(f"{self.issuer}>{service}")
        if secret is None:
            raise Unavailable(f"no secret is shared with {service}", reason=service)
        return identity.sign(
            caller,
            secret=secret,
            issuer=self.issuer,
            audience=service,
            method=method,
            path=path,
        )

    async def close(self) -> None:
        """Hang up."""
        for line in self._lines.values():
            for _url, transport in line.replicas:
                await transport.aclose()


async def _parts_of(content: bytes | None) -> AsyncIterator[bytes]:
    """A large body bit by bit, so that others are answered while it is sent."""
    whole = memoryview(content or b"")
    for start in range(0, len(whole), PART):
        yield bytes(whole[start : start + PART])


async def _read(response: httpx.Response) -> Reply:
    try:
        return Reply(response.status_code, response.headers, await response.aread())
    finally:
        await response.aclose()


async def _as_it_is(response: httpx.Response) -> httpx.Response:
    return response


def remote_line(urls: list[str]) -> Line:
    """Replicas reached over sockets; aiohttp beneath httpx costs an eighth of httpx alone."""
    from httpx_aiohttp import AiohttpTransport  # noqa: PLC0415 - not needed in one process

    limits = httpx.Limits(max_connections=200, max_keepalive_connections=100, keepalive_expiry=60)
    return [(url, AiohttpTransport(limits=limits)) for url in urls]


def straight_line(transport: httpx.AsyncBaseTransport) -> Line:
    """A service in this process."""
    return [("http://inside", transport)]
