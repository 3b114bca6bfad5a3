"""Recipes: which columns of a publicly known file mean what, and what its figures measure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from services.analysis.contract.indicator import Layout, Unit
from services.analysis.contract.source import AreaLevel, SourceDraft


class Holds(StrEnum):
    """What a column of a file holds."""

    nation_or_county = "nation_or_county"
    county = "county"
    municipality = "municipality"
    occupation = "occupation"
    sex = "sex"
    age = "age"
    year = "year"
    month = "month"
    amount = "amount"
    words = "words"


PATTERNS = {
    Holds.nation_or_county: re.compile(r"[0-9]{2}"),
    Holds.county: re.compile(r"[0-9]{2}"),
    Holds.municipality: re.compile(r"[0-9]{4}"),
    Holds.occupation: re.compile(r"[0-9]{4}"),
    Holds.age: re.compile(r"[0-9]{1,3}([-+][0-9]{0,3})?"),
    Holds.year: re.compile(r"(19|20|21)[0-9]{2}"),
    Holds.month: re.compile(r"(19|20|21)[0-9]{2}(M|-)(0[1-9]|1[0-2])"),
    Holds.amount: re.compile(r"[0-9]{1,12}"),
}
SEXES = {
    "women": ("women", "kvinnor", "kvinna", "2"),
    "men": ("men", "män", "man", "1"),
    "all": ("all", "totalt", "totalt, samtliga män och kvinnor", "1+2"),
}
SEX_OF = {word: sex for sex, words in SEXES.items() for word in words}
UNKNOWN = frozenset({"", "..", "."})


@dataclass(frozen=True)
class Column:
    """One column of a file."""

    name: str
    holds: Holds


@dataclass(frozen=True)
class Measure:
    """An indicator that a file has figures for."""

    key: str
    name: str
    meaning: str
    unit: Unit
    area_level: AreaLevel
    layout: Layout


@dataclass(frozen=True)
class Recipe:
    """One known file: how it is recognised, read, and what it measures.

    `by_year` names what stands in columns called <prefix><year>: such files get a row for each
    year, in the columns `year` and the prefix's own name. `not_collected` says which cells were
    never asked before a year, although the file has a number there.
    """

    about: SourceDraft
    columns: tuple[Column, ...]
    measures: tuple[Measure, ...]
    by_year: str | None = None
    unknown: frozenset[str] = UNKNOWN
    not_collected: tuple[tuple[str, str, int], ...] = field(default=())

    @property
    def key(self) -> str:
        """The key of its source."""
        return self.about.key

    @property
    def counted(self) -> str:
        """The column with the numbers."""
        return next(column.name for column in self.columns if column.holds is Holds.amount)

    @property
    def dated(self) -> Column:
        """The column that says when."""
        return next(c for c in self.columns if c.holds in {Holds.year, Holds.month})

    def recognises(self, names: Iterable[str]) -> bool:
        """Whether a file with these columns is the one it knows."""
        return self.shape(names) == {column.name for column in self.columns}

    def shape(self, names: Iterable[str]) -> set[str]:
        """The columns as they are once years stand in rows."""
        found = set(names)
        if years := self.year_columns(found):
            found = found - set(years) | {"year", self.counted}
        return found

    def year_columns(self, names: Iterable[str]) -> dict[str, str]:
        """The columns whose names end with a year, each with its year."""
        if self.by_year is None:
            return {}
        pattern = re.compile(rf"{self.by_year}_((19|20|21)[0-9]{{2}})")
        return {name: found[1] for name in names if (found := pattern.fullmatch(name))}
