"""A gateway on a port of its own, and a Chromium in front of it."""

import asyncio
import socket
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.async_api import Browser

from gateway.app import create_app
from tests.browser.tabs import Tab
from tests.conftest import settings_for
from tests.gateway.signing_in import OWN_AREAS, user


@contextmanager
def serving(app: Any) -> Iterator[str]:
    """An app on a free port, in a thread with a loop of its own."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        config = uvicorn.Config(app, log_config=None, timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [door]})
        thread.start()
        while not server.started:
            thread.join(0.02)
        try:
            yield f"http://127.0.0.1:{door.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture(scope="module")
def house(databases: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The gateway's own pages with an administrator, anna@exempel.se."""
    url, folder = databases.fresh("gateway"), tmp_path_factory.mktemp("house")
    asyncio.run(_with_user(url, folder))
    with serving(create_app(settings_for(url, folder), areas=OWN_AREAS)) as address:
        yield address


async def _with_user(url: str, folder: Path) -> None:
    app = create_app(settings_for(url, folder), areas=OWN_AREAS)
    await user(app, "administrator", "process_leader")
    await app.state.database.close()


@pytest.fixture
async def tab(chromium: Browser, house: str) -> AsyncIterator[Any]:
    """Makes tabs: `await tab(width=390)`."""
    opened = []

    async def made(*, width: int = 1280, script: bool = True) -> Tab:
        context = await chromium.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=script
        )
        opened.append(context)
        return Tab(await context.new_page(), house)

    yield made
    for context in opened:
        await context.close()
