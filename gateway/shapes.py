"""Shapes: small plain values that pages hand to components."""

from collections.abc import Sequence
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
    """One step of the red thread.

    Its state is done, here, ahead, missing, ownerless, or none (passed without).
    `note`: what stands under it, such as what an outcome measured.
    """

    label: str
    text: str = ""
    date: date | datetime | str | None = None
    href: str = ""
    state: str = "ahead"
    note: str = ""


class Occupation(NamedTuple):
    """An occupation: its code, its name (empty: not known), and other words that found it."""

    code: str
    name: str = ""
    words: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """As it stands in a field."""
        return f"{self.name} ({self.code})" if self.name else self.code


class Choice(NamedTuple):
    """A field of occupations: what is typed, what is chosen, and what may be meant."""

    text: str = ""
    chosen: Sequence[Occupation] = ()
    meant: Sequence[Occupation] = ()
    more: bool = False
    none: bool = False  # the text was looked for and means nothing
    names: bool = True  # whether names can be searched: SSYK 2012 is imported, and analysis answers
    away: bool = False  # analysis does not answer
