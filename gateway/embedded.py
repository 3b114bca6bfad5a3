"""Embedded: the three services in this same process; the only module that imports their apps."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager

import httpx
from fastapi import FastAPI
from services.actors.app import create_app as create_actors
from services.analysis.app import create_app as create_analysis
from services.councils.app import create_app as create_councils

from services.kit.settings import Settings

FACTORIES = {"actors": create_actors, "councils": create_councils, "analysis": create_analysis}


class StraightTransport(httpx.AsyncBaseTransport):
    """Calls an ASGI app in this process without the costs of a socket."""

    def __init__(self, app: FastAPI) -> None:
        self.app = app

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """One request through the app; the whole body at once."""
        body = await request.aread()
        start: dict[str, object] = {}
        parts: list[bytes] = []
        sent = False

        async def receive() -> dict[str, object]:
            nonlocal sent
            if sent:
                return {"type": "http.disconnect"}
            sent = True
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: dict[str, object]) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
            elif message["type"] == "http.response.body":
                parts.append(message.get("body", b""))  # type: ignore[arg-type]

        await self.app(_scope(request), receive, send)  # type: ignore[arg-type]
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


def embedded_apps(settings: Mapping[str, Settings]) -> dict[str, FastAPI]:
    """The services' apps, each with its own settings."""
    return {name: FACTORIES[name](settings[name]) for name in FACTORIES}


@asynccontextmanager
async def lifespans(apps: Mapping[str, FastAPI]) -> AsyncIterator[None]:
    """Start and stop embedded apps: nobody else enters their lifespans."""
    async with AsyncExitStack() as stack:
        for app in apps.values():
            await stack.enter_async_context(app.router.lifespan_context(app))
        yield
