"""Passing: a request goes in to its service and the answer comes out, byte for byte.

Nothing is decoded on the way. Only headers on two short lists cross the door, and a Location gets
the address it has outside.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI

from gateway.switchboard import Switchboard
from services.kit import identity
from services.kit.errors import Malformed
from services.kit.http import PREFIX
from services.kit.identity import Caller
from services.kit.middleware import Receive, Scope, Send

ROOT = "/api/v1"
Pair = tuple[bytes, bytes]
IN = frozenset({
    b"accept", b"content-type", b"if-match", b"if-none-match", b"idempotency-key",
    b"x-request-id",  # our own: the door has put it there
})  # fmt: skip
LENGTHS = frozenset({b"content-length", b"transfer-encoding"})
OUT = frozenset({
    b"allow", b"cache-control", b"content-disposition", b"content-length", b"content-type",
    b"etag", b"idempotency-replayed", b"last-modified", b"link", b"location", b"retry-after",
})  # fmt: skip
EXPORTS = (b"text/csv", b"application/vnd.openxmlformats", b"text/calendar")
_IDENTITY = identity.HEADER.encode()
_PREFIX = (PREFIX.encode(), ROOT.encode())
_VARY = (b"vary", b"accept, authorization, cookie")


def inward(scope: Scope, also: frozenset[bytes] = frozenset()) -> list[Pair]:
    """The headers that a service may know of. Malformed where one is not ASCII."""
    kept = [pair for pair in scope["headers"] if pair[0] in IN or pair[0] in also]
    for name, value in kept:
        if not value.isascii():
            field = name.decode()
            raise Malformed("a header may only hold ASCII", field=field, reason="unreadable")
    return [*kept, _PREFIX]


def outward(headers: Iterable[Pair]) -> list[Pair]:
    """The headers that a service's answer may carry out."""
    found = []
    for name, value in headers:
        if name in OUT:
            known = name == b"location" and value.startswith(b"/") and not value.startswith(b"/api")
            found.append((name, ROOT.encode() + value) if known else (name, value))
    return [*found, _VARY]


@dataclass(frozen=True)
class Crossing:
    """One request on its way in: to which service, for whom, and the way back."""

    service: str
    path: str
    caller: Caller
    scope: Scope
    receive: Receive
    send: Send

    @property
    def method(self) -> str:
        """HEAD is GET whose body the server leaves out."""
        method: str = self.scope["method"]
        return "GET" if method == "HEAD" else method

    def asked(self) -> dict[str, Any]:
        """What the switchboard is told, where the service lives elsewhere."""
        return {
            "caller": self.caller,
            "query": self.scope["query_string"].decode(),
            "headers": {name.decode(): v.decode("latin-1") for name, v in inward(self.scope)},
        }

    async def begin(self, status: int, headers: Iterable[Pair]) -> None:
        """The answer's first part."""
        start = {"type": "http.response.start", "status": status, "headers": outward(headers)}
        await self.send(start)


class Passage:
    """The way from the API to the services."""

    def __init__(self, switchboard: Switchboard, inside: Mapping[str, FastAPI]) -> None:
        self.switchboard, self.inside = switchboard, inside

    async def pass_on(self, one: Crossing) -> None:
        """One request to a service, wherever it lives."""
        app = self.inside.get(one.service)
        if app is not None:
            await self._straight(app, one)
        elif one.method == "GET" and _is_export(one.scope):
            await self._streamed(one)
        else:
            await self._asked(one)

    async def _straight(self, app: FastAPI, one: Crossing) -> None:
        method, send = one.method, one.send
        token = self.switchboard.sign(one.service, method, one.path, one.caller)
        inner = {
            "type": "http",
            "asgi": one.scope["asgi"],
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": one.path,
            "raw_path": one.path.encode(),
            "query_string": one.scope["query_string"],
            "root_path": "",
            "headers": [*inward(one.scope, LENGTHS), (_IDENTITY, token.encode())],
            "client": None,
            "server": None,
        }

        async def out(message: Any) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = outward(message["headers"])
            await send(message)

        await app(inner, one.receive, out)

    async def _asked(self, one: Crossing) -> None:
        content = await whole_body(one.receive) or None
        reply = await self.switchboard.ask(
            one.service, one.method, one.path, content=content, **one.asked()
        )
        kept = [pair for pair in _lower(reply.headers.raw) if pair[0] != b"content-length"]
        length = (b"content-length", str(len(reply.body)).encode())
        await one.begin(reply.status, [*kept, length])
        await one.send({"type": "http.response.body", "body": reply.body})

    async def _streamed(self, one: Crossing) -> None:
        async with self.switchboard.stream(one.service, one.path, **one.asked()) as response:
            await one.begin(response.status_code, _lower(response.headers.raw))
            async for part in response.aiter_raw():
                await one.send({"type": "http.response.body", "body": part, "more_body": True})
            await one.send({"type": "http.response.body", "body": b""})


def _is_export(scope: Scope) -> bool:
    accept = next((value for name, value in scope["headers"] if name == b"accept"), b"")
    return any(kind in accept for kind in EXPORTS)


def _lower(headers: Iterable[Pair]) -> Iterable[Pair]:
    return ((name.lower(), value) for name, value in headers)


async def whole_body(receive: Receive) -> bytes:
    """A request's body, limited by the door before us."""
    parts, more = [], True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            break
        parts.append(message.get("body", b""))
        more = message.get("more_body", False)
    return b"".join(parts)
