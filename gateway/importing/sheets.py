"""Sheets: an uploaded file as a table of text, whatever program wrote it."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from itertools import zip_longest
from typing import Any

from gateway.importing.headings import is_heading
from gateway.importing.merged import filled, merged_in

MOST_BYTES = 20 * 1024 * 1024
MOST_ROWS = 100_000
MOST_COLUMNS = 100
MOST_UNPACKED = 400 * 1024 * 1024
LOOKED_AT = 20  # so far down the headings may stand
LONGEST_CELL = 20_000
_DATA = re.compile(r"\d{6}|@|^[\d\s.,%-]*\d[\d\s.,%-]*$|\b(AB|HB|KB|Aktiebolag|kommun)$")
_ZIP, _OLD_EXCEL, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-"


class Unreadable(Exception):
    """The file is no table; the text is the code of the sentence that says why, and where."""

    def __init__(self, code: str, line: int | None = None) -> None:
        super().__init__(code)
        self.line = line


class Formula(str):
    """A cell with a formula that the file has no value for: what it says is no value of it."""


@dataclass(frozen=True)
class Sheet:
    """A table: its headings, and its rows with the number that each has in the file.

    Without a row of headings (`headed`) the columns are called by their letters. `wide` holds the
    rows that have cells beyond the last heading, by what stands there.

    `name` is that of the sheet, where the file has several, and `names` are theirs all. `merged` is
    how many cells stand over several rows.
    """

    headings: list[str]
    rows: list[tuple[int, list[str]]]
    name: str = ""
    names: tuple[str, ...] = ()
    headed: bool = True
    wide: dict[int, str] = field(default_factory=dict)
    merged: int = 0


def read_sheet(content: bytes, chosen: str = "", headed: bool | None = None) -> Sheet:
    """The table in a file: of several the one chosen, else the likeliest. Unreadable.

    Whether it has headings is guessed where nobody has said.
    """
    if not content.strip():
        raise Unreadable("file_empty")
    if content.startswith(_OLD_EXCEL):
        raise Unreadable("file_old_excel")
    if content.startswith(_PDF):
        raise Unreadable("file_no_table")
    if content.startswith(_ZIP):
        names, name, lines, merged = _excel(content, chosen)
        return replace(_sheet(lines, headed), name=name, names=names, merged=merged)
    return _sheet(_text(content), headed)


def _sheet(lines: Iterable[list[str]], headed: bool | None) -> Sheet:
    """Where the headings stand, and what comes below them."""
    numbered = [(n, cells) for n, cells in enumerate(lines, 1) if any(cells)]
    if not numbered:
        raise Unreadable("file_empty")
    head = max(range(min(LOOKED_AT, len(numbered))), key=lambda place: _weight(numbered, place))
    headings = numbered[head][1]
    # Headings that stand again, on the next page or by a merged cell, are no row.
    rows = [(n, cells) for n, cells in numbered[head + 1 :] if cells != headings]
    if headed is None:
        headed = not _is_data(headings, [cells for _, cells in rows[:LOOKED_AT]])
    if not headed:
        rows = numbered
        headings = [f"Kolumn {letter(place)}" for place in range(max(len(r[1]) for r in rows))]
    if len(headings) > MOST_COLUMNS:
        raise Unreadable("file_wide")
    if not rows:
        raise Unreadable("file_no_rows")
    if len(rows) > MOST_ROWS:
        raise Unreadable("file_long")
    width = len(headings)
    wide = {n: " · ".join(filter(None, cells[width:])) for n, cells in rows if any(cells[width:])}
    filled = [(n, (cells + [""] * width)[:width]) for n, cells in rows]
    return Sheet(headings, filled, headed=headed, wide=wide)


def _is_data(cells: list[str], below: list[list[str]]) -> bool:
    """Whether what should be headings are none: nobody knows one, and they look like a row.

    A cell looks like one of a row where it is a number or address, is called as a company is, or
    stands below in its column again.
    """
    if any(map(is_heading, cells)):
        return False
    under = [set(column) for column in zip_longest(*below, fillvalue="")]
    again = any(cell and cell in column for cell, column in zip(cells, under, strict=False))
    return again or any(map(_DATA.search, cells))


def letter(place: int) -> str:
    """What programs for sheets call a column: A to Z, then AA."""
    more, last = divmod(place, 26)
    return (letter(more - 1) if more else "") + chr(ord("A") + last)


def _weight(numbered: list[tuple[int, list[str]]], place: int) -> tuple[int, int, int]:
    """Known headings first, then how much of the line is filled, then how early it stands."""
    cells = [cell for cell in numbered[place][1] if cell]
    return (sum(map(is_heading, cells)), min(len(cells), 3), -place)


def _text(content: bytes) -> Iterator[list[str]]:
    text = _decoded(content)
    mark = _mark_of(text)
    csv.field_size_limit(1024 * 1024)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    begun = 1  # the line that a row begins on: a quote that nothing ends takes lines from others
    try:
        for cells in reader:
            begun = reader.line_num + 1
            yield _trimmed(cell.strip() for cell in cells)
    except csv.Error:
        raise Unreadable("file_quote" if '"' in text else "file_unreadable", begun) from None


def _decoded(content: bytes) -> str:
    """UTF-8, else what Excel on Windows saves as; never what is no text."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _with(content, "utf-16")
    if b"\0" in content:
        raise Unreadable("file_no_table")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _with(content, "cp1252")


def _with(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise Unreadable("file_no_table") from None


def _mark_of(text: str) -> str:
    """What stands between the cells: what most of the first lines have most of."""
    lines = [line for line in text.splitlines()[: LOOKED_AT * 2] if line.strip()]
    return max(";\t,", key=lambda mark: sum(min(line.count(mark), 50) for line in lines))


def _excel(content: bytes, chosen: str) -> tuple[tuple[str, ...], str, list[list[str]], int]:
    """The names of the sheets if several, that of the one read, its lines, and its merged cells.

    Where none is chosen, the one that looks most like a table: the first is often a cover.
    """
    from openpyxl import load_workbook  # noqa: PLC0415 - heavy, and few import

    _demand_small(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except Exception:  # of a file that is no workbook openpyxl says so in many ways
        raise Unreadable("file_no_table") from None
    try:
        names = tuple(sheet.title for sheet in book.worksheets)
        sheet = book[chosen] if chosen in names else max(book.worksheets, key=_promise)
        several = len(names) > 1
        lines = list(_lines(sheet))
        if _has_formulas(content):
            _mark_formulas(lines, sheet, load_workbook(io.BytesIO(content), read_only=True))
        merged = filled(lines, merged_in(io.BytesIO(content), sheet._worksheet_path))
        return names if several else (), sheet.title if several else "", lines, merged
    except Exception:
        raise Unreadable("file_unreadable") from None
    finally:
        book.close()


def _lines(sheet: Any, most: int | None = None) -> Iterator[list[str]]:
    for row in sheet.iter_rows(max_row=most, values_only=True):
        yield _trimmed(map(_cell, row))


def _has_formulas(content: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        sheets = [name for name in packed.namelist() if name.startswith("xl/worksheets/")]
        return any(re.search(rb"<f[ >]", packed.read(name)) for name in sheets)


def _mark_formulas(lines: list[list[str]], sheet: Any, book: Any) -> None:
    """Put formulas where the file has no value of theirs, as programs other than Excel write it.

    One whose value is an empty text has it: that is what its cell is.
    """
    for line, valued, told in zip(
        lines, sheet.iter_rows(), _lines(book[sheet.title]), strict=False
    ):
        for place, text in enumerate(told):
            cell = valued[place] if place < len(valued) else None
            if text.startswith("=") and cell and cell.value is None and cell.data_type != "str":
                line.extend([""] * (place + 1 - len(line)))
                line[place] = Formula(text)
    book.close()


def _promise(sheet: Any) -> tuple[int, bool]:
    """Known headings first, then whether more than one line has several cells."""
    first = list(_lines(sheet, LOOKED_AT))
    headings = max((sum(map(is_heading, cells)) for cells in first), default=0)
    return headings, sum(len(cells) > 1 for cells in first) > 1


def _demand_small(content: bytes) -> None:
    """A small file may unpack to one that fills the machine."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            size = sum(one.file_size for one in packed.infolist())
    except zipfile.BadZipFile:
        raise Unreadable("file_no_table") from None
    if size > MOST_UNPACKED:
        raise Unreadable("file_large")


def _cell(value: Any) -> str:
    """A cell as it would be written."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value).strip()


def _trimmed(cells: Iterable[str]) -> list[str]:
    """Without the empty cells at the end."""
    found = [cell[:LONGEST_CELL] if len(cell) > LONGEST_CELL else cell for cell in cells]
    while found and not found[-1]:
        found.pop()
    return found
