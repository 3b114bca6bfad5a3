"""Security headers: one strict content policy with a nonce of its own for every answer."""

from collections.abc import Awaitable, Callable, MutableMapping
from secrets import token_urlsafe
from typing import Any
from uuid import uuid4

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Any, Send], Awaitable[None]]

POLICY = (
    "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self'; img-src 'self'; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; trusted-types htmx; require-trusted-types-for 'script'"
)
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=(), "
        "interest-cohort=()"
    ),
}
STRICT_TRANSPORT = {"Strict-Transport-Security": "max-age=63072000; includeSubDomains"}
REQUEST_ID = b"x-request-id"
NO_STORE = (b"cache-control", b"no-store")


def headers(nonce: str, *, https: bool) -> dict[str, str]:
    """Every header that belongs on every answer."""
    found = {"Content-Security-Policy": POLICY.format(nonce=nonce), **FIXED}
    return found | STRICT_TRANSPORT if https else found


class SecurityHeaders:
    """Pure ASGI: a nonce and a request id of our own, the headers, no-store unless told."""

    def __init__(self, app: App, *, https: bool) -> None:
        self.app = app
        kinds = headers("", https=https)
        del kinds["Content-Security-Policy"]
        self.fixed = [(name.lower().encode(), value.encode()) for name, value in kinds.items()]

    async def __call__(self, scope: Scope, receive: Any, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope["nonce"] = nonce = token_urlsafe(18)
        scope["request_id"] = number = uuid4().hex
        kept = [pair for pair in scope["headers"] if pair[0] != REQUEST_ID]
        scope["headers"] = [*kept, (REQUEST_ID, number.encode())]
        policy = (b"content-security-policy", POLICY.format(nonce=nonce).encode())

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = message.get("headers", [])
                named = {name.lower() for name, _ in own}
                extra = [pair for pair in (policy, *self.fixed, NO_STORE) if pair[0] not in named]
                message["headers"] = [*own, *extra]
            await send(message)

        await self.app(scope, receive, guarded)
