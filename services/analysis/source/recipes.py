"""Recipes: which columns of a publicly known file mean what, and what its figures measure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from services.analysis.contract.classification import CodeSystem
from services.analysis.contract.indicator import Layout, Unit
from services.analysis.contract.record import RecordKind
from services.analysis.contract.source import AreaLevel, SourceDraft


class Holds(StrEnum):
    """What a column of a file holds."""

    nation_or_county = "nation_or_county"
    county = "county"
    municipality = "municipality"
    occupation = "occupation"
    occupation_group = "occupation_group"
    sex = "sex"
    age = "age"
    year = "year"
    month = "month"
    day = "day"
    round = "round"
    amount = "amount"
    term = "term"
    words = "words"


# What the rest of a row is about: no two rows say the same of it.
ABOUT = frozenset(Holds) - {Holds.amount, Holds.words}


PATTERNS = {
    Holds.nation_or_county: re.compile(r"[0-9]{2}"),
    Holds.county: re.compile(r"[0-9]{2}"),
    Holds.municipality: re.compile(r"[0-9]{4}"),
    Holds.occupation: re.compile(r"[0-9]{4}"),
    Holds.occupation_group: re.compile(r"[0-9]{3}"),
    Holds.age: re.compile(r"[0-9]{1,3}([-+][0-9]{0,3})?"),
    Holds.year: re.compile(r"(19|20|21)[0-9]{2}"),
    Holds.month: re.compile(r"(19|20|21)[0-9]{2}(M|-)(0[1-9]|1[0-2])"),
    Holds.day: re.compile(r"(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"),
    Holds.round: re.compile(r"20[0-9]{2}-[1-4]"),
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
class Telling:
    """What a file tells of occupations beside figures, and in which of its columns.

    `occupation` holds codes of `system`, several with ; or a comma between; or, `by_name`, what a
    group is called. `leads_to` is another occupation that a row names.
    """

    kind: RecordKind
    occupation: str
    shown: tuple[tuple[str, str], ...]
    system: CodeSystem = CodeSystem.ssyk2012
    by_name: bool = False
    area: str | None = None
    leads_to: str | None = None
    most_first: str | None = None
    least_first: str | None = None


@dataclass(frozen=True)
class Recipe:
    """One known file: how it is recognised, read, and what it measures or tells.

    `repeats`: rows may be alike, for nothing is counted of them. `by_year` names what stands in
    columns called <prefix><year>: such files get a row for each year, in the columns `year` and the
    prefix's own name. `not_collected` says which cells were never asked before a year, although the
    file has a number there.
    """

    about: SourceDraft
    columns: tuple[Column, ...]
    measures: tuple[Measure, ...] = ()
    tells: Telling | None = None
    repeats: bool = False
    by_year: str | None = None
    unknown: frozenset[str] = UNKNOWN
    not_collected: tuple[tuple[str, str, int], ...] = field(default=())

    @property
    def key(self) -> str:
        """The key of its source."""
        return self.about.key

    @property
    def numbers(self) -> list[str]:
        """The columns with numbers."""
        return [column.name for column in self.columns if column.holds is Holds.amount]

    @property
    def counted(self) -> str:
        """The first column with numbers."""
        return self.numbers[0]

    @property
    def dated(self) -> Column | None:
        """The column that says when."""
        when = {Holds.year, Holds.month, Holds.day, Holds.round}
        return next((c for c in self.columns if c.holds in when), None)

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
