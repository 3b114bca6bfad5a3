"""Tagged: an answer in JSON that has no ETag of its own gets one of its words.

What is computed has no version to be named by. The answer is made all the same; a client that has
it is spared the bytes. Lists and things are answered before (shortcut.py), and pay nothing.
"""

from collections.abc import MutableMapping
from hashlib import blake2b
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response

from services.kit.http import matches_tag, unchanged
from services.kit.middleware import App, Receive, Scope, Send

JSON = b"application/json"
_OTHERWISE = frozenset({b"etag", b"cache-control"})  # says itself how it is kept


def tag_of(body: bytes) -> str:
    """Weak: it names what the answer says."""
    return f'W/"{blake2b(body, digest_size=8).hexdigest()}"'


def tagged(request: Request, answer: Response) -> Response:
    """An answer made whole, with its tag; 304 where the client has it."""
    if not _takes_a_tag(answer.status_code, answer.raw_headers):
        return answer
    tag = tag_of(bytes(answer.body))
    if matches_tag(request, tag):
        return unchanged(tag)
    answer.headers["etag"], answer.headers["cache-control"] = tag, "private, no-cache"
    return answer


def _takes_a_tag(status: int, headers: list[tuple[bytes, bytes]]) -> bool:
    named = {name.lower(): value for name, value in headers}
    done = status == 200 and named.get(b"content-type") == JSON  # noqa: PLR2004
    return done and not named.keys() & _OTHERWISE


class Tagged:
    """ASGI: GET, where the app itself has said no tag."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        await self.app(scope, receive, _Waiting(Request(scope), send))


class _Waiting:
    """Holds the answer's beginning until its body is there; what comes in parts goes as it is."""

    def __init__(self, request: Request, send: Send) -> None:
        self.request, self._send = request, send
        self._start: MutableMapping[str, Any] | None = None

    async def __call__(self, message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start" and _takes_a_tag(
            message["status"], message["headers"]
        ):
            self._start = message
            return
        if self._start is not None:
            start, self._start = self._start, None
            if not message.get("more_body"):
                await self._whole(start, message)
                return
            await self._send(start)
        await self._send(message)

    async def _whole(self, start: Any, message: MutableMapping[str, Any]) -> None:
        tag = tag_of(message.get("body", b""))
        if matches_tag(self.request, tag):
            await unchanged(tag)(self.request.scope, self.request.receive, self._send)
            return
        headers = MutableHeaders(raw=start["headers"])
        headers["etag"], headers["cache-control"] = tag, "private, no-cache"
        await self._send(start)
        await self._send(message)
