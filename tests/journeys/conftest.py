"""One running house for the journeys, in each way the product is run, and somebody to use it."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser

from tests.journeys.reader import Reader
from tests.journeys.running import House, house
from tests.postgres16 import programs_of_16

ROLES = ("process_leader", "administrator")
WAYS = {
    "one-process": ("run", 18),
    "split": ("run-split", 18),
    "postgres-16": ("run", 16),
    "split-postgres-16": ("run-split", 16),
}
# The browser's journeys are long; both halves of the fourth way are tried by these three.
BY_BROWSER = pytest.mark.parametrize("running", list(WAYS)[:3], indirect=True)


@pytest.fixture(scope="session", params=list(WAYS))
def running(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """The house in one process, as programs of their own, and both on PostgreSQL 16 too."""
    command, major = WAYS[request.param]
    programs = programs_of_16() if major == 16 else None
    folder: Path = tmp_path_factory.mktemp("house")
    with house(folder, command=command, programs=programs) as found:
        yield found


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
async def reader(
    request: pytest.FixtureRequest, running: House, chromium: Browser
) -> AsyncIterator[Reader]:
    """A process leader who has signed in to this house, with and without JavaScript."""
    state, script = running.states.get(request.param), request.param
    context = await chromium.new_context(
        java_script_enabled=script, locale="sv-SE", storage_state=state
    )
    one = Reader(await context.new_page(), running.address)
    one.page.set_default_timeout(10_000)
    if state is None:
        await one.sign_in(running.user(*ROLES))
        running.states[script] = await context.storage_state()
    else:
        await one.go("/")
    yield one
    assert one.complaints == []
