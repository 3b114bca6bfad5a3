"""The server of one program: says it is leaving before it leaves, so that no caller is let down."""

import gc
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import uvicorn

from services.kit.middleware import App, Receive, Scope, Send

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
KEEP_ALIVE_SECONDS = 75  # longer than any caller keeps an idle connection
GRACEFUL_SECONDS = 10
HEAD_MOST = 64 * 1024
SWEEPS = (700, 10, 10)  # Python's own, where a start has swept more seldom
Ready = Callable[[str], None]


class Draining:
    """While the program is leaving, tells each caller to take its next request elsewhere."""

    def __init__(self, app: App, state: Any) -> None:
        self.app, self.state = app, state

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def parting(message: Any) -> None:
            if message["type"] == "http.response.start" and self.state.draining:
                message["headers"] = [*message.get("headers", ()), (b"connection", b"close")]
            await send(message)

        await self.app(scope, receive, parting)


class Server(uvicorn.Server):
    """uvicorn that drains at the first signal, stops at the second, and drops all at the third."""

    def __init__(
        self, config: uvicorn.Config, *, state: Any, drain: float, on_ready: Ready | None = None
    ) -> None:
        super().__init__(config)
        self.state, self.drain, self.on_ready = state, drain, on_ready
        self._leave_at: float | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and say at which address."""
        await super().startup(sockets=sockets)
        # What was made until now lives as long as the program (one object in a hundred does not):
        # never look through it again, not even now.
        gc.freeze()
        gc.set_threshold(*SWEEPS)
        if self.started and self.on_ready is not None:
            host, port = self.servers[0].sockets[0].getsockname()[:2]
            self.on_ready(f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}")

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002
        """A signal came: begin to leave, or hurry."""
        if self._leave_at is None:
            self.state.draining = True
            self._leave_at = time.monotonic() + self.drain
        elif self.should_exit:
            self.force_exit = True
        else:
            self.should_exit = True

    async def on_tick(self, counter: int) -> bool:
        """Ten times a second: whether it is time to stop."""
        if self._leave_at is not None and time.monotonic() >= self._leave_at:
            self.should_exit = True
        return await super().on_tick(counter)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Listen to signals while serving; unlike uvicorn's own, do not raise them again."""
        before = {sig: signal.signal(sig, self.handle_exit) for sig in SIGNALS}
        try:
            yield
        finally:
            for sig, handler in before.items():
                signal.signal(sig, handler)


def serve(
    app: Any,
    *,
    host: str,
    port: int,
    drain: float = 2.0,
    graceful: int = GRACEFUL_SECONDS,
    on_ready: Ready | None = None,
) -> None:
    """Serve an app until a signal; returns when the last answer is sent and the app is closed.

    Port 0 takes a free one; `on_ready` is told the address. An OSError says the port is taken.
    """
    app.state.draining = False
    config = uvicorn.Config(
        Draining(app, app.state),
        loop="auto",
        http="httptools",
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=graceful,
        h11_max_incomplete_event_size=HEAD_MOST,
    )
    server = Server(config, state=app.state, drain=drain, on_ready=on_ready)
    with _bound(host, port) as door:
        server.run(sockets=[door])


def _bound(host: str, port: int) -> socket.socket:
    """A socket that has its address but does not listen before the app has started."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    door = socket.socket(family, socket.SOCK_STREAM)
    try:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind((host, port))
    except OSError:
        door.close()
        raise
    return door
