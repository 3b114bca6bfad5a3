"""Rules about files that are handed in: their letters, their columns, and what may stand in them.

Whatever is wrong is said with its row and column; the header is row 1.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from services.kit.errors import Rejected

DELIMITERS = (";", "\t", ",")
COLUMNS_MOST, NAME_MOST, CELL_MOST = 200, 200, 20_000
_HEADER_ROW = 1
UNKNOWN_FILE = "unknown_file"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_BOTH = re.compile(r"[\xc3\xc2][\x80-\xbf]")

Cells = tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """A file's header and its rows, each with the number it has in the file."""

    names: tuple[str, ...]
    rows: tuple[tuple[int, Cells], ...]


def unreadable(text: str, *, row: int | None = None, column: str | None = None) -> Rejected:
    """What is wrong with a file, and where."""
    places = [f"row {row}"] if row else []
    places += [f"column {column}"] if column else []
    where = f"{', '.join(places)}: " if places else ""
    return Rejected(f"{where}{text}", field="file", reason="unreadable_file")


def text_of(content: bytes) -> str:
    """The file's text: UTF-8 with or without its mark, else Latin-1."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise unreadable("the text is UTF-16: save it as UTF-8")
    if b"\x00" in content:
        raise unreadable("this is no text, Excel or Parquet file")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        text = content.decode("latin-1")
        row = content.count(b"\n", 0, failure.start) + 1
    if _BOTH.search(text):
        raise unreadable("some letters are UTF-8 and some are not", row=row)
    return text


def delimiter_of(text: str) -> str:
    """What stands between the cells of the first line."""
    first = text.lstrip("\r\n").split("\n", 1)[0]
    bare = re.sub(r'"[^"]*"', "", first)
    found = max(DELIMITERS, key=bare.count)
    if not bare.count(found):
        raise unreadable("there is only one column: use ; , or tab between columns", row=1)
    return found


def sheet_of(lines: Iterator[Sequence[str]]) -> Sheet:
    """A header and rows of the same length; wholly empty rows are left out."""
    try:
        names = _names(next(lines))
    except StopIteration:
        raise unreadable("the file is empty") from None
    rows = []
    for number, cells in enumerate(lines, start=_HEADER_ROW + 1):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(names):
            text = f"{len(cells)} columns, the header has {len(names)}"
            raise unreadable(text, row=number)
        rows.append((number, _cells(number, names, cells)))
    if not rows:
        raise unreadable("there are no rows below the header")
    return Sheet(names, tuple(rows))


def _names(cells: Sequence[str]) -> tuple[str, ...]:
    names = tuple(cell.strip() for cell in cells)
    if not 1 < len(names) <= COLUMNS_MOST:
        raise unreadable(f"2 to {COLUMNS_MOST} columns are taken", row=_HEADER_ROW)
    for place, name in enumerate(names, start=1):
        if not 0 < len(name) <= NAME_MOST or _CONTROL.search(name):
            raise unreadable("the column has no readable name", row=_HEADER_ROW, column=str(place))
        if name in names[: place - 1]:
            raise unreadable("two columns have this name", row=_HEADER_ROW, column=name)
    return names


def _cells(number: int, names: Sequence[str], cells: Sequence[str]) -> Cells:
    found = tuple(cell.strip() for cell in cells)
    for name, cell in zip(names, found, strict=True):
        if len(cell) > CELL_MOST or _CONTROL.search(cell):
            raise unreadable("the cell cannot be read as text", row=number, column=name)
    return found


def csv_sheet(content: bytes) -> Sheet:
    """A CSV file, whatever its letters and delimiter."""
    text = text_of(content)
    if not text.strip():
        raise unreadable("the file is empty")
    lines = csv.reader(
        io.StringIO(text.lstrip("\r\n"), newline=""), delimiter=delimiter_of(text), strict=True
    )
    try:
        return sheet_of(lines)
    except csv.Error as failure:
        raise unreadable(str(failure), row=lines.line_num) from None
