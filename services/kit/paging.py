"""Paging: what a list's query string may say."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import ColumnElement, cast, func, literal

from services.kit.contract import IsoDate
from services.kit.cursors import values_in
from services.kit.errors import FieldError, Malformed

LIMIT, LIMIT_MAX, OFFSET_MAX = 20, 200, 10_000
PAGED = frozenset({"limit", "page", "after", "count", "sort"})
RESERVED = PAGED | {"q", "as_of", "known_at"}

Clause = Callable[..., ColumnElement[bool]]


@dataclass(frozen=True)
class Filter:
    """One query parameter: how its values are read, and the condition they make.

    The clause is given the columns and the values; a `dated` one also the two times asked for.
    `sight` narrows the list to what the caller may learn by this filter, or raises Forbidden.
    `keeps` tells the document what is kept.
    """

    kind: Any
    clause: Clause
    dated: bool = False
    sight: Callable[..., ColumnElement[bool] | None] | None = None
    keeps: str = ""

    def told(self, name: str) -> str:
        """What it does, in words."""
        if not self.keeps and self.kind is bool:
            return f"true: only those that are {name}; false: only the others"
        return self.keeps or f"Only with this {name}; repeated: any of them"


def same(column: str, kind: Any = str) -> Filter:
    """Equal to any of the values given."""
    keeps = f"Only with this {column}; repeated: any of them"
    return Filter(kind, lambda c, values: c[column].in_(values), keeps=keeps)


def ownerless() -> Filter:
    """true: no post owns it; false: one does."""
    keeps = "true: only those that no post owns; false: only the others"
    return Filter(bool, lambda c, values: c.owner_post_id.is_(None) == values[0], keeps=keeps)


def has(column: str, kind: Any = str) -> Filter:
    """A list column that holds any of the values given."""
    keeps = f"Only with this among {column}; repeated: any of them"

    def clause(c: Any, values: Sequence[Any]) -> ColumnElement[bool]:
        overlaps: ColumnElement[bool] = c[column].overlap(cast(values, c[column].type))
        return overlaps

    return Filter(kind, clause, keeps=keeps)


def lacks(column: str, kind: Any = str) -> Filter:
    """A list column that holds none of the values given."""
    holds = has(column, kind).clause
    keeps = f"Only without this among {column}; repeated: with none of them"
    return Filter(kind, lambda c, values: ~holds(c, values), keeps=keeps)


def begins(column: str, kind: Any = str) -> Filter:
    """A list column that holds something beginning with any of the values given.

    The kind is of letters and digits only: the values stand in a pattern.
    """

    def clause(c: Any, values: Sequence[str]) -> ColumnElement[bool]:
        held = func.array_to_string(c[column], " ")
        return held.op("~")(rf"\m({'|'.join(values)})")

    keeps = f"Only with something among {column} that begins so; repeated: any of them"
    return Filter(kind, clause, keeps=keeps)


def since(column: str, kind: Any = date) -> Filter:
    """On or after the (latest) value given."""
    keeps = f"Only with {column} from this on"
    return Filter(kind, lambda c, values: c[column] >= max(values), keeps=keeps)


def after(column: str, kind: Any = date) -> Filter:
    """After the (latest) value given."""
    keeps = f"Only with {column} after this"
    return Filter(kind, lambda c, values: c[column] > max(values), keeps=keeps)


def until(column: str, kind: Any = date) -> Filter:
    """On or before the (earliest) value given."""
    keeps = f"Only with {column} up to this"
    return Filter(kind, lambda c, values: c[column] <= min(values), keeps=keeps)


def given(column: str) -> Filter:
    """true: the column has a value; false: it has none."""
    keeps = f"true: only where {column} is known; false: only where it is null"
    return Filter(bool, lambda c, values: c[column].is_not(None) == literal(values[0]), keeps=keeps)


@dataclass(frozen=True)
class Asked:
    """A list's question, read and checked."""

    limit: int = LIMIT
    page: int = 1
    after: tuple[Any, ...] | None = None
    count: bool = False
    q: str | None = None
    sort: tuple[tuple[str, bool], ...] = ()
    as_of: date | None = None
    known_at: datetime | None = None
    filters: tuple[tuple[str, tuple[Any, ...]], ...] = ()


_INT: TypeAdapter[int] = TypeAdapter(int)
_BOOL: TypeAdapter[bool] = TypeAdapter(bool)
_DATE: TypeAdapter[date] = TypeAdapter(IsoDate)


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return _DATE if kind is date else TypeAdapter(kind)


def read(
    pairs: Sequence[tuple[str, str]],
    *,
    filters: Mapping[str, Filter],
    sorts: Sequence[str],
    search: bool,
    periodic: bool,
    paged: bool = True,
    fixed: Mapping[str, str] | None = None,
) -> Asked:
    """The question in a query string. Malformed with every wrong parameter at once.

    `paged`: whether it is answered by a list, and not by what all of the list comes to. `fixed`:
    filters that the address has chosen, which nobody widens.
    """
    said: dict[str, list[str]] = {}
    for name, value in pairs:
        said.setdefault(name, []).append(value)
    reader = _Reader(said, [])
    known = set(filters) | RESERVED - (set() if search else {"q"}) - (set() if paged else PAGED)
    known -= (set() if sorts else {"sort"}) | set(fixed or ())
    for name in said.keys() - known:
        reader.wrong(name, "unknown_parameter", "there is no such parameter here")
    said |= {name: [value] for name, value in (fixed or {}).items()}
    asked = Asked(
        limit=reader.number("limit", LIMIT, 1, LIMIT_MAX),
        page=reader.number("page", 1, 1, OFFSET_MAX),
        count=reader.one("count", _BOOL, False),
        q=reader.text("q"),
        sort=reader.sort(sorts),
        as_of=reader.one("as_of", _DATE, None),
        known_at=reader.moment("known_at"),
        filters=tuple(
            (name, reader.many(name, filters[name].kind)) for name in filters if name in said
        ),
        after=reader.cursor("after"),
    )
    if asked.as_of and not periodic:
        reader.wrong("as_of", "not_periodic", "these things have no period; use known_at")
    if asked.page * asked.limit > OFFSET_MAX:
        reader.wrong("page", "too_deep", "follow `next` instead of counting pages this far")
    if reader.errors:
        raise Malformed("one or more parameters are wrong", errors=reader.errors)
    return asked


@dataclass
class _Reader:
    said: dict[str, list[str]]
    errors: list[FieldError]

    def wrong(self, name: str, code: str, message: str) -> None:
        self.errors.append(FieldError(name, code, message))

    def one(self, name: str, adapter: TypeAdapter[Any], default: Any) -> Any:
        values = self.said.get(name)
        if not values:
            return default
        if len(values) > 1:
            self.wrong(name, "repeated", "this parameter is given once")
            return default
        try:
            return adapter.validate_strings(values[0])
        except ValidationError:
            self.wrong(name, "unreadable", "the value cannot be read")
            return default

    def number(self, name: str, default: int, low: int, high: int) -> int:
        value: int = self.one(name, _INT, default)
        if not low <= value <= high:
            self.wrong(name, "out_of_range", f"between {low} and {high}")
            return default
        return value

    def text(self, name: str) -> str | None:
        value = " ".join((self.said.get(name) or [""])[0].split())
        if len(value) > 200:  # noqa: PLR2004
            self.wrong(name, "too_long", "at most 200 characters")
        return value or None

    def moment(self, name: str) -> datetime | None:
        values = self.said.get(name)
        if not values:
            return None
        try:
            # A "+" of a zone that nobody escaped arrives as a space.
            value = datetime.fromisoformat(values[0].replace(" ", "+"))
            return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
        except (ValueError, OverflowError):
            self.wrong(name, "unreadable", "a moment as RFC 3339, for example 2026-01-31T12:00:00Z")
            return None

    def many(self, name: str, kind: Any) -> tuple[Any, ...]:
        adapter = _adapter(kind)
        try:
            return tuple(adapter.validate_strings(value) for value in self.said[name])
        except ValidationError:
            self.wrong(name, "unreadable", "the value cannot be read")
            return ()

    def sort(self, sorts: Sequence[str]) -> tuple[tuple[str, bool], ...]:
        spec = (self.said.get("sort") or [""])[0]
        keys = spec.split(",") if "sort" in self.said else []
        known = [name.removeprefix("-") for name in sorts]
        for key in keys:
            if key.removeprefix("-") not in known:
                self.wrong("sort", "unknown_sort", f"sort by: {', '.join(known)}")
                return ()
        return tuple((key.removeprefix("-"), key.startswith("-")) for key in keys)

    def cursor(self, name: str) -> tuple[Any, ...] | None:
        if not (said := self.said.get(name)):
            return None
        with suppress(ValueError):
            return values_in(said[0])
        self.wrong(name, "unreadable", "this is not a cursor from `next`")
        return None
