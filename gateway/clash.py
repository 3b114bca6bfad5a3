"""Clashes: what somebody else saved while a form was filled in, told field by field.

A form carries a mark of each value it began with. So a field that only the other one changed can
follow them, and one that both changed can show both.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from hashlib import blake2s
from typing import Any

from pydantic import BaseModel
from pydantic_core import to_jsonable_python

from gateway.form_fields import bare, enum_of, moment_text
from gateway.swedish import day, moment
from gateway.swedish.codes import options_of

Values = Mapping[str, list[str]]
NOTHING, PUT_BACK = "(tomt)", "-"
YES, NO = "ja", "nej"
# What tells the rows of a list apart: two who change different rows do not clash.
_VERSION = re.compile(r"[0-9]{1,9}")
ROWS = {"scores": ("candidate", "criterion", "criterion_id"), "partners": ("actor_id",)}


def part_of(values: Values, field: str) -> dict[str, list[str]]:
    """A field's values, with those of its rows."""
    below = f"{field}."
    return {name: texts for name, texts in values.items() if f"{name}.".startswith(below)}


def plain(values: Values, field: str) -> list[str]:
    """A field's text as it is compared: without empty lines, times by the clock in Sweden."""
    return [
        f"{name}={moment_text(line.strip())}"
        for name, texts in sorted(part_of(values, field).items())
        for line in "\n".join(texts).split("\n")
        if line.strip()
    ]


def mark(values: Values, field: str) -> str:
    """Tells two values of a field apart."""
    return _hashed(plain(values, field))


def _hashed(lines: Iterable[str]) -> str:
    return blake2s("\n".join(lines).encode(), digest_size=6).hexdigest()


def marks_of(kind: type[BaseModel], values: Values) -> str:
    """The marks of every field, and of every row that is told apart, as they stand in a form."""
    marks = [(name, mark(values, name)) for name in kind.model_fields]
    rows = (rows_in(values, name) for name in ROWS if name in kind.model_fields)
    marks += [(key, mark_of_row(row)) for found in rows for key, row in found.items()]
    return " ".join(f"{name}:{found}" for name, found in marks)


def rows_in(values: Values, field: str) -> dict[str, dict[str, list[str]]]:
    """The rows of a list, by what tells them apart."""
    rows: dict[str, dict[str, list[str]]] = {}
    for name, texts in part_of(values, field).items():
        if len(parts := name.split(".", 2)) > 2:  # noqa: PLR2004 (a list, its row, its column)
            rows.setdefault(parts[1], {})[parts[2]] = texts
    found: dict[str, dict[str, list[str]]] = {}
    for place, row in rows.items():
        key = "/".join([field, *("".join(row.get(column, ())) for column in ROWS[field])])
        found[f"{key}/{place}" if key in found else key] = row
    return found


def mark_of_row(row: Values) -> str:
    """Tells two rows apart: what is empty or not so is as if it were not there."""
    told = ((name, "".join(texts).strip()) for name, texts in sorted(row.items()))
    return _hashed(f"{name}={text}" for name, text in told if text not in ("", "false"))


def met(marks: str, values: Values, stored: Values) -> tuple[dict[str, list[str]], set[str]]:
    """What stands in a form after another saved: theirs in each field and row left as it began.

    And the fields that are now just as theirs.
    """
    found, followed, began = dict(values), set[str](), marks_in(marks)
    for field in began if stored else ():
        if "/" in field or mark(stored, field) == began[field]:
            continue
        if field in ROWS:
            part = _rows_met(field, began, values, stored)
        elif mark(values, field) == began[field]:
            part = part_of(stored, field)
        else:
            continue
        found = {name: found[name] for name in found if name not in part_of(found, field)} | part
        if field not in ROWS or _alike(field, part, stored):
            followed.add(field)
    return found, followed


def _alike(field: str, one: Values, other: Values) -> bool:
    marks = [sorted(map(mark_of_row, rows_in(each, field).values())) for each in (one, other)]
    return marks[0] == marks[1]


def _rows_met(
    field: str, began: Mapping[str, str], values: Values, stored: Values
) -> dict[str, list[str]]:
    """A list row by row: as it was changed here, else as it is stored."""
    mine, theirs = rows_in(values, field), rows_in(stored, field)
    nothing, kept = mark_of_row({}), []
    for key in {**mine, **theirs}:
        untouched = mark_of_row(mine.get(key, {})) == began.get(key, nothing)
        kept.append((theirs if untouched else mine).get(key, {}))
    rows = enumerate(filter(None, kept))
    return {f"{field}.{n}.{name}": texts for n, row in rows for name, texts in row.items()}


def marks_in(text: str) -> dict[str, str]:
    """The marks that a form came back with."""
    pairs = (pair.partition(":") for pair in text.split())
    return {name: found for name, _, found in pairs}


def began(version: str, marks: str) -> tuple[int | None, str, bool]:
    """The version and marks that a form came back with, and whether a browser put words into it.

    Then nobody knows what these began with: the version is none that a stored thing has.
    """
    number = int(version) if _VERSION.fullmatch(version) else None
    put_back = marks == PUT_BACK or (number is None and bool(marks))
    return (0, PUT_BACK, True) if put_back else (number, marks, False)


def in_words(
    kind: type[BaseModel], values: Values, field: str, options: Iterable[tuple[Any, str]] | None
) -> str:
    """A stored value as people read it; options may name a value in one column: `column.value`."""
    words = {to_jsonable_python(code): text for code, text in options or _codes(kind, field)}
    rows: dict[str, list[str]] = {}
    # What names a row comes before what it says.
    for name, texts in sorted(
        part_of(values, field).items(),
        key=lambda one: f"{one[0].rpartition('.')[2]}.{''.join(one[1])}" not in words,
    ):
        row = name.removeprefix(field).split(".")[1:2]
        column = name.rpartition(".")[2]
        rows.setdefault("".join(row), []).extend(
            words.get(f"{column}.{text}") or words.get(text, _readable(kind, field, text))
            for text in texts
            if text
        )
    between = ", " if words else "\n"
    found = [(", " if row else between).join(texts) for row, texts in rows.items()]
    nothing = NO if bare(kind.model_fields[field].annotation) is bool else NOTHING
    return "\n".join(text for text in found if text) or nothing


def _codes(kind: type[BaseModel], field: str) -> list[tuple[str, str]]:
    codes = enum_of(kind, field)
    return options_of(codes) if codes else []


def _readable(kind: type[BaseModel], field: str, text: str) -> str:
    wanted = bare(kind.model_fields[field].annotation)
    if wanted is bool:
        return YES
    if wanted is date:
        return day(text)
    return moment(text) if isinstance(wanted, type) and issubclass(wanted, datetime) else text
