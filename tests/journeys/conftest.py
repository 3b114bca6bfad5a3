"""One running house for the journeys, in each way the product is run, and somebody to use it."""

from collections.abc import AsyncIterator, Callable

import pytest
from playwright.async_api import Browser

from tests.journeys.reader import Reader
from tests.journeys.running import House

ROLES = ("process_leader", "administrator")
# One process and several, PostgreSQL 18 and 16: each at least once. The faults are tried on a
# house of several programs on 18; `POSTGRES_BIN` runs everything on another version.
WAYS = ("one-process", "split-postgres-16")
# The browser's journeys are long: the same two, with and without script.
BY_BROWSER = pytest.mark.parametrize(
    ("running", "reader"),
    [
        pytest.param("one-process", True, id="script-one-process"),
        pytest.param("one-process", False, id="no-script-one-process"),
        pytest.param("split-postgres-16", True, id="script-split-postgres-16"),
    ],
    indirect=True,
)
# Errands of one page are the same pages however the programs are run: the two long ones tell that.
ON_PAGES = pytest.mark.parametrize("running", ["one-process"], indirect=True)


@pytest.fixture(scope="session", params=WAYS)
def running(request: pytest.FixtureRequest, houses: Callable[[str], House]) -> House:
    """The house in one process, and as programs of their own on PostgreSQL 16."""
    return houses(request.param)


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
    one.page.set_default_timeout(30_000)
    if state is None:
        await one.sign_in(running.user(*ROLES))
        running.states[script] = await context.storage_state()
    else:
        await one.go("/")
    yield one
    await context.close()
    assert one.complaints == []
