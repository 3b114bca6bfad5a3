"""Rules about typed minutes: whose typing is stored."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any
from uuid import UUID

from services.councils.contract.minutes import MinutesSet, TypedMinutes
from services.kit.errors import FieldError, Rejected

Row = Mapping[str, Any]


class Fate(StrEnum):
    """What becomes of typed minutes."""

    written = "written"
    unchanged = "unchanged"
    conflict = "conflict"


def fate_of(typed: TypedMinutes, stored: Row, page: MinutesSet) -> Fate:
    """Whether typed minutes are stored: not over what somebody else wrote meanwhile.

    A page goes on from what it stored itself, and from what the pages stored that it was restored
    from: not from what came of them later, for a tab that was duplicated writes on by itself.
    A point that was only moved or renamed meanwhile has another version and the same minutes.
    """
    if typed.minutes == stored["minutes"]:
        return Fate.unchanged
    last, turn = stored["minutes_writer"], stored["minutes_turn"]
    if last is not None and last == page.writer and turn != page.turn:
        return Fate.written if turn < page.turn else Fate.conflict
    if turn <= page.earlier.get(last, -1):
        return Fate.written
    read = stored["minutes_version"] <= typed.version <= stored["version"]
    return Fate.written if read else Fate.conflict


def demand_points(typed: MinutesSet, there: Iterable[UUID]) -> None:
    """Rejected, naming each that is no point of the meeting."""
    known = {*there, None}
    wrong = [
        FieldError(f"items.{place}.agenda_item_id", "unknown_reference", "no point of the meeting")
        for place, item in enumerate(typed.items or ())
        if item.agenda_item_id not in known
    ]
    if wrong:
        raise Rejected(errors=wrong)
