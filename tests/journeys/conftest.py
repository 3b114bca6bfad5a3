"""One running house for the API journeys, in each way the product is run."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.kit.postgres_account import PostgresFailed
from services.kit.postgres_binaries import find_binaries
from tests.journeys.running import House, house

WAYS = {
    "one-process": ("run", None),
    "split": ("run-split", None),
    "older-postgres": ("run", 15),
}


@pytest.fixture(scope="module", params=list(WAYS))
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
