"""Files for tests, and importing them as the command does."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from services.analysis.snapshot.actions import Said, import_file
from services.kit.identity import Caller
from tests.callers import Signed

OPERATIONS = Caller("service", "svc:operations", request_id="test")
MOST = 20 * 1024 * 1024
EMPLOYED = ("ssyk4", "county_code", "sex", "year", "employed")
ADS = ("county_code", "county_name", "ssyk4", "ads_2024")
Rows = Sequence[Sequence[object]]


def csv_bytes(names: Sequence[str], rows: Rows, *, delimiter: str = ",") -> bytes:
    """A CSV file in UTF-8."""
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter, lineterminator="\n").writerows([names, *rows])
    return buffer.getvalue().encode()


async def handed_in(
    analysis: Signed, folder: Path, content: bytes, *, name: str = "fil.csv", **more: Any
) -> Said:
    """A file imported as the command imports it."""
    path = folder / name
    path.write_bytes(content)
    state = analysis.app.state
    more.setdefault("most", MOST)
    return await import_file(state.database, state.shelf, OPERATIONS, path, **more)


def employed(*rows: Sequence[object]) -> bytes:
    """A file of those employed in counties."""
    return csv_bytes(EMPLOYED, rows)
