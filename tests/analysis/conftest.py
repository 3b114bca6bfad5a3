"""Analysis beside the two services it follows, all in this process."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from gateway.embedded import embedded_apps, lifespans
from tests.analysis.register import Register, register_running
from tests.callers import Signed
from tests.conftest import Databases, settings_for

ENGINES = ("duckdb", "postgres")
ON_EVERY_ENGINE = frozenset({
    "test_counted_ads", "test_datasets", "test_difference", "test_equality", "test_figures",
    "test_forecast", "test_hiding", "test_keys", "test_occupations", "test_successors",
    "test_unclassified",
})  # fmt: skip


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tests of what snapshots tell run on every engine that snapshots can be in."""
    tests = metafunc.module.__name__.rpartition(".")[2]
    if tests in ON_EVERY_ENGINE and "statistics_engine" in metafunc.fixturenames:
        metafunc.parametrize("statistics_engine", ENGINES)


@dataclass
class Three:
    """The three services, called by a process leader."""

    actors: Signed
    councils: Signed
    analysis: Signed


@pytest.fixture
async def three(databases: Databases, tmp_path: Path) -> AsyncIterator[Three]:
    """The three services, connected as in one process."""
    names = ("actors", "councils", "analysis")
    urls = [await databases.ready(name) for name in names]
    settings = {n: settings_for(u, tmp_path) for n, u in zip(names, urls, strict=True)}
    with databases.lasting():
        apps = embedded_apps(settings)
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(lifespans(apps))
        yield Three(*(Signed(apps[name], name) for name in names))
    databases.give_back(*urls)


@pytest.fixture
async def register() -> AsyncIterator[Register]:
    """An outside register, on this machine."""
    async with register_running() as running:
        yield running
