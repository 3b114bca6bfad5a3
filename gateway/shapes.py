"""Shapes: small plain values that pages hand to components."""

from datetime import date, datetime
from typing import NamedTuple


class Figure(NamedTuple):
    """A key figure."""

    label: str
    value: str
    change: str = ""
    href: str = ""


class Event(NamedTuple):
    """One event of a timeline; look is done, missing or nothing."""

    date: date | datetime | str | None
    text: str
    href: str = ""
    note: str = ""
    look: str = ""


class Step(NamedTuple):
    """One step of the red thread; state is done, here, ahead, missing, or none (passed without)."""

    label: str
    text: str = ""
    date: date | datetime | str | None = None
    href: str = ""
    state: str = "ahead"
