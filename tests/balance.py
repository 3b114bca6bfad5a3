"""What two workers share out: what needs the same house together, the longest first."""

import gc
import re
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

# A house that journeys are told in is started once for them all, and so is the one with faults.
WAY = re.compile(r"^tests/journeys/.*\b(split-postgres-16|one-process)\]$")
FAULTS = "tests/faults/"
# What the pilot tells is read before the crawl adds what it lacks.
DEMO = (
    "tests/operations/test_demo.py", "tests/journeys/test_unchanged_by_api.py",
    "tests/journeys/test_every_page.py",
)  # fmt: skip
SWEEP_AFTER = 20_000
# Whoever ends with one of these lets the other worker wait. Long stories come before errands that
# fill their house with actors: a form shows the first thirty, and the rest to whoever seeks.
LONGEST = (
    "operations/test_demo", "journeys/test_every_page", "journeys/test_thread",
    "journeys/test_taxi", "journeys", "faults", "wire/test_fuzz", "browser", "operations", "bench",
    "wire", "kit", "gateway",
)  # fmt: skip


class Balanced(LoadScopeScheduling):
    """By module, but for what one house serves."""

    def _split_scope(self, nodeid: str) -> str:
        if way := WAY.match(nodeid):
            return way[1]
        for name, starts in (("demo", DEMO), ("faults", FAULTS)):
            if nodeid.startswith(starts):
                return name
        return str(super()._split_scope(nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Balanced | None:
    """Where `--dist=loadscope` is asked for."""
    return Balanced(config, log) if config.getvalue("dist") == "loadscope" else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first; within a folder nothing moves."""
    items.sort(key=_place)


def pytest_configure() -> None:
    """Sweep memory seldom: most of what is made while tests are loaded stays."""
    gc.set_threshold(SWEEP_AFTER)


def pytest_collection_finish() -> None:
    """What is loaded and collected stays: no sweep of memory looks at it again."""
    gc.freeze()


def _place(item: pytest.Item) -> int:
    path = item.nodeid.removeprefix("tests/")
    places = (at for at, name in enumerate(LONGEST) if path.startswith(name))
    return next(places, len(LONGEST))
