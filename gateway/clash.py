"""Clashes: what somebody else saved while a form was filled in, told field by field.

A form carries a mark of each value it began with. So a field that only the other one changed can
follow them, and one that both changed can show both.
"""

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
    return blake2s("\n".join(plain(values, field)).encode(), digest_size=6).hexdigest()


def marks_of(kind: type[BaseModel], values: Values) -> str:
    """The marks of every field, as they stand hidden in a form."""
    return " ".join(f"{name}:{mark(values, name)}" for name in kind.model_fields)


def marks_in(text: str) -> dict[str, str]:
    """The marks that a form came back with."""
    pairs = (pair.partition(":") for pair in text.split())
    return {name: found for name, _, found in pairs}


def began(version: str, marks: str) -> tuple[int | None, str, bool]:
    """The version and marks that a form came back with, and whether a browser put words into it.

    Then nobody knows what these began with: the version is none that a stored thing has.
    """
    number = int(version) if version.isascii() and version.isdigit() else None
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
