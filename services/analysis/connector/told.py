"""What a register told, as it is kept: the same rows in whatever order give the same snapshot."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import orjson

from services.analysis.connector.rules import incomplete, unreadable, wrong_selection
from services.analysis.contract.source import SourceKind
from services.analysis.snapshot.canonical import ROWS_MOST, Canonical
from services.analysis.source.recipes import UNKNOWN
from services.kit.store import Record

Cells = tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    """What is asked of a register: where, which table, and which part of it.

    `home` are the association's municipalities, asked for where a selection names none;
    `concepts` are what JobTech calls municipalities.
    """

    kind: SourceKind
    address: str
    table: str | None
    selection: Mapping[str, Any]
    home: Sequence[str] = ()
    concepts: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(
        cls, source: Record, published: str, home: Sequence[str], concepts: Mapping[str, str]
    ) -> "Asked":
        """As a source says it. Broken where its selection is no JSON object or list."""
        try:
            said = orjson.loads(source["selection"] or "{}")
        except orjson.JSONDecodeError:
            raise wrong_selection("the selection is no JSON") from None
        if isinstance(said, list):
            said = {"selection": said}
        if not isinstance(said, dict):
            raise wrong_selection("the selection is no JSON object")
        address = (source["address"] or published).rstrip("/")
        kind = SourceKind(source["kind"])
        return cls(kind, address, source["table_code"], said, home, concepts)

    def ours(self) -> tuple[str, ...]:
        """The association's municipalities. Broken where none is known."""
        if not self.home:
            raise wrong_selection("no municipality is chosen, and none is an actor here")
        return tuple(self.home)

    def words(self, name: str) -> tuple[str, ...]:
        """A list of words in the selection; none where it is left out. Broken."""
        said = self.selection.get(name, [])
        several = said if isinstance(said, list) else [said]
        if not all(isinstance(one, str | int) for one in several):
            raise wrong_selection(f"{name} is a list of words")
        return tuple(str(one) for one in several)

    def needed(self, name: str, example: str) -> tuple[str, ...]:
        """The same, where nothing can be asked without it. Broken."""
        if not (found := self.words(name)):
            raise wrong_selection(
                f'the selection says no {name}: for example {{"{name}": {example}}}'
            )
        return found


@dataclass(frozen=True)
class Told:
    """All that a register told, and the day it says that it published it."""

    rows: Canonical
    published_on: date | None = None


def told(
    names: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    about: Sequence[str],
    period: str | None = None,
    published_on: date | None = None,
) -> Told:
    """Rows in order. Broken where there are none, or two are `about` the same."""
    places = [names.index(name) for name in about]
    by_key: dict[Cells, Cells] = {}
    for row in rows:
        cells = tuple(row)
        key = tuple(cells[at] for at in places)
        if by_key.setdefault(key, cells) != cells:
            said = ", ".join(key)
            raise incomplete(
                f"{said} came twice with different values: it changed while it was read"
            )
        if len(by_key) > ROWS_MOST:
            raise incomplete(f"more than {ROWS_MOST} rows")
    if not by_key:
        raise incomplete("the answer is empty")
    kept = tuple(by_key[key] for key in sorted(by_key))
    first, last = _periods(names, kept, period)
    return Told(Canonical(tuple(names), frozenset(), kept, (), first, last), published_on)


def _periods(
    names: Sequence[str], rows: Sequence[Cells], period: str | None
) -> tuple[str | None, str | None]:
    if period is None:
        return None, None
    found = {row[names.index(period)].replace("M", "-") for row in rows}
    return min(found), max(found)


def number(value: Any) -> str:
    """A number as it is kept; what is unknown is no zero."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise unreadable(f"{str(value)[:40]!r} is no number")
    rounded = round(Decimal(repr(value)), 6) if isinstance(value, float) else Decimal(value)
    return format(rounded.normalize() if rounded else Decimal(0), "f")


def unknown(status: Any) -> str:
    """How a register says that it does not tell a value."""
    return str(status) if str(status or "") in UNKNOWN else ".."


def text(value: Any) -> str:
    """A word as it is kept."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, str | int | float):
        return str(value).strip()
    raise unreadable(f"{type(value).__name__} stands where a word is expected")


def day(said: Any) -> date | None:
    """A day, where it is one."""
    try:
        return date.fromisoformat(str(said)[:10])
    except ValueError:
        return None
