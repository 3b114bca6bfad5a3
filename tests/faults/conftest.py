"""The house as programs of its own, the programs by name, and figures of what was lived through."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.faults.programs import Programs
from tests.journeys.running import house

Tell = Callable[[object], None]


@pytest.fixture(scope="session")
def split(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Programs]:
    """A gateway and two of each service, which start again whenever one ends."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("REQUESTS_PER_MINUTE", "1000000")
        with house(tmp_path_factory.mktemp("split"), command="run-split") as found:
            yield Programs(found)


@pytest.fixture
def tell(record_property: Callable[[str, object], None]) -> Tell:
    """Have the figures printed when all is over."""
    return lambda figures: record_property("figures", str(figures))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """What was lived through, a line each."""
    for report in terminalreporter.stats.get("passed", []):
        for name, figures in report.user_properties:
            if name == "figures":
                terminalreporter.write_line(f"{report.nodeid.rpartition('::')[2]}: {figures}")
