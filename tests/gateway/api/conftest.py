"""The house in one process, for what does not depend on the wire."""

from collections.abc import Iterator

import pytest

from tests.conftest import Databases
from tests.wire.running import INSIDE, House, house


@pytest.fixture(scope="module")
def running(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One house for the module."""
    with house(databases, tmp_path_factory.mktemp("house"), INSIDE) as found:
        yield found
