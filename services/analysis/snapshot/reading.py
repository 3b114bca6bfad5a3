"""Reading: some of a snapshot's rows as they stand in its file."""

from itertools import islice
from pathlib import Path
from typing import Any

from services.kit.errors import Unavailable

Row = dict[str, Any]


def rows_of(path: Path, offset: int, limit: int) -> list[Row]:
    """So many rows from a place on; only the parts of the file that hold them are read. Blocks."""
    from pyarrow import ArrowException, parquet  # noqa: PLC0415 - heavy

    try:
        with parquet.ParquetFile(path) as file:
            return _rows(file, offset, limit)
    except (ArrowException, OSError):
        raise Unavailable(f"the file of snapshot {path.stem} is missing or damaged") from None


def _rows(file: Any, offset: int, limit: int) -> list[Row]:
    found: list[Row] = []
    for at in range(file.num_row_groups):
        here = file.metadata.row_group(at).num_rows
        if offset < here:
            part = file.read_row_group(at).slice(offset, limit - len(found))
            found += part.to_pylist()
            if len(found) >= limit:
                break
        offset = max(0, offset - here)
    return list(islice(found, limit))
