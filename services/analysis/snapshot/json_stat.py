"""JSON-stat 2: a cube of numbers as rows, a column for each dimension and each thing measured."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Any

from services.analysis.source.recipes import SEX_OF, UNKNOWN

MEASURE, CELLS_MOST = "value", 5_000_000


class NoJsonStat(ValueError):
    """What is wrong with it."""


@dataclass(frozen=True)
class Dimension:
    """One dimension: its codes in order, and as they are kept."""

    name: str
    codes: tuple[str, ...]
    kept: tuple[str, ...]


@dataclass(frozen=True)
class Cube:
    """A data set: every dimension, those that say what is measured, and each value."""

    dimensions: tuple[Dimension, ...]
    metric: str | None
    time: str | None
    values: Mapping[int, Any]
    statuses: Mapping[int, str]
    updated: str | None

    @property
    def names(self) -> tuple[str, ...]:
        """The columns: dimensions, then what is measured by its code."""
        return (*self.about, *self.measures)

    @property
    def about(self) -> tuple[str, ...]:
        """The dimensions but for what is measured."""
        return tuple(one.name for one in self.dimensions if one.name != self.metric)

    @property
    def measures(self) -> tuple[str, ...]:
        """What is measured."""
        known = (one.codes for one in self.dimensions if one.name == self.metric)
        return next(known, (MEASURE,))

    def rows(self) -> Iterator[tuple[str, ...]]:
        """A row for each cell, what is measured side by side."""
        sizes = [len(one.codes) for one in self.dimensions]
        steps = [prod(sizes[at + 1 :]) for at in range(len(sizes))]
        own = [at for at, one in enumerate(self.dimensions) if one.name != self.metric]
        across = [at for at, one in enumerate(self.dimensions) if one.name == self.metric]
        beside = [place * steps[across[0]] for place in range(sizes[across[0]])] if across else [0]
        for places in product(*(range(sizes[at]) for at in own)):
            start = sum(place * steps[at] for place, at in zip(places, own, strict=True))
            told = (self.dimensions[at].kept[p] for p, at in zip(places, own, strict=True))
            yield (*told, *(self._cell(start + step) for step in beside))

    def _cell(self, at: int) -> str:
        value = self.values.get(at)
        if value is None:
            status = self.statuses.get(at, "")
            return status if status and status in UNKNOWN else ".."
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise NoJsonStat(f"{str(value)[:40]!r} is no number")
        return str(int(value)) if float(value).is_integer() else f"{value:.6f}".rstrip("0")


def cube_of(said: Any) -> Cube:
    """A document as a cube. NoJsonStat."""
    if not isinstance(said, dict) or said.get("class") != "dataset":
        raise NoJsonStat("this is no JSON-stat data set")
    if not str(said.get("version", "")).startswith("2"):
        raise NoJsonStat("this is another version of JSON-stat than 2")
    names, sizes = _list(said, "id"), _list(said, "size")
    told = said.get("dimension")
    if not names or len(names) != len(sizes) or not isinstance(told, dict):
        raise NoJsonStat("its dimensions are not told")
    dimensions = tuple(
        _dimension(str(name), size, told.get(name)) for name, size in zip(names, sizes, strict=True)
    )
    cells = prod(len(one.codes) for one in dimensions)
    if cells > CELLS_MOST:
        raise NoJsonStat(f"more than {CELLS_MOST} cells")
    values = _by_place(said.get("value"), cells, "value")
    if len(values) < cells and isinstance(said["value"], list):
        raise NoJsonStat(f"{len(values)} values for {cells} cells")
    statuses = _statuses(said.get("status"), cells)
    role = said.get("role")
    roles: Mapping[str, Any] = role if isinstance(role, dict) else {}
    updated = said.get("updated")
    return Cube(
        dimensions, _role(roles, "metric", names), _role(roles, "time", names), values, statuses,
        updated if isinstance(updated, str) else None,
    )  # fmt: skip


def _list(said: Mapping[str, Any], name: str) -> list[Any]:
    found = said.get(name)
    return found if isinstance(found, list) else []


def _dimension(name: str, size: Any, told: Any) -> Dimension:
    category = told.get("category") if isinstance(told, dict) else None
    if not isinstance(category, dict):
        raise NoJsonStat(f"the dimension {name} has no categories")
    codes, labels = _codes(category), category.get("label")
    if len(codes) != size or len(set(codes)) != size:
        raise NoJsonStat(f"the dimension {name} has {len(codes)} categories and says {size}")
    words = labels if isinstance(labels, dict) else {}
    return Dimension(name, codes, sexes(codes, words) or codes)


def _codes(category: Mapping[str, Any]) -> tuple[str, ...]:
    """In their order: a list of codes, or each with its place; a single one may be named alone."""
    index, label = category.get("index"), category.get("label")
    if isinstance(index, list):
        return tuple(str(code) for code in index)
    if isinstance(index, dict):
        places = sorted(index, key=lambda code: index[code])
        if [index[code] for code in places] != list(range(len(places))):
            raise NoJsonStat("the places of categories are not 0, 1, 2 …")
        return tuple(places)
    return tuple(label) if isinstance(label, dict) else ()


def sexes(codes: Sequence[str], labels: Mapping[str, Any]) -> tuple[str, ...] | None:
    """Sexes by the words all registers share, where every category is one."""
    words = [str(labels.get(code, "")).lower() for code in codes]
    found = [None if word[:1].isdigit() else SEX_OF.get(word) for word in words]
    several = {sex for sex in found if sex}
    return tuple(str(sex) for sex in found) if None not in found and len(several) > 1 else None


def _by_place(said: Any, cells: int, what: str) -> dict[int, Any]:
    """Values by their place: all in order, or those there are."""
    if isinstance(said, list):
        if len(said) > cells:
            raise NoJsonStat(f"{len(said)} {what}s for {cells} cells")
        return dict(enumerate(said))
    if not isinstance(said, dict) or not all(str(key).isdigit() for key in said):
        raise NoJsonStat(f"there is no list of {what}s")
    found = {int(key): value for key, value in said.items()}
    if found and max(found) >= cells:
        raise NoJsonStat(f"a {what} stands outside the {cells} cells")
    return found


def _statuses(said: Any, cells: int) -> dict[int, str]:
    if said is None or isinstance(said, str):
        return dict.fromkeys(range(cells), said) if said else {}
    return {at: str(one) for at, one in _by_place(said, cells, "status").items() if one}


def _role(roles: Mapping[str, Any], role: str, names: Sequence[Any]) -> str | None:
    found = roles.get(role)
    one = found[0] if isinstance(found, list) and found else None
    return str(one) if one in names else None
