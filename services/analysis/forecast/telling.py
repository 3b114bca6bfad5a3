"""Telling: the series that a place's forecasts are made of, and scored by."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from services.analysis.contract.indicator import Sex, Unit
from services.analysis.forecast.queries import Known
from services.analysis.forecast.rules import Stretch, stretches
from services.analysis.indicator.counting import Series
from services.analysis.indicator.engine import Engine
from services.analysis.indicator.rules import LEVELS, Spot, named, tells_of_occupations
from services.kit.store import Record

_CODE = re.compile("[0-9]{4}")


@dataclass(frozen=True)
class Told:
    """One indicator of one place, year by year, of every occupation."""

    series: Series
    spot: Spot
    periods: list[str]

    @property
    def indicator(self) -> Record:
        """What is measured."""
        return self.series.indicator

    @property
    def snapshot(self) -> Record:
        """What the last year is told by."""
        found: Record = self.series.snapshot_of[self.last]
        return found

    @property
    def last(self) -> str:
        """The last year."""
        return self.periods[-1]

    @property
    def area_name(self) -> str | None:
        """What the place is called."""
        return named(self.spot, self.series.facts.area_names)

    @property
    def breaks(self) -> dict[int, str]:
        """The years that begin another way of counting or another source, and why."""
        told = {one["year"]: one["reason"] for one in self.indicator["method_breaks"]}
        found = ((period, self.series.break_at(period)) for period in self.periods)
        return told | {int(period): reason for period, reason in found if reason}

    @property
    def years_now(self) -> int:
        """How many years the last one can be compared with, itself among them."""
        every: dict[int, float | None] = dict.fromkeys(map(int, self.periods), 1.0)
        return len(stretches(every, self.breaks)[-1].values)

    def amount(
        self, period: str, occupation: str, ages: tuple[str, ...] = ()
    ) -> tuple[bool, Decimal | None]:
        """Whether anything is told, and the figure; unknown also where it would tell of few."""
        if period not in self.series.snapshot_of:
            return False, None
        asked = period, self.spot, occupation, Sex.all, ages
        told, value = self.series.amount(*asked)
        return told, None if self.series.is_hidden(*asked) else value

    def exactly(self, occupation: str) -> dict[int, Decimal | None]:
        """An occupation's years; those that nothing is told of are left out."""
        found = {int(period): self.amount(period, occupation) for period in self.periods}
        return {year: value for year, (told, value) in found.items() if told}

    def years(self, occupation: str) -> dict[int, float | None]:
        """The same as numbers to count with."""
        return {
            year: None if value is None else float(value)
            for year, value in self.exactly(occupation).items()
        }

    def stretches(self, occupation: str) -> list[Stretch]:
        """An occupation's years cut at the breaks."""
        return stretches(self.years(occupation), self.breaks)

    def about(self) -> dict[str, Any]:
        """The place, the indicator and the source, as answers say them."""
        return {
            "area_level": self.spot.level,
            "area_code": self.spot.code,
            "area_name": self.area_name,
            "indicator_key": self.indicator["key"],
            "indicator_name": self.indicator["name"],
            "source_id": self.indicator["source_id"],
            "source_name": self.indicator["source_name"],
        }


def told_of(engine: Engine, known: Known, area: str, *, ages: bool = False) -> Told | None:
    """The finest, then newest, then longest series of persons in occupations around an area.

    Of all occupations together: `each_of` reads them one by one.
    """
    found = [
        told
        for indicator in known.facts.indicators
        if _fits(indicator, ages=ages)
        for told in _told(Series(engine, known.facts, indicator, ()), area)
    ]
    return max(found, key=_worth, default=None)


def each_of(told: Told, wanted: tuple[str, ...] = ()) -> Told:
    """The same with its occupations one by one: those wanted, or all that the source tells of."""
    of_all = told.series
    series = Series(of_all.engine, of_all.facts, of_all.indicator, wanted)
    series.read([told.spot], each=not wanted)
    return replace(told, series=series)


def occupations_of(told: Told, known: Known) -> tuple[str, ...]:
    """The occupations that are classified; where nothing is, those that the source tells of."""
    if known.occupations:
        return known.occupations
    said = {place[2] or "" for place in told.series.cells}
    return tuple(sorted(code for code in said if _CODE.fullmatch(code)))


def _fits(indicator: Record, *, ages: bool) -> bool:
    """Persons by occupation; a group of occupations, or a part of them, would be told as more."""
    layout = indicator["layout"]
    of_work = indicator["unit"] == Unit.persons and tells_of_occupations(layout)
    return of_work and (layout["age"] is not None) == ages


def _told(series: Series, area: str) -> Sequence[Told]:
    spots = series.spots([area]) if series.chosen else []
    series.choose()
    told = series.told() if spots else frozenset()
    return [
        Told(series, spot, periods)
        for spot in spots
        if (
            periods := [
                period
                for period in series.periods
                if period.isdigit() and any((period, code) in told for code in spot.codes)
            ]
        )
    ]


def _worth(told: Told) -> tuple[int, str, int]:
    return -LEVELS.index(told.spot.level), told.last, len(told.periods)
