"""Files: CSV, Excel, JSON and Parquet as they are handed in, and Parquet as it is kept.

The libraries are heavy and loaded when somebody first hands in a file.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from services.analysis.snapshot.canonical import ROWS_MOST, Canonical
from services.analysis.snapshot.documents import document_sheet, is_document
from services.analysis.snapshot.rules import Sheet, csv_sheet, sheet_of, unreadable
from services.kit.errors import TooLarge

EXCEL, PARQUET, OLD_EXCEL = b"PK\x03\x04", b"PAR1", b"\xd0\xcf\x11\xe0"
UNPACKED_MOST, MEMBERS_MOST, RATIO_MOST = 200 * 1024 * 1024, 2000, 200
ROW_GROUP = 100_000
_FAILED = re.compile(r"#(N/A|NAME\?|DIV/0!|REF!|VALUE!|NUM!|NULL!)")


def read_sheet(path: Path, most: int) -> Sheet:
    """The rows of a file. TooLarge, Rejected."""
    try:
        with path.open("rb") as file:
            content = file.read(most + 1)
    except OSError as failure:
        raise unreadable(f"{path.name}: {failure.strerror}") from None
    if len(content) > most:
        raise TooLarge(f"{path.name} is larger than {most} bytes (IMPORT_MOST_BYTES)", field="file")
    if content.startswith(OLD_EXCEL):
        raise unreadable("this is an old Excel file: save it as .xlsx")
    if content.startswith(EXCEL):
        return _excel(content)
    if is_document(content):
        return document_sheet(content)
    return _parquet(content) if content.startswith(PARQUET) else csv_sheet(content)


def _excel(content: bytes) -> Sheet:
    from openpyxl import load_workbook  # noqa: PLC0415 - heavy

    _demand_harmless(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except Exception:
        raise unreadable("this is no Excel workbook that can be read") from None
    try:
        sheet = book.worksheets[0]
        return sheet_of(_excel_rows(sheet))
    except IndexError:
        raise unreadable("the workbook has no sheet") from None
    finally:
        book.close()


def _demand_harmless(content: bytes) -> None:
    """A small file may unpack to a large one: what it says of itself is looked at first."""
    try:
        members = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except zipfile.BadZipFile:
        raise unreadable("this is no Excel workbook that can be read") from None
    unpacked = sum(member.file_size for member in members)
    most = min(UNPACKED_MOST, max(len(content) * RATIO_MOST, 1024 * 1024))
    if len(members) > MEMBERS_MOST or unpacked > most:
        raise unreadable("the workbook unpacks to far more than it is")


def _excel_rows(sheet: Any) -> Iterator[list[str]]:
    width = 0
    for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
        cells = [_cell(number, at, value) for at, value in enumerate(values, start=1)]
        if number == 1:
            while cells and not cells[-1]:
                cells.pop()
            width = len(cells)
        while len(cells) > width and not cells[-1]:
            cells.pop()
        yield cells + [""] * (width - len(cells)) if any(cells) else []


def _cell(row: int, column: int, value: Any) -> str:
    if isinstance(value, str) and _FAILED.fullmatch(value):
        raise unreadable(f"the cell says {value}", row=row, column=str(column))
    return _text(value)


def _text(value: Any) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def _parquet(content: bytes) -> Sheet:
    import pyarrow as pa  # noqa: PLC0415 - heavy
    from pyarrow import parquet  # noqa: PLC0415

    try:
        file = parquet.ParquetFile(io.BytesIO(content))
        if file.metadata.num_rows > ROWS_MOST:
            raise unreadable(f"at most {ROWS_MOST} rows")
        unpacked = sum(
            file.metadata.row_group(at).total_byte_size for at in range(file.num_row_groups)
        )
        if unpacked > UNPACKED_MOST:
            raise unreadable("the file unpacks to far more than it is")
        table = file.read()
    except (pa.ArrowException, OSError):
        raise unreadable("this is no Parquet file that can be read") from None
    columns = [column.to_pylist() for column in table.columns]
    rows = ([_text(value) for value in row] for row in zip(*columns, strict=True))
    return sheet_of(iter([list(table.column_names), *rows]))


def write_parquet(path: Path, kept: Canonical) -> None:
    """The same rows give the same bytes."""
    import pyarrow as pa  # noqa: PLC0415 - heavy

    kinds = [pa.int64() if name in kept.numbers else pa.string() for name in kept.names]
    columns = list(zip(*kept.rows, strict=True))
    arrays = [pa.array(values, kind) for values, kind in zip(columns, kinds, strict=True)]
    write_table(path, pa.table(arrays, names=list(kept.names)))


def write_table(path: Path, table: Any) -> None:
    """Columns of text and whole numbers, in the form that every snapshot is kept in."""
    from pyarrow import parquet  # noqa: PLC0415 - heavy

    parquet.write_table(
        table, path, compression="zstd", row_group_size=ROW_GROUP, store_schema=False
    )
