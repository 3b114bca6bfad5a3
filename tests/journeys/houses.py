"""The houses that tests run in, each started once for all that ask for it."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from functools import cache

import pytest

from tests.journeys.running import House, house
from tests.postgres16 import programs_of_16

WAYS = {
    "one-process": ("run", 18),
    "split-postgres-16": ("run-split", 16),
    "demo": ("demo", 18),
}


@pytest.fixture(scope="session")
def houses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], House]]:
    """A house by how it is run: one process or several, on which PostgreSQL, with the pilot."""
    running: list[AbstractContextManager[House]] = []

    @cache
    def started(way: str) -> House:
        command, major = WAYS[way]
        programs = programs_of_16() if major == 16 else None
        folder = tmp_path_factory.mktemp("house")
        made = house(folder, command=command, programs=programs)
        found = made.__enter__()
        running.append(made)
        return found

    yield started
    with ThreadPoolExecutor() as together:  # each ends what it was doing, for seconds
        for ended in [together.submit(one.__exit__, None, None, None) for one in running]:
            ended.result()
