"""Import results: what the rows of a file became, and which of them hold an undoing up."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from gateway.clients.house import House
from gateway.clients.service import Found
from gateway.swedish.nouns import noun_word
from gateway.swedish.problems import SENTENCES
from services.kit.errors import Forbidden

HELD_SHOWN = 100
_CHANGED = re.compile(r"the (\w+) was changed since")


class HeldRow(NamedTuple):
    """A row that keeps its import from being undone."""

    number: str
    things: list[Found]
    why: list[str]


async def actors_of(house: House, id: str, known: Mapping[str, str]) -> Found | None:
    """Which actors the rows were taken for, to those who may know."""
    try:
        found: Found = await house.actors.get(f"/imports/{id}/actors", **known)
    except Forbidden:
        return None
    return found


async def held_rows(house: House, id: str, undoing: Found) -> list[HeldRow]:
    """The first rows that keep an import from being undone, what they became, and why."""
    why: dict[int, list[str]] = {}
    for error in undoing["result"].get("errors", ()):
        _, row, *noun = error["field"].split(".")
        why.setdefault(int(row), []).append(_why(error, *noun))
    rows = list(why)[:HELD_SHOWN]
    if not rows:
        return []
    found = await house.actors.get(f"/imports/{id}/things", row=rows)
    things: dict[int, list[Found]] = {row: [] for row in rows}
    for one in found["items"]:
        things[one["row"]].append(one)
    return [HeldRow(_number(things[row], row), things[row], why[row]) for row in rows]


def _why(error: Mapping[str, str], user: str = "") -> str:
    """What uses a thing of the row, or which of its things was changed."""
    changed = _CHANGED.match(error["message"])
    if changed and not user:
        return f"Ändrat sedan importen: {noun_word(changed[1]) or changed[1]}."
    return f"Används av: {noun_word(user) or user}." if user else SENTENCES.get(error["code"], "")


def _number(things: list[Found], row: int) -> str:
    """The row as the file has it; in its order where that is not known."""
    number = next((one["row_number"] for one in things if one["row_number"]), None)
    return f"Rad {number}" if number else f"Post {row + 1}"
