"""Bulk rows: a body of many things, as NDJSON, CSV or a JSON array, becomes one object a row."""

import asyncio
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, get_args, get_origin

import orjson
from fastapi import Request
from pydantic import BaseModel

from services.kit.errors import FieldError, Malformed, TooLarge
from services.kit.rows import bare_type

NDJSON, CSV, JSON = "application/x-ndjson", "text/csv", "application/json"
MOST_ROWS = 100_000
LONGEST_CELL = 100_000
BREATH = 1000
SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}


@dataclass(frozen=True)
class Sent:
    """The rows of a request, what of them cannot be read at all, and the print of the body."""

    rows: dict[int, dict[str, Any]]
    unread: list[tuple[int, FieldError]]
    print: str

    def __str__(self) -> str:
        """What the Idempotency-Key's request is told apart by."""
        return self.print

    @property
    def count(self) -> int:
        """How many rows were sent."""
        return len(self.rows) + len(self.unread)


async def sent_rows(request: Request, draft: type[BaseModel]) -> Sent:
    """The rows of a request. Malformed where the body as a whole cannot be read, TooLarge."""
    body = await request.body()
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    read = {NDJSON: _lines, CSV: _table}.get(kind, _array)
    rows: dict[int, dict[str, Any]] = {}
    unread = []
    for number, row in enumerate(read(body, draft)):
        if number % BREATH == 0:
            await asyncio.sleep(0)  # others are answered meanwhile
        if number == MOST_ROWS:
            raise TooLarge(f"at most {MOST_ROWS} rows")
        if isinstance(row, dict):
            rows[number] = row
        else:
            code, told = ("json_invalid", row) if isinstance(row, str) else _NO_OBJECT
            unread.append((number, FieldError("", code, told)))
    if not rows and not unread:
        raise Malformed("there are no rows", field="rows", reason="empty")
    return Sent(rows, unread, sha256(kind.encode() + b"\n" + body).hexdigest())


_NO_OBJECT = ("model_type", "a row is a JSON object")


def _array(body: bytes, _draft: object) -> Iterator[Any]:
    try:
        found = orjson.loads(body)
    except ValueError:
        raise Malformed("the JSON cannot be read", field="rows", reason="json_invalid") from None
    if not isinstance(found, list):
        raise Malformed("send a JSON array of objects", field="rows", reason="list_type")
    yield from (None if isinstance(row, str) else row for row in found)


def _lines(body: bytes, _draft: object) -> Iterator[Any]:
    """A text in place of a row says why it cannot be read."""
    for line in body.splitlines():
        if not line.strip():
            continue
        try:
            row = orjson.loads(line)
        except ValueError:
            yield "the line is no JSON"
        else:
            yield None if isinstance(row, str) else row


def _table(body: bytes, draft: type[BaseModel]) -> Iterator[dict[str, Any]]:
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Malformed("send UTF-8", field="rows", reason="unreadable") from None
    lists = {name for name, field in draft.model_fields.items() if _is_list(field.annotation)}
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        names = [name.strip() for name in next(reader, [])]
        _demand_names(names)
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield _row(names, cells, lists)
    except csv.Error as failure:
        place = f"line {reader.line_num}: {failure}"
        raise Malformed(place, field="rows", reason="unreadable") from None


def _demand_names(names: list[str]) -> None:
    if len(names) == 1 and (other := next((one for one in ";\t|" if one in names[0]), None)):
        told = f"send commas between the fields: the first line has {SEPARATORS[other]}"
        raise Malformed(told, field="rows", reason="separator")
    if len(set(names)) < len(names) or "" in names:
        told = "the first line names each field once, with commas between"
        raise Malformed(told, field="rows", reason="unreadable")


def _row(names: list[str], cells: list[str], lists: set[str]) -> dict[str, Any]:
    """Empty is absent; a cell too many stands under a name that no draft takes."""
    found: dict[str, Any] = {}
    for name, cell in zip([*names, *[""] * (len(cells) - len(names))], cells, strict=False):
        text = cell.strip()
        if text:
            found[name] = _parts(text) if name in lists else cell
    return found


def _parts(text: str) -> list[str]:
    parts = text.replace(";", "|").split("|")
    return [part.strip() for part in parts if part.strip()]


def _is_list(annotation: Any) -> bool:
    kind = bare_type(annotation)
    return get_origin(kind) is list and not _holds_objects(kind)


def _holds_objects(kind: Any) -> bool:
    inner = bare_type(get_args(kind)[0])
    return isinstance(inner, type) and issubclass(inner, BaseModel)
