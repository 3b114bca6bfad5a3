"""Faults and doubts: what only the file can tell of a row, beside what the service says of it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gateway.importing.cells import has_lost_a_zero, parts
from gateway.importing.sheets import Formula, Sheet
from gateway.importing.values import seats_field

Faults = dict[str, str]  # the code of what is wrong, by its field: rows.17.name
Told = Sequence[Mapping[str, str]]  # of each row, what stands in its columns
MOST_DOUBTS = 1000
# What Excel writes where a formula has no answer, in English and Swedish.
_ERROR = re.compile(
    r"#(REF!|REFERENS!|N/A|SAKNAS!?|NAME\?|NAMN\?|VALUE!|VÄRDE!|VÄRDEFEL!|DIV/0!|DIVISION/0!|NULL!"
    r"|SKÄRNING!|NUM!|OGILTIGT!|SPILL!|SPILLS!|CALC!|BERÄKNING!)|#{2,}"
)
_OTHER, _HOLDER = (
    re.compile(r"row (\d+) says"),
    re.compile(r"held then by person (\S+)(?: from (\S+)(?: to (\S+))?)?"),
)
_CODE = re.compile(r"\d{2,4}")


def faults_of(sheet: Sheet, told: Sequence[dict[str, str]]) -> Faults:
    """What is wrong; what stands beyond the headings is told of its row."""
    return dict(_faults(sheet, told))


def _faults(sheet: Sheet, told: Sequence[dict[str, str]]) -> Iterator[tuple[str, str]]:
    for place, (number, _) in enumerate(sheet.rows):
        for name, cell in told[place].items():
            if name and isinstance(cell, Formula):
                yield f"rows.{place}.{name}", "formula"
            elif name and _ERROR.fullmatch(cell):
                yield f"rows.{place}.{name}", "error_cell"
        if number in sheet.wide:
            told[place][""] = sheet.wide[number]
            yield f"rows.{place}.", "extra_cells"


def doubts_of(told: Told) -> list[dict[str, Any]]:
    """What a program for sheets may have spoiled: zeros first in numbers are lost there."""
    found: list[dict[str, Any]] = []
    for row, cells in enumerate(told):
        if (phone := cells.get("phone", "")) and has_lost_a_zero(phone):
            found.append({"row": row, "field": "phone", "value": phone})
        for code in parts(cells.get("sni_codes", "")):
            if _CODE.fullmatch(code):
                found.append({"row": row, "field": "sni_codes", "value": code})
    return found[:MOST_DOUBTS]


def blame(found: dict[str, Any], ours: Faults, told: Told) -> None:
    """Put what only the file can tell is wrong before what the service says, in its place.

    Of one cell the first that is said is enough. A row that is left out, for it is there already,
    keeps nothing from being taken in.
    """
    left = {known["row"] for known in found["known_rows"]} if found["left_count"] else set()
    mine = [
        {"field": field, "code": code, "message": ""}
        for field, code in ours.items()
        if row_of(field) not in left
    ]
    first: dict[object, dict[str, str]] = {}
    for error in mine + found["errors"]:
        first.setdefault(_cell_of(error, told), error)
    found["error_count"] += len(first) - len(found["errors"])
    found["errors"] = sorted(first.values(), key=lambda error: row_of(error["field"]))


def _cell_of(error: Mapping[str, str], told: Told) -> tuple[object, ...]:
    """The row and the column of an error; what is of no column is told by itself."""
    row = row_of(error["field"])
    cells = told[row] if 0 <= row < len(told) else {}
    column = field_of(error["field"], cells)
    return (row, column) if column in cells else (row, column, error["code"], error["message"])


def field_of(path: str, cells: Mapping[str, str]) -> str:
    """The column that an error is about: rows.3.intakes.0.starts_on is about the first day."""
    names = path.split(".")[2:]
    name = next((name for name in reversed(names) if not name.isdigit()), "")
    if name == "seats" and names[0] == "intakes":
        name = seats_field(cells, int(names[1]))
    return {"municipality_code": "municipality", "provider_actor_id": "provider_name"}.get(
        name, name
    )


def other_row(error: Mapping[str, str]) -> int | None:
    """The other row that an error is about: row 3 says the same post then."""
    found = _OTHER.match(error["message"]) if error["code"] == "overlap" else None
    return int(found[1]) if found else None


def holder_in(error: Mapping[str, str]) -> str:
    """The id of the person who holds the post, where an error tells."""
    found = _HOLDER.match(error["message"]) if error["code"] == "overlap" else None
    return found[1] if found else ""


def held_in(error: Mapping[str, str]) -> tuple[str | None, str | None]:
    """From when the holder has the post, and until when, where an error tells."""
    found = _HOLDER.match(error["message"]) if error["code"] == "overlap" else None
    return (found[2], found[3]) if found else (None, None)


def meant_in(error: Mapping[str, str]) -> str:
    """Which actors a name may mean, where an error tells."""
    several = error["code"] == "several_actors"
    return error["message"].partition(": ")[2] if several else ""


def row_of(field: str) -> int:
    """The row of rows.17.name; -1 where it is of none."""
    names = field.split(".")
    return int(names[1]) if len(names) > 1 and names[1].isdigit() else -1
