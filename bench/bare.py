"""The limits: an ASGI hello, and a FastAPI route that does nothing."""

from typing import Any

from fastapi import FastAPI, Response

from services.kit.app import TELEMETRY


async def hello(scope: Any, receive: Any, send: Any) -> None:
    """The least an ASGI server can be asked for."""
    if scope["type"] == "lifespan":
        while True:
            message = await receive()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return
    headers = [(b"content-type", b"text/plain"), (b"content-length", b"5")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"hello"})


# Without the measuring that FastAPI does for itself: the house is run without it too.
route = FastAPI(openapi_url=None, telemetry=TELEMETRY)


@route.get("/")
async def nothing() -> Response:
    """A bare route: one is 1.00 in every table."""
    return Response(b'{"hello":"world"}', media_type="application/json")
