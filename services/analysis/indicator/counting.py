"""Counting: the cells of an indicator's snapshots become figures for occupations and places."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from itertools import product
from typing import Any

from services.analysis.contract.classification import CodeSystem
from services.analysis.contract.indicator import Layout, Sex
from services.analysis.indicator.engine import Cell, Engine, Question
from services.analysis.indicator.hiding import ALL, Key, hidden_cells
from services.analysis.indicator.queries import Counted, Facts
from services.analysis.indicator.rules import (
    ADDITIVE,
    NATION,
    Spot,
    level_of,
    newest_first,
    spot_for,
    total,
)
from services.analysis.indicator.summing import by_sex, cells_of, summed
from services.analysis.snapshot.fitting import PERIOD, columns_of
from services.analysis.source.recipes import SEX_OF
from services.analysis.source.rules import hides_small
from services.kit.store import Record

ONE, DIGITS = Decimal(1), 4
Place = tuple[str, str, str | None]


@dataclass
class Series:
    """One indicator's cells, and how they are summed: for some occupations, or for all as one."""

    engine: Engine
    facts: Facts
    indicator: Record
    occupations: tuple[str, ...]
    snapshot_of: dict[str, Record] = field(default_factory=dict)
    own: dict[str, dict[str, str]] = field(default_factory=dict)
    _hidden_in: dict[str, frozenset[Key]] = field(default_factory=dict)
    cells: dict[Place, list[Cell]] = field(default_factory=lambda: defaultdict(list))

    @cached_property
    def layout(self) -> Layout:
        """Which column holds what."""
        return Layout.model_validate(self.indicator["layout"])

    @cached_property
    def layout_text(self) -> str:
        """The layout as the engine is asked with it."""
        return self.layout.model_dump_json()

    @cached_property
    def chosen(self) -> list[Any]:
        """The snapshots that are read, and the periods not to be taken from each."""
        known = self.facts.snapshots.get(self.indicator["source_id"], [])
        needed = set(columns_of(self.layout))
        return newest_first([one for one in known if needed <= set(one["columns"])])

    def parts_of(self, occupation: str | None) -> list[Counted]:
        """The source's own groups that are counted to an occupation."""
        if occupation is None:
            return [("", ONE)]
        parts = self._counted(occupation)
        if self.layout.occupation_digits == DIGITS:
            return parts
        groups = {part[: self.layout.occupation_digits] for part, _ in parts}
        return [(group, ONE) for group in groups] if len(groups) == 1 else []

    def _counted(self, occupation: str) -> list[Counted]:
        """By the key alone, where it is imported: the same digits may be another occupation."""
        systems = self.facts.systems.get(occupation, set())
        if self.layout.occupation_system is CodeSystem.ssyk2012:
            foreign = systems == {CodeSystem.ssyk2012_scb}
            keyed = CodeSystem.ssyk2012_scb in self.facts.keyed
            return [] if foreign and keyed else [(occupation, ONE)]
        system = self.layout.occupation_system
        if system is CodeSystem.ssyk96:
            return self.facts.counted_to[system].get(occupation, [])
        unmatched = system in self.facts.keyed and systems == {CodeSystem.ssyk2012}
        known = self.facts.counted_to[system].get(occupation, [])
        return known or ([] if unmatched else [(occupation, ONE)])

    def code_of(self, occupation: str | None) -> str | None:
        """What a figure is of: the occupation, or the group that it is a part of."""
        if occupation is None or self.layout.occupation_digits == DIGITS:
            return occupation
        return next((part for part, _ in self.parts_of(occupation)), None)

    def spots(self, areas: Iterable[str]) -> list[Spot]:
        """Where the indicator can answer for these areas, each place once."""
        told: set[str] = set()
        for snapshot, _ in self.chosen:
            told |= self.engine.areas(snapshot["content_hash"], self.layout_text)
        level = self.indicator["area_level"]
        every = self._every(level) if self.indicator["unit"] in ADDITIVE else {}
        found = (spot_for(area, level, frozenset(told), every) for area in areas)
        return list(dict.fromkeys(spot for spot in found if spot is not None))

    def _every(self, level: str) -> dict[str, frozenset[str]]:
        """The areas of a level within each coarser one, where classifications are known."""
        within: dict[str, set[str]] = defaultdict(set)
        for code in self.facts.area_names:
            if level_of(code) == level:
                for coarser in {code[:2], NATION} - {code}:
                    within[coarser].add(code)
        return {code: frozenset(codes) for code, codes in within.items()}

    def choose(self) -> None:
        """See which periods there are, each from the newest snapshot that has it."""
        for snapshot, covered in self.chosen if not self.snapshot_of else ():
            own = {
                raw: _period(raw)
                for raw in self.engine.periods(snapshot["content_hash"], self.layout_text)
                if PERIOD.fullmatch(raw)
                and _period(raw) not in self.snapshot_of
                and not any(first <= _period(raw) <= last for first, last in covered)
            }
            self.snapshot_of |= dict.fromkeys(own.values(), snapshot)
            self.own[snapshot["content_hash"]] = own

    def read(
        self, spots: Sequence[Spot], *, each: bool = False, only: Iterable[str] | None = None
    ) -> None:
        """Read the cells for some places, of all periods or some.

        `each`: of every occupation that the source tells of, in its own classification.
        """
        if not spots:
            return
        self.choose()
        wanted = {*self.periods} if only is None else {*only}
        asked = tuple(sorted({part for one in self.occupations for part, _ in self.parts_of(one)}))
        for content_hash, own in self.own.items():
            if periods := tuple(sorted(raw for raw, period in own.items() if period in wanted)):
                told = (content_hash, self.layout_text)
                for cell in cells_of(self.engine, told, spots, asked, periods, each=each):
                    self.cells[own[cell.period], cell.area, cell.occupation].append(cell)

    def told(self) -> frozenset[tuple[str, str]]:
        """The periods and areas that there are figures of."""
        return frozenset(
            (own[period], area)
            for content_hash, own in self.own.items()
            for period, area in self.engine.dated_areas(content_hash, self.layout_text)
            if period in own
        )

    def is_hidden(
        self,
        period: str,
        spot: Spot,
        occupation: str | None,
        sex: Sex = Sex.all,
        ages: tuple[str, ...] = (),
    ) -> bool:
        """Whether a figure is not to be shown: it, or any of what it is summed of."""
        hidden = self._hidden(period)
        if not hidden:
            return False
        places = spot.codes if spot.code is None else (spot.code,)
        parts = [part or ALL for part, _ in self.parts_of(occupation)]
        one = ALL if sex is Sex.all else sex.value
        asked = product(places, parts, (one,), ages or (ALL,))
        return any(key in hidden for key in asked)

    def hides_any(self, period: str, spot: Spot) -> bool:
        """Whether any figure of a place is not to be shown, and so nothing that all make up."""
        places = spot.codes if spot.code is None else (spot.code,)
        return any(key[0] in places for key in self._hidden(period))

    def _hidden(self, period: str) -> frozenset[Key]:
        below, told = self.engine.small_counts_below, self.snapshot_of.get(period)
        if told is None or not hides_small(self.indicator["unit"], told["licence"], below):
            return frozenset()
        if period not in self._hidden_in:
            every = self._every_cell(told["content_hash"], period)
            self._hidden_in[period] = hidden_cells(every, below)
        return self._hidden_in[period]

    def _every_cell(self, content_hash: str, period: str) -> Iterator[tuple[Key, Decimal | None]]:
        """All that a snapshot tells of a period, whatever is asked for."""
        areas = tuple(sorted(self.engine.areas(content_hash, self.layout_text)))
        question = Question(content_hash, self.layout_text, (), areas, each=True)
        for cell in self.engine.cells(question):
            if _period(cell.period) == period:
                sex = SEX_OF.get((cell.sex or "").lower(), ALL)
                key = (cell.occupation or ALL, ALL if sex == Sex.all else sex, cell.age or ALL)
                yield (cell.area, *key), cell.value

    def break_at(self, period: str, since: str | None = None) -> str | None:
        """Why a period is not comparable with an earlier one (the one before); None: it is."""
        before = since or max((one for one in self.periods if one < period), default=None)
        told, year = self.snapshot_of[period], int(period[:4])
        first = int(before[:4]) if before else year - 1
        reasons = [one["reason"] for one in told["method_breaks"] if first < one["year"] <= year]
        if before and self.snapshot_of[before]["source_id"] != told["source_id"]:
            reasons.append(f"Ny källa: {told['source_name']}")
        return reasons[0] if reasons else None

    @property
    def broken_years(self) -> frozenset[int]:
        """The years that are not comparable with those before."""
        return frozenset(int(one[:4]) for one in self.periods if self.break_at(one))

    @property
    def periods(self) -> list[str]:
        """Every period that was read, in order."""
        return sorted(self.snapshot_of)

    def has(self, occupation: str | None) -> bool:
        """Whether an occupation is one that figures can be given for."""
        parts = {part for part, _ in self.parts_of(occupation)}
        if occupation is None or (occupation in self.facts.occupation_names and parts):
            return True
        return any(
            parts & self.engine.occupations(snapshot["content_hash"], self.layout_text)
            for snapshot, _ in self.chosen
        )

    def sexes(self, period: str, spot: Spot) -> dict[str, tuple[Decimal | None, Decimal | None]]:
        """Women and men in each occupation that was read; unknown where a part of it is."""
        found = {}
        for occupation in sorted({place[2] or "" for place in self.cells} - {""}):
            parts = [by_sex(self.cells.get((period, one, occupation), [])) for one in spot.places]
            if any(parts):
                women, men = (
                    total([total(part[sex]) if part[sex] else None for part in parts])
                    for sex in ("women", "men")
                )
                found[occupation] = women, men
        return found

    @property
    def is_additive(self) -> bool:
        """Whether a sum of figures says anything: shares and wages of several are no sum."""
        return self.indicator["unit"] in ADDITIVE

    def amount(
        self,
        period: str,
        spot: Spot,
        occupation: str | None,
        sex: Sex = Sex.all,
        ages: tuple[str, ...] = (),
    ) -> tuple[bool, Decimal | None]:
        """Whether anything is told, and the sum; unknown where any part of it is."""
        if (self.layout.sex is None and sex is not Sex.all) or (ages and not self.layout.age):
            return False, None
        found = [
            (
                summed(self.cells.get((period, code, part or None), []), self.layout, sex, ages),
                weight,
            )
            for code, (part, weight) in product(spot.places, self.parts_of(occupation))
        ]
        told = [(some, weight) for some, weight in found if some]
        if not self.is_additive and [(len(some), weight) for some, weight in told] != [(1, ONE)]:
            return False, None
        unlisted = self.layout.unlisted_is_zero
        return bool(told) or unlisted, total([_weighed(*one, unlisted=unlisted) for one in found])


def _period(said: str) -> str:
    """A period as the contract writes it: 2024M03 is 2024-03."""
    return said.replace("M", "-")


def _weighed(found: list[Decimal | None], weight: Decimal, *, unlisted: bool) -> Decimal | None:
    if not found:
        return Decimal(0) if unlisted else None
    value = total(found)
    return value if value is None or weight == ONE else value * weight
