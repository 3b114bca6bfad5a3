"""Exports: the same list as CSV or Excel, where no cell can be taken for a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import orjson

from services.kit.errors import Malformed

CSV = "text/csv"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001
# A list is read a stretch at a time; a sheet of Excel has room for so many below its header.
STRETCH, SHEET_ROWS = 100_000, 1_048_575


def cell(value: Any) -> Any:
    """A value as a cell: numbers stay numbers, the rest is as in JSON, text starts no formula."""
    if value is None or isinstance(value, int | float | Decimal):
        return value
    if isinstance(value, list | tuple):
        value = "; ".join(_text(item) for item in value)
    text = _text(value)
    return f"'{text}" if text.lstrip().startswith(_DANGEROUS) or text[:1] in _DANGEROUS else text


def _text(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return orjson.dumps(value, default=str).decode() if isinstance(value, dict) else str(value)


def _line(name: str, record: dict[str, Any]) -> Any:
    value = cell(record.get(name))
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else value


def csv_lines(names: Sequence[str], records: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """CSV with a header, UTF-8 with a byte order mark so that Excel reads å, ä, ö."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(names)
    yield b"\xef\xbb\xbf" + buffer.getvalue().encode()
    for record in records:
        buffer.seek(0)
        buffer.truncate()
        writer.writerow([_line(name, record) for name in names])
        yield buffer.getvalue().encode()


def excel_bytes(names: Sequence[str], records: Sequence[dict[str, Any]]) -> bytes:
    """An Excel workbook with one sheet; every text cell is typed as text.

    Malformed where a sheet has no room for all.
    """
    if len(records) > SHEET_ROWS:
        raise Malformed(f"{len(records)} rows; Excel takes {SHEET_ROWS}: ask for {CSV}")
    from openpyxl import Workbook  # noqa: PLC0415 - heavy; most runs never export
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Data")
    sheet.append(list(names))
    for record in records:
        cells = []
        for name in names:
            one = WriteOnlyCell(sheet, value=cell(record.get(name)))
            if isinstance(one.value, str):
                one.data_type = "s"
            cells.append(one)
        sheet.append(cells)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
