"""Figures: what the snapshots say about occupations and places, each with source and level."""

import asyncio
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from services.analysis.contract.indicator import Sex, Unit
from services.analysis.indicator.counting import ONE, Series
from services.analysis.indicator.engine import Engine
from services.analysis.indicator.queries import Facts, facts_for, known_keys
from services.analysis.indicator.rules import (
    SHARES,
    Share,
    Spot,
    named,
    said,
    share_of,
    together,
)
from services.kit.db import Database
from services.kit.errors import Malformed
from services.kit.store import Record

Shown = dict[str, Any]


@dataclass(frozen=True)
class Wanted:
    """Which figures are asked for."""

    indicators: tuple[str, ...] = ()
    occupations: tuple[str, ...] = ()
    areas: tuple[str, ...] = ("00",)
    periods: tuple[str, ...] = ()
    sexes: tuple[Sex, ...] = (Sex.all,)
    together: bool = False
    series: bool = False
    by_age: bool = False

    def wants(self, key: str) -> bool:
        """Whether an indicator is asked for."""
        return not self.indicators or key in self.indicators


async def figures_of(database: Database, engine: Engine, wanted: Wanted) -> list[Shown]:
    """The figures as the contract shows them, by indicator, occupation, place, sex and period."""
    return (await figures_for(database, engine, [wanted]))[0]


async def figures_for(
    database: Database, engine: Engine, several: Sequence[Wanted]
) -> list[list[Shown]]:
    """The figures of several questions, read together."""
    keys = sorted({key for wanted in several for key in wanted.indicators})
    bases = [share.base for share in SHARES if share.key in keys]
    occupations = _union(wanted.occupations for wanted in several)
    async with database.reading() as db:
        facts = await facts_for(db, [*keys, *bases], occupations)
    if facts.indicators:
        return await asyncio.to_thread(counted, engine, facts, occupations, several)
    return [[] for _ in several]


async def demand_indicators(database: Database, keys: Sequence[str]) -> None:
    """Malformed where an indicator that is asked for is none."""
    async with database.reading() as db:
        known = await known_keys(db, keys)
    if unknown := sorted(set(keys) - known - {share.key for share in SHARES}):
        text = f"there is no indicator {unknown[0]}"
        raise Malformed(text, field="indicator", reason="unknown_indicator")


def _union(several: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for values in several for one in values))


def counted(
    engine: Engine, facts: Facts, occupations: tuple[str, ...], several: Sequence[Wanted]
) -> list[list[Shown]]:
    """The figures that answer several questions about the same facts. Blocks."""
    found: list[list[Shown]] = [[] for _ in several]
    for indicator in facts.indicators:
        series = Series(engine, facts, indicator, occupations)
        places = [_places(series, wanted) for wanted in several]
        if every := [spot for spots in places for spot in spots]:
            series.choose()
            series.read(every, only={one for wanted in several for one in _periods(series, wanted)})
        for shown, wanted, spots in zip(found, several, places, strict=True):
            shown.extend(_of_indicator(series, wanted, spots))
    return found


def _places(series: Series, wanted: Wanted) -> list[Spot]:
    """Where the indicator answers a question; nowhere if it is not asked for."""
    key = series.indicator["key"]
    named_so = key in wanted.indicators
    shared = any(share.base == key and wanted.wants(share.key) for share in SHARES)
    if not (wanted.wants(key) or shared):
        return []
    of_all = series.layout.occupation is None or bool(series.layout.excluded_occupations)
    if wanted.occupations and of_all and not (named_so and not series.layout.excluded_occupations):
        return []
    spots = series.spots(wanted.areas) if series.chosen else []
    found = together(spots) if wanted.together else spots
    return [spot for spot in found if series.is_additive or len(spot.codes) == 1]


def _of_indicator(series: Series, wanted: Wanted, spots: list[Spot]) -> Iterator[Shown]:
    key = series.indicator["key"]
    shares = [share for share in SHARES if share.base == key and wanted.wants(share.key)]
    about_work = series.layout.occupation is not None
    of_all = (None,) if series.is_additive or not about_work else ()
    for occupation in (wanted.occupations if about_work else ()) or of_all:
        if spots and series.has(occupation):
            for spot in spots:
                if wanted.wants(key):
                    yield from _figures(series, wanted, spot, occupation)
                for share in shares:
                    yield from _shares(series, wanted, share, spot, occupation)


def _periods(series: Series, wanted: Wanted) -> list[str]:
    known = series.periods
    if wanted.periods:
        return [period for period in known if period in wanted.periods]
    return known if wanted.series else known[-1:]


def _figures(series: Series, wanted: Wanted, spot: Spot, occupation: str | None) -> Iterator[Shown]:
    ages = _ages(series) if wanted.by_age and series.layout.age else [None]
    for sex in wanted.sexes:
        known: dict[str | None, str] = {}
        for period in _periods(series, wanted):
            for age in ages:
                asked = (period, spot, occupation, sex, (age,) if age else ())
                told, value = series.amount(*asked)
                if told:
                    shown = shown_at(series, spot, period, occupation, known.get(age))
                    shown |= _told(value, hidden=series.is_hidden(*asked))
                    yield shown | {"sex": sex, "age": age}
                    known |= {age: period} if shown["value"] is not None else {}


def _ages(series: Series) -> list[str | None]:
    found = {cell.age for cells in series.cells.values() for cell in cells if cell.age}
    return [*sorted(found, key=lambda age: (int(re.split(r"[-+]", age)[0]), age))]


def _shares(
    series: Series, wanted: Wanted, share: Share, spot: Spot, occupation: str | None
) -> Iterator[Shown]:
    known: str | None = None
    for period in _periods(series, wanted):
        told, whole = series.amount(period, spot, occupation)
        sex = share.sex or Sex.all
        some, part = series.amount(period, spot, occupation, sex, share.ages)
        if told and some:
            text = f"{share.words}: {said(part)} av {said(whole)}"
            hidden = any(
                series.is_hidden(period, spot, occupation, *part)
                for part in ((), (sex, share.ages))
            )
            counted = _told(share_of(part, whole), hidden=hidden)
            yield (
                shown_at(series, spot, period, occupation, known)
                | counted
                | {
                    "indicator_key": share.key,
                    "indicator_name": share.name,
                    "unit": Unit.share,
                    "sex": sex,
                    "age": "60-69" if share.ages else None,
                    "counted_as": None if hidden else text,
                }
            )
            known = known if counted["value"] is None else period


def _told(value: Any, *, hidden: bool) -> Shown:
    return {"value": None if hidden else value, "suppressed": hidden}


def shown_at(
    series: Series, spot: Spot, period: str, occupation: str | None, since: str | None = None
) -> Shown:
    """All that a reader needs to know about a figure, but for its value.

    `since`: the period of the known figure before it, where that is told of too.
    """
    indicator, facts = series.indicator, series.facts
    snapshot: Record = series.snapshot_of[period]
    reason = series.break_at(period, since)
    weights = [weight for _, weight in series.parts_of(occupation)]
    summed = len(spot.codes) > 1
    return {
        "indicator_key": indicator["key"],
        "indicator_name": indicator["name"],
        "area_level": spot.level,
        "area_code": spot.code,
        "area_codes": list(spot.codes),
        "area_name": named(spot, facts.area_names),
        "period": period,
        "sex": Sex.all,
        "age": None,
        "occupation_code": series.code_of(occupation),
        "occupation_name": facts.occupation_names.get(series.code_of(occupation) or ""),
        "value": None,
        "suppressed": False,
        "unit": indicator["unit"],
        "after_break": reason is not None,
        "break_reason": reason,
        "estimated": any(weight != ONE for weight in weights),
        "counted_as": f"Summan av {len(spot.codes)} områden" if summed else None,
        "source_id": snapshot["source_id"],
        "source_key": snapshot["source_key"],
        "source_name": snapshot["source_name"],
        "publisher": snapshot["publisher"],
        "licence": snapshot["licence"],
        "snapshot_id": snapshot["id"],
        "content_hash": snapshot["content_hash"],
        "fetched_at": snapshot["fetched_at"],
    }
