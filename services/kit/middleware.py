"""The outermost layer of a service: request id, limits, identity, and the last word on failures.

Pure ASGI and one layer only: each BaseHTTPMiddleware would cost more than half of a read.
"""

import re
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import unquote_to_bytes
from uuid import uuid4

from starlette.requests import ClientDisconnect

from services.kit import identity, large
from services.kit.blame import problem_of
from services.kit.errors import (
    FieldError,
    Malformed,
    Problem,
    TooLarge,
    Unauthenticated,
    Unavailable,
    UnsupportedType,
)
from services.kit.http import encode
from services.kit.log import REQUEST, log, names_in, request_answered

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
# How a problem is shown to people; None: this address is a program's.
Show = Callable[[Scope, Problem], Awaitable[App | None]]

BODY_MOST = 1024 * 1024
QUERY_MOST = 2048
# What programs ask each other for: two hundred things by their ids, and more.
QUERY_WITHIN = 16 * 1024
OPEN = frozenset({"/healthz", "/readyz", "/openapi.json"})
# What may be said of how a body is written: ASCII is UTF-8 too.
UTF_8 = frozenset({"utf-8", "utf8", "us-ascii"})
_CHARSET = re.compile(r"(?:^|;)\s*charset\s*=\s*\"?([^\s;\"]*)")
_WITH_BODY = frozenset({"POST", "PUT", "PATCH", "DELETE"})


class Door:
    """Lets a request in only with a verified identity, and never lets a traceback out."""

    def __init__(
        self,
        app: App,
        *,
        service: str,
        keys: dict[str, bytes],
        media: tuple[str, ...] = ("application/json",),
        body_most: int = BODY_MOST,
        query_most: int = QUERY_MOST,
        show: Show | None = None,
    ) -> None:
        self.app, self.service, self.media, self.body_most = app, service, media, body_most
        self.query_most, self.show = query_most, show
        ends = f">{service}"
        self.secrets = {p.removesuffix(ends): key for p, key in keys.items() if p.endswith(ends)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope["also"] = {}
        visit, before = _Visit(scope, send, self.service), REQUEST.set("")
        try:
            headers = {name.decode("latin-1"): value for name, value in scope["headers"]}
            visit.is_request(_text(headers, "x-request-id")[:80] or uuid4().hex)
            self._admit(scope, headers)
            if (caller := scope.get("caller")) is not None:
                visit.is_request(caller.request_id)
            most, _ = self._limits(scope)
            await self.app(scope, _Limited(receive, most), visit.send)
        except ClientDisconnect:
            return
        except Problem as problem:
            await (self._shown(visit, problem) if self.show else visit.fail(problem))
        except Exception as failure:
            await visit.crash(failure)
        finally:
            visit.note()
            REQUEST.reset(before)

    async def _shown(self, visit: "_Visit", problem: Problem) -> None:
        """Where people look, they see a page of it."""
        page = await self.show(visit.scope, problem) if self.show and not visit.started else None
        if page is None:
            return await visit.fail(problem)
        return await page(visit.scope, _nothing_more, visit.send)

    def _limits(self, scope: Scope) -> tuple[int, tuple[str, ...]]:
        """How large a body may be, and of which types."""
        if large.takes_many(scope["path"]):
            return large.MOST, large.MEDIA
        return self.body_most, self.media

    def _admit(self, scope: Scope, headers: dict[str, bytes]) -> None:
        if len(scope["query_string"]) > self.query_most:
            raise Malformed("the address is too long")
        _demand_text(scope.get("raw_path") or b"")
        _demand_text(scope["query_string"])
        most, media = self._limits(scope)
        if int(_text(headers, "content-length") or 0) > most:
            raise TooLarge(f"at most {most} bytes")
        if scope["method"] in _WITH_BODY and _has_body(headers):
            _demand_type(headers, media)
        if self.secrets and scope["path"] not in OPEN:
            token = _text(headers, identity.HEADER)
            if not token:
                raise Unauthenticated("the identity is missing")
            scope["caller"] = identity.verify(
                token,
                secrets=self.secrets,
                audience=self.service,
                method=scope["method"],
                path=scope["path"],
            )


def _demand_type(headers: dict[str, bytes], media: tuple[str, ...]) -> None:
    """UnsupportedType where a body is none of these, not in UTF-8 by its own word, or packed."""
    kind, _, more = _text(headers, "content-type").partition(";")
    if kind.strip().lower() not in media:
        raise UnsupportedType(f"send {media[0]}")
    if any(said not in UTF_8 for said in _CHARSET.findall(more.lower())):
        raise UnsupportedType("send UTF-8, and say no other charset")
    if _text(headers, "content-encoding").strip().lower() not in {"", "identity"}:
        plain = {"Accept-Encoding": "identity"}
        raise UnsupportedType("send the body as it is, not packed", headers=plain)


def _demand_text(part: bytes) -> None:
    """Malformed where a part of the address is not UTF-8, or has a NUL in it: all that do."""
    if b"%" not in part and part.isascii():
        return
    wrong = [error for pair in part.split(b"&") if (error := _unreadable(pair))]
    if wrong:
        raise Malformed(wrong[0].message, errors=wrong)


def _unreadable(pair: bytes) -> FieldError | None:
    """What is wrong with one parameter of an address, or with its path."""
    name, equals, _value = pair.partition(b"=")
    field = name.decode("ascii", "replace") if equals else ""
    try:
        said = unquote_to_bytes(pair).decode()
    except UnicodeDecodeError:
        return FieldError(field, "unreadable", "the address is not UTF-8")
    return FieldError(field, "unreadable", "the address has a NUL in it") if "\0" in said else None


def _text(headers: dict[str, bytes], name: str) -> str:
    return headers.get(name, b"").decode("latin-1")


async def _nothing_more() -> MutableMapping[str, Any]:
    return {"type": "http.disconnect"}


def _has_body(headers: dict[str, bytes]) -> bool:
    return headers.get("content-length", b"0") != b"0" or "transfer-encoding" in headers


class _Limited:
    """A receive that stops at the limit even where no content-length was sent, and at UTF-16."""

    def __init__(self, receive: Receive, most: int) -> None:
        self.receive, self.most, self.left = receive, most, most

    async def __call__(self) -> MutableMapping[str, Any]:
        message = await self.receive()
        if message["type"] == "http.request":
            body = message.get("body", b"")
            if self.left == self.most and b"\0" in body[:4]:
                raise Malformed("send UTF-8")
            self.left -= len(body)
            if self.left < 0:
                raise TooLarge("the body is too large")
        return message


class _Visit:
    """What is known of one request while it is answered; becomes its line in the log."""

    def __init__(self, scope: Scope, send: Send, service: str) -> None:
        self.scope, self._send, self.service = scope, send, service
        self.request_id, self.status, self.started = "-", 0, False
        self.began = time.perf_counter()

    def is_request(self, number: str) -> None:
        """Which request it is, here and in every line that is told while it is answered."""
        self.request_id = number
        REQUEST.set(number)

    async def send(self, message: MutableMapping[str, Any]) -> None:
        """Pass the answer on, with the request id on it."""
        if message["type"] == "http.response.start":
            self.started, self.status = True, message["status"]
            message["headers"] = [
                *message.get("headers", ()),
                (b"x-request-id", self.request_id.encode("latin-1", "replace")),
                (b"x-content-type-options", b"nosniff"),
                *((name.encode(), said.encode()) for name, said in self.scope["also"].items()),
            ]
        await self._send(message)

    async def fail(self, problem: Problem) -> None:
        """Answer with a problem, where the answer has not begun."""
        if self.started:
            return
        body = encode(problem.body(self.request_id))
        headers = [(b"content-type", b"application/problem+json")]
        headers += [(k.lower().encode(), v.encode()) for k, v in problem.headers.items()]
        headers.append((b"content-length", str(len(body)).encode()))
        start = {"type": "http.response.start", "status": problem.status, "headers": headers}
        await self.send(start)
        await self.send({"type": "http.response.body", "body": body})

    async def crash(self, failure: Exception) -> None:
        """Answer for a failure nobody named: 503 where the database is away, else 500."""
        problem = problem_of(failure)
        if problem is None:
            log.error("request.failed", exc_info=failure)
        elif isinstance(problem, Unavailable):  # a line each, for there will be many
            log.warning("database.away", error=names_in(failure))
        await self.fail(problem or Problem("something went wrong; it has been logged"))

    def note(self) -> None:
        """One line per request: the route's template, never its address or body."""
        route, caller = self.scope.get("route"), self.scope.get("caller")
        request_answered({
            "service": self.service,
            "request_id": self.request_id,
            "subject": caller.subject if caller else "-",
            "method": self.scope["method"],
            "route": getattr(route, "path", "-"),
            "status": self.status,
            "ms": round((time.perf_counter() - self.began) * 1000, 1),
        })  # fmt: skip
