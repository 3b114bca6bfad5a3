"""One house for each module, in both ways."""

from collections.abc import Iterator

import pytest

from tests.conftest import Databases
from tests.wire.running import INSIDE, WIRE, House, house


@pytest.fixture(scope="module", params=[INSIDE, WIRE])
def running(
    request: pytest.FixtureRequest, databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """The house in one process, and as four programs."""
    with house(databases, tmp_path_factory.mktemp("house"), request.param) as found:
        yield found
