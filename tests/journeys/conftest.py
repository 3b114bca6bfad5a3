"""One running house for the journeys, in each way the product is run, and somebody to use it."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser

from services.kit.postgres_account import PostgresFailed
from services.kit.postgres_binaries import find_binaries
from tests.journeys.reader import Reader
from tests.journeys.running import House, house

ROLES = ("process_leader", "administrator")
WAYS = {
    "one-process": ("run", None),
    "split": ("run-split", None),
    "older-postgres": ("run", 15),
}


@pytest.fixture(scope="session", params=list(WAYS))
def running(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """The house in one process, as programs of their own, and on an older PostgreSQL."""
    command, major = WAYS[request.param]
    if major:
        try:
            find_binaries(None, major=major)
        except PostgresFailed:
            pytest.skip(f"no PostgreSQL {major} on this machine")
    folder: Path = tmp_path_factory.mktemp("house")
    with house(folder, command=command, major=major) as found:
        yield found


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
async def reader(
    request: pytest.FixtureRequest, running: House, chromium: Browser
) -> AsyncIterator[Reader]:
    """A process leader who has just signed in, with and without JavaScript."""
    context = await chromium.new_context(java_script_enabled=request.param, locale="sv-SE")
    one = Reader(await context.new_page(), running.address)
    one.page.set_default_timeout(10_000)
    await one.sign_in(running.user(*ROLES))
    yield one
    assert one.complaints == []
