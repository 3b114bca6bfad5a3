"""Replacing: how many leave an occupation by age, from the ages of those who have it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from services.analysis.forecast.queries import Known
from services.analysis.forecast.telling import Told, each_of, occupations_of, told_of
from services.analysis.indicator.engine import Engine
from services.analysis.indicator.rules import share_of, total

YEARS = 5
TENTH = Decimal("0.1")
Leaves = dict[str, Decimal]
_AGES = re.compile(r"([0-9]+)-([0-9]+)")
WORDS = (
    "Alla antas sluta senast vid {age} års ålder och ingen av ålder före dess. De som är {young} "
    "år eller äldre i dag slutar då inom fem år. En åldersgrupp antas jämnt fördelad över sina år; "
    "talet per år är en femtedel."
)
ASSUMED = " Åldrarna är kända för riket: platsen antas ha rikets andel."


@dataclass(frozen=True)
class Wanted:
    """What is asked."""

    area: str
    occupations: tuple[str, ...]
    leaving_age: int


def share_leaving(age: str, leaving_age: int) -> Decimal | None:
    """The part of an age group that is old enough to leave in five years."""
    if not (found := _AGES.fullmatch(age)):
        return None
    first, last = int(found[1]), int(found[2])
    leaving = last + 1 - max(first, leaving_age - YEARS)
    return Decimal(max(leaving, 0)) / (last + 1 - first)


def replacements(engine: Engine, known: Known, wanted: Wanted) -> list[dict[str, Any]]:
    """How many leave each occupation, of the country and of a place."""
    aged = told_of(engine, known, wanted.area, ages=True) if known.is_place else None
    if aged is None:
        return []
    place = told_of(engine, known, wanted.area)
    elsewhere = place is not None and place.spot.code != aged.spot.code
    here = each_of(place, wanted.occupations) if place and elsewhere else None
    aged = each_of(aged, wanted.occupations)
    leaves = _leaving_at(aged, wanted.leaving_age)
    return [
        row
        for one in wanted.occupations or occupations_of(aged, known)
        for row in _leaving(aged, here, one, leaves, wanted.leaving_age)
    ]


def _leaving(
    aged: Told, here: Told | None, occupation: str, leaves: Leaves, leaving_age: int
) -> Iterator[dict[str, Any]]:
    ages = _ages(aged, occupation, leaves)
    if not ages:
        return
    count = total([one["count"] for one in ages])
    leaving = total([one["leaving"] for one in ages])
    share = share_of(leaving, count)
    there = _there(here, occupation) if here else (aged.last, count)
    words = WORDS.format(age=leaving_age, young=leaving_age - YEARS)
    where = (here or aged).about()
    yield {
        "occupation_code": occupation,
        "occupation_name": aged.series.facts.occupation_names.get(occupation),
        "leaving_age": leaving_age,
        "period": aged.last,
        "ages": ages,
        "nation_count": count,
        "nation_leaving": leaving,
        "nation_leaving_yearly": yearly(leaving, count, count),
        "share_leaving": share,
        **{name: where[name] for name in ("area_level", "area_code", "area_name")},
        "area_period": there[0],
        "area_count": there[1],
        "area_leaving_yearly": yearly(leaving, count, there[1]),
        "assumed": here is not None,
        "counted_as": words + (ASSUMED if here else ""),
        "snapshot_id": aged.snapshot["id"],
        "source_id": aged.indicator["source_id"],
        "source_name": aged.indicator["source_name"],
    }


def _there(here: Told, occupation: str) -> tuple[str, Decimal | None]:
    return here.last, here.amount(here.last, occupation)[1]


def _leaving_at(aged: Told, leaving_age: int) -> Leaves:
    """The age groups that are told of, and the part of each that leaves."""
    known = sorted({cell.age for cells in aged.series.cells.values() for cell in cells if cell.age})
    shares = {age: share_leaving(age, leaving_age) for age in known}
    return {age: share for age, share in shares.items() if share is not None}


def _ages(aged: Told, occupation: str, leaves: Leaves) -> list[dict[str, Any]]:
    found = []
    for age, share in leaves.items():
        told, count = aged.amount(aged.last, occupation, (age,))
        if told:
            found.append(of_age(age, count, share))
    return found


def of_age(age: str, count: Decimal | None, share: Decimal) -> dict[str, Any]:
    """An age group, and how many of it leave in five years."""
    leaving = None if count is None else (count * share).quantize(TENTH, ROUND_HALF_UP)
    return {"age": age, "count": count, "share_leaving": share, "leaving": leaving}


def yearly(leaving: Decimal | None, count: Decimal | None, here: Decimal | None) -> Decimal | None:
    """How many leave in a year, where a place has the same share of them."""
    if leaving is None or here is None or not count:
        return None
    return (leaving / count * here / YEARS).quantize(TENTH, ROUND_HALF_UP)
