"""One running house for the API journeys, in each way the product is run."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.running import House, house

WAYS = {
    "one-process": ("run", None),
    "split": ("run-split", None),
    "postgres-16": ("run", 16),
}


@pytest.fixture(scope="module", params=list(WAYS))
def running(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """The house in one process, as programs of their own, and on PostgreSQL 16."""
    command, major = WAYS[request.param]
    folder: Path = tmp_path_factory.mktemp("house")
    with house(folder, command=command, major=major) as found:
        yield found
