"""A house on sockets: the gateway with the services inside it, or four programs."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import uvicorn

from gateway import keys
from gateway.app import create_app
from gateway.drafts import ClientDraft
from operations.house import SERVICES
from operations.house import app_of as program
from services.kit.db import Database
from services.kit.identity import Caller
from services.kit.postgres_cluster import free_port
from services.kit.settings import Settings
from tests.callers import KEYS
from tests.conftest import Databases

INSIDE, WIRE = "inside", "wire"
MAKER = Caller("service", "svc:test", request_id="test")


class Server(uvicorn.Server):
    """uvicorn in a thread, where no signals come."""

    def capture_signals(self) -> Any:
        """Listen to none."""
        return nullcontext()


@contextmanager
def served(app: Any, port: int = 0) -> Iterator[str]:
    """The address of an app while it is served, on a free port unless one is named."""
    config = uvicorn.Config(
        app, port=port, log_config=None, access_log=False,
        lifespan="on", ws="none", http="httptools",
    )  # fmt: skip
    server = Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.02)
        if not thread.is_alive():
            raise RuntimeError("the app did not start")
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)


@dataclass
class House:
    """A house that answers at an address."""

    address: str
    way: str
    settings: Settings
    app: Any
    clients: list["Api"] = field(default_factory=list)

    def do(self, action: Any, *arguments: Any) -> Any:
        """Something of gateway.keys, in the gateway's database."""

        async def go() -> Any:
            database = Database(self.settings.database_url, pool_size=1)
            try:
                async with database.writing(MAKER) as db:
                    return await action(db, *arguments)
            finally:
                await database.close()

        return asyncio.run(go())

    def key(
        self, municipality: str | None = None, scopes: str = "read,write", days: int = 30
    ) -> keys.Made:
        """A new client's key."""
        named: list[Any] = scopes.split(",")
        draft = ClientDraft(name="Exempelsystem", municipality_code=municipality, scopes=named)
        made: keys.Made = self.do(keys.open_client, keys.Pepper.of(self.settings), draft, days)
        return made

    def close(self) -> None:
        """Hang up every client."""
        for client in self.clients:
            client.close()

    def api(self, key: str | None = None) -> "Api":
        """The API with a key, or without."""
        self.clients.append(Api(self.address, key))
        return self.clients[-1]


class Api(httpx.Client):
    """A client of the API: paths are below /api/v1, and each POST has a key of its own."""

    def __init__(self, address: str, key: str | None) -> None:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        super().__init__(base_url=address, headers=headers, timeout=30, trust_env=False)

    def send_to(self, method: str, path: str, **more: Any) -> httpx.Response:
        """One request."""
        headers = dict(more.pop("headers", {}))
        if method == "POST":
            headers.setdefault("Idempotency-Key", uuid4().hex)
        return self.request(method, f"/api/v1{path}", headers=headers, **more)

    def read(self, path: str, **more: Any) -> httpx.Response:
        """GET."""
        return self.send_to("GET", path, **more)

    def make(self, path: str, body: Any, **headers: str) -> httpx.Response:
        """POST."""
        return self.send_to("POST", path, json=body, headers=headers)

    def put_in(self, path: str, body: Any, version: int | None) -> httpx.Response:
        """PUT with the version read."""
        headers = {} if version is None else {"If-Match": f'"v{version}"'}
        return self.send_to("PUT", path, json=body, headers=headers)


def settings_of(urls: dict[str, str], folder: Path, **more: Any) -> dict[str, Settings]:
    """Each program's settings, by the address of its database."""
    (folder / "pepper").write_text("pepper of the tests")
    shared: dict[str, Any] = {
        "data_dir": folder,
        "service_keys": KEYS,
        "pool_size": 4,
        "pepper_file": folder / "pepper",
        "base_url": "http://127.0.0.1:8000",
        "log_level": "ERROR",
        "requests_per_minute": 10**6,
    } | more
    return {name: Settings(database_url=url, **shared) for name, url in urls.items()}


def each_of(databases: Databases, folder: Path, **more: Any) -> dict[str, Settings]:
    """Each program's settings, with an empty database of its own."""
    return settings_of({n: databases.fresh(n) for n in (*SERVICES, "gateway")}, folder, **more)


@contextmanager
def house(databases: Databases, folder: Path, way: str, **more: Any) -> Iterator[House]:
    """A house with empty databases, run one way or the other."""
    each = each_of(databases, folder, **more)
    with ExitStack() as stack:
        if way == INSIDE:
            app = create_app(each["gateway"], services={name: each[name] for name in SERVICES})
        else:
            app = _split(stack, each)
        address = stack.enter_context(served(app))
        found = House(address, way, each["gateway"], app)
        yield found
        found.close()


def _split(stack: ExitStack, each: dict[str, Settings]) -> Any:
    """Three services on sockets of their own, and the gateway that knows their addresses."""
    ports = {name: free_port(0) for name in SERVICES}
    urls = {f"{name}_urls": f"http://127.0.0.1:{port}" for name, port in ports.items()}
    for name, port in ports.items():
        settings = each[name].model_copy(update=urls)
        stack.enter_context(served(program(name, settings), port))
    return create_app(each["gateway"].model_copy(update=urls))
