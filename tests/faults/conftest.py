"""The house as programs of its own, and the programs by name."""

from collections.abc import Iterator

import pytest

from tests.faults.programs import Programs
from tests.journeys.running import house


@pytest.fixture(scope="module")
def split(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Programs]:
    """A gateway and two of each service, which start again whenever one ends."""
    with house(tmp_path_factory.mktemp("split"), command="run-split") as found:
        yield Programs(found)
