"""JSON files as rows: a JSON-stat 2 data set, or a list of records with the same fields."""

from typing import Any

import orjson

from services.analysis.snapshot.json_stat import NoJsonStat, cube_of
from services.analysis.snapshot.rules import UNKNOWN_FILE, Sheet, sheet_of, unreadable
from services.kit.errors import Rejected

BETWEEN = ", "
_MARK = b"\xef\xbb\xbf"


def is_document(content: bytes) -> bool:
    """Whether a file is JSON, by what it begins with."""
    return content.removeprefix(_MARK).lstrip()[:1] in {b"{", b"["}


def document_sheet(content: bytes) -> Sheet:
    """The rows of a JSON file. Rejected."""
    try:
        said = orjson.loads(content.removeprefix(_MARK))
    except orjson.JSONDecodeError as failure:
        raise unreadable(f"the JSON cannot be read: {failure}") from None
    if isinstance(said, list) and _is_table(said):
        return sheet_of(_lines(said))
    if not (isinstance(said, dict) and said.get("class") == "dataset"):
        text = "this JSON is neither a JSON-stat data set nor a list of records"
        raise Rejected(text, field="file", reason=UNKNOWN_FILE)
    try:
        cube = cube_of(said)
        return sheet_of(iter([list(cube.names), *(list(row) for row in cube.rows())]))
    except (TypeError, ValueError) as failure:
        text = str(failure) if isinstance(failure, NoJsonStat) else "this is no whole JSON-stat"
        raise unreadable(text) from None


def _is_table(said: list[Any]) -> bool:
    """Whether the first record is one of plain fields."""
    first = said[0] if said else None
    return isinstance(first, dict) and not any(isinstance(one, dict) for one in first.values())


def _lines(records: list[Any]) -> Any:
    names = list(records[0])
    yield names
    for number, record in enumerate(records, start=1):
        if not isinstance(record, dict) or set(record) != set(names):
            raise unreadable("it has other fields than the first record", row=number)
        yield [cell(record[name], number, name) for name in names]


def cell(value: Any, row: int, column: str) -> str:
    """One field as it is kept; a list as its parts. Rejected."""
    if value is None:
        return ""
    if isinstance(value, list) and not any(isinstance(one, list | dict) for one in value):
        return BETWEEN.join(cell(one, row, column) for one in value)
    if isinstance(value, dict | list):
        raise unreadable("the field holds fields of its own", row=row, column=column)
    if isinstance(value, bool):
        return "ja" if value else "nej"
    return str(value)
