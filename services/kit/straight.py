"""Straight: a service in this same process, called through httpx's transport interface."""

import asyncio
from typing import Any

import httpx


class StraightTransport(httpx.AsyncBaseTransport):
    """Calls an ASGI app in this process without the costs of a socket."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """One request through the app; the whole body at once."""
        body = await request.aread()
        start: dict[str, object] = {}
        parts: list[bytes] = []
        sent, answered = False, asyncio.Event()

        async def receive() -> dict[str, object]:
            nonlocal sent
            if sent:  # who asks again asks whether the caller has left: not before the answer
                await answered.wait()
                return {"type": "http.disconnect"}
            sent = True
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: dict[str, object]) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
            elif message["type"] == "http.response.body":
                parts.append(message.get("body", b""))  # type: ignore[arg-type]
                if not message.get("more_body"):
                    answered.set()

        await self.app(_scope(request), receive, send)
        return httpx.Response(
            start["status"],  # type: ignore[arg-type]
            headers=start["headers"],  # type: ignore[arg-type]
            content=b"".join(parts),
        )


def _scope(request: httpx.Request) -> dict[str, object]:
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "headers": [(name.lower(), value) for name, value in request.headers.raw],
        "scheme": "http",
        "path": request.url.path,
        "raw_path": request.url.raw_path.split(b"?")[0],
        "query_string": request.url.query,
        "root_path": "",
        "server": ("127.0.0.1", 0),
        "client": ("127.0.0.1", 0),
    }
